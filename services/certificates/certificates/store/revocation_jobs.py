"""Revocations by file and their rows."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)

from certificates.domain.revocation_rows import READY
from certificates.store.reading import columns_of, entity_of
from certificates.tables import certificates, organisations, revocation_jobs, revocation_rows
from chassis.db import Transaction, within


@dataclass(frozen=True, slots=True)
class Job:
    """One file that was handed in."""

    id: UUID
    state: str
    organisation_id: UUID
    format: str
    header: list[str]
    file_sha256: str
    rows: int
    proposed_by: str
    approval_id: UUID | None
    approved_by: str | None
    created_at: datetime
    finished_at: datetime | None
    outcomes: dict[str, int] | None = None  # once its rows are forgotten


@dataclass(frozen=True, slots=True)
class Row:
    """One row of it."""

    number: int
    cells: list[str]
    certificate_id: UUID | None
    reason_code: str | None
    fraud: bool | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A certificate that a row may mean."""

    certificate_id: UUID
    management_number: str
    year: int
    version: int
    state: str
    person_id: UUID
    office_path: str


async def add(tx: Transaction, job: dict[str, Any], rows: Sequence[dict[str, Any]]) -> None:
    await tx.execute(insert(revocation_jobs).values(job))
    if rows:
        await tx.execute(insert(revocation_rows), list(rows))


async def candidates(
    tx: Transaction, scopes: Collection[str], *, ids: Collection[UUID], numbers: Collection[str]
) -> list[Candidate]:
    """Return the named certificates whose office lies in one of the subtrees."""
    named = or_(
        certificates.c.certificate_id.in_(ids), certificates.c.management_number.in_(numbers)
    )
    query = (
        select(
            certificates.c.certificate_id,
            certificates.c.management_number,
            certificates.c.year,
            certificates.c.version,
            certificates.c.state,
            certificates.c.person_id,
            organisations.c.path.label("office_path"),
        )
        .join(organisations, organisations.c.organisation_id == certificates.c.office_id)
        .where(named, text(within("organisations.path")).bindparams(scopes=list(scopes)))
    )
    return [entity_of(Candidate, row) for row in (await tx.execute(query)).mappings()]


async def lock(tx: Transaction, job_id: UUID) -> Job | None:
    """Return the job, locked until the transaction ends."""
    query = select(*columns_of(revocation_jobs, Job)).where(revocation_jobs.c.id == job_id)
    row = (await tx.execute(query.with_for_update())).mappings().first()
    return entity_of(Job, row) if row else None


async def take_approved(tx: Transaction) -> Job | None:
    """Return the oldest approved job that nobody else works on, locked."""
    query = (
        select(*columns_of(revocation_jobs, Job))
        .where(revocation_jobs.c.state == "approved")
        .order_by(revocation_jobs.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = (await tx.execute(query)).mappings().first()
    return entity_of(Job, row) if row else None


def _seen(scopes: Collection[str], proposer: str) -> ColumnElement[bool]:
    its_own = (revocation_jobs.c.proposed_by == proposer) & literal(bool(scopes))
    return or_(its_own, text(within("organisations.path")).bindparams(scopes=list(scopes)))


def _jobs(scopes: Collection[str], proposer: str) -> Select[Any]:
    return (
        select(*columns_of(revocation_jobs, Job))
        .join(organisations, organisations.c.organisation_id == revocation_jobs.c.organisation_id)
        .where(_seen(scopes, proposer))
    )


async def visible(
    tx: Transaction, job_id: UUID, *, scopes: Collection[str], proposer: str
) -> Job | None:
    """Return the job when its office lies within the scopes, or who asks handed it in himself."""
    query = _jobs(scopes, proposer).where(revocation_jobs.c.id == job_id)
    row = (await tx.execute(query)).mappings().first()
    return entity_of(Job, row) if row else None


async def page(
    tx: Transaction,
    *,
    scopes: Collection[str],
    proposer: str,
    state: str | None,
    before: UUID | None,
    limit: int,
) -> list[Job]:
    """Return one page of the jobs that ``visible`` would return, the newest first."""
    query = _jobs(scopes, proposer)
    if state:
        query = query.where(revocation_jobs.c.state == state)
    if before:
        query = query.where(revocation_jobs.c.id < before)
    rows = await tx.execute(query.order_by(revocation_jobs.c.id.desc()).limit(limit))
    return [entity_of(Job, row) for row in rows.mappings()]


async def change(tx: Transaction, job_id: UUID, now: datetime, state: str, **values: Any) -> None:
    """Move a locked job to ``state``."""
    mine = revocation_jobs.c.id == job_id
    await tx.execute(
        update(revocation_jobs).where(mine).values(state=state, changed_at=now, **values)
    )


async def rows(
    tx: Transaction, job_id: UUID, *, ready_only: bool = False, limit: int | None = None
) -> list[Row]:
    """Return the rows in the order of the file."""
    table = revocation_rows
    query = select(*columns_of(table, Row)).where(table.c.job_id == job_id)
    if ready_only:
        query = query.where(table.c.outcome == READY)
    found = await tx.execute(query.order_by(table.c.number).limit(limit))
    return [entity_of(Row, row) for row in found.mappings()]


async def settle(tx: Transaction, job_id: UUID, number: int, outcome: str) -> None:
    """Note what a row came to."""
    table = revocation_rows
    mine = (table.c.job_id == job_id) & (table.c.number == number)
    await tx.execute(update(table).where(mine).values(outcome=outcome))


async def outcomes(tx: Transaction, job_id: UUID) -> dict[str, int]:
    """Return how many rows came to what."""
    return (await outcomes_of(tx, [job_id])).get(job_id, {})


async def outcomes_of(tx: Transaction, job_ids: Collection[UUID]) -> dict[UUID, dict[str, int]]:
    """Return the same for each of several jobs; one without rows is left out."""
    table = revocation_rows
    query = (
        select(table.c.job_id, table.c.outcome, func.count())
        .where(table.c.job_id.in_(job_ids))
        .group_by(table.c.job_id, table.c.outcome)
    )
    found: dict[UUID, dict[str, int]] = {}
    for job_id, outcome, rows_of_it in await tx.execute(query):
        found.setdefault(job_id, {})[outcome] = rows_of_it
    return found


async def forget_rows(tx: Transaction, before: datetime, *, limit: int) -> int:
    """Keep of jobs that rest since ``before`` how many rows came to what; return how many jobs."""
    table = revocation_jobs
    over = (table.c.outcomes.is_(None)) & (table.c.state != "approved")
    due = (
        select(table.c.id)
        .where(over, table.c.changed_at < before)
        .order_by(table.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ended = list(await tx.scalars(due))
    for job_id in ended:
        counted = await outcomes(tx, job_id)
        await tx.execute(update(table).where(table.c.id == job_id).values(outcomes=counted))
        await tx.execute(delete(revocation_rows).where(revocation_rows.c.job_id == job_id))
    return len(ended)
