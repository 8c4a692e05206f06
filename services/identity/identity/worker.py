"""The worker process: relay, subscribers, schedules, and its health port."""

import asyncio
from contextlib import AsyncExitStack
from functools import partial

from fastapi import FastAPI

from chassis import bus
from chassis.figures import Figures
from chassis.http import create_app
from chassis.outbox import Relay
from chassis.parking import Parking
from chassis.serving import Schedule, Task, run_tasks, serve
from identity import figures, tables
from identity.building import Core, build_core
from identity.settings import Settings
from identity.store import retention
from identity.subscribers import QUEUE, QUEUES, Messages

_AUDIT_SEAL_SECONDS = 5.0
_RETENTION_SECONDS = 3600.0


async def run_worker(settings: Settings, stop: asyncio.Event) -> None:
    """Work until told to stop."""
    core = build_core(settings)
    app = create_app(
        service="identity", settings=settings, routers=(), ready={"database": core.database.ping}
    )
    health = partial(_serve, app=app, settings=settings)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(core.database.close)
        tasks = await open_tasks(core, stack)
        await run_tasks([*tasks, health], stop)


async def open_tasks(core: Core, stack: AsyncExitStack) -> list[Task]:
    """Return what a worker does all the time; several workers may do it side by side.

    The broker connection they share is closed by ``stack``.
    """
    clock = core.deps.clock
    connection = await bus.connect(core.settings.broker, name="identity-worker")
    stack.push_async_callback(connection.close)
    relay = Relay(core.database, tables.outbox, bus.BusPublisher(connection), clock=clock)
    consumer = bus.Consumer(
        connection,
        queue=QUEUE,
        database=core.database,
        inbox_table=tables.inbox,
        cipher=core.bus_cipher,
        clock=clock,
        subscriptions=Messages(clock).subscriptions(),
        delays_ms=core.settings.retry_delays_ms,
    )
    parking = Parking(
        connection,
        queues=QUEUES,
        database=core.database,
        table=tables.parked,
        cipher=core.bus_cipher,
        clock=clock,
    )
    sealer = Schedule(
        "audit-sealer",
        _AUDIT_SEAL_SECONDS,
        partial(core.deps.audit.seal, core.database),
        core.database,
    )
    sweeper = Schedule(
        "retention",
        _RETENTION_SECONDS,
        partial(retention.drop_expired, core.database, clock),
        core.database,
    )
    counting = Figures(core.database, figures.counts())
    return [relay.run, consumer.run, parking.run, sealer.run, sweeper.run, counting.run]


async def _serve(stop: asyncio.Event, *, app: FastAPI, settings: Settings) -> None:
    await serve(app, host=settings.api_host, port=settings.worker_port, stop=stop)
