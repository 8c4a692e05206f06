"""The way into the table of parked messages and back into their queue.

The parking queue on the broker is where a message goes first, because it may be parked just when
the database is away. From there this task writes it down and only then acknowledges it.
"""

import asyncio
import base64
import contextlib
import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import aio_pika
import structlog
from aio_pika.abc import AbstractIncomingMessage, AbstractRobustConnection
from sqlalchemy import Row, Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from chassis import bus, parked
from chassis.cipher import CannotDecrypt, ValueCipher
from chassis.clock import Clock
from chassis.db import Database
from chassis.envelope import CONTENT_TYPE
from chassis.ids import uuid7
from chassis.topology import parking_of

_log = structlog.get_logger()
# Few at a time: nobody waits for these, and connections to the database are few.
_PREFETCH = 4
_AGAIN_SECONDS = 1.0
_BATCH = 50
# What stands where an event's type belongs is shown to people only when it looks like one.
_EVENT_TYPE = re.compile(r"[a-z0-9_.]{1,100}")


class Parking:
    """Writes down what is parked for ``queues`` and replays what an operator has asked for."""

    def __init__(
        self,
        connection: AbstractRobustConnection,
        *,
        queues: Sequence[str],
        database: Database,
        table: Table,
        cipher: ValueCipher,
        clock: Clock,
        watchdog_seconds: float = 10.0,
    ) -> None:
        self._connection = connection
        self._queues = queues
        self._database = database
        self._table = table
        self._cipher = cipher
        self._clock = clock
        self._watchdog_seconds = watchdog_seconds
        self._stop = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop``; several workers may do it side by side."""
        self._stop = stop
        channel = await self._connection.channel()
        await channel.set_qos(prefetch_count=_PREFETCH)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._replay(stop))
            for name in self._queues:
                await self._listen(channel, name)
                group.create_task(
                    bus.watch(self._connection, parking_of(name), self._watchdog_seconds, stop)
                )
        # What was delivered and not written down goes back to the broker with the channel.
        with contextlib.suppress(Exception):
            await channel.close()

    async def _listen(self, channel: aio_pika.abc.AbstractChannel, name: str) -> None:
        queue = await channel.declare_queue(
            parking_of(name), durable=True, arguments={"x-queue-type": "quorum"}
        )

        async def receive(message: AbstractIncomingMessage) -> None:
            await self._write_down(name, message)

        await queue.consume(receive)

    async def _write_down(self, queue: str, message: AbstractIncomingMessage) -> None:
        row = self._row(queue, message)
        statement = insert(self._table).values(row).on_conflict_do_nothing()
        while not self._stop.is_set():
            try:
                async with self._database.transaction() as tx:
                    await tx.execute(statement)
            except (DBAPIError, OSError, TimeoutError) as error:
                # It stays with the broker, unacknowledged, until the database is back.
                _log.warning("parked_message_waits", queue=queue, error=type(error).__name__)
                await asyncio.sleep(_AGAIN_SECONDS)
                continue
            with contextlib.suppress(aio_pika.exceptions.ChannelInvalidStateError):
                # The channel died meanwhile: the broker delivers again, which adds no second row.
                await message.ack()
            return

    def _row(self, queue: str, message: AbstractIncomingMessage) -> dict[str, Any]:
        digest = hashlib.sha256(message.body).digest()
        event_type, event_id, aggregate_id = _described(message.body)
        headers = message.headers
        body = base64.b64encode(message.body).decode()
        return {
            "id": uuid7(),
            "queue": queue,
            "body_digest": digest,
            "body": self._cipher.encrypt(body, _context(queue, digest)),
            "event_type": event_type,
            "event_id": event_id,
            "aggregate_id": aggregate_id,
            # Without our word it was the broker that gave up: handling never came to an end.
            "reason": str(headers.get(bus.REASON, "broker: delivered too often without an answer")),
            "traceparent": str(headers.get("traceparent", ""))[:100],
            "deliveries": _number(headers.get(bus.DELIVERIES)),
            "replays": _number(headers.get(bus.REPLAYS)),
            "parked_at": self._clock.now(),
        }

    async def _replay(self, stop: asyncio.Event) -> None:
        """Move what was asked for back into its queue until ``stop``."""
        while not await bus.stopped(stop, _AGAIN_SECONDS):
            try:
                while not stop.is_set() and await replay_rows(
                    self._connection, self._database, self._table, self._cipher
                ):
                    continue
            except Exception:  # noqa: BLE001 - the rows are still there for the next turn
                _log.exception("replay_failed")


async def replay_rows(
    connection: AbstractRobustConnection,
    database: Database,
    table: Table,
    cipher: ValueCipher,
    *,
    queue: str | None = None,
) -> int:
    """Replay some of the messages asked for, or of all in ``queue``; return how many went.

    The row goes first and the broker's word that it has the message is waited for before the
    commit: a crash in between means one delivery too many, which the inbox knows, and never one
    too few. A message parked again at once waits for this commit, and is a new row. One that
    no queue takes, or that our keys do not open, is no longer asked for and holds up no other.
    """
    gone = 0
    async with database.transaction() as tx:
        rows = await parked.take(tx, table, queue=queue, limit=_BATCH)
        if not rows:
            return gone
        channel = await connection.channel(on_return_raises=True)
        try:
            for row in rows:
                try:
                    await _publish(channel, row, cipher)
                    gone += 1
                except (CannotDecrypt, aio_pika.exceptions.PublishError) as error:
                    _log.error("replay_refused", queue=row.queue, error=type(error).__name__)
                    await parked.put_back(tx, table, row, why=type(error).__name__)
        finally:
            await channel.close()
    return gone


async def _publish(
    channel: aio_pika.abc.AbstractChannel, row: Row[Any], cipher: ValueCipher
) -> None:
    body = base64.b64decode(cipher.decrypt(row.body, _context(row.queue, row.body_digest)))
    message = aio_pika.Message(
        body,
        message_id=str(row.event_id) if row.event_id else None,
        type=row.event_type,
        content_type=CONTENT_TYPE,
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
        headers={
            "traceparent": row.traceparent,
            bus.ATTEMPT: 0,
            bus.REPLAYS: row.replays + 1,
        },
    )
    await channel.default_exchange.publish(
        message, routing_key=row.queue, mandatory=True, timeout=bus.PUBLISH_TIMEOUT_SECONDS
    )


async def replay(
    connection: AbstractRobustConnection,
    database: Database,
    table: Table,
    cipher: ValueCipher,
    queue: str,
) -> int:
    """Move the parked messages of ``queue`` back into it, those not yet written down too."""
    moved = await _replay_unwritten(connection, queue)
    while count := await replay_rows(connection, database, table, cipher, queue=queue):
        moved += count
        if moved >= _MOST:
            break
    return moved


# A message that parks again at once must not keep the command busy for ever.
_MOST = 1000


async def _replay_unwritten(connection: AbstractRobustConnection, queue: str) -> int:
    channel = await connection.channel(on_return_raises=True)
    waiting = await channel.declare_queue(parking_of(queue), passive=True)
    moved = 0
    while moved < _MOST:
        message = await waiting.get(fail=False)
        if message is None:
            break
        replays = _number(message.headers.get(bus.REPLAYS)) + 1
        await channel.default_exchange.publish(
            bus.copy_of(message, {bus.ATTEMPT: 0, bus.REPLAYS: replays}),
            routing_key=queue,
            mandatory=True,
            timeout=bus.PUBLISH_TIMEOUT_SECONDS,
        )
        await message.ack()
        moved += 1
    await channel.close()
    return moved


def _context(queue: str, digest: bytes) -> str:
    return f"parked/{queue}/{digest.hex()}"


def _described(body: bytes) -> tuple[str | None, UUID | None, UUID | None]:
    """Return the event's type, id and aggregate as far as the body tells them."""
    try:
        document = json.loads(body)
    except ValueError:
        return None, None, None
    if not isinstance(document, dict):
        return None, None, None
    named = str(document.get("type", ""))
    event_type = named if _EVENT_TYPE.fullmatch(named) else None
    return event_type, _uuid(document.get("id")), _uuid(document.get("aggregateid"))


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
