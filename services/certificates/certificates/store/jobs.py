"""Bulk downloads: what was asked for, who works on it, how far it is."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case, delete, func, insert, or_, select, update

from certificates.domain.entities import Certificate
from certificates.domain.states import CertificateState
from certificates.store.certificates import is_visible
from certificates.store.reading import columns_of, entity_of
from certificates.tables import certificates, download_jobs, download_parts
from chassis.db import Transaction

OPEN = ("waiting", "working")


@dataclass(frozen=True, slots=True)
class Job:
    """One bulk download; ``done`` counts certificates, ``certificate_ids`` is what was chosen."""

    id: UUID
    state: str
    requested_by: str
    year: int
    format: str
    certificate_ids: tuple[UUID, ...]
    done: int
    attempts: int
    next_attempt_at: datetime
    last_error: str | None
    lease_token: UUID | None
    leased_until: datetime | None
    file_sha256: str | None
    file_bytes: int | None
    expires_at: datetime | None
    created_at: datetime
    changed_at: datetime


_COLUMNS = columns_of(download_jobs, Job)


async def add(tx: Transaction, job: Job) -> None:
    await tx.execute(insert(download_jobs).values(asdict(job)))


async def of_requester(tx: Transaction, job_id: UUID, requester: str) -> Job | None:
    mine = (download_jobs.c.id == job_id) & (download_jobs.c.requested_by == requester)
    row = (await tx.execute(select(*_COLUMNS).where(mine))).mappings().first()
    return entity_of(Job, row) if row else None


async def listing(tx: Transaction, requester: str, *, before: UUID | None, limit: int) -> list[Job]:
    """Return one page of a requester's jobs, the newest first."""
    query = select(*_COLUMNS).where(download_jobs.c.requested_by == requester)
    if before:
        query = query.where(download_jobs.c.id < before)
    rows = await tx.execute(query.order_by(download_jobs.c.id.desc()).limit(limit))
    return [entity_of(Job, row) for row in rows.mappings()]


async def count_open(tx: Transaction, requester: str) -> int:
    query = select(func.count()).where(
        download_jobs.c.requested_by == requester, download_jobs.c.state.in_(OPEN)
    )
    return int(await tx.scalar(query) or 0)


async def chosen(
    tx: Transaction,
    *,
    scopes: Collection[str],
    year: int,
    person_ids: Collection[UUID] | None,
    limit: int,
) -> list[UUID]:
    """Return the valid certificates of a year within the scopes, by name of their employer."""
    query = select(certificates.c.certificate_id).where(
        is_visible(None, scopes),
        certificates.c.year == year,
        certificates.c.state == CertificateState.VALID,
    )
    if person_ids is not None:
        query = query.where(certificates.c.person_id.in_(person_ids))
    query = query.order_by(certificates.c.employer_name, certificates.c.management_number)
    return list(await tx.scalars(query.limit(limit)))


async def all_visible(tx: Transaction, ids: Collection[UUID], scopes: Collection[str]) -> bool:
    """Tell whether every one of the certificates lies within the scopes."""
    hidden = select(1).where(certificates.c.certificate_id.in_(ids), ~is_visible(None, scopes))
    return not await tx.scalar(select(hidden.exists()))


async def still_valid(tx: Transaction, ids: Sequence[UUID]) -> list[Certificate]:
    """Return those of the certificates that are valid now, in the given order."""
    query = select(*columns_of(certificates, Certificate)).where(
        certificates.c.certificate_id.in_(ids), certificates.c.state == CertificateState.VALID
    )
    found = [entity_of(Certificate, row) for row in (await tx.execute(query)).mappings()]
    return sorted(found, key=lambda one: ids.index(one.certificate_id))


async def claim(tx: Transaction, *, lease: UUID, now: datetime, until: datetime) -> Job | None:
    """Take a job that nobody works on: a new one, or one whose worker has gone silent.

    The latter counts as an attempt, or a job that kills its workers would do so for ever.
    """
    free = or_(download_jobs.c.leased_until.is_(None), download_jobs.c.leased_until < now)
    due = (
        select(download_jobs.c.id)
        .where(download_jobs.c.state.in_(OPEN), download_jobs.c.next_attempt_at <= now, free)
        .order_by(download_jobs.c.next_attempt_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    statement = (
        update(download_jobs)
        .where(download_jobs.c.id.in_(due))
        .values(
            state="working",
            attempts=download_jobs.c.attempts
            + case((download_jobs.c.lease_token.is_not(None), 1), else_=0),
            lease_token=lease,
            leased_until=until,
            changed_at=now,
        )
        .returning(*_COLUMNS)
    )
    row = (await tx.execute(statement)).mappings().first()
    return entity_of(Job, row) if row else None


async def change(tx: Transaction, job: Job, lease: UUID, **values: Any) -> bool:
    """Change a job that is still ours; False when its lease has gone to somebody else."""
    held = (download_jobs.c.id == job.id) & (download_jobs.c.lease_token == lease)
    result = await tx.execute(update(download_jobs).where(held).values(values))
    return result.rowcount == 1


async def parts(tx: Transaction, job_id: UUID) -> dict[int, str]:
    """Return the finished parts' hashes by number."""
    query = select(download_parts.c.number, download_parts.c.sha256)
    query = query.where(download_parts.c.job_id == job_id).order_by(download_parts.c.number)
    return {row.number: row.sha256 for row in await tx.execute(query)}


async def add_part(tx: Transaction, job_id: UUID, number: int, sha256: str) -> None:
    row = {"job_id": job_id, "number": number, "sha256": sha256}
    await tx.execute(insert(download_parts).values(row))


async def drop_part(tx: Transaction, job_id: UUID, number: int) -> None:
    """Forget one part, so that it is bound again."""
    one = (download_parts.c.job_id == job_id) & (download_parts.c.number == number)
    await tx.execute(delete(download_parts).where(one))


async def drop_parts(tx: Transaction, job_id: UUID) -> None:
    await tx.execute(delete(download_parts).where(download_parts.c.job_id == job_id))


async def ended(tx: Transaction, now: datetime) -> list[Job]:
    """Return ready jobs whose time is over."""
    over = (download_jobs.c.state == "ready") & (download_jobs.c.expires_at <= now)
    return [
        entity_of(Job, row) for row in (await tx.execute(select(*_COLUMNS).where(over))).mappings()
    ]


async def expire(tx: Transaction, job: Job, now: datetime) -> None:
    values: dict[str, Any] = {
        "state": "expired",
        "file_sha256": None,
        "certificate_ids": [],
        "changed_at": now,
    }
    await tx.execute(update(download_jobs).where(download_jobs.c.id == job.id).values(values))


async def file_in_use(tx: Transaction, sha256: str) -> bool:
    """Tell whether the object is some job's file or part: equal content is one object."""
    whole = select(1).where(download_jobs.c.file_sha256 == sha256).exists()
    part = select(1).where(download_parts.c.sha256 == sha256).exists()
    return bool(await tx.scalar(select(or_(whole, part))))


async def purge(tx: Transaction, before: datetime) -> None:
    """Forget jobs that came to their end before an instant."""
    over = download_jobs.c.state.in_(("expired", "failed")) & (download_jobs.c.changed_at < before)
    await tx.execute(delete(download_jobs).where(over))


async def inconsistent(tx: Transaction) -> UUID | None:
    """Return a job that holds what its state does not allow, or lacks what it demands."""
    table = download_jobs
    whole = table.c.file_sha256.is_not(None) & table.c.file_bytes.is_not(None)
    chosen_ones = func.cardinality(table.c.certificate_ids)
    parted = select(1).where(download_parts.c.job_id == table.c.id).exists()
    ready = table.c.state == "ready"
    wrong = or_(
        ready & ~(whole & table.c.expires_at.is_not(None) & (table.c.done == chosen_ones)),
        ~ready & table.c.file_sha256.is_not(None),
        table.c.state.in_(OPEN) & (table.c.done > chosen_ones),
        table.c.state.in_(("ready", "expired")) & parted,
    )
    found: UUID | None = await tx.scalar(select(table.c.id).where(wrong).limit(1))
    return found


async def ready(tx: Transaction) -> list[Job]:
    """Return the jobs whose file can be fetched."""
    query = select(*_COLUMNS).where(download_jobs.c.state == "ready").order_by(download_jobs.c.id)
    return [entity_of(Job, row) for row in (await tx.execute(query)).mappings()]


async def is_ready(tx: Transaction, job_id: UUID) -> bool:
    query = select(download_jobs.c.state).where(download_jobs.c.id == job_id)
    return await tx.scalar(query) == "ready"


async def total(tx: Transaction) -> int:
    return int(await tx.scalar(select(func.count()).select_from(download_jobs)) or 0)
