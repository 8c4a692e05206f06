"""Events handled together, against a real PostgreSQL and a real RabbitMQ."""

import asyncio

import aio_pika
from sqlalchemy import text
from tests.kit.bench import PERSON_CHANGED, Person, inbox_rows, person_changed, running, until

from chassis.bus import Reject, Subscription, Together
from chassis.topology import declare_exchange

MANY = 60


class Heard:
    """Handlers that remember; one name is refused, together and alone."""

    def __init__(self, refused: str = "") -> None:
        self.batches: list[list[str]] = []
        self.alone: list[str] = []
        self.after_calls = 0
        self._refused = refused

    async def handle_many(self, tx, events) -> None:
        names = [event.data.name for event in events]
        await tx.execute(text("SELECT 1"))
        if self._refused in names:
            raise ValueError("one of them")
        self.batches.append(names)

    async def after_many(self, events) -> None:
        self.after_calls += len(events)

    async def handle(self, _tx, event) -> None:
        if event.data.name == self._refused:
            raise Reject("cannot be")
        self.alone.append(event.data.name)

    def names(self) -> list[str]:
        return sorted([*self.alone, *(name for batch in self.batches for name in batch)])

    def subscription(self) -> Subscription[Person]:
        together = Together(self.handle_many, self.after_many)
        return Subscription(PERSON_CHANGED, Person, self.handle, together=together)


def people() -> list[str]:
    return [f"第{number:02d}人" for number in range(MANY)]


async def deliver(parts, names, *, times: int = 1) -> None:
    """Put events into the queue before anybody consumes it."""
    channel = await parts.connection.channel()
    consumer = parts.consumer([Heard().subscription()])
    await consumer.topology.declare(channel, [PERSON_CHANGED])
    exchange = await declare_exchange(channel)
    await parts.tell(*(person_changed(name=name) for name in names))
    async with parts.database.reading() as tx:
        bodies = (await tx.scalars(text("SELECT body FROM outbox"))).all()
    for body in bodies * times:
        await exchange.publish(aio_pika.Message(body), routing_key=PERSON_CHANGED)


async def parked(parts) -> int:
    channel = await parts.connection.channel()
    queue = await channel.declare_queue("test.people.parked", passive=True)
    await channel.close()
    return queue.declaration_result.message_count


async def test_many_that_wait_share_transactions_and_each_is_handled_once(parts):
    heard = Heard()
    await deliver(parts, people(), times=2)

    async def all_told() -> bool:
        return heard.after_calls == 2 * MANY

    async with running(parts.consumer([heard.subscription()])):
        await until(all_told)
    assert heard.names() == people()
    assert len(heard.batches) < MANY / 2
    assert await parts.count(inbox_rows.name) == MANY


async def test_one_that_cannot_be_handled_holds_up_no_other(parts):
    refused, *others = people()
    heard = Heard(refused)
    await deliver(parts, people())

    async def one_parked() -> bool:
        return await parked(parts) == 1 and len(heard.names()) == len(others)

    async with running(parts.consumer([heard.subscription()])):
        await until(one_parked)
    assert heard.names() == others
    assert await parts.count(inbox_rows.name) == len(others)


async def test_effect_and_inbox_rows_of_a_batch_commit_together(parts):
    writes = asyncio.Event()

    async def writes_then_fails(tx, _events) -> None:
        await tx.execute(text("INSERT INTO counters VALUES ('together', 1)"))
        writes.set()
        raise ValueError

    async def refuses(_tx, _event) -> None:
        raise Reject("cannot be")

    async def nothing(_events) -> None:
        return

    together = Together(writes_then_fails, nothing)
    await deliver(parts, people()[:3])

    async def all_parked() -> bool:
        return await parked(parts) == 3

    subscription = Subscription(PERSON_CHANGED, Person, refuses, together=together)
    async with running(parts.consumer([subscription])):
        await until(all_parked)
    assert writes.is_set()
    assert await parts.count("counters") == 0
    assert await parts.count(inbox_rows.name) == 0
