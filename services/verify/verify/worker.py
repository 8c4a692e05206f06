"""Composition root of the worker process: consumers, the mirror of the cache, forgetting."""

import asyncio
from dataclasses import replace

import httpx

from chassis.bus import Consumer, connect
from chassis.cipher import ValueCipher
from chassis.clock import SystemClock
from chassis.db import Database
from chassis.http import create_app
from chassis.serving import Schedule, run_tasks, serve
from chassis.settings import Keyring
from verify import store, upkeep
from verify.app import build_cache
from verify.freshness import Mirror
from verify.names import NameKeys
from verify.projection import Projection
from verify.settings import VerifySettings
from verify.status_keeping import StatusKeeper
from verify.subscribers import subscriptions
from verify.tables import inbox

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
    database = Database(settings.database, pool_size=settings.database_pool_size)
    cache = build_cache(settings)
    connection = await connect(settings.broker, name="verify-worker")
    mirror = Mirror(database, cache)
    projection = Projection(database, cache, NameKeys(Keyring.load(settings.name_keys_file)))

    keeper = StatusKeeper(database, settings.status_signing)

    async def status_turn() -> None:
        await keeper.turn()

    async def purge() -> None:
        async with database.transaction() as tx:
            await store.purge(
                tx, clock.now(), inbox_days=_INBOX_DAYS, heartbeat_hours=_HEARTBEAT_HOURS
            )

    client = httpx.AsyncClient(timeout=_CALL_SECONDS)
    deliveries = upkeep.build_deliveries(settings, database, clock)
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
    schedules = (
        Schedule("mirror", _MIRROR_SECONDS, mirror.turn, database),
        Schedule("status-lists", _STATUS_SECONDS, status_turn, database),
        Schedule("purge", _PURGE_SECONDS, purge, database),
        *upkeep.schedules(settings, database, clock, client, deliveries),
    )
    # A schedule holds a connection for its lease while its work takes another: were both from
    # one pool, enough schedules at the same time would all wait for each other.
    leases = Database(settings.database, pool_size=len(schedules))
    health = create_app(
        service="verify", settings=settings, routers=(), ready={"database": database.ping}
    )
    try:
        await run_tasks(
            [
                *(consumer.run for consumer in consumers),
                *(replace(schedule, database=leases).run for schedule in schedules),
                lambda end: serve(
                    health, host=settings.api_host, port=settings.worker_port, stop=end
                ),
            ],
            stop,
        )
    finally:
        await connection.close()
        await client.aclose()
        await deliveries.close()
        await cache.close()
        await leases.close()
        await database.close()
