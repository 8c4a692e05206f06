"""The tree of organisations and its rollout schedule."""

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import RowMapping, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from chassis.db import Transaction
from identity.domain.ids import OrganisationId
from identity.domain.organisations import Kind, Organisation
from identity.tables import organisations, rollouts

_FIELDS = (
    organisations.c.id,
    organisations.c.version,
    organisations.c.parent_id,
    organisations.c.valid_from,
    organisations.c.path,
    organisations.c.kind,
    organisations.c.name,
    organisations.c.code,
    organisations.c.active,
)


async def find(tx: Transaction, organisation_id: UUID) -> Organisation | None:
    """Return the organisation, or None."""
    query = select(*_FIELDS).where(organisations.c.id == organisation_id)
    row = (await tx.execute(query)).mappings().first()
    return _organisation(row) if row else None


async def find_many(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, Organisation]:
    """Return those of ``ids`` that exist."""
    query = select(*_FIELDS).where(organisations.c.id.in_(ids))
    return {row["id"]: _organisation(row) for row in (await tx.execute(query)).mappings()}


async def paths_of(tx: Transaction, ids: Sequence[UUID]) -> list[str]:
    """Return the paths of the given organisations: the subtrees their holders act in."""
    query = select(organisations.c.path).where(organisations.c.id.in_(ids))
    return list((await tx.execute(query)).scalars())


async def add(tx: Transaction, organisation: Organisation, *, now: datetime) -> bool:
    """Insert it unless its id or code is taken; return whether it was inserted."""
    return bool(await add_many(tx, [organisation], now=now))


async def add_many(
    tx: Transaction, new: Sequence[Organisation], *, now: datetime
) -> list[Organisation]:
    """Insert those whose id and code are free, parents before children; return them."""
    rows = [{**{c.name: getattr(one, c.name) for c in _FIELDS}, "changed_at": now} for one in new]
    free = insert(organisations).values(rows).on_conflict_do_nothing()
    added = set((await tx.execute(free.returning(organisations.c.id))).scalars())
    return [one for one in new if one.id in added]


async def search(
    tx: Transaction,
    *,
    name_contains: str | None,
    kind: Kind | None,
    parent_id: UUID | None,
    after: tuple[str, UUID] | None,
    limit: int,
) -> list[Organisation]:
    """Return up to ``limit`` active organisations in the order of (name, id)."""
    query = select(*_FIELDS).where(organisations.c.active)
    if name_contains:
        query = query.where(organisations.c.name.contains(name_contains, autoescape=True))
    if kind:
        query = query.where(organisations.c.kind == kind)
    if parent_id:
        query = query.where(organisations.c.parent_id == parent_id)
    if after:
        query = query.where(tuple_(organisations.c.name, organisations.c.id) > tuple_(*after))
    query = query.order_by(organisations.c.name, organisations.c.id).limit(limit)
    return [_organisation(row) for row in (await tx.execute(query)).mappings()]


async def set_rollout(
    tx: Transaction,
    organisation: OrganisationId,
    *,
    starts_on: date,
    paper_until: date | None,
    now: datetime,
) -> bool:
    """Schedule a region that has no schedule yet; return whether it had none."""
    row = insert(rollouts).values(
        organisation_id=organisation,
        version=1,
        starts_on=starts_on,
        paper_until=paper_until,
        changed_at=now,
    )
    result = await tx.execute(row.on_conflict_do_nothing().returning(rollouts.c.organisation_id))
    return result.first() is not None


async def all_organisations(
    tx: Transaction, *, since: datetime | None
) -> AsyncIterator[Organisation]:
    """Yield organisations changed at or after ``since``, parents before children."""
    query = select(*_FIELDS).order_by(organisations.c.path)
    if since:
        query = query.where(organisations.c.changed_at >= since)
    async for row in (await tx.stream(query)).mappings():
        yield _organisation(row)


async def all_rollouts(tx: Transaction, *, since: datetime | None) -> AsyncIterator[RowMapping]:
    """Yield the schedule's rows changed at or after ``since``."""
    query = select(rollouts)
    if since:
        query = query.where(rollouts.c.changed_at >= since)
    async for row in (await tx.stream(query)).mappings():
        yield row


def _organisation(row: RowMapping) -> Organisation:
    return Organisation(**{**row, "kind": Kind(row["kind"])})
