"""Bulk downloads: bound in the background, kept for a week."""

import asyncio
import shutil
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from certificates.bindery import Bindery, Bound
from certificates.domain.entities import Certificate
from certificates.errors import (
    DocumentWorkFailed,
)
from certificates.store import jobs, revisions
from certificates.usecases import SYSTEM, Dependencies
from chassis.db import Database
from chassis.errors import NotFound
from chassis.ids import uuid7
from chassis.objects import DamagedObject, ObjectStore

_log = structlog.get_logger()
_CHINA = ZoneInfo("Asia/Shanghai")
_PART = 100
_MOST_ATTEMPTS = 5
_LEASE = timedelta(minutes=3)
_AGAIN_AFTER = timedelta(seconds=30)
_KEPT = timedelta(days=7)
_REMEMBERED = timedelta(days=180)


@dataclass(frozen=True)
class Binding:
    """What the worker needs to bind downloads."""

    deps: Dependencies
    database: Database
    bindery: Bindery
    files: ObjectStore
    downloads: ObjectStore


class _LeaseLost(Exception):
    """Another worker has taken the job over."""


async def bind_next(binding: Binding) -> bool:
    """Work on one job until it is ready or failed this time; False when there is none."""
    lease, now = uuid7(), binding.deps.clock.now()
    async with binding.database.transaction() as tx:
        job = await jobs.claim(tx, lease=lease, now=now, until=now + _LEASE)
    if job is None:
        return False
    if job.attempts >= _MOST_ATTEMPTS:
        _log.error("download_failed", download_id=str(job.id), error="WorkerLost")
        await _postpone(binding, job, lease, "WorkerLost")
        return True
    try:
        with _workplace(job) as folder:
            await _bind_parts(binding, job, lease, Path(folder))
            await _bind_whole(binding, job, lease, Path(folder))
    except asyncio.CancelledError:
        # The worker ends in good order: the next one need not wait for the lease.
        await asyncio.shield(_put_back(binding, job, lease))
        raise
    except _LeaseLost:
        _log.warning("download_lease_lost", download_id=str(job.id))
    except (NotFound, DamagedObject, DocumentWorkFailed, OSError) as error:
        # Without its trace: that would hold names.
        _log.error("download_failed", download_id=str(job.id), error=type(error).__name__)
        await _postpone(binding, job, lease, type(error).__name__)
    return True


def _workplace(job: jobs.Job) -> tempfile.TemporaryDirectory[str]:
    """Return a new folder; what a killed worker left of the same job is removed first."""
    prefix = f"yuzheng-download-{job.id}-"
    for left in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    return tempfile.TemporaryDirectory(prefix=prefix)


async def _bind_parts(binding: Binding, job: jobs.Job, lease: UUID, folder: Path) -> None:
    async with binding.database.reading() as tx:
        finished = await jobs.parts(tx, job.id)
    for number, start in enumerate(range(0, len(job.certificate_ids), _PART)):
        if number in finished:
            continue
        ids = job.certificate_ids[start : start + _PART]
        async with binding.database.reading() as tx:
            # One that was revoked or suspended meanwhile is left out.
            found = await jobs.still_valid(tx, ids)
            newest = {one: await revisions.newest_file(tx, one) for one in found}
        files = [_bound(one, await binding.files.get(sha)) for one, sha in newest.items()]
        path = folder / "part"
        await binding.bindery.bind_part(job.format, files, path)
        sha256 = await binding.downloads.put_file(path)
        now = binding.deps.clock.now()
        async with binding.database.transaction() as tx:
            progress = {"done": start + len(ids), "leased_until": now + _LEASE, "changed_at": now}
            if not await jobs.change(tx, job, lease, **progress):
                raise _LeaseLost
            await jobs.add_part(tx, job.id, number, sha256)


async def _bind_whole(binding: Binding, job: jobs.Job, lease: UUID, folder: Path) -> None:
    async with binding.database.reading() as tx:
        finished = await jobs.parts(tx, job.id)
    paths = []
    for number, sha256 in finished.items():
        paths.append(folder / f"part-{number}")
        await _fetch_part(binding, job, number, sha256, paths[-1])
    whole = folder / "whole"
    now = binding.deps.clock.now()
    day = now.astimezone(_CHINA).date()
    await binding.bindery.bind_whole(job.format, paths, whole, year=job.year, day=day)
    sha256 = await binding.downloads.put_file(whole)
    ready = {
        "state": "ready",
        "file_sha256": sha256,
        "file_bytes": whole.stat().st_size,
        "expires_at": now + _KEPT,
        "lease_token": None,
        "leased_until": None,
        "last_error": None,
        "changed_at": now,
    }
    async with binding.database.transaction() as tx:
        if not await jobs.change(tx, job, lease, **ready):
            raise _LeaseLost
        await jobs.drop_parts(tx, job.id)
        await binding.deps.audit.record(
            tx,
            actor=SYSTEM,
            action="download.ready",
            subject=f"download:{job.id}",
            detail={"file_sha256": sha256},
        )
    for part in finished.values():
        async with binding.database.reading() as tx:
            in_use = await jobs.file_in_use(tx, part)
        if not in_use:
            await binding.downloads.delete(part)


async def _fetch_part(
    binding: Binding, job: jobs.Job, number: int, sha256: str, path: Path
) -> None:
    """Put a finished part into the folder; one that is lost or damaged is bound again next time."""
    try:
        content = await binding.downloads.get(sha256)
    except (NotFound, DamagedObject):
        async with binding.database.transaction() as tx:
            await jobs.drop_part(tx, job.id, number)
        raise
    await asyncio.to_thread(path.write_bytes, content)


async def _put_back(binding: Binding, job: jobs.Job, lease: UUID) -> None:
    free = {"state": "waiting", "lease_token": None, "leased_until": None}
    async with binding.database.transaction() as tx:
        await jobs.change(tx, job, lease, **free)


async def _postpone(binding: Binding, job: jobs.Job, lease: UUID, error: str) -> None:
    now, attempts = binding.deps.clock.now(), job.attempts + 1
    values = {
        "state": "failed" if attempts >= _MOST_ATTEMPTS else "waiting",
        "attempts": attempts,
        "next_attempt_at": now + attempts * _AGAIN_AFTER,
        "last_error": error,
        "lease_token": None,
        "leased_until": None,
        "changed_at": now,
    }
    async with binding.database.transaction() as tx:
        await jobs.change(tx, job, lease, **values)


async def expire_downloads(binding: Binding) -> int:
    """Remove the files of downloads whose week is over; return how many."""
    now = binding.deps.clock.now()
    async with binding.database.reading() as tx:
        ended = await jobs.ended(tx, now)
    for job in ended:
        async with binding.database.transaction() as tx:
            await jobs.expire(tx, job, now)
            shared = job.file_sha256 and await jobs.file_in_use(tx, job.file_sha256)
        if job.file_sha256 and not shared:
            await binding.downloads.delete(job.file_sha256)
    async with binding.database.transaction() as tx:
        await jobs.purge(tx, now - _REMEMBERED)
    return len(ended)


def _bound(certificate: Certificate, content: bytes) -> Bound:
    name, number = certificate.name, certificate.management_number
    return Bound(
        file_name=f"{certificate.year}_{number}_{name}.pdf",
        person=(name, number, certificate.employer_name),
        content=content,
    )
