"""Parked messages as rows: what an operator sees of them, and how he asks for them again.

A parking queue cannot be looked at without taking its messages: each look counts as a delivery,
and a quorum queue drops or moves what was delivered too often. So the worker writes each message
down (``chassis.parking``) and this table is what people look at. The body lies here encrypted and
is shown to nobody; what is shown is the envelope's ids and the reason.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    RowMapping,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    delete,
    func,
    insert,
    select,
    update,
)

from chassis.db import Transaction


def parked_table(metadata: MetaData) -> Table:
    """Declare the table in a service's own metadata; its own migration creates it."""
    return Table(
        "parked_messages",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("queue", Text, nullable=False),
        # The same message delivered twice is one row.
        Column("body_digest", LargeBinary, nullable=False),
        Column("body", Text, nullable=False),
        Column("event_type", Text),
        Column("event_id", Uuid),
        Column("aggregate_id", Uuid),
        Column("reason", Text, nullable=False),
        Column("traceparent", Text, nullable=False),
        Column("deliveries", Integer, nullable=False),
        Column("replays", Integer, nullable=False),
        Column("parked_at", DateTime(timezone=True), nullable=False),
        Column("replay_requested_at", DateTime(timezone=True)),
        UniqueConstraint("queue", "body_digest"),
        Index("ix_parked_messages_queue", "queue", "parked_at", "id"),
        Index(
            "ix_parked_messages_requested",
            "parked_at",
            "id",
            postgresql_where="replay_requested_at IS NOT NULL",
        ),
    )


@dataclass(frozen=True)
class QueueOfParked:
    """One queue's parked messages: how many, since when, and the first of them."""

    queue: str
    count: int
    oldest_at: datetime
    first: list[Row[Any]]


async def overview(
    tx: Transaction, table: Table, *, queue: str | None, limit: int
) -> list[QueueOfParked]:
    """Return each queue that has parked messages with its ``limit`` oldest ones."""
    of_queue, oldest_first = table.c.queue, (table.c.parked_at, table.c.id)
    in_line = func.row_number().over(partition_by=of_queue, order_by=oldest_first)
    # One statement: between two, messages come and go.
    numbered = select(
        *(column for column in table.c if column.name not in {"body", "body_digest"}),
        in_line.label("place"),
        func.count().over(partition_by=of_queue).label("waiting"),
        func.min(table.c.parked_at).over(partition_by=of_queue).label("oldest_at"),
    )
    if queue:
        numbered = numbered.where(table.c.queue == queue)
    rows = numbered.subquery()
    shown = select(rows).where(rows.c.place <= limit).order_by(rows.c.queue, rows.c.place)
    found = (await tx.execute(shown)).all()
    return [
        QueueOfParked(name, first[0].waiting, first[0].oldest_at, first)
        for name, first in ((n, list(g)) for n, g in groupby(found, key=lambda row: row.queue))
    ]


async def request_replay(
    tx: Transaction, table: Table, message_id: UUID, *, now: datetime
) -> tuple[RowMapping | None, bool]:
    """Have one message replayed; return it (None: there is none) and whether this is news."""
    which = table.c.id == message_id
    asked = await tx.execute(_requesting(table, now).where(which).returning(table.c.id))
    news = asked.first() is not None
    shown = select(table.c.id, table.c.queue, table.c.event_type, table.c.event_id)
    return (await tx.execute(shown.where(which))).mappings().first(), news


async def request_replays(tx: Transaction, table: Table, queue: str, *, now: datetime) -> int:
    """Have every message of the queue replayed; return how many had not been asked for yet."""
    return (await tx.execute(_requesting(table, now).where(table.c.queue == queue))).rowcount


def _requesting(table: Table, now: datetime) -> Any:
    asked = table.c.replay_requested_at
    return update(table).where(asked.is_(None)).values(replay_requested_at=now)


async def take(tx: Transaction, table: Table, *, queue: str | None, limit: int) -> list[Row[Any]]:
    """Remove up to ``limit`` messages, oldest first, and return them.

    Those asked for, or with ``queue`` all of that queue. Publish them before the transaction
    ends: then a failure leaves them here.
    """
    which = table.c.queue == queue if queue else table.c.replay_requested_at.is_not(None)
    first = select(table.c.id).where(which).order_by(table.c.parked_at, table.c.id).limit(limit)
    chosen = first.with_for_update(skip_locked=True)
    taken = (
        await tx.execute(delete(table).where(table.c.id.in_(chosen)).returning(*table.c))
    ).all()
    return sorted(taken, key=lambda row: (row.parked_at, row.id))


async def put_back(tx: Transaction, table: Table, row: Row[Any], *, why: str) -> None:
    """Keep a message that could not be replayed; it is no longer asked for and says why."""
    reason = f"replay refused ({why}); {row.reason}"[:500]
    values = {**row._mapping, "replay_requested_at": None, "reason": reason}  # noqa: SLF001 - SQLAlchemy's public name
    await tx.execute(insert(table).values(values))
