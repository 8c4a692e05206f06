"""Revocations as they come in life: told through an outbox, seen in the public answer."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from time import perf_counter
from typing import Any
from uuid import UUID

from bench.checking.open_loop import Connection
from bench.checking.world import World
from sqlalchemy.engine import URL
from tests.kit.contracts import bus_cipher, contracts
from tests.kit.databases import empty_database

from chassis import bus
from chassis.clock import SystemClock
from chassis.db import Database, new_metadata
from chassis.envelope import NewEvent
from chassis.outbox import Outbox, Relay, outbox_table
from verify.seeding import seeded_certificate, seeded_token

_metadata = new_metadata()
_rows = outbox_table(_metadata)
_PATIENCE_SECONDS = 120.0
_BATCH = 500


class Registry:
    """What tells of revocations: the outbox and the relay of the service that owns them."""

    def __init__(self, world: World, database: Database, outbox: Outbox) -> None:
        self._world = world
        self._database = database
        self._outbox = outbox

    async def revoke(self, numbers: Iterable[int]) -> float:
        """Tell of revocations in one transaction; return the instant of its commit."""
        async with self._database.transaction() as tx:
            await self._outbox.add(tx, *(self._revocation(one) for one in numbers))
        return perf_counter()

    def _revocation(self, number: int) -> NewEvent:
        state = seeded_certificate(self._world.keys, number)
        data: dict[str, Any] = state.model_dump(mode="json", exclude_none=True) | {
            "state": "revoked",
            "state_reason": "evidence_false",
            "supersedes": None,
            "template_version": "2026.1",
        }
        name = "certificates.certificate.revoked.v1"
        return NewEvent(name, UUID(data["certificate_id"]), 2, data)


@asynccontextmanager
async def registry(world: World) -> AsyncIterator[Registry]:
    """Yield a registry whose relay runs as the services' own do."""
    stop = asyncio.Event()
    async with empty_database("bench") as url:
        database, clock = await _outbox_database(url), SystemClock()
        connection = await bus.connect(world.broker, name="bench")
        outbox = Outbox(
            _rows, service="certificates", contracts=contracts(), cipher=bus_cipher(), clock=clock
        )
        relay = Relay(database, _rows, bus.BusPublisher(connection), clock=clock)
        task = asyncio.create_task(relay.run(stop))
        try:
            yield Registry(world, database, outbox)
        finally:
            stop.set()
            await task
            await connection.close()
            await database.close()


async def _outbox_database(url: URL) -> Database:
    database = Database(url, pool_size=4)
    async with database.transaction() as tx:
        await tx.run_sync(_metadata.create_all)
    return database


class Reader:
    """Somebody who asks for one certificate again and again, on a connection of their own."""

    def __init__(self, world: World, number: int) -> None:
        self._port = world.api_port
        self._request = (
            f"GET /v/{seeded_token(world.keys, number)} HTTP/1.1\r\nhost: bench\r\n"
            "accept: application/json\r\n\r\n"
        ).encode()

    async def sees_revoked(self, *, since: float, every: float) -> float:
        """Return the seconds from ``since`` until the public answer says revoked."""
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(Connection, "127.0.0.1", self._port)
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                status = await connection.ask(self._request)
                if status == HTTPStatus.OK and b'"state":"revoked"' in connection.body:
                    connection.close()
                    return perf_counter() - since
                await asyncio.sleep(every)


async def steadily(
    world: World, registry: Registry, numbers: Sequence[int], *, per_second: float
) -> list[float]:
    """Revoke one after another; return the seconds until each is public, sorted."""

    async def one(number: int) -> float:
        committed = await registry.revoke([number])
        return await Reader(world, number).sees_revoked(since=committed, every=0.1)

    began, tasks = perf_counter(), []
    for place, number in enumerate(numbers):
        await asyncio.sleep(max(0.0, began + place / per_second - perf_counter()))
        tasks.append(asyncio.create_task(one(number)))
    return sorted(await asyncio.gather(*tasks))


async def storm(
    world: World, registry: Registry, numbers: Sequence[int], *, watched: int
) -> list[float]:
    """Revoke all at once; return the seconds until each of the watched ones is public, sorted."""
    step = max(1, len(numbers) // watched)
    tasks = []
    for first in range(0, len(numbers), _BATCH):
        batch = numbers[first : first + _BATCH]
        committed = await registry.revoke(batch)
        for number in batch[::step]:
            reader = Reader(world, number).sees_revoked(since=committed, every=0.2)
            tasks.append(asyncio.create_task(reader))
    return sorted(await asyncio.gather(*tasks))
