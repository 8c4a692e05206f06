"""Killed anywhere, taken up by another process: exactly one valid file."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from certificates.store import intents
from certificates.usecases.publish import LeaseLost, StoredFile, publish_certificate
from certificates.usecases.render import render_due
from certificates.usecases.seal import ask, claim_batch, finish_certificate, seal_due

pytestmark = pytest.mark.infra


class Killed(BaseException):
    """The process ends here: nothing after this line runs."""


async def exactly_one_valid(office, technician):
    rows = await office.rows("certificates", person_id=technician.person_id)
    assert [row["state"] for row in rows] == ["valid"]
    assert (await office.intent(technician))["state"] == "issued"
    entries = await office.rows("ledger_entries", certificate_id=rows[0]["certificate_id"])
    assert len(entries) == 1


@pytest.fixture
async def planned(office):
    """Complete the year of a person whose office has an active seal."""
    seal_id = await office.activate_seal()
    technician = await office.technician()
    await office.complete_year(technician)
    return technician, seal_id


async def after_the_lease(office, new_bench, seal_id):
    """Let the dead worker's lease end and another worker do what is left."""
    office.clock.advance(office.bench.deps.rules.lease + timedelta(seconds=1))
    bench = new_bench()
    await render_due(bench)
    await seal_due(bench, seal_id)


class TestKilledAfter:
    async def test_claiming_for_rendering(self, office, planned, new_bench):
        technician, seal_id = planned
        now = office.clock.now()
        async with office.bench.database.transaction() as tx:
            until = now + office.bench.deps.rules.lease
            assert await intents.claim_planned(tx, limit=5, now=now, until=until)
        assert await render_due(new_bench()) == 0, "the lease keeps others away"

        await after_the_lease(office, new_bench, seal_id)

        await exactly_one_valid(office, technician)

    async def test_rendering_before_anything_is_stored(
        self, office, planned, new_bench, monkeypatch
    ):
        technician, seal_id = planned

        async def killed(*_, **__):
            raise Killed

        with monkeypatch.context() as patch, pytest.raises(Killed):
            patch.setattr(intents, "keep_prepared", killed)
            await render_due(office.bench)
        assert (await office.intent(technician))["state"] == "planned"

        await after_the_lease(office, new_bench, seal_id)

        await exactly_one_valid(office, technician)

    async def test_preparing_before_the_service_is_called(self, office, planned, new_bench):
        technician, seal_id = planned
        await render_due(office.bench)
        assert (await office.intent(technician))["state"] == "rendered"

        await seal_due(new_bench(), seal_id)

        await exactly_one_valid(office, technician)

    async def test_claiming_for_the_seal(self, office, planned, new_bench):
        technician, seal_id = planned
        await render_due(office.bench)
        assert await claim_batch(office.bench, seal_id)
        assert (await office.intent(technician))["state"] == "sealing"

        await after_the_lease(office, new_bench, seal_id)

        await exactly_one_valid(office, technician)

    async def test_signing_before_the_answer_is_used(self, office, planned, new_bench):
        technician, seal_id = planned
        await render_due(office.bench)
        first = await claim_batch(office.bench, seal_id)
        await ask(office.bench, first)

        office.clock.advance(office.bench.deps.rules.lease + timedelta(seconds=1))
        bench = new_bench()
        second = await claim_batch(bench, seal_id)
        assert second.prepared == first.prepared, "what is sent again is what was stored"
        answers = await ask(bench, second)
        await finish_certificate(
            bench, second, second.held[0], answers.signatures[second.held[0].id]
        )

        await exactly_one_valid(office, technician)

    async def test_storing_the_file_before_the_transaction(
        self, office, planned, new_bench, monkeypatch
    ):
        technician, seal_id = planned
        await render_due(office.bench)
        put = office.bench.objects.put
        stored = []

        async def killed(content):
            stored.append(await put(content))
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(office.bench.objects, "put", killed)
            with suppress(Killed, BaseExceptionGroup):
                await seal_due(office.bench, seal_id)
        assert stored
        assert await office.rows("certificates") == []

        await after_the_lease(office, new_bench, seal_id)

        await exactly_one_valid(office, technician)

    async def test_writing_everything_but_the_commit(self, office, planned, new_bench, monkeypatch):
        technician, seal_id = planned
        await render_due(office.bench)

        async def killed(*_, **__):
            raise Killed

        with monkeypatch.context() as patch:
            # The last statement of the transaction: state, ledger and event are written by then.
            patch.setattr(office.bench.deps.audit, "record", killed)
            with suppress(Killed, BaseExceptionGroup):
                await seal_due(office.bench, seal_id)
        assert await office.rows("certificates") == []
        assert await office.rows("ledger_entries") == []

        await after_the_lease(office, new_bench, seal_id)

        await exactly_one_valid(office, technician)


class TestTwoWorkers:
    async def test_work_at_once_issue_each_certificate_once(self, office, new_bench):
        seal_id = await office.activate_seal()
        technicians = [await office.technician() for _ in range(6)]
        for technician in technicians:
            await office.complete_year(technician)
        one, other = new_bench(), new_bench()

        async def work(bench):
            while await render_due(bench):
                continue
            while await seal_due(bench, seal_id):
                continue

        await asyncio.gather(work(one), work(other))
        await work(one)

        for technician in technicians:
            await exactly_one_valid(office, technician)

    async def test_a_worker_whose_lease_ran_out_publishes_nothing(self, office, planned, new_bench):
        technician, seal_id = planned
        await render_due(office.bench)
        slow = await claim_batch(office.bench, seal_id)
        await after_the_lease(office, new_bench, seal_id)
        (held,) = slow.held

        with pytest.raises(LeaseLost):
            async with office.bench.database.transaction() as tx:
                await publish_certificate(
                    tx, office.bench.deps, held.id, held.lease_token, StoredFile("0" * 64, 1, 1)
                )

        await exactly_one_valid(office, technician)
