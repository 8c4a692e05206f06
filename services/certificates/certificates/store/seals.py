"""The seal registry."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from certificates.domain.entities import Seal
from certificates.domain.states import SealState
from certificates.store.reading import columns_of, entity_of
from certificates.tables import organisations, seal_warnings, seals
from chassis.db import Transaction, within

_COLUMNS = columns_of(seals, Seal)
# Each certificate needs these: built once.
_FOUND = select(*_COLUMNS).where(seals.c.id == bindparam("of_id"))
_SHARED = _FOUND.with_for_update(read=True)
_ACTIVE = select(*_COLUMNS).where(
    seals.c.office_id == bindparam("office"), seals.c.state == SealState.ACTIVE
)


async def add(tx: Transaction, row: dict[str, Any]) -> None:
    await tx.execute(insert(seals).values(row))


async def find(tx: Transaction, seal_id: UUID) -> Seal | None:
    row = (await tx.execute(_FOUND, {"of_id": seal_id})).mappings().first()
    return entity_of(Seal, row) if row else None


async def lock(tx: Transaction, seal_id: UUID) -> Seal | None:
    """Return the seal, locked until the transaction ends."""
    query = select(*_COLUMNS).where(seals.c.id == seal_id).with_for_update()
    row = (await tx.execute(query)).mappings().first()
    return entity_of(Seal, row) if row else None


async def share(tx: Transaction, seal_id: UUID) -> Seal | None:
    """Return the seal; it cannot be suspended until the transaction ends."""
    row = (await tx.execute(_SHARED, {"of_id": seal_id})).mappings().first()
    return entity_of(Seal, row) if row else None


async def active_of(tx: Transaction, office_id: UUID) -> Seal | None:
    """Return the office's active seal; there is at most one."""
    row = (await tx.execute(_ACTIVE, {"office": office_id})).mappings().first()
    return entity_of(Seal, row) if row else None


async def in_state(tx: Transaction, *states: SealState) -> list[Seal]:
    query = select(*_COLUMNS).where(seals.c.state.in_(states)).order_by(seals.c.id)
    return [entity_of(Seal, row) for row in (await tx.execute(query)).mappings()]


async def ending(tx: Transaction, by: datetime) -> list[Seal]:
    """Return the seals in use whose certificates end by then."""
    soon = (seals.c.state == SealState.ACTIVE) & (seals.c.valid_until <= by)
    query = select(*_COLUMNS).where(soon).order_by(seals.c.id)
    return [entity_of(Seal, row) for row in (await tx.execute(query)).mappings()]


async def note_warning(tx: Transaction, seal_id: UUID, days: int, now: datetime) -> bool:
    """Note that somebody was warned; return False when that was so already."""
    row = {"seal_id": seal_id, "days": days, "told_at": now}
    once = upsert(seal_warnings).values(row).on_conflict_do_nothing()
    return (await tx.execute(once.returning(seal_warnings.c.days))).first() is not None


async def of_office(tx: Transaction, office_id: UUID, *states: SealState) -> list[Seal]:
    """Return the office's seals in one of ``states``, locked."""
    query = select(*_COLUMNS).where(seals.c.office_id == office_id, seals.c.state.in_(states))
    rows = (await tx.execute(query.with_for_update())).mappings()
    return [entity_of(Seal, row) for row in rows]


async def change(
    tx: Transaction, seal: Seal, now: datetime, state: SealState, **values: Any
) -> int:
    """Move a locked seal to ``state``, raise its version and return that."""
    version = seal.aggregate_version + 1
    await tx.execute(
        update(seals)
        .where(seals.c.id == seal.id)
        .values({**values, "state": state, "aggregate_version": version, "changed_at": now})
    )
    return version


async def note_error(tx: Transaction, seal_id: UUID, error: str) -> None:
    """Show why the seal cannot be inspected yet."""
    await tx.execute(update(seals).where(seals.c.id == seal_id).values(last_error=error))


async def listing(
    tx: Transaction,
    *,
    scopes: Collection[str],
    office_id: UUID | None,
    ends_by: datetime | None = None,
    after: UUID | None,
    limit: int,
) -> list[Seal]:
    """Return one page of the seals of offices within the scopes; in use and ending, if asked."""
    query = _within(scopes).order_by(seals.c.id).limit(limit)
    if office_id:
        query = query.where(seals.c.office_id == office_id)
    if ends_by:
        query = query.where(seals.c.state == SealState.ACTIVE, seals.c.valid_until <= ends_by)
    if after:
        query = query.where(seals.c.id > after)
    return [entity_of(Seal, row) for row in (await tx.execute(query)).mappings()]


async def visible(tx: Transaction, seal_id: UUID, *, scopes: Collection[str]) -> Seal | None:
    """Return the seal when its office lies within the scopes."""
    query = _within(scopes).where(seals.c.id == seal_id)
    row = (await tx.execute(query)).mappings().first()
    return entity_of(Seal, row) if row else None


def _within(scopes: Collection[str]) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(organisations, organisations.c.organisation_id == seals.c.office_id)
        .where(text(within("organisations.path")).bindparams(scopes=list(scopes)))
    )
