"""RabbitMQ: one topic exchange, a quorum queue per consumer and concern, nothing ever dropped.

Around each queue stand fixed-delay retry queues and a parking queue. Handling ends in one of
three words: done (ack), ``Retry`` (delayed, bounded, then parked) or ``Reject`` (parked with its
reason). An unforeseen exception is a Retry. A failure is never acknowledged before the broker
has confirmed its copy elsewhere.
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import Any, Generic
from uuid import UUID

import aio_pika
import structlog
from aio_pika.abc import (
    AbstractIncomingMessage,
    AbstractRobustConnection,
    DeliveryMode,
    HeadersType,
)
from opentelemetry.trace import SpanKind
from pydantic import ValidationError
from sqlalchemy import Table

from chassis import inbox
from chassis.cipher import CannotDecrypt, ValueCipher
from chassis.clock import Clock
from chassis.db import Database, Transaction
from chassis.envelope import CONTENT_TYPE, Data, Event, unseal
from chassis.gathering import Gatherer
from chassis.telemetry import metrics, story
from chassis.topology import Topology, declare_exchange

_log = structlog.get_logger()

ATTEMPT = "x-attempt"
REASON = "x-reason"
# How often a message was handled before it was parked, and how often it was replayed since.
DELIVERIES = "x-deliveries"
REPLAYS = "x-replays"
_KEPT = ("traceparent", REPLAYS)
# How long the broker may take to confirm: a quorum writes to disk first.
PUBLISH_TIMEOUT_SECONDS = 10.0
# How long the broker may take to say who consumes: a slow answer is no silence.
_PROBE_SECONDS = 10.0


class Retry(Exception):
    """The event cannot be handled yet (for example its subject has not arrived)."""


class Reject(Exception):
    """The event can never be handled as it is; a person must look at it."""


@dataclass(frozen=True)
class Together(Generic[Data]):
    """How events are handled when many come at once: one transaction for all that are waiting.

    Both get each event as ``Subscription`` says, in any order. Event types that share one of
    these share their transactions. When a batch fails, each of its events is handled alone, so
    that one which cannot be handled holds up no other.
    """

    handle: Callable[[Transaction, Sequence[Event[Data]]], Awaitable[None]]
    after: Callable[[Sequence[Event[Data]]], Awaitable[None]]


@dataclass(frozen=True)
class Subscription(Generic[Data]):
    """How one event type is handled.

    ``handle`` runs in the transaction that also notes the event as handled. ``after`` runs after
    that commit and before the ack, and again for every duplicate, so it must be idempotent.
    """

    event_type: str
    model: type[Data]
    handle: Callable[[Transaction, Event[Data]], Awaitable[None]]
    after: Callable[[Event[Data]], Awaitable[None]] | None = None
    together: Together[Data] | None = None


async def connect(url: str, *, name: str) -> AbstractRobustConnection:
    """Return a connection that restores itself, its channels and its consumers."""
    return await aio_pika.connect_robust(
        url, client_properties={"connection_name": name}, reconnect_interval=1, fail_fast=False
    )


class BusPublisher:
    """Publishes to the event exchange with confirms; an event nobody is bound to raises."""

    def __init__(self, connection: AbstractRobustConnection) -> None:
        self._connection = connection
        self._exchange: aio_pika.abc.AbstractExchange | None = None

    async def open(self) -> None:
        """Declare the exchange on a confirming channel."""
        channel = await self._connection.channel(publisher_confirms=True, on_return_raises=True)
        self._exchange = await declare_exchange(channel)

    async def publish(
        self, *, event_id: UUID, event_type: str, body: bytes, traceparent: str
    ) -> None:
        """Return once a quorum has the event."""
        if self._exchange is None:
            await self.open()
        assert self._exchange is not None  # noqa: S101 - opened above
        message = aio_pika.Message(
            body,
            message_id=str(event_id),
            type=event_type,
            content_type=CONTENT_TYPE,
            delivery_mode=DeliveryMode.PERSISTENT,
            headers={"traceparent": traceparent},
        )
        await self._exchange.publish(
            message, routing_key=event_type, mandatory=True, timeout=PUBLISH_TIMEOUT_SECONDS
        )


class Consumer:
    """Consumes one queue; each message in its own transaction, several at a time."""

    def __init__(
        self,
        connection: AbstractRobustConnection,
        *,
        queue: str,
        database: Database,
        inbox_table: Table,
        cipher: ValueCipher,
        clock: Clock,
        subscriptions: Sequence[Subscription[Any]],
        delays_ms: Sequence[int],
        prefetch: int = 32,
        watchdog_seconds: float = 10.0,
    ) -> None:
        self.topology = Topology(queue, delays_ms)
        self._connection = connection
        self._database = database
        self._inbox = inbox_table
        self._cipher = cipher
        self._clock = clock
        self._subscriptions = {one.event_type: one for one in subscriptions}
        self._prefetch = prefetch
        many = {one.together for one in subscriptions if one.together}
        self._gatherers = {
            one: Gatherer(partial(self._process_together, one), limit=prefetch) for one in many
        }
        self._watchdog_seconds = watchdog_seconds
        self._channel: aio_pika.abc.AbstractChannel | None = None

    async def declare(self) -> None:
        """Bind the queue before anybody consumes it: events wait in it from now on.

        For a worker that has long to prepare; ``run`` does it too.
        """
        channel = await self._connection.channel()
        await self.topology.declare(channel, list(self._subscriptions))
        await channel.close()

    async def run(self, stop: asyncio.Event) -> None:
        """Consume until ``stop``; a consumer the broker has dropped is an error, not a silence."""
        self._channel = channel = await self._connection.channel(on_return_raises=True)
        await channel.set_qos(prefetch_count=self._prefetch)
        queue = await self.topology.declare(channel, list(self._subscriptions))
        tag = await queue.consume(self._receive)
        _log.info("consumer_started", queue=self.topology.queue)
        await watch(self._connection, self.topology.queue, self._watchdog_seconds, stop)
        with contextlib.suppress(Exception):
            await queue.cancel(tag)

    async def _receive(self, message: AbstractIncomingMessage) -> None:
        started = monotonic()
        outcome = "done"
        try:
            await self._handle(message)
        except Reject as refusal:
            outcome = "rejected"
            await self._park(message, str(refusal))
        except Exception as failure:  # noqa: BLE001 - any failure is retried, then parked
            outcome = "retried"
            if not isinstance(failure, Retry):
                _log.exception(
                    "event_handler_failed", queue=self.topology.queue, event_type=message.type
                )
            await self._retry(
                message,
                f"{type(failure).__name__}: {failure}"
                if isinstance(failure, Retry)
                else type(failure).__name__,
            )
        attributes = {"queue": self.topology.queue, "outcome": outcome}
        metrics.messages.add(1, attributes)
        metrics.message_seconds.record(monotonic() - started, attributes)
        with contextlib.suppress(aio_pika.exceptions.ChannelInvalidStateError):
            # The channel died meanwhile: the broker redelivers and the inbox knows the event.
            await message.ack()

    async def _handle(self, message: AbstractIncomingMessage) -> None:
        document = _parse(message)
        subscription = self._subscriptions.get(document["type"])
        if subscription is None:
            raise Reject(f"unknown event type or version {document['type']}")
        with story(
            name=f"process {document['type']}",
            kind=SpanKind.CONSUMER,
            traceparent=document.get("traceparent", ""),
            correlation_id=document.get("correlationid", ""),
            causation_id=document["id"],
            attributes={
                "messaging.system": "rabbitmq",
                "messaging.operation.type": "process",
                "messaging.destination.name": self.topology.queue,
            },
        ):
            event = self._unseal(document, subscription)
            if subscription.together:
                await self._gather(subscription, subscription.together, event)
            else:
                await self._process(subscription, event)

    def _unseal(self, document: Mapping[str, Any], subscription: Subscription[Any]) -> Event[Any]:
        try:
            return unseal(document, subscription.model, self._cipher)
        except ValidationError as error:
            places = ",".join(
                ".".join(map(str, e["loc"])) for e in error.errors(include_input=False)
            )
            raise Reject(f"{document['type']}: unreadable fields {places}") from error
        except (CannotDecrypt, KeyError, ValueError) as error:
            raise Reject(f"{document['type']}: {type(error).__name__}") from error

    async def _gather(
        self, subscription: Subscription[Any], together: Together[Any], event: Event[Any]
    ) -> None:
        try:
            await self._gatherers[together].add(event)
        except Exception as failure:  # noqa: BLE001 - whose fault it was shows when each is alone
            _log.warning(
                "batch_handled_one_by_one",
                queue=self.topology.queue,
                reason=type(failure).__name__,
            )
            await self._process(subscription, event)

    async def _process_together(
        self, together: Together[Any], events: Sequence[Event[Any]]
    ) -> None:
        async with self._database.transaction() as tx:
            new = await inbox.first_times(
                tx,
                self._inbox,
                queue=self.topology.queue,
                event_ids=[event.id for event in events],
                now=self._clock.now(),
            )
            # A duplicate within the batch is handled once.
            handled = {event.id: event for event in events if event.id in new}
            if handled:
                await together.handle(tx, list(handled.values()))
        await together.after(events)

    async def _process(self, subscription: Subscription[Any], event: Event[Any]) -> None:
        async with self._database.transaction() as tx:
            if await inbox.first_time(
                tx, self._inbox, queue=self.topology.queue, event_id=event.id, now=self._clock.now()
            ):
                await subscription.handle(tx, event)
        if subscription.after:
            await subscription.after(event)

    async def _retry(self, message: AbstractIncomingMessage, reason: str) -> None:
        attempt = _attempt(message.headers)
        if attempt >= len(self.topology.delays_ms):
            await self._park(message, f"gave up after {attempt} retries: {reason}")
            return
        target = self.topology.retry(self.topology.delays_ms[attempt])
        await self._copy(message, target, {ATTEMPT: attempt + 1, REASON: reason[:500]})

    async def _park(self, message: AbstractIncomingMessage, reason: str) -> None:
        _log.error(
            "event_parked",
            queue=self.topology.queue,
            event_type=message.type,
            event_id=message.message_id,
            reason=reason,
        )
        deliveries = _attempt(message.headers) + 1
        headers: HeadersType = {ATTEMPT: 0, REASON: reason[:500], DELIVERIES: deliveries}
        await self._copy(message, self.topology.parking, headers)

    async def _copy(
        self, message: AbstractIncomingMessage, queue: str, headers: HeadersType
    ) -> None:
        assert self._channel is not None  # noqa: S101 - set before the first delivery
        await self._channel.default_exchange.publish(
            copy_of(message, headers),
            routing_key=queue,
            mandatory=True,
            timeout=PUBLISH_TIMEOUT_SECONDS,
        )


_WATCHDOG_MISSES = 3


def copy_of(message: AbstractIncomingMessage, headers: HeadersType) -> aio_pika.Message:
    """Return the message again, same body and identity, with the given bus headers."""
    kept = {key: value for key, value in message.headers.items() if key in _KEPT}
    return aio_pika.Message(
        message.body,
        message_id=message.message_id,
        type=message.type,
        content_type=message.content_type,
        delivery_mode=DeliveryMode.PERSISTENT,
        headers={**kept, **headers},
    )


async def watch(
    connection: AbstractRobustConnection, queue: str, seconds: float, stop: asyncio.Event
) -> None:
    """Return on ``stop``; raise when the queue has no consumer although the broker answers."""
    misses = 0
    while misses < _WATCHDOG_MISSES:
        if await stopped(stop, seconds):
            return
        try:
            async with asyncio.timeout(_PROBE_SECONDS):
                count = await _consumer_count(connection, queue)
        except (TimeoutError, ConnectionError, RuntimeError, aio_pika.exceptions.AMQPError):
            # The broker is away and the robust connection at work (until it is back, asking
            # it for a channel is a RuntimeError): ending the process would not bring it back.
            misses = 0
            continue
        misses = misses + 1 if count == 0 else 0
    raise RuntimeError(f"no consumer left on {queue}")


async def stopped(stop: asyncio.Event, seconds: float) -> bool:
    """Wait for ``stop``, no longer than ``seconds``; tell whether it came.

    A task that is cancelled while the broker answers it takes the whole connection with it.
    """
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
    return stop.is_set()


async def _consumer_count(connection: AbstractRobustConnection, name: str) -> int:
    channel = await connection.channel()
    try:
        queue = await channel.declare_queue(name, passive=True)
    except aio_pika.exceptions.ChannelNotFoundEntity:
        return 0  # somebody deleted the queue; a fresh start declares it again
    else:
        return queue.declaration_result.consumer_count or 0
    finally:
        await channel.close()


def _parse(message: AbstractIncomingMessage) -> dict[str, Any]:
    try:
        document = json.loads(message.body)
        if document["specversion"] != "1.0":
            raise Reject(f"unknown envelope version {document['specversion']}")
        UUID(document["id"])
        str(document["type"])
    except (ValueError, KeyError, TypeError) as error:
        raise Reject(f"unreadable envelope: {type(error).__name__}") from error
    return dict(document)


def _attempt(headers: HeadersType) -> int:
    value = headers.get(ATTEMPT, 0)
    return value if isinstance(value, int) else 0
