"""A lane's limits hold for the office: what one worker takes, the others leave."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from time import monotonic

import pytest
from services.certificates.tests.service.counting_bureau import CountingBureau
from services.certificates.tests.service.settings_of import endpoint, settings_with
from tests.kit.pki import ZHENGZHOU, throw_away_pki

from certificates.sealing import SealUnavailable
from certificates.usecases.ask import Batch
from certificates.usecases.canary import send_canaries
from certificates.usecases.circuit import break_circuit
from certificates.usecases.claim import TooEarly, claim_batch
from certificates.usecases.render import render_due
from certificates.usecases.seal import call_service, finish_batch, seal_due

pytestmark = pytest.mark.infra
PACE = {"concurrency": 2, "batch": 3, "per_second": 100, "linger_ms": 0}


@pytest.fixture
async def bureau():
    async with CountingBureau(throw_away_pki().issue(ZHENGZHOU)) as server:
        yield server


@pytest.fixture
def pace():
    return PACE


@pytest.fixture
async def settings(bureau, pace, secret_files, fonts_dir, tmp_path):
    endpoints = {"zhengzhou": endpoint(bureau.url, tmp_path, **pace)}
    async with settings_with(endpoints, tmp_path, secret_files, fonts_dir) as made:
        yield made


@pytest.fixture
async def waiting(office):
    """Have twelve certificates wait for the seal."""
    seal_id = await office.activate_seal()
    for _ in range(12):
        await office.complete_year(await office.technician(name="李明"))
    while await render_due(office.bench):
        continue
    return seal_id


@pytest.fixture
def two(new_bench):
    """Two workers."""
    return new_bench(), new_bench()


def sizes(*found):
    return [len(one.held) if isinstance(one, Batch) else one for one in found]


def ending(batch, *, after_seconds):
    """Return the batch with a call that may last so much longer."""
    return replace(batch, call=replace(batch.call, ends=monotonic() + after_seconds))


class TestConcurrency:
    async def test_counts_the_calls_of_all_workers(self, two, waiting):
        first, second = two

        found = [await claim_batch(one, waiting) for one in (first, second, first, second)]

        assert sizes(*found) == [3, 3, None, None]

    async def test_an_ended_call_makes_room_for_anybody(self, two, waiting):
        first, second = two
        batch = await claim_batch(first, waiting)
        await claim_batch(first, waiting)
        assert await claim_batch(second, waiting) is None

        await call_service(first, batch)

        assert sizes(await claim_batch(second, waiting)) == [3]

    async def test_a_dead_workers_calls_make_room_after_their_time(self, office, two, waiting):
        first, second = two
        assert sizes(await claim_batch(first, waiting), await claim_batch(first, waiting)) == [3, 3]
        longest = office.bench.deps.rules.lease / 2 + timedelta(seconds=1)

        office.clock.advance(longest - timedelta(milliseconds=1))
        assert await claim_batch(second, waiting) is None
        office.clock.advance(timedelta(milliseconds=1))

        assert sizes(await claim_batch(second, waiting)) == [3]

    async def test_a_call_ends_before_its_place_is_given_away(self, bureau, two, waiting):
        first, _ = two
        batch = await claim_batch(first, waiting)
        bureau.open.clear()
        late = ending(batch, after_seconds=0.2)

        assert await call_service(first, late) is None

    async def test_a_canary_waits_for_a_place_like_any_other_call(
        self, office, bureau, two, waiting
    ):
        first, second = two
        batch = await claim_batch(first, waiting)
        await claim_batch(first, waiting)

        sending = asyncio.create_task(send_canaries(second))
        await asyncio.sleep(0.2)
        assert bureau.batches == [], "the lane is full"
        await call_service(first, batch)

        assert await sending == 1
        assert [len(one) for one in bureau.batches] == [3, 1]


class TestRate:
    @pytest.fixture
    def pace(self):
        return PACE | {"per_second": 5, "concurrency": 10}

    async def test_is_shared_by_all_workers(self, office, two, waiting):
        first, second = two

        found = [await claim_batch(one, waiting) for one in (first, second, first)]

        assert sizes(*found[:2]) == [3, 2], "saved up for one second"
        assert found[2] == TooEarly(0.2)
        office.clock.advance(timedelta(seconds=0.4))
        assert sizes(await claim_batch(second, waiting)) == [2]
        assert isinstance(await claim_batch(first, waiting), TooEarly)

    async def test_is_not_spent_by_looking(self, office, two, waiting):
        first, second = two
        for _ in range(3):
            await claim_batch(first, waiting)
        office.clock.advance(timedelta(seconds=10))
        seen = [await claim_batch(one, waiting) for one in (first, second, first, second)]

        # Twelve in all: five went before, five may go now.
        assert sizes(*seen[:2]) == [3, 2]
        assert all(isinstance(one, TooEarly) for one in seen[2:])


class TestCircuit:
    async def test_calls_that_fail_together_count_once(self, office, two, waiting):
        first, second = two
        out = [await claim_batch(one, waiting) for one in (first, second)]

        for bench, batch in zip(two, out, strict=True):
            await break_circuit(bench, batch, SealUnavailable())

        (lane,) = await office.rows("lanes")
        assert lane["failures"] == 1

    async def test_half_open_lets_one_worker_try_one(self, office, two, waiting):
        first, second = two
        await break_circuit(first, await claim_batch(first, waiting), SealUnavailable())
        assert await claim_batch(second, waiting) is None, "open: nobody calls"
        office.clock.advance(timedelta(seconds=1))

        trial = await claim_batch(first, waiting)

        assert sizes(trial, await claim_batch(second, waiting)) == [1, None]
        await break_circuit(first, trial, SealUnavailable())
        (lane,) = await office.rows("lanes")
        assert lane["failures"] == 2
        assert await claim_batch(second, waiting) is None

    async def test_a_trial_that_succeeds_closes_it_for_all(self, office, two, waiting):
        first, second = two
        await break_circuit(first, await claim_batch(first, waiting), SealUnavailable())
        office.clock.advance(timedelta(seconds=1))
        await call_service(first, await claim_batch(first, waiting))

        found = [await claim_batch(one, waiting) for one in (first, second)]

        assert sizes(*found) == [3, 3]
        (lane,) = await office.rows("lanes")
        assert (lane["failures"], lane["failing_since"], lane["last_error"]) == (0, None, None)


class TestSendingAgain:
    async def test_the_same_digests_go_under_the_same_key(self, office, bureau, two, waiting):
        first, second = two
        batch = await claim_batch(first, waiting)
        bureau.open.clear()
        late = ending(batch, after_seconds=1)
        assert await call_service(first, late) is None, "it signed, but we never heard"
        bureau.open.set()
        office.clock.advance(timedelta(seconds=60))

        while await seal_due(second, waiting):
            continue

        sent = {digest for digests in bureau.batches for digest in digests}
        prepared = await office.rows("signing_digests")
        assert len(sent) == len(prepared) == 12
        assert len(await office.rows("certificates", state="valid")) == 12

    async def test_a_repeated_call_is_recognised(self, bureau, two, waiting):
        first, second = two
        batch = await claim_batch(first, waiting)

        answers = [await call_service(bench, batch) for bench in (first, second)]

        assert bureau.batches[0] == bureau.batches[1]
        assert [len(bureau.keys[digest]) for digest in bureau.batches[0]] == [1, 1, 1]
        assert all(len(one.signatures) == 3 for one in answers)

    async def test_sealed_twice_is_valid_once(self, office, two, waiting):
        first, second = two
        batch = await claim_batch(first, waiting)
        answers = await call_service(first, batch)
        # The worker stalls until its lease has ended; another does the same work.
        office.clock.advance(office.bench.deps.rules.lease + timedelta(seconds=1))
        while await seal_due(second, waiting):
            continue
        await finish_batch(first, batch, answers, asyncio.Semaphore(2))

        valid = await office.rows("certificates", state="valid")
        assert len(valid) == len({one["person_id"] for one in valid}) == 12
