"""Kill -9 and outages at the worst moments: exactly one valid certificate results."""

import asyncio
from time import monotonic

import pytest
from tests.kit.faults import gate, rows
from tests.kit.issuing import approve, exactly_one_valid, ready_for_the_last_approval
from tests.kit.world import YEAR, World

# Waiting out leases, outages and back-off takes its time on a busy machine.
pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(400)]
BROKER_OUTAGE_SECONDS = 20


async def signatures() -> int:
    (row,) = await rows("seal_zhengzhou", "SELECT count(*) AS n FROM signatures")
    return int(str(row["n"]))


class TestKills:
    async def test_worker_killed_between_seal_and_store(self, world: World) -> None:
        technician, decision = await ready_for_the_last_approval(world)
        before = await signatures()
        async with gate("certificates", "certificates", "INSERT") as shut:
            await approve(world, technician, decision)
            await shut.reached()
            # The bureau has signed; the file is not stored.
            assert await signatures() > before
            world.supervisor.kill("certificates-worker")
            await shut.open()
        await world.people.certificate(technician, YEAR, seconds=120)
        await exactly_one_valid(technician)

    async def test_relay_killed_between_publish_and_delete(self, world: World) -> None:
        technician, decision = await ready_for_the_last_approval(world)
        told = "OLD.type = 'hours.year.completed.v1'"
        async with gate("hours", "outbox", "DELETE", when=told) as shut:
            await approve(world, technician, decision)
            await shut.reached()
            world.supervisor.kill("hours-worker")
            await shut.open()
        await world.people.certificate(technician, YEAR, seconds=120)

        async def drained() -> bool | None:
            return True if not await rows("hours", "SELECT id FROM outbox") else None

        # The lease runs out, the event goes out a second time, and changes nothing.
        await world.observer.until("the outbox is empty again", drained, seconds=90)
        await exactly_one_valid(technician)

    async def test_broker_away_for_twenty_seconds(self, world: World) -> None:
        technician, decision = await ready_for_the_last_approval(world)
        await asyncio.to_thread(world.supervisor.stop_processes, ["rabbitmq"])
        away_since = monotonic()
        try:
            await approve(world, technician, decision)
            # The outage has a length of its own; there is no event to wait for while it lasts.
            await asyncio.sleep(BROKER_OUTAGE_SECONDS - (monotonic() - away_since))
        finally:
            world.supervisor.start_process("rabbitmq")
        await world.people.certificate(technician, YEAR, seconds=170)
        await exactly_one_valid(technician)

    async def test_seal_service_down_leaves_the_certificate_sealing_then_it_comes(
        self, world
    ) -> None:
        technician, decision = await ready_for_the_last_approval(world)
        await asyncio.to_thread(world.supervisor.stop_processes, ["seal-zhengzhou-api"])
        try:
            await approve(world, technician, decision)

            async def waiting() -> bool | None:
                found = await rows(
                    "certificates",
                    "SELECT i.state FROM intents i JOIN persons p USING (person_id)"
                    " WHERE p.management_number = :n AND i.year = :y AND i.attempts > 0",
                    n=technician.management_number,
                    y=YEAR,
                )
                return True if found and found[0]["state"] == "sealing" else None

            await world.observer.until("the seal was tried in vain", waiting)
        finally:
            world.supervisor.start_process("seal-zhengzhou-api")
        await world.people.certificate(technician, YEAR, seconds=120)
        await exactly_one_valid(technician)
