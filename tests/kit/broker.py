"""A RabbitMQ vhost of its own for every test that speaks on the bus."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import aio_pika
import httpx
from tests.kit.stack import stack

from chassis.topology import declare_exchange

_numbers = count(1)


@asynccontextmanager
async def vhost() -> AsyncIterator[str]:
    """Yield the AMQP address of a new, empty vhost; delete it afterwards."""
    name = f"test-{os.getpid()}-{next(_numbers)}"
    user, password = stack().rabbitmq_admin
    async with httpx.AsyncClient(
        base_url=stack().rabbitmq_management, auth=(user, password), timeout=30
    ) as management:
        (await management.put(f"/vhosts/{name}", json={})).raise_for_status()
        everything = {"configure": ".*", "write": ".*", "read": ".*"}
        (await management.put(f"/permissions/{name}/{user}", json=everything)).raise_for_status()
        try:
            yield f"amqp://{user}:{password}@127.0.0.1:{stack().port('RABBITMQ')}/{name}"
        finally:
            await management.delete(f"/vhosts/{name}")


@dataclass
class Collector:
    """A queue bound to the given event types; what a test waits on."""

    queue: aio_pika.abc.AbstractQueue

    async def next(self, timeout_seconds: float = 10) -> dict[str, Any]:
        """Return the next event's envelope; raise ``TimeoutError`` when none comes."""
        async with asyncio.timeout(timeout_seconds), self.queue.iterator() as messages:
            async for message in messages:
                async with message.process():
                    return dict(json.loads(message.body))
        raise TimeoutError


@asynccontextmanager
async def collecting(url: str, types: Sequence[str]) -> AsyncIterator[Collector]:
    """Collect events of the given types (routing keys, ``#`` for all) from now on."""
    connection = await aio_pika.connect(url)
    async with connection:
        channel = await connection.channel()
        exchange = await declare_exchange(channel)
        queue = await channel.declare_queue(exclusive=True)
        for event_type in types:
            await queue.bind(exchange, routing_key=event_type)
        yield Collector(queue)
