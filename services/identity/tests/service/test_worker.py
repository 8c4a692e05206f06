"""The worker on a real broker: events out, messages in, nothing told twice."""

import asyncio
import json
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import UUID, uuid4

import pytest
from aio_pika import Message
from tests.kit.broker import collecting, vhost
from tests.kit.contracts import contracts

from chassis import bus
from chassis.envelope import Context, NewEvent, seal
from chassis.serving import run_tasks
from chassis.topology import declare_exchange
from identity import tables
from identity.building import Core
from identity.domain.organisations import Role
from identity.worker import open_tasks


@asynccontextmanager
async def working(house, broker_url):
    """Run the worker's tasks against the house's database and a broker of our own."""
    settings = house.core.settings.model_copy(
        update={"broker_url": broker_url, "retry_delays_ms": (50, 100)}
    )
    core = Core(settings, house.core.database, house.core.deps, house.core.bus_cipher)
    async with AsyncExitStack() as stack:
        stop = asyncio.Event()
        running = asyncio.create_task(run_tasks(await open_tasks(core, stack), stop))
        yield
        stop.set()
        await running


class Elsewhere:
    """Another service: puts events on the bus as their producer would."""

    def __init__(self, house, publisher):
        self._house = house
        self._publisher = publisher

    async def tell(self, event_type, person, *, version=1, aggregate=None, **changes):
        contract = contracts()[event_type]
        data = contract.schema["examples"][0] | {"person_id": str(person)} | changes
        event = NewEvent(event_type, aggregate or uuid4(), version, data)
        event_id, body = seal(
            event,
            contract,
            self._house.core.bus_cipher,
            source=event_type.split(".")[0],
            time=self._house.clock.now(),
            context=Context("c", "c", ""),
        )
        for _ in range(2):  # at least once means: sometimes twice
            await self._publish(event_type, event_id, body)

    async def _publish(self, event_type, event_id, body):
        async with asyncio.timeout(10):
            while True:
                try:
                    await self._publisher.publish(
                        event_id=event_id, event_type=event_type, body=body, traceparent=""
                    )
                except Exception:  # noqa: BLE001 - until the worker has bound its queue
                    await asyncio.sleep(0.05)
                else:
                    return


@pytest.fixture
async def broker():
    async with vhost() as url:
        yield url


@pytest.fixture
async def elsewhere(house, broker):
    connection = await bus.connect(broker, name="test")
    yield Elsewhere(house, bus.BusPublisher(connection))
    await connection.close()


async def messages_of(caller, count):
    """Wait until the caller has ``count`` messages and return them."""
    async with asyncio.timeout(20):
        while True:
            items = (await caller.get("messages")).json()["items"]
            if len(items) >= count:
                return items
            await asyncio.sleep(0.05)


async def test_what_is_registered_reaches_the_bus_and_leaves_the_outbox(house, broker):
    async with collecting(broker, ["identity.#"]) as collector, working(house, broker):
        made = await house.register()
        event = await collector.next()
        assert event["type"] == "identity.person.registered.v1"
        assert event["aggregateid"] == made["person_id"]
        async with asyncio.timeout(10):
            while await house.rows(tables.outbox):
                await asyncio.sleep(0.05)


async def test_each_fact_is_told_once_to_its_person_in_words(house, broker, elsewhere):
    made = await house.register()
    other = await house.register()
    person, claim, certificate = UUID(made["person_id"]), uuid4(), uuid4()
    async with collecting(broker, ["identity.#"]), working(house, broker):
        await elsewhere.tell("hours.claim.submitted.v1", person, aggregate=claim, state="submitted")
        for version, state in enumerate(["employer_approved", "returned", "approved"], 2):
            await elsewhere.tell(
                "hours.claim.decided.v1", person, aggregate=claim, version=version, state=state
            )
        for version, fact in enumerate(
            ["issued", "suspended", "reinstated", "superseded", "revoked"], 1
        ):
            await elsewhere.tell(
                f"certificates.certificate.{fact}.v1",
                person,
                aggregate=certificate,
                version=version,
            )
        await elsewhere.tell("certificates.certificate.parked.v1", person, task="请启用电子签章。")
        # Republished: a new event id, the same version of the same claim.
        await elsewhere.tell(
            "hours.claim.decided.v1", person, aggregate=claim, version=4, state="approved"
        )
        caller = await house.logged_in(made["management_number"])
        items = await messages_of(caller, 10)
        await elsewhere.tell("hours.claim.submitted.v1", UUID(other["person_id"]))
        neighbour = await house.logged_in(other["management_number"])
        assert len(await messages_of(neighbour, 1)) == 1
        assert len((await caller.get("messages")).json()["items"]) == 10
    assert sorted(one["template"] for one in items) == sorted(
        [
            "claim_submitted", "claim_employer_approved", "claim_returned", "claim_approved",
            "certificate_issued", "certificate_suspended", "certificate_reinstated",
            "certificate_superseded", "certificate_revoked", "certificate_parked",
        ]
    )  # fmt: skip
    (parked,) = [one for one in items if one["template"] == "certificate_parked"]
    assert parked["text"] == "您的2026年度继续教育证书暂时无法生成：请启用电子签章。"
    assert all("2026年度" in one["text"] and "张" not in one["text"] for one in items)


async def test_messages_are_paged_newest_first(house, broker, elsewhere):
    made = await house.register()
    caller = await house.logged_in(made["management_number"])
    async with collecting(broker, ["identity.#"]), working(house, broker):
        for count in range(1, 4):
            await elsewhere.tell("hours.claim.submitted.v1", UUID(made["person_id"]))
            await messages_of(caller, count)
    first = (await caller.get("messages", limit=2)).json()
    second = (await caller.get("messages", limit=2, cursor=first["next_cursor"])).json()
    ids = [one["message_id"] for one in first["items"] + second["items"]]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == 3
    assert second["next_cursor"] is None


async def test_an_event_that_cannot_be_handled_is_parked_with_its_reason(house, broker, elsewhere):
    async with collecting(broker, ["identity.#"]), working(house, broker):
        await elsewhere.tell("hours.claim.submitted.v1", uuid4())
        await parked_because(house, "no person")
        connection = await bus.connect(broker, name="test")
        channel = await connection.channel()
        exchange = await declare_exchange(channel)
        future = {"specversion": "2.0", "id": str(uuid4()), "type": "hours.claim.submitted.v1"}
        await exchange.publish(
            Message(json.dumps(future).encode()), routing_key="hours.claim.submitted.v1"
        )
        await parked_because(house, "envelope version 2.0")
        await connection.close()


async def parked_because(house, reason):
    """Wait until an operator sees a message parked for this reason, and has it replayed."""
    operator = house.caller((Role.OPERATOR, "province"))
    async with asyncio.timeout(20):
        while True:
            queues = (await operator.get("parked")).json()["queues"]
            items = [item for queue in queues for item in queue["items"]]
            found = [item["id"] for item in items if reason in item["reason"]]
            if found:
                break
            await asyncio.sleep(0.05)
    answer = await operator.post(f"parked/{found[0]}/replay")
    assert (answer.status_code, answer.json()["queue"]) == (202, "identity.messages")
