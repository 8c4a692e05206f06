"""A seal service that is away or refuses: nothing is lost, nobody else waits."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from certificates.lanes import Lanes, Renderer
from certificates.sealing import SealRefused
from certificates.sealing.csc import CscSealService
from certificates.usecases.render import render_due
from certificates.usecases.seal import seal_due
from certificates.usecases.seal_endings import warn_of_endings

pytestmark = pytest.mark.infra


async def rendered(office, count=1, city="zhengzhou"):
    technicians = []
    for _ in range(count):
        technician = await office.technician(city=city)
        await office.complete_year(technician, employer_id=office.hospital(city))
        technicians.append(technician)
    while await render_due(office.bench):
        continue
    return technicians


class TestServiceAway:
    async def test_stays_sealing_with_the_same_bytes_and_is_sealed_later(
        self, office, seal_servers
    ):
        seal_id = await office.activate_seal()
        (technician,) = await rendered(office)
        (before,) = await office.rows("prepared_documents")
        await seal_servers["zhengzhou"].stop()

        await seal_due(office.bench, seal_id)

        intent = await office.intent(technician)
        assert intent["state"] == "sealing"
        assert intent["last_error"] == "certificates.seal_unavailable"
        assert intent["attempts"] == 1
        assert intent["next_attempt_at"] > office.clock.now()
        (kept,) = await office.rows("prepared_documents")
        assert kept["prepared"] == before["prepared"]
        await seal_servers["zhengzhou"].start()
        office.clock.advance(timedelta(minutes=2))
        await seal_due(office.bench, seal_id)
        assert (await office.intent(technician))["state"] == "issued"

    async def test_waits_longer_each_time_up_to_a_bound(self, office, seal_servers):
        seal_id = await office.activate_seal()
        await rendered(office)
        await seal_servers["zhengzhou"].stop()
        waits = []
        for _ in range(9):
            await seal_due(office.bench, seal_id)
            (lane,) = await office.rows("lanes")
            waits.append((lane["next_attempt_at"] - office.clock.now()).total_seconds())
            assert await seal_due(office.bench, seal_id) == 0, "not before its time"
            office.clock.advance(timedelta(seconds=61))

        assert 0.5 <= waits[0] <= 1
        assert waits[4] > waits[0]
        assert all(30 <= wait <= 60 for wait in waits[-2:])

    async def test_wait_is_visible_to_the_bureau_and_to_the_person(self, office, seal_servers):
        seal_id = await office.activate_seal()
        (technician,) = await rendered(office)
        await seal_servers["zhengzhou"].stop()
        await seal_due(office.bench, seal_id)

        seal = (await office.get(f"seals/{seal_id}", office.bureau())).json()
        mine = (await office.get("intents", office.holder(technician))).json()["items"]

        assert seal["lane"]["failures"] == 1
        assert seal["lane"]["last_error"] == "certificates.seal_unavailable"
        assert [(one["state"], one["attempts"]) for one in mine] == [("sealing", 1)]

    async def test_an_official_may_have_it_tried_at_once(self, office, seal_servers):
        seal_id = await office.activate_seal()
        (technician,) = await rendered(office)
        await seal_servers["zhengzhou"].stop()
        await seal_due(office.bench, seal_id)
        await seal_servers["zhengzhou"].start()
        intent_id = (await office.intent(technician))["id"]

        answer = await office.post(f"intents/{intent_id}/retry", office.bureau())
        await seal_due(office.bench, seal_id)

        assert answer.status_code == 202
        assert (await office.intent(technician))["state"] == "issued"

    async def test_what_waited_is_sealed_as_soon_as_the_service_is_back(self, office, seal_servers):
        seal_id = await office.activate_seal()
        waiting = await rendered(office, 3)
        await seal_servers["zhengzhou"].stop()
        for _ in range(3):
            await seal_due(office.bench, seal_id)
            office.clock.advance(timedelta(seconds=5))
        await seal_servers["zhengzhou"].start()
        office.clock.advance(timedelta(seconds=10))

        while await seal_due(office.bench, seal_id):
            continue

        for technician in waiting:
            assert (await office.intent(technician))["state"] == "issued"


class TestOtherLanes:
    async def test_do_not_wait_for_one_that_hangs(self, office, monkeypatch):
        stuck_id = await office.activate_seal("zhengzhou")
        await office.activate_seal("luoyang")
        sign = CscSealService.sign
        let_go = asyncio.Event()

        async def hanging(self, digests, *, idempotency_key):
            if self is services[stuck_id]:
                await let_go.wait()
            return await sign(self, digests, idempotency_key=idempotency_key)

        services = {stuck_id: await office.bench.seal_services.of("zhengzhou", "seal")}
        monkeypatch.setattr(CscSealService, "sign", hanging)
        (blocked,) = await rendered(office, 1, "zhengzhou")
        (free,) = await rendered(office, 1, "luoyang")
        stop = asyncio.Event()
        lanes = Lanes(office.bench, poll_seconds=0.05)
        running = asyncio.create_task(lanes.run(stop))

        async with asyncio.timeout(20):
            while (await office.intent(free))["state"] != "issued":
                await asyncio.sleep(0.05)

        assert (await office.intent(blocked))["state"] == "sealing"
        let_go.set()
        stop.set()
        await running

    async def test_loops_issue_a_completed_year_by_themselves(self, office):
        await office.activate_seal()
        planned, stop = asyncio.Event(), asyncio.Event()
        lanes = Lanes(office.bench, poll_seconds=0.05)
        renderer = Renderer(office.bench, planned=planned, prepared=lanes.wake, poll_seconds=0.05)
        running = [asyncio.create_task(one.run(stop)) for one in (renderer, lanes)]
        technician = await office.technician()

        await office.complete_year(technician)

        async with asyncio.timeout(20):
            while (await office.intent(technician))["state"] != "issued":
                await asyncio.sleep(0.05)
        stop.set()
        await asyncio.gather(*running)


class TestRefusals:
    async def test_a_refused_one_does_not_stop_the_others(self, office, monkeypatch):
        seal_id = await office.activate_seal()
        technicians = await rendered(office, 3)
        intents = [await office.intent(one) for one in technicians]
        documents = {row["intent_id"]: row for row in await office.rows("prepared_documents")}
        unwanted = documents[intents[1]["id"]]["digest_to_sign"]
        sign = CscSealService.sign

        async def choosy(self, digests, *, idempotency_key):
            if unwanted in digests:
                raise SealRefused("invalid_request", "hash refused")
            return await sign(self, digests, idempotency_key=idempotency_key)

        monkeypatch.setattr(CscSealService, "sign", choosy)
        await seal_due(office.bench, seal_id)

        states = [(await office.intent(one))["state"] for one in technicians]
        assert states == ["issued", "sealing", "issued"]
        refused = await office.intent(technicians[1])
        assert refused["last_error"] == "certificates.seal_refused"
        assert refused["next_attempt_at"] > office.clock.now()
        (lane,) = await office.rows("lanes")
        assert lane["failures"] == 0

    async def test_a_service_that_refuses_everything_is_asked_again_later(
        self, office, monkeypatch
    ):
        seal_id = await office.activate_seal()
        technicians = await rendered(office, 4)
        calls = []

        async def closed(_, digests, *, idempotency_key):
            calls.append(len(digests))
            raise SealRefused("access_denied")

        with monkeypatch.context() as patch:
            patch.setattr(CscSealService, "sign", closed)
            await seal_due(office.bench, seal_id)
        assert calls == [4, 1, 1, 1], "a bounded number of calls finds out that it is everything"
        for technician in technicians:
            assert (await office.intent(technician))["state"] == "sealing"
        office.clock.advance(timedelta(minutes=1))
        while await seal_due(office.bench, seal_id):
            continue
        for technician in technicians:
            assert (await office.intent(technician))["state"] == "issued"


class TestGate:
    async def test_signature_of_another_key_is_quarantined(self, office, monkeypatch):
        seal_id = await office.activate_seal()
        other = await office.bench.seal_services.of("luoyang", "seal")
        (technician,) = await rendered(office)
        sign = CscSealService.sign

        async def foreign(_, digests, *, idempotency_key):
            return await sign(other, digests, idempotency_key=idempotency_key)

        with monkeypatch.context() as patch:
            patch.setattr(CscSealService, "sign", foreign)
            await seal_due(office.bench, seal_id)

        intent = await office.intent(technician)
        assert intent["state"] == "quarantined"
        assert intent["last_error"] == "certificates.seal_signature_mismatch"
        assert await office.rows("certificates") == []
        listed = await office.get("intents", office.bureau(), state="quarantined")
        assert [UUID(one["intent_id"]) for one in listed.json()["items"]] == [intent["id"]]
        # Made anew once two people have looked into it.
        (quarantine,) = await office.rows("quarantines")
        body = {"decision": "discard", "reason": "已核实"}
        proposed = await office.post(
            f"quarantines/{quarantine['id']}/decision", office.bureau(), body
        )
        approval = proposed.json()["approval_id"]
        await office.post(f"approvals/{approval}/approval", office.bureau(name="second"))
        await office.work(seal_id)
        assert (await office.intent(technician))["state"] == "issued"


class TestPlaces:
    async def test_everybody_sees_where_he_is_in_line_and_why_it_waits(self, office, seal_servers):
        seal_id = await office.activate_seal()
        first, second = await rendered(office, 2)
        await seal_servers["zhengzhou"].stop()
        await seal_due(office.bench, seal_id)
        since = office.clock.now()
        office.clock.advance(timedelta(minutes=1))
        await seal_due(office.bench, seal_id)

        shown = [
            (await office.get("intents", office.holder(one))).json()["items"][0]["lane"]
            for one in (first, second)
        ]
        lane = (await office.get(f"seals/{seal_id}", office.bureau())).json()["lane"]

        assert sorted(one["position"] for one in shown) == [1, 2]
        assert {one["state"] for one in shown} == {"waiting"}
        assert {one["reason"] for one in shown} == {"certificates.seal_unavailable"}
        assert {datetime.fromisoformat(one["since"]) for one in shown} == {since}
        assert all(datetime.fromisoformat(one["expected_at"]) > since for one in shown)
        assert (lane["state"], lane["waiting"], lane["failures"]) == ("waiting", 2, 2)
        assert datetime.fromisoformat(lane["since"]) == since

    async def test_stopped_lane_says_so(self, office):
        seal_id = await office.activate_seal()
        (technician,) = await rendered(office)
        reason = {"reason_code": "key_in_doubt"}
        await office.post(f"seals/{seal_id}/suspension", office.bureau(), reason)

        mine = (await office.get("intents", office.holder(technician))).json()["items"][0]

        assert (mine["lane"]["state"], mine["lane"]["expected_at"]) == ("stopped", None)
        assert mine["lane"]["position"] == 1


class TestEndings:
    async def test_each_threshold_is_told_once_and_an_ended_seal_stops(self, office):
        seal_id = await office.activate_seal()
        (seal,) = await office.rows("seals")
        told = []
        for days in (61, 60, 59, 30, 20, 7, 1, 0):
            office.clock.advance(seal["valid_until"] - timedelta(days=days) - office.clock.now())
            count = await warn_of_endings(office.bench.database, office.bench.deps)
            again = await warn_of_endings(office.bench.database, office.bench.deps)
            told.append((days, count))
            assert again == 0

        assert told == [(61, 0), (60, 1), (59, 0), (30, 1), (20, 0), (7, 1), (1, 0), (0, 1)]
        await rendered(office)
        assert await seal_due(office.bench, seal_id) == 0
        shown = (await office.get(f"seals/{seal_id}", office.bureau())).json()
        assert shown["lane"]["state"] == "expired"

    async def test_list_shows_what_ends_soon(self, office):
        await office.activate_seal()
        (seal,) = await office.rows("seals")
        office.clock.advance(seal["valid_until"] - timedelta(days=30) - office.clock.now())

        soon = await office.get("seals", office.province(), expiring=30)
        sooner = await office.get("seals", office.province(), expiring=7)

        assert [one["seal_id"] for one in soon.json()["items"]] == [str(seal["id"])]
        assert sooner.json()["items"] == []
