"""Claims taken into hand: by whom, against whom, for how long, and what ends it."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from services.hours.tests.service.matrix import ABOVE_HOSPITAL, PLACES, ROLE_OF_STEP, ROLES

HELD = (409, "hours.review_held_by_another")


def outcome(answer):
    return answer.status_code, answer.json()["code"]


async def take(caller, claim):
    return await caller.send("PUT", f"/reviews/{claim}/assignment")


async def give_back(caller, claim):
    return await caller.send("DELETE", f"/reviews/{claim}/assignment")


class TestAuthorizationMatrix:
    @pytest.mark.parametrize("step", ["employer", "bureau"])
    async def test_take_and_give_back(self, hours, step) -> None:
        claim = await (await hours.technician()).claim()
        if step == "bureau":
            await hours.employer_administrator().decide(claim, "employer")
        for role in ROLES:
            for place in PLACES:
                caller = hours.caller((role, place))
                allowed = role == ROLE_OF_STEP[step] and place in ABOVE_HOSPITAL
                taken = await take(caller, claim)
                assert taken.status_code == (200 if allowed else 403), (role, place)
                freed = await give_back(caller, claim)
                assert freed.status_code == (204 if allowed else 403), (role, place)

    async def test_never_the_own_claim(self, hours) -> None:
        technician = await hours.technician()
        claim = await technician.claim()
        both = hours.caller(("employer_administrator", "hospital"), person=technician.person)
        assert outcome(await take(both, claim)) == (403, "hours.review_of_own_claim")
        assert (await both.send("GET", f"/reviews/{claim}")).status_code == 404

    async def test_unknown_and_decided_claims(self, hours) -> None:
        admin = hours.employer_administrator()
        assert outcome(await take(admin, uuid4())) == (404, "hours.claim_not_found")
        claim = await (await hours.technician()).claim()
        await hours.approve(claim)
        assert outcome(await take(admin, claim)) == (409, "hours.claim_already_decided")


class TestTaking:
    async def test_holds_against_others_until_it_runs_out(self, hours) -> None:
        claim = await (await hours.technician()).claim()
        one, other = hours.employer_administrator(), hours.employer_administrator("jinshui")
        taken = (await take(one, claim)).json()
        assert taken == {"mine": True, "until": "2026-11-23T02:30:00Z"}
        refused = await take(other, claim)
        assert outcome(refused) == HELD
        assert "11月23日10:30" in refused.json()["detail"]
        assert outcome(await give_back(other, claim)) == HELD
        assert outcome(await other.decide(claim, "employer")) == HELD
        hours.clock.advance(timedelta(minutes=30))
        assert (await take(other, claim)).status_code == 200
        assert outcome(await one.decide(claim, "employer")) == HELD

    async def test_taking_again_begins_the_time_anew_and_is_recorded_once(self, hours) -> None:
        claim = await (await hours.technician()).claim()
        admin = hours.employer_administrator()
        await take(admin, claim)
        hours.clock.advance(timedelta(minutes=20))
        assert (await take(admin, claim)).json()["until"] == "2026-11-23T02:50:00Z"
        assert await hours.audited("review.taken") == 1
        assert (await give_back(admin, claim)).status_code == 204
        assert (await give_back(admin, claim)).status_code == 204
        assert await hours.audited("review.given_back") == 1

    async def test_a_decision_needs_none_and_frees_it_for_the_next_step(self, hours) -> None:
        claim = await (await hours.technician()).claim()
        admin = hours.employer_administrator()
        await take(admin, claim)
        assert (await admin.decide(claim, "employer")).status_code == 200
        assert (await take(hours.bureau_administrator(), claim)).status_code == 200

    async def test_a_refused_decision_keeps_it(self, hours) -> None:
        claim = await (await hours.technician()).claim()
        admin = hours.employer_administrator()
        await take(admin, claim)
        assert (await admin.decide(claim, "employer", "return")).status_code == 400
        assert outcome(await take(hours.employer_administrator(), claim)) == HELD

    async def test_taken_back_by_its_owner_it_is_held_no_longer(self, hours) -> None:
        technician = await hours.technician()
        claim = await technician.claim()
        await take(hours.employer_administrator(), claim)
        answer = await technician.post(f"/claims/{claim}/withdrawal", {})
        assert answer.status_code == 200, answer.text
        async with hours.database.reading() as tx:
            left = await tx.exec_driver_sql("SELECT count(*) FROM review_assignments")
            assert left.scalar_one() == 0

    async def test_of_two_who_take_at_once_one_has_it(self, hours) -> None:
        technician = await hours.technician()
        for _ in range(5):
            claim = await technician.claim()
            both = hours.employer_administrator(), hours.employer_administrator("jinshui")
            answers = await asyncio.gather(*(take(one, claim) for one in both))
            assert sorted(answer.status_code for answer in answers) == [200, 409]

    async def test_taking_and_deciding_at_once_leaves_nothing_behind(self, hours) -> None:
        technician = await hours.technician()
        for _ in range(5):
            claim = await technician.claim()
            taken, decided = await asyncio.gather(
                take(hours.employer_administrator(), claim),
                hours.employer_administrator("jinshui").decide(claim, "employer"),
            )
            # Whoever comes second is refused, by whichever fact came first.
            assert {taken.status_code, decided.status_code} in ({200, 409}, {200, 403}), taken.text


class TestShownInTheQueue:
    async def test_mine_free_and_others(self, hours) -> None:
        technician = await hours.technician()
        mine, theirs, free = [await technician.claim() for _ in range(3)]
        admin, other = hours.employer_administrator(), hours.employer_administrator("jinshui")
        await take(admin, mine)
        await take(other, theirs)
        for holding, expected in (("mine", mine), ("others", theirs), ("free", free)):
            query = {"step": "employer", "holding": holding}
            (item,) = (await admin.get("/reviews", **query)).json()["items"]
            assert item["claim_id"] == expected
            shown = None if item["assignment"] is None else item["assignment"]["mine"]
            assert shown is {"mine": True, "others": False, "free": None}[holding]
            figures = (await admin.get("/reviews/figures", **query)).json()
            assert figures["waiting"] == 1
        hours.clock.advance(timedelta(minutes=30))
        query = {"step": "employer", "holding": "free"}
        assert len((await admin.get("/reviews", **query)).json()["items"]) == 3
