"""Two worker processes at one lane: its limits hold, and one carries on when the other dies."""

import asyncio
import signal
from contextlib import AsyncExitStack

import pytest
from services.certificates.tests.service.counting_bureau import CountingBureau
from services.certificates.tests.service.settings_of import endpoint, settings_with
from services.certificates.tests.service.worker_process import (
    free_port,
    until_ready,
    worker_process,
)
from sqlalchemy import text
from tests.kit.broker import collecting, vhost
from tests.kit.pki import ZHENGZHOU, throw_away_pki

from certificates.usecases.canary import send_canaries
from certificates.usecases.render import render_due

pytestmark = [pytest.mark.infra, pytest.mark.slow]
COUNT, CONCURRENCY, BATCH, PER_SECOND = 36, 2, 3, 8


@pytest.fixture
async def bureau():
    async with CountingBureau(throw_away_pki().issue(ZHENGZHOU)) as server:
        yield server


@pytest.fixture
async def settings(bureau, secret_files, fonts_dir, tmp_path):
    pace = {
        "concurrency": CONCURRENCY,
        "batch": BATCH,
        "per_second": PER_SECOND,
        "linger_ms": 0,
        "timeout_seconds": 10,
    }
    endpoints = {"zhengzhou": endpoint(bureau.url, tmp_path, **pace)}
    async with (
        settings_with(endpoints, tmp_path, secret_files, fonts_dir) as made,
        vhost() as bus,
        # Somebody listens: what nobody is bound for cannot be published.
        collecting(bus, ["#"]),
    ):
        yield made.model_copy(update={"broker_url": bus})


@pytest.fixture
async def workers(settings):
    """Start worker processes; each is ready when it is returned."""
    async with AsyncExitStack() as stack:

        async def start():
            port = free_port()
            changes = {"worker_port": port, "broker_url": settings.broker_url, "lease_seconds": 16}
            process = await stack.enter_async_context(worker_process(settings, **changes))
            await until_ready(port)
            return process

        yield start


@pytest.fixture
async def waiting(office, bureau):
    """Have certificates wait for their seal, an hour away from being due."""
    await office.activate_seal()
    await send_canaries(office.bench)
    bureau.batches.clear()
    bureau.callers.clear()
    for _ in range(COUNT):
        await office.complete_year(await office.technician(name="李明"))
    while await render_due(office.bench):
        continue
    await due(office, seconds=3600)


async def due(office, *, seconds):
    """Let everything be due by the real clock, which the workers go by, so much later."""
    later = text("UPDATE intents SET next_attempt_at = now() + make_interval(secs => :seconds)")
    async with office.bench.database.transaction() as tx:
        await tx.execute(later.bindparams(seconds=seconds))


async def all_are_valid(office, *, seconds=120):
    async with asyncio.timeout(seconds):
        while len(await office.rows("certificates", state="valid")) < COUNT:
            await asyncio.sleep(0.2)
    valid = await office.rows("certificates")
    assert len(valid) == len({one["person_id"] for one in valid}) == COUNT
    assert {one["state"] for one in valid} == {"valid"}


async def rate_held(office):
    """Check every stretch of time from one call to another against the rate."""
    calls = sorted(
        (call["begun_at"], call["documents"]) for call in await office.rows("lane_calls")
    )
    for first, (began, _) in enumerate(calls):
        documents = 0
        for begun_at, count in calls[first:]:
            documents += count
            seconds = (begun_at - began).total_seconds()
            assert documents <= PER_SECOND * (seconds + 1) + 0.001


async def test_limits_hold_for_both_together(office, bureau, workers, waiting):
    for _ in range(2):
        await workers()

    await due(office, seconds=0)
    await all_are_valid(office)

    assert bureau.most_at_once <= CONCURRENCY
    assert max(map(len, bureau.batches)) <= BATCH
    assert sum(map(len, bureau.batches)) == COUNT, "each was asked for once"
    await rate_held(office)


async def test_one_carries_on_when_the_other_is_killed(office, bureau, workers, waiting):
    bureau.open.clear()
    killed = await workers()
    await due(office, seconds=0)
    async with asyncio.timeout(60):
        while bureau.at_once < CONCURRENCY:
            await asyncio.sleep(0.05)
    await workers()

    killed.send_signal(signal.SIGKILL)
    await killed.wait()
    bureau.open.set()
    await all_are_valid(office)

    assert bureau.most_at_once <= CONCURRENCY
    assert len(bureau.callers) == 2
    digests = [one for batch in bureau.batches for one in batch]
    assert len(set(digests)) == COUNT, "what the first had asked for was asked for unchanged"
