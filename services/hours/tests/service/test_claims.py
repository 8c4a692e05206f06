"""Filing claims and reading one's own."""

import asyncio
from datetime import date, timedelta
from uuid import uuid4

import pytest


class TestSubmit:
    async def test_waits_for_the_employer_and_is_told_and_audited(self, hours) -> None:
        technician = await hours.technician()
        answer = await technician.post("/claims", await technician.claim_body())
        assert answer.status_code == 201
        claim = answer.json()
        assert (claim["state"], claim["step"]) == ("submitted", "employer")
        (event,) = await hours.told("hours.claim.submitted.v1")
        assert event["aggregateid"] == claim["claim_id"]
        assert event["data"]["credit_tenths"] == 600
        assert await hours.audited("claim.submitted") == 1

    @pytest.mark.parametrize(
        ("changes", "status", "code"),
        [
            ({"credit_tenths": 0}, 400, "hours.credit_out_of_range"),
            ({"credit_tenths": -1}, 400, "hours.credit_out_of_range"),
            ({"credit_tenths": 10**12}, 400, "hours.credit_out_of_range"),
            ({"credit_tenths": 12.5}, 422, "chassis.unprocessable"),
            ({"credit_tenths": "600"}, 422, "chassis.unprocessable"),
            ({"ended_on": "2026-11-24"}, 400, "hours.dates_in_future"),
            ({"ended_on": "2026-03-01"}, 400, "hours.dates_reversed"),
            ({"started_on": "2025-12-31"}, 400, "hours.dates_outside_year"),
            ({"year": 2027}, 400, "hours.dates_outside_year"),
            (
                {"year": 2025, "started_on": "2025-03-02", "ended_on": "2025-03-02"},
                400,
                "hours.year_outside_window",
            ),
            (
                {"year": 2016, "started_on": "2016-03-02", "ended_on": "2016-03-02"},
                409,
                "hours.rule_missing",
            ),
            ({"subject_kind": "third"}, 400, "hours.subject_kind_unknown"),
            ({"activity_kind": "juggling"}, 400, "hours.activity_kind_unknown"),
            ({"evidence_ids": []}, 400, "hours.evidence_missing"),
            ({"evidence_ids": [str(uuid4())]}, 400, "hours.evidence_not_own"),
            ({"title": "  "}, 422, "chassis.unprocessable"),
            ({"title": "a\u0000b"}, 422, "chassis.unprocessable"),
            ({"title": "长" * 201}, 422, "chassis.unprocessable"),
            ({"started_on": "2026-02-30"}, 422, "chassis.unprocessable"),
            ({"person_id": str(uuid4())}, 422, "chassis.unprocessable"),
        ],
    )
    async def test_refused_with_a_clear_problem(self, shared_hours, changes, status, code) -> None:
        technician = await shared_hours.technician()
        told = await shared_hours.told()
        answer = await technician.post("/claims", await technician.claim_body() | changes)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.json()["remedy"]
        assert await shared_hours.told() == told

    async def test_lone_surrogate_is_unprocessable_not_a_crash(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        headers = {
            **technician.headers,
            "idempotency-key": "k",
            "content-type": "application/json",
        }
        body = b'{"title": "\\ud800", "year": 2026}'
        answer = await shared_hours.http.post("/api/hours/v1/claims", content=body, headers=headers)
        assert answer.status_code == 422

    async def test_last_day_and_smallest_amount_are_accepted(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        await technician.claim(credit_tenths=1, started_on="2026-11-23", ended_on="2026-11-23")

    async def test_evidence_of_another_person_is_refused(self, shared_hours) -> None:
        owner, thief = await shared_hours.technician(), await shared_hours.technician()
        body = await thief.claim_body(evidence_ids=[]) | {"evidence_ids": [await owner.evidence()]}
        answer = await thief.post("/claims", body)
        assert answer.json()["code"] == "hours.evidence_not_own"

    async def test_kind_without_required_evidence_needs_none(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        await technician.claim(activity_kind="accredited_class", evidence_ids=[])

    async def test_year_window_of_the_rule_lets_late_claims_in(self, hours) -> None:
        technician = await hours.technician()
        await hours.run("UPDATE rules SET filing_days_after = 31")
        hours.clock.advance(timedelta(days=60))  # 22 January 2027
        late = hours.caller(person=technician.person)
        await late.claim()

    @pytest.mark.parametrize(
        ("status", "employer", "code", "http"),
        [
            ("unproven", "hospital", "hours.person_unproven", 409),
            ("closed", "hospital", "hours.person_unproven", 409),
            ("proven", None, "hours.affiliation_missing", 409),
        ],
    )
    async def test_unproven_or_unemployed_cannot_file(
        self, shared_hours, status, employer, code, http
    ) -> None:
        technician = await shared_hours.technician(employer, status=status)
        answer = await technician.post("/claims", await technician.claim_body())
        assert (answer.status_code, answer.json()["code"]) == (http, code)

    async def test_ended_affiliation_does_not_count_as_employer(self, shared_hours) -> None:
        technician = await shared_hours.technician(None)
        await shared_hours.employ(technician.person, "hospital", until=date(2026, 6, 30))
        answer = await technician.post("/claims", await technician.claim_body())
        assert answer.json()["code"] == "hours.affiliation_missing"

    async def test_person_still_on_the_way_is_told_to_come_back(self, shared_hours) -> None:
        stranger = shared_hours.caller(person=uuid4())
        body = await stranger.claim_body(evidence_ids=[])
        answer = await stranger.post("/claims", body)
        assert (answer.status_code, answer.json()["code"]) == (503, "hours.person_unknown")
        assert answer.headers["retry-after"]

    async def test_administrator_without_person_cannot_file(self, shared_hours) -> None:
        admin = shared_hours.employer_administrator()
        answer = await admin.post("/claims", await admin.claim_body(evidence_ids=[]))
        assert answer.status_code == 403

    async def test_concurrent_repeats_of_one_key_file_one_claim(self, hours) -> None:
        technician = await hours.technician()
        body = await technician.claim_body()
        answers = await asyncio.gather(
            *(technician.post("/claims", body, key="one") for _ in range(5))
        )
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.json()["claim_id"] for answer in answers}) == 1
        assert len(await hours.told("hours.claim.submitted.v1")) == 1


class TestRead:
    async def test_detail_shows_evidence_and_decisions(self, hours) -> None:
        technician = await hours.technician()
        claim = await technician.claim()
        await hours.employer_administrator().decide(
            claim, "employer", "return", reason_code="evidence_unreadable"
        )
        detail = (await technician.get(f"/claims/{claim}")).json()
        assert detail["state"] == "returned"
        assert len(detail["evidence"]) == 1
        assert detail["decisions"][0]["outcome"] == "return"
        assert "重新扫描" in detail["remedy"]

    async def test_only_owner_and_reviewers_of_the_subtree(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        claim = await technician.claim()
        for reader, status in (
            (technician, 200),
            (shared_hours.employer_administrator(), 200),
            (shared_hours.bureau_administrator("jinshui"), 200),
            (shared_hours.bureau_administrator("province"), 200),
            (shared_hours.employer_administrator("school"), 404),
            (shared_hours.bureau_administrator("luoyang"), 404),
            (shared_hours.caller(("training_institution", "province")), 404),
            (await shared_hours.technician(), 404),
        ):
            assert (await reader.get(f"/claims/{claim}")).status_code == status
        assert (await shared_hours.http.get(f"/api/hours/v1/claims/{claim}")).status_code == 401

    async def test_pages_neither_skip_nor_repeat(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        filed = []
        for number in range(5):
            if number % 2:  # pairs share one instant: the id decides their order
                shared_hours.clock.advance(timedelta(seconds=1))
            filed.append(await technician.claim())
        await (await shared_hours.technician()).claim()
        seen, cursor = [], None
        while True:
            query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
            page = (await technician.get("/claims", **query)).json()
            seen += [item["claim_id"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert seen == filed[::-1]

    async def test_bad_paging_is_refused(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        bad = await technician.get("/claims", cursor="nonsense")
        assert (bad.status_code, bad.json()["code"]) == (400, "hours.cursor_unreadable")
        assert (await technician.get("/claims", limit=0)).status_code == 422
        assert (await technician.get("/claims", limit=101)).status_code == 422
        assert (await technician.get("/claims", year=99999)).status_code == 422
