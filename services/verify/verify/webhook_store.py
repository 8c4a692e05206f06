"""Every SQL statement on web hooks and their deliveries."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.db import Transaction
from verify.tables_of_records import deliveries, webhooks

_SHOWN = [
    deliveries.c[name]
    for name in (
        "id",
        "body",
        "state",
        "attempts",
        "next_at",
        "last_problem",
        "created_at",
        "ended_at",
    )
]


async def put(tx: Transaction, row: dict[str, Any]) -> None:
    """Store a client's web hook in place of the one before."""
    statement = insert(webhooks).values(row)
    changed = {name: statement.excluded[name] for name in row if name != "client"}
    await tx.execute(statement.on_conflict_do_update(index_elements=["client"], set_=changed))


async def lock(tx: Transaction, client: str) -> RowMapping | None:
    """Return a client's web hook, locked until the transaction ends."""
    query = select(webhooks).where(webhooks.c.client == client).with_for_update()
    return (await tx.execute(query)).mappings().first()


async def of_client(tx: Transaction, client: str) -> RowMapping | None:
    query = select(webhooks).where(webhooks.c.client == client)
    return (await tx.execute(query)).mappings().first()


async def remove(tx: Transaction, client: str, now: datetime) -> None:
    """Forget a web hook; what waited for it can still be fetched."""
    await tx.execute(delete(webhooks).where(webhooks.c.client == client))
    mine = (deliveries.c.client == client) & (deliveries.c.state == "pending")
    await tx.execute(update(deliveries).where(mine).values(state="recorded", ended_at=now))


async def add(tx: Transaction, row: dict[str, Any]) -> None:
    await tx.execute(insert(deliveries).values(row))


async def listing(
    tx: Transaction, client: str, *, state: str | None, before: UUID | None, limit: int
) -> Sequence[RowMapping]:
    """Return some of a client's deliveries, newest first."""
    query = select(*_SHOWN).where(deliveries.c.client == client)
    if state:
        query = query.where(deliveries.c.state == state)
    if before:
        query = query.where(deliveries.c.id < before)
    return (await tx.execute(query.order_by(deliveries.c.id.desc()).limit(limit))).mappings().all()


async def revive(
    tx: Transaction, client: str, now: datetime, *, delivery_id: UUID | None = None
) -> int:
    """Let one dead delivery, or all of a client, be tried from the beginning."""
    dead = (deliveries.c.client == client) & (deliveries.c.state == "dead")
    if delivery_id:
        dead &= deliveries.c.id == delivery_id
    again = (
        update(deliveries)
        .where(dead)
        .values(state="pending", attempts=0, next_at=now, ended_at=None)
    )
    revived = await tx.scalars(again.returning(deliveries.c.id))
    return len(revived.all())


async def claim(
    tx: Transaction, now: datetime, *, limit: int, each: int, lease: timedelta
) -> Sequence[RowMapping]:
    """Take deliveries that are due, few of each client; one that is lost is due again later."""
    due = (deliveries.c.state == "pending") & (deliveries.c.next_at <= now)
    place = func.row_number().over(
        partition_by=deliveries.c.client, order_by=(deliveries.c.next_at, deliveries.c.id)
    )
    ranked = select(deliveries.c.id, place.label("place")).where(due).subquery()
    chosen = select(ranked.c.id).where(ranked.c.place <= each).limit(limit)
    taken = (
        update(deliveries)
        .where(deliveries.c.id.in_(chosen))
        .values(attempts=deliveries.c.attempts + 1, next_at=now + lease)
        .returning(deliveries.c.id, deliveries.c.client, deliveries.c.body, deliveries.c.attempts)
    )
    return (await tx.execute(taken)).mappings().all()


async def end(tx: Transaction, delivery_id: UUID, now: datetime, *, problem: str | None) -> None:
    """Note that a delivery arrived, or that it never will."""
    values = {"state": "dead" if problem else "delivered", "last_problem": problem, "ended_at": now}
    await _still(tx, delivery_id, values)


async def postpone(tx: Transaction, delivery_id: UUID, until: datetime, *, problem: str) -> None:
    """Note why a delivery failed and when it is tried again."""
    await _still(tx, delivery_id, {"next_at": until, "last_problem": problem})


async def _still(tx: Transaction, delivery_id: UUID, values: dict[str, Any]) -> None:
    # The client may have removed its web hook meanwhile: then it is no longer ours to say.
    pending = (deliveries.c.id == delivery_id) & (deliveries.c.state == "pending")
    await tx.execute(update(deliveries).where(pending).values(values))
