"""Inbox: one row per handled event, written in the consumer's own transaction."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningInsert

from chassis.db import Transaction


def inbox_table(metadata: MetaData) -> Table:
    """Declare the inbox in a service's own metadata; its own migration creates it."""
    return Table(
        "inbox",
        metadata,
        Column("queue", Text, primary_key=True),
        Column("event_id", Uuid, primary_key=True),
        Column("handled_at", DateTime(timezone=True), nullable=False),
        Index("ix_inbox_handled_at", "handled_at"),
    )


async def first_time(
    tx: Transaction, table: Table, *, queue: str, event_id: UUID, now: datetime
) -> bool:
    """Note the event as handled; return False when this queue had handled it before.

    A concurrent duplicate waits here for the first transaction, then sees its outcome.
    """
    row = {"queue": queue, "event_id": event_id, "handled_at": now}
    return (await tx.execute(_noting(table), row)).first() is not None


async def first_times(
    tx: Transaction, table: Table, *, queue: str, event_ids: Collection[UUID], now: datetime
) -> set[UUID]:
    """As ``first_time``, for many at once; return those that this queue had not handled before."""
    # In one order everywhere: two consumers with the same events wait for, not on, each other.
    rows = [
        {"queue": queue, "event_id": event_id, "handled_at": now}
        for event_id in sorted(set(event_ids))
    ]
    statement = insert(table).values(rows).on_conflict_do_nothing().returning(table.c.event_id)
    return set((await tx.execute(statement)).scalars())


@cache
def _noting(table: Table) -> ReturningInsert[Any]:
    """Return the statement, the same for every event of the table."""
    return insert(table).on_conflict_do_nothing().returning(table.c.event_id)
