"""Bulk downloads: ordered by an administrator, and seen by nobody else."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from certificates.errors import (
    DownloadEmpty,
    DownloadLimitReached,
    DownloadNotFound,
    DownloadTooLarge,
)
from certificates.store import jobs
from certificates.usecases import Dependencies
from certificates.usecases.authority import READERS, scopes_of
from chassis.auth import Principal
from chassis.db import Transaction
from chassis.ids import uuid7

MOST_CERTIFICATES = 2000
_MOST_OPEN = 3


async def order_download(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    *,
    year: int,
    person_ids: Collection[UUID] | None,
    form: str,
) -> jobs.Job:
    """Accept a bulk download of valid certificates within the caller's subtree."""
    caller.require(*READERS)
    if await jobs.count_open(tx, caller.actor) >= _MOST_OPEN:
        raise DownloadLimitReached
    scopes = await scopes_of(tx, caller, *READERS)
    chosen = await jobs.chosen(
        tx, scopes=scopes, year=year, person_ids=person_ids, limit=MOST_CERTIFICATES + 1
    )
    if not chosen:
        raise DownloadEmpty
    if len(chosen) > MOST_CERTIFICATES:
        raise DownloadTooLarge
    job = _new_job(caller.actor, year, form, tuple(chosen), deps.clock.now())
    await jobs.add(tx, job)
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action="download.ordered",
        subject=f"download:{job.id}",
        detail={"year": year, "format": form, "certificates": len(chosen)},
    )
    return job


async def own_download(tx: Transaction, caller: Principal, job_id: UUID) -> jobs.Job:
    """Return the caller's own job while his roles still cover everybody in it.

    Others have no such job, nor has he when he has changed to another employer.
    """
    job = await jobs.of_requester(tx, job_id, caller.actor)
    scopes = await scopes_of(tx, caller, *READERS)
    if job is None or not scopes:
        raise DownloadNotFound
    if not await jobs.all_visible(tx, job.certificate_ids, scopes):
        raise DownloadNotFound
    return job


def _new_job(
    requester: str, year: int, form: str, chosen: tuple[UUID, ...], now: datetime
) -> jobs.Job:
    return jobs.Job(
        id=uuid7(),
        state="waiting",
        requested_by=requester,
        year=year,
        format=form,
        certificate_ids=chosen,
        done=0,
        attempts=0,
        next_attempt_at=now,
        last_error=None,
        lease_token=None,
        leased_until=None,
        file_sha256=None,
        file_bytes=None,
        expires_at=None,
        created_at=now,
        changed_at=now,
    )
