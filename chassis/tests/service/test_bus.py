"""Outbox, relay, consumer, retry and parking against a real PostgreSQL and a real RabbitMQ."""

import asyncio
import json
from uuid import UUID, uuid4

import aio_pika
import pytest
from sqlalchemy import text
from tests.kit.bench import (
    PERSON_CHANGED,
    Bench,
    Person,
    inbox_rows,
    parked_rows,
    person_changed,
    running,
    until,
)
from tests.kit.broker import collecting
from tests.kit.contracts import bus_cipher

from chassis import bus, parking
from chassis.bus import Reject, Retry, Subscription
from chassis.contracts import ContractViolation
from chassis.envelope import NewEvent
from chassis.topology import declare_exchange


class Heard:
    """A handler that remembers, and fails as often as it is told."""

    def __init__(self, failures: list[Exception] | None = None) -> None:
        self.names: list[str] = []
        self.attempts = 0
        self.after_calls = 0
        self._failures = failures or []

    async def handle(self, _tx, event) -> None:
        self.attempts += 1
        if self._failures:
            raise self._failures.pop(0)
        self.names.append(event.data.name)

    async def after(self, _event) -> None:
        self.after_calls += 1

    def subscription(self) -> Subscription[Person]:
        return Subscription(PERSON_CHANGED, Person, self.handle, self.after)


async def parked(parts: Bench) -> list[aio_pika.abc.AbstractIncomingMessage]:
    channel = await parts.connection.channel()
    queue = await channel.declare_queue("test.people.parked", passive=True)
    found = []
    while message := await queue.get(fail=False, no_ack=True):
        found.append(message)
    await channel.close()
    return found


async def bound(parts: Bench) -> bool:
    channel = await parts.connection.channel()
    try:
        queue = await channel.declare_queue("test.people", passive=True)
    except aio_pika.exceptions.AMQPError:
        return False
    return bool(queue.declaration_result.consumer_count)


class TestOutbox:
    async def test_event_vanishes_with_the_transaction_when_it_rolls_back(
        self, parts: Bench
    ) -> None:
        with pytest.raises(RuntimeError):
            async with parts.database.transaction() as tx:
                await parts.outbox.add(tx, person_changed())
                raise RuntimeError
        assert await parts.count("outbox") == 0

    async def test_event_that_breaks_its_contract_is_refused_without_quoting_values(self, parts):
        bad = person_changed(name="张䶮")
        broken = NewEvent(bad.type, bad.aggregate_id, 2, {**bad.data, "sex": "张䶮"})
        with pytest.raises(ContractViolation) as caught:
            await parts.tell(broken)
        assert "sex" in str(caught.value)
        assert "张䶮" not in str(caught.value)

    async def test_personal_fields_are_unreadable_in_table_and_queue(self, parts: Bench) -> None:
        async with collecting(parts.broker, ["#"]) as events, running(parts.relay()):
            await parts.tell(person_changed(name="张䶮"))
            envelope = await events.next()
        assert envelope["data"]["name"].startswith("enc:1:")
        assert "张䶮" not in json.dumps(envelope, ensure_ascii=False)
        assert envelope["data"]["sex"] == "female"

    async def test_row_is_deleted_once_the_broker_has_confirmed(self, parts: Bench) -> None:
        async with collecting(parts.broker, ["#"]) as events, running(parts.relay()):
            await parts.tell(person_changed())
            await events.next()
            await until(lambda: _empty(parts, "outbox"))

    async def test_event_waits_when_nobody_is_bound(self, parts: Bench) -> None:
        await parts.tell(person_changed())
        assert await parts.relay().relay_once() == 1
        async with parts.database.reading() as tx:
            row = (await tx.execute(text("SELECT attempts, last_error FROM outbox"))).one()
        assert row.attempts == 1
        assert row.last_error == "PublishError"

    async def test_row_of_a_dead_relay_is_claimed_again_and_its_late_delete_does_nothing(
        self, parts
    ):
        class Stuck:
            async def publish(self, **_: object) -> None:
                """Lose the lease while publishing, as a frozen process does."""
                async with parts.database.transaction() as tx:
                    await tx.execute(text("UPDATE outbox SET lease_token = gen_random_uuid()"))

        await parts.tell(person_changed())
        await parts.relay(Stuck()).relay_once()
        assert await parts.count("outbox") == 1

    async def test_two_relays_publish_each_event_once(self, parts: Bench) -> None:
        seen: list[UUID] = []

        class Counting:
            async def publish(self, *, event_id: UUID, **_: object) -> None:
                seen.append(event_id)
                await asyncio.sleep(0)

        await parts.tell(*(person_changed(version) for version in range(1, 501)))
        first, second = parts.relay(Counting()), parts.relay(Counting())
        while await parts.count("outbox"):
            await asyncio.gather(first.relay_once(), second.relay_once())
        assert len(seen) == len(set(seen)) == 500


async def _empty(parts: Bench, table: str) -> bool:
    return await parts.count(table) == 0


class TestConsumer:
    async def test_event_arrives_decrypted_and_is_handled_once_when_delivered_twice(self, parts):
        heard = Heard()
        async with running(parts.consumer([heard.subscription()])):
            await until(lambda: bound(parts))
            channel = await parts.connection.channel()
            exchange = await declare_exchange(channel)
            await parts.tell(person_changed(name="王𫖯"))
            async with parts.database.reading() as tx:
                body = await tx.scalar(text("SELECT body FROM outbox"))
            for _ in range(2):
                await exchange.publish(aio_pika.Message(body), routing_key=PERSON_CHANGED)
            await until(lambda: _is(lambda: heard.after_calls == 2))
        assert heard.names == ["王𫖯"]

    async def test_retry_is_delayed_then_succeeds(self, parts: Bench) -> None:
        heard = Heard([Retry("not yet"), ValueError("bug")])
        async with running(parts.relay(), parts.consumer([heard.subscription()])):
            await until(lambda: bound(parts))
            await parts.tell(person_changed())
            await until(lambda: _is(lambda: heard.names))
        assert heard.attempts == 3
        assert await parked(parts) == []

    async def test_gives_up_after_the_last_delay_and_parks_with_the_reason(
        self, parts: Bench
    ) -> None:
        heard = Heard([Retry("organisation not here yet")] * 9)
        async with running(parts.relay(), parts.consumer([heard.subscription()])):
            await until(lambda: bound(parts))
            await parts.tell(person_changed())
            await until(lambda: _is(lambda: heard.attempts == 3))
            await until(lambda: _parked_count(parts, 1))
        (message,) = await parked(parts)
        assert "organisation not here yet" in str(message.headers[bus.REASON])
        assert await parts.count("inbox") == 0

    async def test_rejected_event_is_parked_at_once_and_replay_brings_it_back(
        self, parts: Bench
    ) -> None:
        heard = Heard([Reject("cannot be")])
        async with running(parts.relay(), parts.consumer([heard.subscription()])):
            await until(lambda: bound(parts))
            await parts.tell(person_changed())
            await until(lambda: _parked_count(parts, 1))
            assert await replayed(parts) == 1
            await until(lambda: _is(lambda: heard.names))

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            (b"not json", "unreadable envelope"),
            (b'{"specversion": "2.0", "id": "x", "type": "y"}', "envelope version 2.0"),
            (
                (
                    b'{"specversion": "1.0", "id": "018f3b1c-7d2a-7c41-9a55-1f2e3d4c5b6c",'
                    b' "type": "identity.person.changed.v9"}'
                ),
                "identity.person.changed.v9",
            ),
        ],
    )
    async def test_unknown_version_is_parked_with_its_reason(self, parts, body, reason) -> None:
        heard = Heard()
        async with running(parts.consumer([heard.subscription()])):
            await until(lambda: bound(parts))
            channel = await parts.connection.channel()
            await channel.default_exchange.publish(
                aio_pika.Message(body), routing_key="test.people"
            )
            await until(lambda: _parked_count(parts, 1))
        (message,) = await parked(parts)
        assert reason in str(message.headers[bus.REASON])
        assert heard.attempts == 0

    async def test_personal_field_encrypted_for_another_event_is_parked(self, parts: Bench) -> None:
        heard = Heard()
        async with running(parts.consumer([heard.subscription()])):
            await until(lambda: bound(parts))
            await parts.tell(person_changed())
            async with parts.database.reading() as tx:
                body = json.loads(await tx.scalar(text("SELECT body FROM outbox")))
            body["id"] = str(uuid4())
            channel = await parts.connection.channel()
            moved = aio_pika.Message(json.dumps(body).encode())
            await channel.default_exchange.publish(moved, routing_key="test.people")
            await until(lambda: _parked_count(parts, 1))
        assert heard.names == []

    async def test_inbox_row_and_effect_commit_together(self, parts: Bench) -> None:
        async def fails_after_writing(tx, _event) -> None:
            await tx.execute(text("INSERT INTO counters VALUES ('handled', 1)"))
            raise Reject("after the write")

        subscription = Subscription(PERSON_CHANGED, Person, fails_after_writing)
        async with running(parts.relay(), parts.consumer([subscription])):
            await until(lambda: bound(parts))
            await parts.tell(person_changed())
            await until(lambda: _parked_count(parts, 1))
        assert await parts.count("counters") == 0
        assert await parts.count(inbox_rows.name) == 0

    async def test_consumer_dropped_by_the_broker_ends_the_process(self, parts: Bench) -> None:
        consumer = parts.consumer([Heard().subscription()])
        running_consumer = asyncio.create_task(consumer.run(asyncio.Event()))
        await until(lambda: bound(parts))
        channel = await parts.connection.channel()
        await channel.queue_delete("test.people")
        with pytest.raises((RuntimeError, aio_pika.exceptions.AMQPError)):
            await asyncio.wait_for(running_consumer, 10)


async def replayed(parts: Bench) -> int:
    return await parking.replay(
        parts.connection, parts.database, parked_rows, bus_cipher(), "test.people"
    )


async def _is(condition) -> bool:
    return bool(condition())


async def _parked_count(parts: Bench, expected: int) -> bool:
    channel = await parts.connection.channel()
    queue = await channel.declare_queue("test.people.parked", passive=True)
    await channel.close()
    return queue.declaration_result.message_count == expected
