"""The chassis' tables in a throw-away database, a vhost, and what a service builds from them."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import aio_pika
from pydantic import BaseModel
from sqlalchemy import Column, Integer, Table, Text, text
from tests.kit.broker import vhost
from tests.kit.contracts import bus_cipher, contracts
from tests.kit.databases import empty_database

from chassis import bus
from chassis.approvals import approvals_table
from chassis.audit import APPEND_ONLY_SQL, audit_tables
from chassis.clock import SystemClock
from chassis.db import Database, new_metadata
from chassis.envelope import NewEvent
from chassis.idempotency import idempotency_table
from chassis.inbox import inbox_table
from chassis.outbox import Outbox, Relay, outbox_table
from chassis.parked import parked_table
from chassis.parking import Parking

metadata = new_metadata()
outbox_rows = outbox_table(metadata)
inbox_rows = inbox_table(metadata)
parked_rows = parked_table(metadata)
idempotency_keys = idempotency_table(metadata)
approvals = approvals_table(metadata)
audit = audit_tables(metadata)
counters = Table(
    "counters", metadata, Column("name", Text, primary_key=True), Column("value", Integer)
)

CERTIFICATE = UUID("018f3b1c-7d2a-7c41-9a55-1f2e3d4c5b6c")
PERSON_CHANGED = "identity.person.changed.v1"


class Person(BaseModel):
    person_id: UUID
    name: str


@dataclass
class Bench:
    database: Database
    broker: str
    connection: aio_pika.abc.AbstractRobustConnection
    clock: SystemClock

    @property
    def outbox(self) -> Outbox:
        return Outbox(
            outbox_rows,
            service="identity",
            contracts=contracts(),
            cipher=bus_cipher(),
            clock=self.clock,
        )

    def relay(self, publisher: Any = None) -> Relay:
        return Relay(
            self.database,
            outbox_rows,
            publisher or bus.BusPublisher(self.connection),
            clock=self.clock,
        )

    def consumer(
        self,
        subscriptions: Sequence[bus.Subscription[Any]],
        *,
        delays_ms: Sequence[int] = (100, 200),
    ) -> bus.Consumer:
        return bus.Consumer(
            self.connection,
            queue="test.people",
            database=self.database,
            inbox_table=inbox_rows,
            cipher=bus_cipher(),
            clock=self.clock,
            subscriptions=subscriptions,
            delays_ms=delays_ms,
            watchdog_seconds=0.2,
        )

    def parking(self) -> Parking:
        return Parking(
            self.connection,
            queues=["test.people"],
            database=self.database,
            table=parked_rows,
            cipher=bus_cipher(),
            clock=self.clock,
            watchdog_seconds=0.2,
        )

    async def tell(self, *events: NewEvent) -> None:
        async with self.database.transaction() as tx:
            await self.outbox.add(tx, *events)

    async def count(self, table: str) -> int:
        async with self.database.reading() as tx:
            return int(await tx.scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608 - from code


def person_changed(version: int = 2, name: str = "张䶮") -> NewEvent:
    example = dict(contracts()[PERSON_CHANGED].schema["examples"][0]) | {"name": name}
    return NewEvent(PERSON_CHANGED, UUID(example["person_id"]), version, example)


@asynccontextmanager
async def bench() -> AsyncIterator[Bench]:
    async with empty_database() as url, vhost() as broker:
        database = Database(url)
        async with database.transaction() as tx:
            await tx.run_sync(metadata.create_all)
            for statement in filter(str.strip, APPEND_ONLY_SQL.split(";\nCREATE TRIGGER")):
                prefix = (
                    "" if statement.lstrip().startswith("CREATE FUNCTION") else "CREATE TRIGGER"
                )
                await tx.execute(text(prefix + statement))
        connection = await bus.connect(broker, name="tests")
        try:
            yield Bench(database, broker, connection, SystemClock())
        finally:
            await connection.close()
            await database.close()


@asynccontextmanager
async def running(*tasks: Any) -> AsyncIterator[None]:
    """Run relay and consumers for the block; a failure of theirs fails the test."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for task in tasks:
            group.create_task(task.run(stop))
        try:
            yield
        finally:
            stop.set()


async def until(condition: Any, *, seconds: float = 15) -> None:
    """Wait until the awaitable condition holds."""
    async with asyncio.timeout(seconds):
        while not await condition():
            await asyncio.sleep(0.02)
