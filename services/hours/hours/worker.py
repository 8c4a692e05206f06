"""Composition root of the worker process: relay, consumers and schedules."""

import asyncio
from datetime import timedelta

from sqlalchemy import delete

from chassis import bus
from chassis.cipher import ValueCipher
from chassis.clock import Clock, SystemClock
from chassis.db import Database
from chassis.figures import Figures
from chassis.http import create_app
from chassis.outbox import Relay
from chassis.parking import Parking
from chassis.serving import Schedule, run_tasks, serve
from hours import figures, subscribers, tables
from hours.app import build_tools
from hours.settings import HoursSettings
from hours.store import assignments

_AUDIT_SECONDS = 5.0
_PURGE_SECONDS = 3600.0


async def run_worker(settings: HoursSettings, stop: asyncio.Event) -> None:
    """Work until ``stop``; leases and SKIP LOCKED let several copies run."""
    clock = SystemClock()
    database = Database(settings.database, pool_size=settings.database_pool_size)
    tools = build_tools(settings, clock)
    connection = await bus.connect(settings.broker, name="hours-worker")
    relay = Relay(database, tables.outbox, bus.BusPublisher(connection), clock=clock)
    consumers = [
        bus.Consumer(
            connection,
            queue=queue,
            database=database,
            inbox_table=tables.inbox,
            cipher=ValueCipher(settings.bus_keys),
            clock=clock,
            subscriptions=subscriptions,
            delays_ms=settings.retry_delays_ms,
        )
        for queue, subscriptions in subscribers.QUEUES.items()
    ]

    parking = Parking(
        connection,
        queues=list(subscribers.QUEUES),
        database=database,
        table=tables.parked,
        cipher=ValueCipher(settings.bus_keys),
        clock=clock,
    )

    schedules = (
        Schedule("audit-sealer", _AUDIT_SECONDS, lambda: tools.audit.seal(database), database),
        Schedule("purge", _PURGE_SECONDS, lambda: _purge(settings, database, clock), database),
    )
    health = create_app(
        service="hours", settings=settings, routers=(), ready={"database": database.ping}
    )
    try:
        await run_tasks(
            [
                relay.run,
                *(consumer.run for consumer in consumers),
                parking.run,
                Figures(database, figures.counts()).run,
                *(schedule.run for schedule in schedules),
                lambda end: serve(
                    health, host=settings.api_host, port=settings.worker_port, stop=end
                ),
            ],
            stop,
        )
    finally:
        await connection.close()
        await database.close()


async def _purge(settings: HoursSettings, database: Database, clock: Clock) -> None:
    """Forget handled events, answered keys and taken claims that nobody asks for any more."""
    limit = clock.now() - timedelta(days=settings.remember_days)
    async with database.transaction() as tx:
        await tx.execute(delete(tables.inbox).where(tables.inbox.c.handled_at < limit))
        keys = tables.idempotency
        await tx.execute(delete(keys).where(keys.c.created_at < limit))
        await assignments.forget(tx, limit)
