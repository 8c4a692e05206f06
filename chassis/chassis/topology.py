"""What is declared on the broker: one topic exchange, and the queues around each consumer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import aio_pika
from aio_pika.abc import AbstractQueue

EXCHANGE = "yuzheng.events"
# Deliveries without an ack (a crash in the handler) before the broker itself parks the message.
_DELIVERY_LIMIT = 20


async def declare_exchange(channel: aio_pika.abc.AbstractChannel) -> aio_pika.abc.AbstractExchange:
    """Declare the one exchange that all events go through."""
    return await channel.declare_exchange(EXCHANGE, aio_pika.ExchangeType.TOPIC, durable=True)


def parking_of(queue: str) -> str:
    """Return the name of the queue where messages of ``queue`` wait for a person."""
    return f"{queue}.parked"


@dataclass(frozen=True)
class Topology:
    """The queues around one consumer: its own, the retry steps, and the parking queue."""

    queue: str
    delays_ms: Sequence[int]

    @property
    def parking(self) -> str:
        return parking_of(self.queue)

    def retry(self, delay_ms: int) -> str:
        return f"{self.queue}.retry.{timedelta(milliseconds=delay_ms).total_seconds():g}s"

    async def declare(
        self, channel: aio_pika.abc.AbstractChannel, types: Sequence[str]
    ) -> AbstractQueue:
        """Declare everything durable and bind the queue to each event type."""
        quorum = {"x-queue-type": "quorum"}
        exchange = await declare_exchange(channel)
        await channel.declare_queue(self.parking, durable=True, arguments=dict(quorum))
        # At-least-once dead-lettering: the broker drops the original only once the copy is safe.
        safe = {
            **quorum,
            "x-dead-letter-exchange": "",
            "x-dead-letter-strategy": "at-least-once",
            "x-overflow": "reject-publish",
        }
        for delay in self.delays_ms:
            await channel.declare_queue(
                self.retry(delay),
                durable=True,
                arguments={**safe, "x-message-ttl": delay, "x-dead-letter-routing-key": self.queue},
            )
        queue = await channel.declare_queue(
            self.queue,
            durable=True,
            arguments={
                **safe,
                "x-delivery-limit": _DELIVERY_LIMIT,
                "x-dead-letter-routing-key": self.parking,
            },
        )
        for event_type in types:
            await queue.bind(exchange, routing_key=event_type)
        return queue
