"""Many claims decided by one request: each by the rules of one, each with its own outcome."""

import asyncio
from uuid import uuid4

import pytest
from services.hours.tests.service.matrix import ABOVE_HOSPITAL, PLACES, ROLE_OF_STEP, ROLES


async def decide(caller, claims, step="employer", outcome="approve", key=None, **more):
    body = {"step": step, "claim_ids": claims, "outcome": outcome, **more}
    return await caller.post("/reviews/decisions", body, key)


def problems(answer):
    return [item["problem"] and item["problem"]["code"] for item in answer.json()["items"]]


class TestAuthorizationMatrix:
    @pytest.mark.parametrize("step", ["employer", "bureau"])
    async def test_each_item_by_the_rules_of_one(self, hours, step) -> None:
        technician = await hours.technician()
        for role in ROLES:
            for place in PLACES:
                claim = await technician.claim(activity_kind="accredited_class", evidence_ids=[])
                if step == "bureau":
                    await hours.employer_administrator().decide(claim, "employer")
                answer = await decide(hours.caller((role, place)), [claim], step)
                if role != ROLE_OF_STEP[step]:
                    assert answer.status_code == 403, (role, place)
                    continue
                allowed = place in ABOVE_HOSPITAL
                expected = [None] if allowed else ["hours.claim_outside_scope"]
                assert problems(answer) == expected, (role, place)


class TestBulk:
    async def test_tells_the_outcome_of_each_in_the_order_sent(self, hours) -> None:
        technician = await hours.technician()
        good, done, taken, last = [await technician.claim() for _ in range(4)]
        own = await technician.claim()
        foreign = await (await hours.technician("factory")).claim()
        other = hours.employer_administrator("jinshui")
        await other.decide(done, "employer")
        await other.send("PUT", f"/reviews/{taken}/assignment")
        unknown = str(uuid4())
        answer = await decide(
            hours.employer_administrator(), [good, done, taken, foreign, unknown, last]
        )
        told = answer.json()
        assert (told["decided"], told["refused"]) == (2, 4)
        assert problems(answer) == [
            None,
            "hours.claim_at_another_step",
            "hours.review_held_by_another",
            "hours.claim_outside_scope",
            "hours.claim_not_found",
            None,
        ]
        assert told["items"][0]["claim"]["state"] == "employer_approved"
        assert told["items"][2]["problem"]["remedy"]
        both = hours.caller(("employer_administrator", "hospital"), person=technician.person)
        assert problems(await decide(both, [own])) == ["hours.review_of_own_claim"]

    async def test_return_and_reject_need_what_a_single_one_needs(self, hours) -> None:
        claim = await (await hours.technician()).claim()
        admin = hours.employer_administrator()
        for body, code in (
            ({"outcome": "return"}, "hours.reason_missing"),
            ({"outcome": "return", "reason_code": "nonsense"}, "hours.reason_code_unknown"),
            ({"outcome": "reject", "reason": "x"}, "hours.remedy_missing"),
        ):
            answer = await decide(admin, [claim], **body)
            assert (answer.status_code, answer.json()["code"]) == (400, code)
        answer = await decide(admin, [claim], outcome="return", reason_code="wrong_year")
        assert answer.json()["items"][0]["claim"]["state"] == "returned"
        assert answer.json()["items"][0]["claim"]["remedy"]

    async def test_a_repeat_answers_what_is_done_and_tries_the_rest_again(self, hours) -> None:
        technician = await hours.technician()
        free, taken = await technician.claim(), await technician.claim()
        admin, other = hours.employer_administrator(), hours.employer_administrator("jinshui")
        await other.send("PUT", f"/reviews/{taken}/assignment")
        first = await decide(admin, [free, taken], key="k")
        assert problems(first) == [None, "hours.review_held_by_another"]
        await other.send("DELETE", f"/reviews/{taken}/assignment")
        again = await decide(admin, [free, taken], key="k")
        assert problems(again) == [None, None]
        assert again.json()["items"][0] == first.json()["items"][0]
        assert len(await hours.told("hours.claim.decided.v1")) == 2
        reused = await decide(admin, [free], key="k")
        assert (reused.status_code, reused.json()["code"]) == (
            409,
            "chassis.idempotency_key_reused",
        )

    async def test_two_reviewers_of_the_same_claims_share_them(self, hours) -> None:
        technician = await hours.technician()
        claims = [await technician.claim() for _ in range(4)]
        answers = await asyncio.gather(
            decide(hours.employer_administrator(), claims),
            decide(hours.employer_administrator("jinshui"), claims[::-1]),
        )
        assert sum(answer.json()["decided"] for answer in answers) == 4
        assert len(await hours.told("hours.claim.decided.v1")) == 4

    async def test_many_at_the_last_step_complete_the_year_once(self, hours) -> None:
        technician = await hours.technician()
        claims = [await technician.claim(subject_kind="public", credit_tenths=300)]
        claims += [await technician.claim(credit_tenths=100) for _ in range(8)]
        assert (await decide(hours.employer_administrator(), claims)).json()["decided"] == 9
        answer = await decide(hours.bureau_administrator(), claims, "bureau")
        assert answer.json()["decided"] == 9
        year = (await technician.get("/years/2026")).json()
        assert (year["state"], year["counted"]["total_tenths"]) == ("completed", 1100)

    @pytest.mark.parametrize("count", [0, 101])
    async def test_between_one_and_a_hundred(self, shared_hours, count) -> None:
        claims = [str(uuid4()) for _ in range(count)]
        answer = await decide(shared_hours.employer_administrator(), claims)
        assert answer.status_code == 422

    async def test_a_claim_named_twice_and_a_missing_key_are_refused(self, shared_hours) -> None:
        admin = shared_hours.employer_administrator()
        twice = [str(uuid4())] * 2
        assert (await decide(admin, twice)).status_code == 422
        body = {"step": "employer", "claim_ids": twice[:1], "outcome": "approve"}
        answer = await shared_hours.http.post(
            "/api/hours/v1/reviews/decisions", json=body, headers=admin.headers
        )
        assert answer.json()["code"] == "chassis.idempotency_key_missing"
