"""Waiting without sleeping: look again whenever something has happened on the bus.

The ledger's heartbeat comes every second, so a condition is looked at at least that often, and
at once when an event that may have changed it passes.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import aio_pika

from chassis.topology import EXCHANGE

Seen = TypeVar("Seen")


class NeverHappened(Exception):
    """What was waited for did not come in time; says what it was."""


class Observer:
    """A private queue bound to every event."""

    def __init__(self) -> None:
        self._happened = asyncio.Event()

    async def hear(self, _: aio_pika.abc.AbstractIncomingMessage) -> None:
        self._happened.set()

    async def until(
        self, what: str, look: Callable[[], Awaitable[Seen | None]], *, seconds: float = 60
    ) -> Seen:
        """Return what ``look`` finds, looking again after each event; raise ``NeverHappened``."""
        try:
            async with asyncio.timeout(seconds):
                while True:
                    self._happened.clear()
                    if (found := await look()) is not None:
                        return found
                    await self._happened.wait()
        except TimeoutError as error:
            raise NeverHappened(f"{what}: not within {seconds:g} s") from error


@asynccontextmanager
async def observing(broker_url: str) -> AsyncIterator[Observer]:
    """Watch the bus for the block."""
    connection = await aio_pika.connect_robust(broker_url)
    async with connection:
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=1000)
        queue = await channel.declare_queue(exclusive=True, auto_delete=True)
        await queue.bind(EXCHANGE, routing_key="#")
        observer = Observer()
        await queue.consume(observer.hear, no_ack=True)
        yield observer
