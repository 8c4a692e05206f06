"""The worker's schedules all work at the same time, however many there are."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from certificates.worker import with_leases
from chassis.serving import Schedule, run_tasks

pytestmark = pytest.mark.infra


@pytest.mark.parametrize("many", [1, 30])
async def test_each_has_a_connection_for_its_lease_and_one_for_its_work(settings, bench, many):
    stop, together = asyncio.Event(), asyncio.Barrier(many)

    async def work():
        # All hold their leases here; then each needs a connection of the common pool as well.
        await together.wait()
        await bench.database.ping()
        await together.wait()
        stop.set()

    async with AsyncExitStack() as stack:
        leases, schedules = with_leases(
            settings,
            [Schedule(f"trial-{number}", 60, work, bench.database) for number in range(many)],
        )
        stack.push_async_callback(leases.close)
        async with asyncio.timeout(20):
            await run_tasks([schedule.run for schedule in schedules], stop)

    assert together.n_waiting == 0
    assert stop.is_set()


async def test_one_lease_is_held_by_one_of_two_workers(settings, bench):
    inside, most, stop = [], [], asyncio.Event()

    async def work():
        inside.append(1)
        most.append(len(inside))
        await asyncio.sleep(0.05)
        inside.pop()
        if len(most) > 5:
            stop.set()

    one = Schedule("one", 0.001, work, bench.database)
    workers = [with_leases(settings, [one]) for _ in range(2)]
    async with asyncio.timeout(20):
        await run_tasks([schedule.run for _, schedules in workers for schedule in schedules], stop)
    for leases, _ in workers:
        await leases.close()
    assert set(most) == {1}
