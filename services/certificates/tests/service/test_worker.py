"""The worker as a process: from the event on the bus to the event on the bus, and killed."""

import asyncio
import signal
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import aio_pika
import pytest
from services.certificates.tests.service.worker_process import worker_process
from tests.kit.broker import collecting, vhost
from tests.kit.contracts import bus_cipher, contracts
from tests.kit.faults import closed_table, gate

from chassis.bus import BusPublisher, connect
from chassis.envelope import Context, NewEvent, seal

pytestmark = [pytest.mark.infra, pytest.mark.slow]


@pytest.fixture
async def broker():
    async with vhost() as url:
        yield url


@pytest.fixture
def launch(settings, broker):
    """Run ``python -m certificates worker`` on this test's database and vhost."""

    def launching():
        return worker_process(settings, broker_url=broker)

    return launching


@asynccontextmanager
async def publisher(url):
    connection = await connect(url, name="test")
    try:
        yield BusPublisher(connection)
    finally:
        await connection.close()


async def publish(bus, office, event_type, data, version=1):
    event = NewEvent(event_type, uuid4(), version, data.model_dump())
    event_id, body = seal(
        event,
        contracts()[event_type],
        bus_cipher(),
        source="hours",
        time=office.clock.now(),
        context=Context(
            "story", "cause", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        ),
    )
    async with asyncio.timeout(60):
        while True:
            try:
                await bus.publish(
                    event_id=event_id, event_type=event_type, body=body, traceparent=""
                )
            except aio_pika.exceptions.PublishError:
                # Nobody is bound yet: the worker is still starting.
                await asyncio.sleep(0.1)
            else:
                return


async def the_intent_is(office, technician, state, seconds=60):
    async with asyncio.timeout(seconds):
        while True:
            rows = await office.rows("intents", person_id=technician.person_id)
            if rows and rows[0]["state"] == state:
                return
            await asyncio.sleep(0.1)


async def test_event_in_event_out_in_one_trace(office, launch, broker):
    await office.activate_seal()
    technician = await office.technician()
    issued = "certificates.certificate.issued.v1"
    async with collecting(broker, [issued]) as collector, launch(), publisher(broker) as bus:
        await publish(bus, office, "hours.year.completed.v1", office.year(technician))

        document = await collector.next(60)

    assert document["data"]["person_id"] == str(technician.person_id)
    assert document["traceparent"].split("-")[1] == "0af7651916cd43dd8448eb211c80319c"
    assert document["correlationid"] == "story"


async def test_what_is_told_before_the_worker_is_prepared_waits_for_it(
    office, launch, broker, settings
):
    technician = await office.technician()
    preparing = closed_table(settings.database.database, "template_versions")
    async with preparing as shut, launch(), publisher(broker) as bus:
        await shut.reached()
        await publish(bus, office, "hours.year.completed.v1", office.year(technician))
        await shut.open()

        async with asyncio.timeout(60):
            while not await office.rows("intents", person_id=technician.person_id):
                await asyncio.sleep(0.1)


async def test_heartbeats_come_each_second_without_gaps(office, launch, broker):
    heartbeat = "certificates.ledger.advanced.v1"
    async with collecting(broker, [heartbeat]) as collector, launch():
        numbers = [(await collector.next(60))["data"]["sequence"] for _ in range(4)]

    assert sorted(numbers) == [1, 2, 3, 4]


async def test_killed_between_seal_and_store_then_exactly_one_valid(
    office, launch, broker, settings
):
    await office.activate_seal()
    technician = await office.technician()
    database = settings.database.database
    async with gate(database, "certificates", "INSERT") as shut:
        async with launch() as worker, publisher(broker) as bus:
            await publish(bus, office, "hours.year.completed.v1", office.year(technician))
            await shut.reached()
            worker.send_signal(signal.SIGKILL)
            await worker.wait()
        await shut.open()

    async with launch():
        await the_intent_is(office, technician, "issued")

    rows = await office.rows("certificates")
    assert [row["state"] for row in rows] == ["valid"]


async def test_document_processes_end_with_a_killed_worker(office, launch):
    async with launch() as worker:
        async with asyncio.timeout(60):
            while not (children := await children_of(worker.pid)):
                await asyncio.sleep(0.1)
        worker.send_signal(signal.SIGKILL)
        await worker.wait()
    async with asyncio.timeout(20):
        while any(is_alive(child) for child in children):
            await asyncio.sleep(0.1)


async def children_of(pid):
    listing = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in (await asyncio.to_thread(listing.read_text)).split()]


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    # A dead child of init may wait to be reaped.
    return state != "Z"
