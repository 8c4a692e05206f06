"""Transactional outbox: events are rows of the business transaction until the broker has them.

The row is written by the use case's transaction. The relay claims rows with ``SKIP LOCKED`` and
a lease token, publishes up to ``in_flight`` at once with confirms, and deletes what was
confirmed; every terminal write filters on the token, so a slow relay whose lease ran out cannot
overwrite its successor. Delivery is at least once and order is best effort: consumers go by the
aggregate version.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

import structlog
from sqlalchemy import (
    ARRAY,
    Column,
    DateTime,
    Delete,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    RowMapping,
    Table,
    Text,
    Uuid,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from chassis.cipher import ValueCipher
from chassis.clock import Clock
from chassis.contracts import EventContracts
from chassis.db import Database, Transaction
from chassis.envelope import NewEvent, seal
from chassis.telemetry import current_context, metrics

_log = structlog.get_logger()
_LEASE = timedelta(seconds=30)
_IDLE_SECONDS = 0.05
_BACKOFF_LIMIT = timedelta(seconds=60)
_REPUBLISH_BATCH = 500


def outbox_table(metadata: MetaData) -> Table:
    """Declare the outbox in a service's own metadata; its own migration creates it."""
    return Table(
        "outbox",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("type", Text, nullable=False),
        Column("body", LargeBinary, nullable=False),
        Column("traceparent", Text, nullable=False),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Column("available_at", DateTime(timezone=True), nullable=False),
        Column("attempts", Integer, nullable=False, server_default="0"),
        Column("lease_token", Uuid),
        Column("leased_until", DateTime(timezone=True)),
        Column("last_error", Text),
        Index("ix_outbox_available_at", "available_at", "id"),
    )


class Outbox:
    """Writes events into the caller's transaction."""

    def __init__(
        self,
        table: Table,
        *,
        service: str,
        contracts: EventContracts,
        cipher: ValueCipher,
        clock: Clock,
    ) -> None:
        self.table = table
        self._service = service
        self._contracts = contracts
        self._cipher = cipher
        self._clock = clock

    async def add(self, tx: Transaction, *events: NewEvent) -> None:
        """Store ``events`` for publishing; raise ``ContractViolation`` if one breaks its schema."""
        now = self._clock.now()
        context = current_context()
        rows = []
        for event in events:
            event_id, body = seal(
                event,
                self._contracts[event.type],
                self._cipher,
                source=self._service,
                time=now,
                context=context,
            )
            rows.append(
                {
                    "id": event_id,
                    "type": event.type,
                    "body": body,
                    "traceparent": context.traceparent,
                    "created_at": now,
                    "available_at": now,
                }
            )
        if rows:
            await tx.execute(insert(self.table), rows)


class Publisher(Protocol):
    async def publish(
        self, *, event_id: UUID, event_type: str, body: bytes, traceparent: str
    ) -> None:
        """Return once the broker has confirmed; raise when it refused or nobody is bound."""
        ...


class Relay:
    """Moves committed outbox rows to the broker, for ever."""

    def __init__(
        self,
        database: Database,
        table: Table,
        publisher: Publisher,
        *,
        clock: Clock,
        in_flight: int = 200,
    ) -> None:
        self._database = database
        self._table = table
        self._publisher = publisher
        self._clock = clock
        self._in_flight = in_flight
        # Built once: an idle relay looks twenty times a second.
        self._claiming, self._deleting = _claiming(table, in_flight), _deleting(table)

    async def run(self, stop: asyncio.Event) -> None:
        """Relay until ``stop``; an empty outbox is looked at again after 50 ms."""
        while not stop.is_set():
            moved = await self.relay_once()
            if moved < self._in_flight:
                try:
                    await asyncio.wait_for(stop.wait(), _IDLE_SECONDS)
                except TimeoutError:
                    continue

    async def relay_once(self) -> int:
        """Claim and publish one batch; return how many rows were claimed."""
        token = uuid4()
        rows = await self._claim(token)
        if not rows:
            return 0
        results = await asyncio.gather(
            *(self._publish(row) for row in rows), return_exceptions=True
        )
        done = [row["id"] for row, result in zip(rows, results, strict=True) if result is None]
        failed = [(row, r) for row, r in zip(rows, results, strict=True) if r is not None]
        if done:
            async with self._database.single() as tx:
                await tx.execute(self._deleting, {"ids": done, "token": token})
        if failed:
            async with self._database.transaction() as tx:
                for row, result in failed:
                    await self._postpone(tx, row, result, token)
        metrics.outbox_published.add(len(done))
        return len(rows)

    async def _claim(self, token: UUID) -> Sequence[RowMapping]:
        now = self._clock.now()
        values = {"token": token, "now": now, "until": now + _LEASE}
        async with self._database.single() as tx:
            rows: Sequence[RowMapping] = (await tx.execute(self._claiming, values)).mappings().all()
        return rows

    async def _publish(self, row: RowMapping) -> None:
        await self._publisher.publish(
            event_id=row["id"],
            event_type=row["type"],
            body=row["body"],
            traceparent=row["traceparent"],
        )

    async def _postpone(
        self, tx: Transaction, row: RowMapping, failure: BaseException | None, token: UUID
    ) -> None:
        delay = min(timedelta(seconds=2 ** min(row["attempts"], 10)), _BACKOFF_LIMIT)
        reason = type(failure).__name__
        _log.error(
            "outbox_publish_failed", event_type=row["type"], event_id=str(row["id"]), reason=reason
        )
        metrics.outbox_failed.add(1, {"reason": reason})
        table = self._table
        await tx.execute(
            update(table)
            .where(table.c.id == row["id"])
            .where(table.c.lease_token == token)
            .values(
                lease_token=None,
                leased_until=None,
                attempts=table.c.attempts + 1,
                available_at=self._clock.now() + delay,
                last_error=reason,
            )
        )


def _claiming(table: Table, limit: int) -> ReturningUpdate[Any]:
    """Return the statement that leases what is due, by ``now``, ``until`` and ``token``."""
    now = bindparam("now", type_=table.c.available_at.type)
    free = (
        select(table.c.id)
        .where(table.c.available_at <= now)
        .where(or_(table.c.leased_until.is_(None), table.c.leased_until < now))
        .order_by(table.c.available_at, table.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("free")
    )
    return (
        update(table)
        .where(table.c.id == free.c.id)
        .values(lease_token=bindparam("token"), leased_until=bindparam("until"))
        .returning(table.c.id, table.c.type, table.c.body, table.c.traceparent, table.c.attempts)
    )


def _deleting(table: Table) -> Delete:
    """Return the statement that forgets the published ``ids`` leased by ``token``."""
    published = bindparam("ids", type_=ARRAY(Uuid))
    return delete(table).where(
        table.c.id == func.any(published), table.c.lease_token == bindparam("token")
    )


async def oldest_pending(tx: Transaction, table: Table) -> datetime | None:
    """Return when the oldest unpublished event was written, or None when all are out."""
    oldest: datetime | None = await tx.scalar(select(func.min(table.c.created_at)))
    return oldest


async def republish(database: Database, outbox: Outbox, events: AsyncIterator[NewEvent]) -> int:
    """Write the given current states into the outbox again, in batches; return how many.

    A consumer ignores the versions it has, so this may run at any time, also twice.
    """
    count = 0
    batch: list[NewEvent] = []
    async for event in events:
        batch.append(event)
        if len(batch) == _REPUBLISH_BATCH:
            async with database.transaction() as tx:
                await outbox.add(tx, *batch)
            count += len(batch)
            batch.clear()
    async with database.transaction() as tx:
        await outbox.add(tx, *batch)
    return count + len(batch)
