"""Composition root of the worker process: consumers, the mirror of the cache, forgetting."""

import asyncio
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import replace

import httpx
from opentelemetry import metrics
from opentelemetry.metrics import CallbackOptions, Observation

from chassis.bus import BusPublisher, Consumer, connect
from chassis.cipher import ValueCipher
from chassis.clock import Clock, SystemClock
from chassis.db import Database
from chassis.figures import Figures
from chassis.http import create_app
from chassis.outbox import Relay
from chassis.parking import Parking
from chassis.serving import Schedule, Task, run_tasks, serve
from chassis.settings import Keyring
from verify import figures, store, upkeep
from verify.app import build_cache
from verify.cache import FactCache
from verify.freshness import Mirror
from verify.names import NameKeys
from verify.projection import Projection
from verify.settings import VerifySettings
from verify.status_keeping import StatusKeeper
from verify.subscribers import QUEUES, subscriptions
from verify.tables import inbox
from verify.tables_of_records import outbox, parked

# A revocation that the cache missed is offered again after this; two seconds are promised.
_MIRROR_SECONDS = 0.5
# What has changed is signed at the next turn, everything else once a minute.
_STATUS_SECONDS = 15.0
_PURGE_SECONDS = 300.0
# Calls of a batch to identity: a thousand ID numbers each.
_CALL_SECONDS = 10.0
# As many events as may share a transaction.
_PREFETCH = 256
_INBOX_DAYS = 30
# A cache that was away for longer than this begins a new epoch.
_HEARTBEAT_HOURS = 1


async def run_worker(settings: VerifySettings, stop: asyncio.Event) -> None:
    """Work until ``stop``; leases and versions let several copies run."""
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        database = Database(settings.database, pool_size=settings.database_pool_size)
        stack.push_async_callback(database.close)
        cache = build_cache(settings)
        stack.push_async_callback(cache.close)
        client = httpx.AsyncClient(timeout=_CALL_SECONDS)
        stack.push_async_callback(client.aclose)
        deliveries = upkeep.build_deliveries(settings, database, clock)
        stack.push_async_callback(deliveries.close)
        connection = await connect(settings.broker, name="verify-worker")
        stack.push_async_callback(connection.close)
        projection = Projection(
            database, cache, NameKeys(Keyring.load(settings.name_keys_file)), clock
        )
        consumers = [
            Consumer(
                connection,
                queue=queue,
                database=database,
                inbox_table=inbox,
                cipher=ValueCipher(settings.bus_keys),
                clock=clock,
                subscriptions=handled,
                delays_ms=settings.retry_delays_ms,
                prefetch=_PREFETCH,
            )
            for queue, handled in subscriptions(projection).items()
        ]
        parking = Parking(
            connection,
            queues=QUEUES,
            database=database,
            table=parked,
            cipher=ValueCipher(settings.bus_keys),
            clock=clock,
        )
        schedules = [
            *_schedules(settings, database, cache, clock),
            *upkeep.schedules(settings, database, clock, client, deliveries),
        ]
        relay = Relay(database, outbox, BusPublisher(connection), clock=clock)
        # A schedule holds a connection for its lease while its work takes another: were both from
        # one pool, enough schedules at the same time would all wait for each other.
        leases = Database(settings.database, pool_size=len(schedules), pool="leases")
        stack.push_async_callback(leases.close)
        await run_tasks(
            [
                relay.run,
                *(consumer.run for consumer in consumers),
                parking.run,
                Figures(database, figures.counts()).run,
                figures.CacheFigures(cache).run,
                *(replace(schedule, database=leases).run for schedule in schedules),
                _health(settings, database),
            ],
            stop,
        )


def _schedules(
    settings: VerifySettings, database: Database, cache: FactCache, clock: Clock
) -> list[Schedule]:
    mirror, keeper = Mirror(database, cache), StatusKeeper(database, settings.status_signing)

    def age(_: CallbackOptions) -> Iterable[Observation]:
        if keeper.as_of:
            yield Observation((clock.now() - keeper.as_of).total_seconds())

    metrics.get_meter("yuzheng").create_observable_gauge(
        "yuzheng.verify.status_list.age", callbacks=[age], unit="s", description="of the oldest"
    )

    async def status_turn() -> None:
        await keeper.turn()

    async def purge() -> None:
        async with database.transaction() as tx:
            await store.purge(
                tx, clock.now(), inbox_days=_INBOX_DAYS, heartbeat_hours=_HEARTBEAT_HOURS
            )

    return [
        Schedule("mirror", _MIRROR_SECONDS, mirror.turn, database),
        Schedule("status-lists", _STATUS_SECONDS, status_turn, database),
        Schedule("purge", _PURGE_SECONDS, purge, database),
    ]


def _health(settings: VerifySettings, database: Database) -> Task:
    app = create_app(
        service="verify", settings=settings, routers=(), ready={"database": database.ping}
    )

    async def serve_health(stop: asyncio.Event) -> None:
        await serve(app, host=settings.api_host, port=settings.worker_port, stop=stop)

    return serve_health
