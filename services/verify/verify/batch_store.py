"""Every SQL statement on batches."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from chassis.db import Transaction
from verify.tables_of_records import batch_parts, batches

_SHOWN = [column for column in batches.c if column.name not in ("input", "output")]


async def add(tx: Transaction, row: dict[str, Any]) -> None:
    """Keep a new batch."""
    await tx.execute(insert(batches).values(row))


async def of_owner(tx: Transaction, owner: str, *, limit: int) -> Sequence[RowMapping]:
    """Return the owner's batches, newest first, without their files."""
    query = select(*_SHOWN).where(batches.c.owner == owner)
    return (await tx.execute(query.order_by(batches.c.id.desc()).limit(limit))).mappings().all()


async def one(tx: Transaction, batch_id: UUID, owner: str) -> RowMapping | None:
    """Return one batch of the owner, without its files."""
    query = select(*_SHOWN).where(batches.c.id == batch_id).where(batches.c.owner == owner)
    return (await tx.execute(query)).mappings().first()


async def output_of(tx: Transaction, batch_id: UUID) -> bytes | None:
    """Return the sealed result."""
    found: bytes | None = await tx.scalar(select(batches.c.output).where(batches.c.id == batch_id))
    return found


async def begin_oldest(tx: Transaction) -> RowMapping | None:
    """Take the oldest open batch and count the beginning; None when none is open."""
    oldest = (
        select(batches.c.id)
        .where(batches.c.state.in_(["waiting", "running"]))
        .order_by(batches.c.id)
        .limit(1)
        .scalar_subquery()
    )
    begun = (
        update(batches)
        .where(batches.c.id == oldest)
        .values(state="running", attempts=batches.c.attempts + 1)
        .returning(*batches.c)
    )
    return (await tx.execute(begun)).mappings().first()


async def add_part(
    tx: Transaction,
    batch_id: UUID,
    *,
    number: int,
    results: list[list[str]],
    matched: int,
    rows: int,
) -> bool:
    """Keep the results of some rows; return False for a part that is kept already."""
    row = {"batch_id": batch_id, "number": number, "results": results}
    kept = upsert(batch_parts).values(row).on_conflict_do_nothing()
    if (await tx.execute(kept.returning(batch_parts.c.number))).first() is None:
        return False
    await tx.execute(
        update(batches)
        .where(batches.c.id == batch_id)
        .values(
            rows=rows,
            done=batches.c.done + len(results),
            matched=batches.c.matched + matched,
            # Progress: whoever stopped the worker did not stop for the batch's sake.
            attempts=0,
        )
    )
    return True


async def parts_of(tx: Transaction, batch_id: UUID) -> dict[int, list[list[str]]]:
    """Return the results kept so far, by part."""
    query = select(batch_parts).where(batch_parts.c.batch_id == batch_id)
    return {row["number"]: row["results"] for row in (await tx.execute(query)).mappings()}


async def end(
    tx: Transaction, batch_id: UUID, now: datetime, *, output: bytes | None, problem: str | None
) -> None:
    """Finish a batch, or fail it; what was handed in is forgotten either way."""
    await tx.execute(
        update(batches)
        .where(batches.c.id == batch_id)
        .values(
            state="failed" if problem else "finished",
            output=output,
            problem=problem,
            input=None,
            finished_at=now,
        )
    )
    await tx.execute(delete(batch_parts).where(batch_parts.c.batch_id == batch_id))


async def forget(tx: Transaction, batch_id: UUID) -> None:
    """Remove a batch with everything of it."""
    await tx.execute(delete(batch_parts).where(batch_parts.c.batch_id == batch_id))
    await tx.execute(delete(batches).where(batches.c.id == batch_id))


async def forget_expired(tx: Transaction, now: datetime) -> None:
    """Remove every batch whose time is over."""
    gone = delete(batches).where(batches.c.expires_at < now).returning(batches.c.id)
    ids = list((await tx.scalars(gone)).all())
    await tx.execute(delete(batch_parts).where(batch_parts.c.batch_id.in_(ids)))
