"""Idempotent writes: the answer to a key is stored in the transaction that did the work."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, DateTime, Index, LargeBinary, MetaData, Table, Text, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from chassis.db import Transaction
from chassis.errors import IdempotencyKeyReused


def idempotency_table(metadata: MetaData) -> Table:
    """Declare the table in a service's own metadata; its own migration creates it."""
    return Table(
        "idempotency_keys",
        metadata,
        Column("caller", Text, primary_key=True),
        Column("key", Text, primary_key=True),
        Column("request_digest", LargeBinary, nullable=False),
        Column("answer", JSONB),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Index("ix_idempotency_keys_created_at", "created_at"),
    )


async def once(
    tx: Transaction,
    table: Table,
    *,
    caller: str,
    key: str,
    request: object,
    now: datetime,
    action: Callable[[], Awaitable[Any]],
) -> Any:
    """Run ``action`` the first time ``caller`` sends ``key``; afterwards return its first answer.

    ``request`` (JSON-serialisable) is what the key stands for: another request under the same
    key raises ``IdempotencyKeyReused``. A concurrent repeat waits for the first to commit. An
    action that raises leaves no trace, so the caller may try again. The answer must be JSON.
    """
    digest = hashlib.sha256(json.dumps(request, sort_keys=True, default=str).encode()).digest()
    row = insert(table).values(caller=caller, key=key, request_digest=digest, created_at=now)
    first = await tx.execute(row.on_conflict_do_nothing().returning(table.c.key))
    mine = (table.c.caller == caller) & (table.c.key == key)
    if first.first() is None:
        stored = (
            await tx.execute(select(table.c.request_digest, table.c.answer).where(mine))
        ).one()
        if stored.request_digest != digest:
            raise IdempotencyKeyReused
        return stored.answer
    answer = await action()
    await tx.execute(update(table).where(mine).values(answer=answer))
    return answer
