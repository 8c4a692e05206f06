"""The ledger: every state change of every certificate, in one contiguous order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from certificates.store.reading import columns_of, entity_of
from certificates.tables import ledger, ledger_entries
from chassis.db import Transaction

# The one ledger of this platform; also the aggregate id of its heartbeats.
LEDGER_ID = UUID("0d5c7f0e-6a1e-5c1b-9a5e-1ed9e2000001")


@dataclass(frozen=True, slots=True)
class Head:
    """Where the ledger stands."""

    sequence: int
    size: int
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    id: UUID
    certificate_id: UUID
    aggregate_version: int
    leaf: bytes


async def add(tx: Transaction, row: dict[str, Any]) -> None:
    """Write a state change; its position comes later, once it is committed."""
    await tx.execute(insert(ledger_entries), row)


async def head(tx: Transaction) -> Head | None:
    """Return where the ledger stands; None before its first heartbeat."""
    query = select(*columns_of(ledger, Head)).where(ledger.c.id == LEDGER_ID)
    row = (await tx.execute(query)).mappings().first()
    return entity_of(Head, row) if row else None


async def pending(tx: Transaction, limit: int) -> list[Entry]:
    """Return committed entries without a position, in the order of their ids."""
    query = select(*columns_of(ledger_entries, Entry)).where(ledger_entries.c.position.is_(None))
    rows = await tx.execute(query.order_by(ledger_entries.c.id).limit(limit))
    return [entity_of(Entry, row) for row in rows.mappings()]


async def place(tx: Transaction, entries: Sequence[Entry], *, first: int, sequence: int) -> None:
    """Give the entries their positions from ``first`` on."""
    if not entries:
        return
    statement = (
        update(ledger_entries)
        .where(ledger_entries.c.id == bindparam("entry"))
        .values(position=bindparam("place"), sequence=sequence)
    )
    rows = [{"entry": one.id, "place": place} for place, one in enumerate(entries, start=first)]
    await tx.execute(statement, rows)


async def save_head(tx: Transaction, new: Head) -> None:
    values = {"sequence": new.sequence, "size": new.size, "as_of": new.as_of}
    statement = upsert(ledger).values(id=LEDGER_ID, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


async def leaves(tx: Transaction, *, start: int, limit: int) -> list[bytes]:
    """Return the leaves' hashes from a place on, in their order."""
    query = select(ledger_entries.c.leaf).where(ledger_entries.c.position >= start)
    return list(await tx.scalars(query.order_by(ledger_entries.c.position).limit(limit)))


async def totals(tx: Transaction) -> tuple[int, int, int]:
    """Return (all entries, entries with a position, highest position + 1)."""
    query = select(
        func.count(), func.count(ledger_entries.c.position), func.max(ledger_entries.c.position)
    )
    row = (await tx.execute(query)).one()
    return row[0], row[1], 0 if row[2] is None else row[2] + 1
