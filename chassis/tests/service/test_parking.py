"""From the parking queue into the table, before an operator's eyes, and back into the queue."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import aio_pika
import httpx
import pytest
from sqlalchemy import text
from tests.kit import tokens
from tests.kit.bench import (
    PERSON_CHANGED,
    Bench,
    Person,
    audit,
    idempotency_keys,
    parked_rows,
    person_changed,
    running,
    until,
)
from tests.kit.contracts import bus_cipher

from chassis import parking
from chassis.audit import Audit
from chassis.bus import Reject, Retry, Subscription
from chassis.http import create_app
from chassis.parked_routes import ParkedDesk, parked_router
from chassis.settings import ServiceSettings
from chassis.topology import Topology

PATH = "/api/test/v1/parked"
QUEUE = "test.people"
PLACE = UUID("018f3b1c-7d2a-7c41-9a55-1f2e3d4c5b6c")
OTHERS = (
    "technician",
    "employer_administrator",
    "department_administrator",
    "training_institution",
    "bureau_administrator",
    "provincial_administrator",
)


class Stubborn:
    """A handler that fails until it is told to be good."""

    def __init__(self, failure: Exception) -> None:
        self.failure: Exception | None = failure
        self.names: list[str] = []

    async def handle(self, _tx, event) -> None:
        if self.failure:
            raise self.failure
        self.names.append(event.data.name)

    def subscription(self) -> Subscription[Person]:
        return Subscription(PERSON_CHANGED, Person, self.handle)


@dataclass
class Desk:
    """The routes, and people who call them."""

    http: httpx.AsyncClient

    async def seen(self, **query: Any) -> list[dict[str, Any]]:
        answer = await self.http.get(PATH, params=query, headers=operator())
        assert answer.status_code == 200, answer.text
        return list(answer.json()["queues"])

    async def first(self) -> dict[str, Any]:
        await until(self.seen)
        return dict((await self.seen())[0]["items"][0])

    async def replay(self, message: str, headers=None, key: str = "") -> httpx.Response:
        return await self.http.post(
            f"{PATH}/{message}/replay",
            headers=(operator() if headers is None else headers)
            | {"idempotency-key": key or str(uuid4())},
        )

    async def replay_all(self, headers=None, queue: str = QUEUE) -> httpx.Response:
        return await self.http.post(
            f"{PATH}/replay",
            json={"queue": queue},
            headers=(operator() if headers is None else headers)
            | {"idempotency-key": str(uuid4())},
        )


def operator() -> dict[str, str]:
    return tokens.bearer(account="an-operator", grants=[("operator", PLACE)])


@pytest.fixture
async def desk(parts: Bench) -> AsyncIterator[Desk]:
    settings = ServiceSettings(api_port=1, worker_port=1, database_url="unused")
    made = ParkedDesk(
        parts.database, parked_rows, idempotency_keys, Audit(audit, parts.clock), parts.clock
    )
    app = create_app(
        service="test",
        settings=settings,
        routers=[parked_router("test")],
        verifier=tokens.verifier(),
        state={"parked": made},
    )
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as http:
        yield Desk(http)


async def declared(parts: Bench) -> aio_pika.abc.AbstractChannel:
    channel = await parts.connection.channel()
    await Topology(QUEUE, (100, 200)).declare(channel, [PERSON_CHANGED])
    return channel


async def audited(parts: Bench) -> list[str]:
    async with parts.database.reading() as tx:
        return list(await tx.scalars(text("SELECT action FROM audit_rows ORDER BY id")))


class TestWrittenDown:
    async def test_message_is_seen_with_its_reason_and_never_its_content(self, parts, desk) -> None:
        stubborn = Stubborn(Retry("organisation not here yet"))
        async with running(
            parts.relay(), parts.consumer([stubborn.subscription()]), parts.parking()
        ):
            await parts.tell(person_changed(name="张䶮"))
            item = await desk.first()
        (queue,) = await desk.seen()
        assert (queue["queue"], queue["count"]) == (QUEUE, 1)
        assert queue["oldest_at"] == item["parked_at"]
        assert item["event_type"] == PERSON_CHANGED
        assert item["aggregate_id"] == str(person_changed().aggregate_id)
        assert "organisation not here yet" in item["reason"]
        assert (item["deliveries"], item["replays"]) == (3, 0)
        assert set(item) == {
            "id", "event_type", "event_id", "aggregate_id", "reason", "parked_at", "deliveries",
            "replays", "replay_requested_at",
        }  # fmt: skip

    async def test_body_lies_in_the_table_encrypted(self, parts, desk) -> None:
        await _parked(parts, b"not json at all")
        async with running(parts.parking()):
            item = await desk.first()
        assert item["event_type"] is item["event_id"] is item["aggregate_id"] is None
        async with parts.database.reading() as tx:
            row = (await tx.execute(text("SELECT * FROM parked_messages"))).one()
        assert row.body.startswith("enc:1:")
        assert "not json" not in str(row)

    async def test_what_stands_for_the_type_is_shown_only_when_it_looks_like_one(
        self, parts, desk
    ) -> None:
        await _parked(parts, json.dumps({"type": "张三 410102199001011234", "id": 7}).encode())
        async with running(parts.parking()):
            item = await desk.first()
        assert item["event_type"] is item["event_id"] is None

    async def test_message_delivered_twice_is_one_row(self, parts, desk) -> None:
        channel = await declared(parts)
        for _ in range(2):
            await channel.default_exchange.publish(
                aio_pika.Message(b"{}"), routing_key=f"{QUEUE}.parked"
            )
        async with running(parts.parking()):
            await until(lambda: _empty(parts, f"{QUEUE}.parked"))
        (queue,) = await desk.seen()
        assert queue["count"] == 1

    async def test_what_the_broker_parks_by_itself_is_seen_too(self, parts, desk) -> None:
        channel = await declared(parts)
        await channel.default_exchange.publish(aio_pika.Message(b"{}"), routing_key=QUEUE)
        queue = await channel.get_queue(QUEUE)
        while message := await queue.get(fail=False):  # as a worker that dies in its handler
            await message.nack(requeue=True)
        async with running(parts.parking()):
            item = await desk.first()
        assert "broker" in item["reason"]

    async def test_message_stays_with_the_broker_while_the_database_is_away(
        self, parts, desk
    ) -> None:
        await _parked(parts, b"{}")
        await _run(parts, "ALTER TABLE parked_messages RENAME TO away")
        async with running(parts.parking()):
            await until(lambda: _unacknowledged(parts))
            await _run(parts, "ALTER TABLE away RENAME TO parked_messages")
            await desk.first()

    async def test_list_is_bounded_and_of_one_queue_when_asked(self, parts, desk) -> None:
        await _parked(parts, *(b'{"n": %d}' % number for number in range(4)))
        async with running(parts.parking()):
            await until(lambda: _rows(parts, 4))
        (queue,) = await desk.seen(limit=3)
        assert (queue["count"], len(queue["items"])) == (4, 3)
        assert await desk.seen(queue="test.other") == []
        answer = await desk.http.get(PATH, params={"limit": 51}, headers=operator())
        assert answer.status_code == 422


class TestReplay:
    async def test_one_goes_back_and_is_handled(self, parts, desk) -> None:
        stubborn = Stubborn(Reject("cannot be"))
        async with running(
            parts.relay(), parts.consumer([stubborn.subscription()]), parts.parking()
        ):
            await parts.tell(person_changed(name="王𫖯"))
            item = await desk.first()
            stubborn.failure = None
            answer = await desk.replay(item["id"])
            assert (answer.status_code, answer.json()["requested"]) == (202, 1)
            await until(lambda: _is(stubborn.names == ["王𫖯"]))
        assert await desk.seen() == []
        assert await audited(parts) == ["parked.replay_requested"]

    async def test_what_fails_again_comes_back_with_the_count_of_its_replays(
        self, parts, desk
    ) -> None:
        stubborn = Stubborn(Retry("still not"))
        async with running(
            parts.relay(), parts.consumer([stubborn.subscription()]), parts.parking()
        ):
            await parts.tell(person_changed())
            item = await desk.first()
            await desk.replay(item["id"])
            await until(lambda: _replays(desk, 1))
        again = await desk.first()
        assert again["id"] != item["id"]
        assert again["event_id"] == item["event_id"]
        assert again["replay_requested_at"] is None

    async def test_whole_queue_goes_back(self, parts, desk) -> None:
        await _parked(parts, *(b'{"n": %d}' % number for number in range(120)))
        async with running(parts.parking()):
            await until(lambda: _rows(parts, 120))
            answer = await desk.replay_all()
            assert answer.json() == {"queue": QUEUE, "requested": 120}
            await until(lambda: _rows(parts, 0))
        assert await _count(parts, QUEUE) == 120
        assert await audited(parts) == ["parked.queue_replay_requested"]

    async def test_asking_twice_is_asking_once(self, parts, desk) -> None:
        await _parked(parts, b"{}")
        async with running(parts.parking()):
            item = await desk.first()
        first = await desk.replay(item["id"], key="k")
        assert (await desk.replay(item["id"], key="k")).json() == first.json()
        assert (await desk.replay(item["id"])).json()["requested"] == 0
        assert (await desk.replay_all()).json()["requested"] == 0
        assert await audited(parts) == ["parked.replay_requested"]
        async with running(parts.parking()):
            await until(lambda: _rows(parts, 0))
        assert await _count(parts, QUEUE) == 1

    async def test_unknown_message_and_another_request_under_the_same_key(self, desk) -> None:
        unknown = await desk.replay(str(uuid4()), key="same")
        assert (unknown.status_code, unknown.json()["code"]) == (
            404,
            "chassis.parked_message_not_found",
        )
        assert (await desk.replay_all()).json()["requested"] == 0

    async def test_publishing_that_fails_loses_nothing(self, parts, desk) -> None:
        await _parked(parts, b"{}")
        async with running(parts.parking()):
            item = await desk.first()
        channel = await parts.connection.channel()
        await channel.queue_delete(QUEUE)
        await desk.replay(item["id"])
        async with running(parts.parking()):
            await until(lambda: _refused(desk))
        back = await desk.first()
        assert (back["id"], back["replay_requested_at"]) == (item["id"], None)

    async def test_message_under_a_lost_key_holds_up_no_other(self, parts, desk) -> None:
        await _parked(parts, b'{"n": 1}', b'{"n": 2}')
        async with running(parts.parking()):
            await until(lambda: _rows(parts, 2))
        await _run(
            parts,
            "UPDATE parked_messages SET body = 'enc:9:AAAA' WHERE id ="
            " (SELECT id FROM parked_messages ORDER BY parked_at LIMIT 1)",
        )
        async with running(parts.parking()):
            await desk.replay_all()
            await until(lambda: _rows(parts, 1))
            await until(lambda: _refused(desk))
        assert await _count(parts, QUEUE) == 1

    async def test_command_replays_what_is_written_down_and_what_is_not(self, parts, desk) -> None:
        await _parked(parts, b'{"n": 1}')
        async with running(parts.parking()):
            await desk.first()
        await _parked(parts, b'{"n": 2}')
        moved = await parking.replay(
            parts.connection, parts.database, parked_rows, bus_cipher(), QUEUE
        )
        assert moved == await _count(parts, QUEUE) == 2


class TestAuthority:
    @pytest.mark.parametrize("role", [*OTHERS, None])
    async def test_nobody_but_operators(self, parts, desk, role) -> None:
        await _parked(parts, b"{}")
        async with running(parts.parking()):
            item = await desk.first()
        headers = tokens.bearer(person=uuid4(), grants=[(role, PLACE)] if role else [])
        answers = [
            await desk.http.get(PATH, headers=headers),
            await desk.replay(item["id"], headers),
            await desk.replay_all(headers),
        ]
        assert [one.status_code for one in answers] == [403] * 3
        assert (await desk.first())["replay_requested_at"] is None

    @pytest.mark.parametrize(
        ("headers", "expected"),
        [
            ({}, 401),
            (tokens.bearer(service="hours", scopes=["parked", "operator"]), 403),
            (tokens.client_bearer(uuid4(), "operator"), 401),
        ],
        ids=["nobody", "a service", "an API client"],
    )
    async def test_no_machine_and_no_stranger(self, desk, headers, expected) -> None:
        answers = [
            await desk.http.get(PATH, headers=headers),
            await desk.replay(str(uuid4()), headers),
            await desk.replay_all(headers),
        ]
        assert [one.status_code for one in answers] == [expected] * 3


async def _parked(parts: Bench, *bodies: bytes) -> None:
    channel = await declared(parts)
    for body in bodies:
        await channel.default_exchange.publish(
            aio_pika.Message(body), routing_key=f"{QUEUE}.parked"
        )
    await channel.close()


async def _run(parts: Bench, statement: str) -> None:
    async with parts.database.transaction() as tx:
        await tx.execute(text(statement))


async def _rows(parts: Bench, expected: int) -> bool:
    return await parts.count("parked_messages") == expected


async def _count(parts: Bench, queue: str) -> int:
    channel = await parts.connection.channel()
    found = await channel.declare_queue(queue, passive=True)
    await channel.close()
    return found.declaration_result.message_count or 0


async def _empty(parts: Bench, queue: str) -> bool:
    return await _count(parts, queue) == 0


async def _unacknowledged(parts: Bench) -> bool:
    """Tell whether the one message is with a consumer: the queue has none ready."""
    return await _count(parts, f"{QUEUE}.parked") == 0


async def _refused(desk: Desk) -> bool:
    return "replay refused" in (await desk.first())["reason"]


async def _replays(desk: Desk, expected: int) -> bool:
    queues = await desk.seen()
    return bool(queues) and queues[0]["items"][0]["replays"] == expected


async def _is(condition: bool) -> bool:  # noqa: FBT001 - until() waits for awaitables
    return condition
