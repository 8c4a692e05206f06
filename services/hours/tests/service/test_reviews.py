"""The review queue and its decisions: who may, in which order, and what happens at once."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from services.hours.tests.service.matrix import ABOVE_HOSPITAL, PLACES, ROLE_OF_STEP, ROLES
from tests.kit import tokens

from hours.store import review_queue

TOO_MANY = "hours.approved_hours_out_of_range"
NO_SUBJECT = "hours.subject_kind_unknown"


class TestAuthorizationMatrix:
    """Every role × own, above, sibling and foreign place, at each action."""

    @pytest.mark.parametrize("step", ["employer", "bureau"])
    async def test_decide(self, hours, step) -> None:
        technician = await hours.technician()
        for role in ROLES:
            for place in PLACES:
                claim = await technician.claim(activity_kind="accredited_class", evidence_ids=[])
                if step == "bureau":
                    await hours.employer_administrator().decide(claim, "employer")
                answer = await hours.caller((role, place)).decide(claim, step)
                allowed = role == ROLE_OF_STEP[step] and place in ABOVE_HOSPITAL
                assert answer.status_code == (200 if allowed else 403), (role, place)

    async def test_withdraw_approval(self, hours) -> None:
        technician = await hours.technician()
        for role in ROLES:
            for place in PLACES:
                claim = await technician.claim(activity_kind="accredited_class", evidence_ids=[])
                await hours.approve(claim)
                answer = await hours.caller((role, place)).post(
                    f"/claims/{claim}/approval-withdrawal", {"reason_code": "approval_in_error"}
                )
                allowed = role == "bureau_administrator" and place in ABOVE_HOSPITAL
                assert answer.status_code == (200 if allowed else 403), (role, place)

    @pytest.mark.parametrize("step", ["employer", "bureau"])
    async def test_queue_shows_only_the_subtree(self, hours, step) -> None:
        technician = await hours.technician()
        claim = await technician.claim()
        if step == "bureau":
            await hours.employer_administrator().decide(claim, "employer")
        for role in ROLES:
            for place in PLACES:
                answer = await hours.caller((role, place)).get("/reviews", step=step)
                if role != ROLE_OF_STEP[step]:
                    assert answer.status_code == 403, (role, place)
                    continue
                seen = [item["claim_id"] for item in answer.json()["items"]]
                assert seen == ([claim] if place in ABOVE_HOSPITAL else []), (role, place)

    async def test_nobody_without_a_token(self, hours) -> None:
        headers = {"idempotency-key": "k"}
        base = "/api/hours/v1"
        for method, url in (
            ("GET", "/reviews?step=employer"),
            ("POST", f"/claims/{uuid4()}/decisions"),
            ("POST", f"/claims/{uuid4()}/approval-withdrawal"),
            ("GET", "/reviews/figures?step=employer"),
            ("GET", f"/reviews/{uuid4()}"),
            ("POST", "/reviews/decisions"),
            ("PUT", f"/reviews/{uuid4()}/assignment"),
            ("DELETE", f"/reviews/{uuid4()}/assignment"),
            ("GET", "/claims"),
            ("POST", "/claims"),
            ("GET", "/years/2026"),
            ("GET", "/rules"),
            ("GET", "/activity-kinds"),
            ("GET", "/reason-codes"),
        ):
            answer = await hours.http.request(method, base + url, headers=headers, json={})
            assert answer.status_code == 401, url

    async def test_organisation_unknown_here_gives_no_access(self, hours) -> None:
        claim = await (await hours.technician()).claim()
        grants = [("employer_administrator", uuid4())]
        headers = tokens.bearer(grants=grants, clock=hours.clock) | {"idempotency-key": "k"}
        answer = await hours.http.post(
            f"/api/hours/v1/claims/{claim}/decisions",
            json={"step": "employer", "outcome": "approve"},
            headers=headers,
        )
        assert answer.status_code == 403


class TestOwnClaim:
    async def test_never_reviewed_by_oneself_at_any_step(self, hours) -> None:
        technician = await hours.technician()
        both = hours.caller(
            ("employer_administrator", "hospital"),
            ("bureau_administrator", "zhengzhou"),
            person=technician.person,
        )
        claim = await technician.claim()
        answer = await both.decide(claim, "employer")
        assert (answer.status_code, answer.json()["code"]) == (403, "hours.review_of_own_claim")
        await hours.employer_administrator().decide(claim, "employer")
        assert (await both.decide(claim, "bureau")).json()["code"] == "hours.review_of_own_claim"
        assert (await both.get("/reviews", step="bureau")).json()["items"] == []


class TestDecide:
    async def test_two_steps_move_the_claim_and_tell_each(self, hours) -> None:
        claim = await (await hours.technician()).claim()
        await hours.approve(claim)
        told = await hours.told("hours.claim.decided.v1")
        assert [event["data"]["state"] for event in told] == ["employer_approved", "approved"]
        assert [event["aggregateversion"] for event in told] == [2, 3]
        assert await hours.audited("claim.employer_approve") == 1
        assert await hours.audited("claim.bureau_approve") == 1

    async def test_wrong_step_and_decided_claim_are_conflicts(self, hours) -> None:
        claim = await (await hours.technician()).claim()
        early = await hours.bureau_administrator().decide(claim, "bureau")
        assert (early.status_code, early.json()["code"]) == (409, "hours.claim_at_another_step")
        await hours.approve(claim)
        late = await hours.employer_administrator().decide(claim, "employer")
        assert (late.status_code, late.json()["code"]) == (409, "hours.claim_already_decided")

    async def test_fewer_hours_and_another_subject_count_as_decided(self, hours) -> None:
        technician = await hours.technician()
        claim = await technician.claim(credit_tenths=600)
        admin = hours.employer_administrator()
        more = {"approved_tenths": 500, "subject_kind": "public"}
        bare = await admin.decide(claim, "employer", **more)
        assert (bare.status_code, bare.json()["code"]) == (400, "hours.reason_missing")
        await admin.decide(claim, "employer", reason="材料只载50学时，属公需", **more)
        await hours.bureau_administrator().decide(claim, "bureau")
        year = (await technician.get("/years/2026")).json()
        assert year["counted"]["by_subject"] == {"public": 500, "professional": 0}

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({"outcome": "approve", "approved_tenths": 601, "reason": "x"}, TOO_MANY),
            ({"outcome": "approve", "approved_tenths": 0, "reason": "x"}, TOO_MANY),
            ({"outcome": "approve", "subject_kind": "third", "reason": "x"}, NO_SUBJECT),
            ({"outcome": "return"}, "hours.reason_missing"),
            ({"outcome": "return", "reason_code": "nonsense"}, "hours.reason_code_unknown"),
            ({"outcome": "reject"}, "hours.reason_missing"),
            ({"outcome": "reject", "reason": "x"}, "hours.remedy_missing"),
        ],
    )
    async def test_refused_decision_changes_nothing(self, shared_hours, body, code) -> None:
        technician = await shared_hours.technician()
        claim = await technician.claim()
        answer = await shared_hours.employer_administrator().post(
            f"/claims/{claim}/decisions", {"step": "employer", **body}
        )
        assert (answer.status_code, answer.json()["code"]) == (400, code)
        assert (await technician.get(f"/claims/{claim}")).json()["version"] == 1
        assert await shared_hours.told("hours.claim.decided.v1") == []

    async def test_reject_tells_reason_and_remedy(self, hours) -> None:
        technician = await hours.technician()
        claim = await technician.claim()
        answer = await hours.employer_administrator().decide(
            claim, "employer", "reject", reason_code="duplicate", reason="与三月申报相同"
        )
        assert answer.json()["state"] == "rejected"
        assert answer.json()["remedy"]
        (event,) = await hours.told("hours.claim.decided.v1")
        assert event["data"]["reason_code"] == "duplicate"

    async def test_unknown_claim_is_not_found(self, hours) -> None:
        answer = await hours.employer_administrator().decide(str(uuid4()), "employer")
        assert (answer.status_code, answer.json()["code"]) == (404, "hours.claim_not_found")

    async def test_repeat_with_the_same_key_gets_the_first_answer(self, hours) -> None:
        claim = await (await hours.technician()).claim()
        admin = hours.employer_administrator()
        headers = admin.headers  # one account: another token would be another caller
        body = {"step": "employer", "outcome": "approve"}
        url = f"/api/hours/v1/claims/{claim}/decisions"
        answers = [
            await hours.http.post(url, json=body, headers={**headers, "idempotency-key": "k"})
            for _ in range(2)
        ]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].json() == answers[1].json()
        assert len(await hours.told("hours.claim.decided.v1")) == 1


class TestConcurrency:
    async def test_two_reviewers_of_one_claim_one_wins(self, hours) -> None:
        technician = await hours.technician()
        for _ in range(5):
            claim = await technician.claim()
            answers = await asyncio.gather(
                hours.employer_administrator().decide(claim, "employer"),
                hours.employer_administrator("jinshui").decide(
                    claim, "employer", "return", reason_code="wrong_year"
                ),
            )
            assert sorted(answer.status_code for answer in answers) == [200, 409]
            (decision,) = (await technician.get(f"/claims/{claim}")).json()["decisions"]
            won = next(answer for answer in answers if answer.status_code == 200)
            assert (decision["outcome"] == "return") is (won.json()["state"] == "returned")

    async def test_last_two_claims_approved_at_once_complete_the_year_once(self, hours) -> None:
        for _ in range(5):
            technician = await hours.technician()
            claims = [
                await technician.claim(subject_kind="public", credit_tenths=300),
                await technician.claim(subject_kind="professional", credit_tenths=600),
            ]
            for claim in claims:
                await hours.employer_administrator().decide(claim, "employer")
            answers = await asyncio.gather(
                *(hours.bureau_administrator().decide(claim, "bureau") for claim in claims)
            )
            assert [answer.status_code for answer in answers] == [200, 200]
            completed = await hours.told("hours.year.completed.v1")
            mine = [e for e in completed if e["data"]["person_id"] == str(technician.person)]
            assert len(mine) == 1
            assert mine[0]["data"]["total_tenths"] == 900


class TestQueue:
    async def test_oldest_first_with_age_and_name(self, hours) -> None:
        technician = await hours.technician()
        first = await technician.claim()
        hours.clock.advance(timedelta(minutes=5))
        second = await technician.claim()
        page = (await hours.employer_administrator().get("/reviews", step="employer")).json()
        assert [item["claim_id"] for item in page["items"]] == [first, second]
        assert [item["age_seconds"] for item in page["items"]] == [300, 0]
        assert page["items"][0]["person_name"] == "张䶮"
        assert page["items"][0]["organisation_name"] == "hospital-name"

    @pytest.mark.parametrize("few", [0, 500], ids=["walked", "merged"])
    async def test_pages_cover_the_subtree_exactly(self, hours, monkeypatch, few) -> None:
        monkeypatch.setattr(review_queue, "_FEW_ORGANISATIONS", few)
        here = [await hours.technician("hospital"), await hours.technician("school")]
        there = await hours.technician("factory")
        filed = []
        for technician in (*here, *here, *here[:1]):
            filed.append(await technician.claim())
            await there.claim()
        seen, cursor = [], None
        admin = hours.employer_administrator("jinshui")
        while True:
            query = {"step": "employer", "limit": 2} | ({"cursor": cursor} if cursor else {})
            page = (await admin.get("/reviews", **query)).json()
            seen += [item["claim_id"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert seen == filed

    async def test_unknown_step_is_unprocessable(self, hours) -> None:
        answer = await hours.employer_administrator().get("/reviews", step="everything")
        assert answer.status_code == 422
