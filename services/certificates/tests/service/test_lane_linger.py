"""A call that has room waits a moment for company; a full one goes at once. No time is measured."""

import asyncio

import pytest
from services.certificates.tests.service.counting_bureau import CountingBureau
from services.certificates.tests.service.settings_of import endpoint, settings_with
from tests.kit.pki import ZHENGZHOU, throw_away_pki

from certificates.sealing import SealUnavailable
from certificates.usecases.circuit import break_circuit
from certificates.usecases.claim import claim_batch
from certificates.usecases.render import render_due

pytestmark = pytest.mark.infra
PACE = {"concurrency": 2, "batch": 4, "per_second": 100, "linger_ms": 20}


@pytest.fixture
def pace():
    return PACE


@pytest.fixture
async def settings(pace, secret_files, fonts_dir, tmp_path):
    async with CountingBureau(throw_away_pki().issue(ZHENGZHOU)) as bureau:
        endpoints = {"zhengzhou": endpoint(bureau.url, tmp_path, **pace)}
        async with settings_with(endpoints, tmp_path, secret_files, fonts_dir) as made:
            yield made


@pytest.fixture
async def seal_id(office):
    return await office.activate_seal()


@pytest.fixture
def come(office):
    """Have so many more certificates wait."""

    async def come(count):
        for _ in range(count):
            await office.complete_year(await office.technician(name="李明"))
        while await render_due(office.bench):
            continue

    return come


@pytest.fixture
def lingered(monkeypatch):
    """Take the lane's clock in hand: how long it lingered, and what happens meanwhile."""

    class Lingered(list):
        meanwhile = None

    seen, real = Lingered(), asyncio.sleep

    async def linger(seconds):
        seen.append(seconds)
        if seen.meanwhile:
            happening, seen.meanwhile = seen.meanwhile, None
            await happening()
        await real(0)

    monkeypatch.setattr("certificates.usecases.claim.asyncio.sleep", linger)
    return seen


def numbers(batch):
    return len(batch.held), batch.call.full


async def test_a_full_batch_goes_at_once(office, seal_id, come, lingered):
    await come(5)

    batch = await claim_batch(office.bench, seal_id)

    assert (numbers(batch), lingered) == ((4, True), [])


async def test_one_with_room_lingers_twenty_milliseconds_once(office, seal_id, come, lingered):
    await come(1)

    batch = await claim_batch(office.bench, seal_id)

    assert (numbers(batch), lingered) == ((1, False), [0.02])


async def test_what_comes_meanwhile_fills_it_and_no_more_than_fits(office, seal_id, come, lingered):
    await come(2)
    lingered.meanwhile = lambda: come(3)

    batch = await claim_batch(office.bench, seal_id)
    after = await claim_batch(office.bench, seal_id)

    assert (numbers(batch), numbers(after)) == ((4, True), (1, False))
    calls = await office.rows("lane_calls")
    assert sorted((one["documents"], one["weight"]) for one in calls) == [(1, 1), (4, 1)]


async def test_nothing_comes_along_when_the_lane_fails_meanwhile(
    office, seal_id, come, lingered, new_bench
):
    await come(1)
    other = new_bench()

    async def fail():
        await come(2)
        batch = await claim_batch(other, seal_id)
        await break_circuit(other, batch, SealUnavailable())

    lingered.meanwhile = fail
    batch = await claim_batch(office.bench, seal_id)

    assert numbers(batch) == (1, False)


class TestRate:
    @pytest.fixture
    def pace(self):
        return PACE | {"per_second": 2, "batch": 10}

    async def test_what_comes_along_counts_too(self, office, seal_id, come, lingered):
        await come(1)
        lingered.meanwhile = lambda: come(5)

        batch = await claim_batch(office.bench, seal_id)

        assert len(batch.held) == 2


class TestWithout:
    @pytest.fixture
    def pace(self):
        return PACE | {"linger_ms": 0}

    async def test_a_lane_told_not_to_linger_does_not(self, office, seal_id, come, lingered):
        await come(1)

        assert numbers(await claim_batch(office.bench, seal_id)) == (1, False)
        assert lingered == []
