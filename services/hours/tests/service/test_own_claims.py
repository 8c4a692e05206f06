"""What its owner does before filing and after: estimate, take back, mend and file again."""

from datetime import date, timedelta
from typing import Any

import pytest

from chassis.audit import Audit, InvariantBroken
from chassis.objects import ObjectStore
from hours import tables
from hours.usecases.check_accounts import check_accounts

RETURNED = {"reason_code": "evidence_unreadable"}


async def returned(hours, technician, **changes: Any) -> str:
    """Return a claim that the employer sent back."""
    claim = await technician.claim(**changes)
    answer = await hours.employer_administrator().decide(claim, "employer", "return", **RETURNED)
    assert answer.status_code == 200, answer.text
    return str(claim)


async def mended(technician, **changes: Any) -> dict[str, Any]:
    body = await technician.claim_body(**changes)
    return {name: value for name, value in body.items() if name != "year"}


def estimated(**changes: Any) -> dict[str, Any]:
    return {
        "year": 2026,
        "subject_kind": "professional",
        "activity_kind": "training",
        "credit_tenths": 600,
        "started_on": "2026-03-02",
        "ended_on": "2026-03-13",
        **changes,
    }


class TestEstimate:
    async def test_tells_what_counts_what_is_missing_then_and_who_reviews(
        self, shared_hours
    ) -> None:
        technician = await shared_hours.technician()
        await shared_hours.approve(await technician.claim(subject_kind="public", credit_tenths=200))
        await technician.claim(subject_kind="public", credit_tenths=50)
        answer = await technician.post("/claims/estimate", estimated())
        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert told["counted_tenths"] == 600
        assert told["counted"]["by_subject"] == {"public": 200, "professional": 0}
        assert told["waiting"] == {
            "total_tenths": 50,
            "by_subject": {"public": 50, "professional": 0},
        }
        assert told["then"]["by_subject"] == {"public": 200, "professional": 600}
        assert told["missing_then"] == {
            "total_tenths": 100,
            "by_subject": {"public": 100, "professional": 0},
        }
        assert told["completes"] is False
        assert told["evidence_required"] is True
        assert told["filing_until"] == "2026-12-31"
        assert told["reviewers"] == ["hospital-name", "jinshui-name"]

    async def test_agrees_with_the_year_once_the_claim_is_approved(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        await shared_hours.approve(await technician.claim(subject_kind="public", credit_tenths=300))
        told = (await technician.post("/claims/estimate", estimated())).json()
        assert told["completes"] is True
        await shared_hours.approve(await technician.claim(credit_tenths=600))
        year = (await technician.get("/years/2026")).json()
        assert (year["counted"], year["missing"]) == (told["then"], told["missing_then"])
        assert year["state"] == "completed"

    async def test_stores_and_tells_nothing(self, hours) -> None:
        technician = await hours.technician()
        assert (await technician.post("/claims/estimate", estimated())).status_code == 200
        assert (await technician.get("/claims")).json()["items"] == []
        assert await hours.told() == []

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"credit_tenths": 0}, "hours.credit_out_of_range"),
            ({"ended_on": "2026-03-01"}, "hours.dates_reversed"),
            ({"ended_on": "2026-11-24"}, "hours.dates_in_future"),
            ({"started_on": "2025-03-01"}, "hours.dates_outside_year"),
            ({"subject_kind": "third"}, "hours.subject_kind_unknown"),
            ({"activity_kind": "juggling"}, "hours.activity_kind_unknown"),
        ],
    )
    async def test_refuses_what_filing_would_refuse(self, shared_hours, changes, code) -> None:
        technician = await shared_hours.technician()
        estimate = await technician.post("/claims/estimate", estimated(**changes))
        filed = await technician.post("/claims", await technician.claim_body(**changes))
        assert estimate.json()["code"] == filed.json()["code"] == code

    async def test_only_for_somebody_who_could_file(self, shared_hours) -> None:
        admin = shared_hours.employer_administrator()
        assert (await admin.post("/claims/estimate", estimated())).status_code == 403
        unproven = await shared_hours.technician(status="unproven")
        answer = await unproven.post("/claims/estimate", estimated())
        assert answer.json()["code"] == "hours.person_unproven"
        answer = await shared_hours.http.post("/api/hours/v1/claims/estimate", json=estimated())
        assert answer.status_code == 401


class TestTakeBack:
    async def test_waiting_claim_leaves_the_queue_and_is_told_and_audited(self, hours) -> None:
        technician = await hours.technician()
        claim = await technician.claim()
        answer = await technician.post(f"/claims/{claim}/withdrawal", None)
        assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
        queue = await hours.employer_administrator().get("/reviews", step="employer")
        assert queue.json()["items"] == []
        (told,) = await hours.told("hours.claim.decided.v1")
        assert told["data"]["state"] == "withdrawn"
        assert await hours.audited("claim.owner_withdraw") == 1

    async def test_after_the_employers_approval_and_after_a_return(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        claim = await technician.claim()
        await shared_hours.employer_administrator().decide(claim, "employer")
        for one in (claim, await returned(shared_hours, technician)):
            answer = await technician.post(f"/claims/{one}/withdrawal", None)
            assert answer.json()["state"] == "withdrawn"

    async def test_not_once_decided_nor_twice(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        approved, taken = await technician.claim(), await technician.claim()
        await shared_hours.approve(approved)
        await technician.post(f"/claims/{taken}/withdrawal", None)
        for one in (approved, taken):
            answer = await technician.post(f"/claims/{one}/withdrawal", None)
            assert (answer.status_code, answer.json()["code"]) == (
                409,
                "hours.claim_not_taken_back",
            )


class TestFileAgain:
    async def test_goes_through_both_steps_again_and_keeps_its_legal_time(self, hours) -> None:
        technician = await hours.technician()
        claim = await technician.claim()
        filed = (await technician.get(f"/claims/{claim}")).json()
        await hours.employer_administrator().decide(claim, "employer")
        await hours.bureau_administrator().decide(claim, "bureau", "return", **RETURNED)
        hours.clock.advance(timedelta(days=1))
        body = await mended(technician, title="急救护理研修班（补充）", credit_tenths=400)
        answer = await technician.post(f"/claims/{claim}/resubmission", body)
        assert answer.status_code == 200, answer.text
        again = answer.json()
        assert (again["state"], again["credit_tenths"]) == ("submitted", 400)
        assert again["submitted_at"] == filed["submitted_at"]
        assert again["waiting_since"] > filed["waiting_since"]
        assert again["reason_code"] is None
        early = await hours.bureau_administrator().decide(claim, "bureau")
        assert early.json()["code"] == "hours.claim_at_another_step"
        await hours.approve(claim)
        detail = (await technician.get(f"/claims/{claim}")).json()
        assert [(one["what"], one["by"]) for one in detail["events"]] == [
            ("submitted", "owner"),
            ("approved", "employer"),
            ("returned", "bureau"),
            ("filed_again", "owner"),
            ("approved", "employer"),
            ("approved", "bureau"),
        ]
        assert [one["evidence_id"] for one in detail["evidence"]] == body["evidence_ids"]
        assert len(detail["decisions"]) == 4

    async def test_approvals_from_before_do_not_count_for_the_auditor(self, hours) -> None:
        technician = await hours.technician()
        claim = await technician.claim()
        await hours.approve(claim)
        # As if an approved claim could be filed again and pass on what was approved before.
        await hours.run(
            "INSERT INTO decisions (claim_id, claim_version, step, outcome, subject_kind,"
            " decided_by, decided_at) SELECT id, version + 1, 'owner', 'file_again', subject_kind,"
            " 'person', submitted_at FROM claims"
        )
        audit = Audit(tables.audit, hours.clock)
        objects = ObjectStore(hours.settings.objects_url)
        with pytest.raises(InvariantBroken, match="did not pass both steps"):
            await check_accounts(hours.database, objects, audit)

    async def test_is_mended_after_the_years_end_when_it_was_filed_in_time(self, hours) -> None:
        technician = await hours.technician()
        claim = await returned(hours, technician)
        hours.clock.advance(timedelta(days=60))  # 22 January 2027
        late = hours.caller(person=technician.person)
        assert (await late.post("/claims", await late.claim_body())).json()["code"] == (
            "hours.year_outside_window"
        )
        estimate = await late.post("/claims/estimate", estimated(claim_id=claim))
        assert estimate.status_code == 200, estimate.text
        answer = await late.post(f"/claims/{claim}/resubmission", await mended(late))
        assert answer.json()["state"] == "submitted"

    async def test_files_at_the_present_employer(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        claim = await returned(shared_hours, technician)
        await shared_hours.employ(technician.person, "school", since=date(2026, 6, 1))
        await technician.post(f"/claims/{claim}/resubmission", await mended(technician))
        detail = (await technician.get(f"/claims/{claim}")).json()
        assert detail["holder"] == detail["organisation_name"] == "school-name"

    async def test_only_what_was_returned(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        claim = await technician.claim()
        answer = await technician.post(f"/claims/{claim}/resubmission", await mended(technician))
        assert (answer.status_code, answer.json()["code"]) == (409, "hours.claim_not_returned")

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"credit_tenths": 0}, "hours.credit_out_of_range"),
            ({"evidence_ids": []}, "hours.evidence_missing"),
            ({"activity_kind": "juggling"}, "hours.activity_kind_unknown"),
            ({"started_on": "2025-01-01"}, "hours.dates_outside_year"),
        ],
    )
    async def test_is_checked_like_a_new_one(self, shared_hours, changes, code) -> None:
        technician = await shared_hours.technician()
        claim = await returned(shared_hours, technician)
        body = await mended(technician, **changes)
        answer = await technician.post(f"/claims/{claim}/resubmission", body)
        assert answer.json()["code"] == code
        assert (await technician.get(f"/claims/{claim}")).json()["state"] == "returned"

    async def test_repeats_of_one_key_file_once(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        claim = await returned(shared_hours, technician)
        body, url = await mended(technician), f"/claims/{claim}/resubmission"
        first = await technician.post(url, body, key="again")
        second = await technician.post(url, body, key="again")
        assert first.json() == second.json()


class TestAuthority:
    """Role × subtree × own or another's: only the owner acts, others do not learn of the claim."""

    @pytest.mark.parametrize("act", ["withdrawal", "resubmission"])
    async def test_nobody_but_the_owner(self, shared_hours, act) -> None:
        owner = await shared_hours.technician()
        claim = await returned(shared_hours, owner)
        body = await mended(owner) if act == "resubmission" else None
        stranger = await shared_hours.technician()
        colleague = shared_hours.caller(
            ("employer_administrator", "hospital"), person=stranger.person
        )
        for caller, status in (
            (stranger, 404),
            (colleague, 404),
            (shared_hours.employer_administrator(), 403),
            (shared_hours.bureau_administrator("jinshui"), 403),
            (shared_hours.bureau_administrator("province"), 403),
            (shared_hours.caller(("provincial_administrator", "province")), 403),
            (shared_hours.caller(("operator", "province")), 403),
        ):
            answer = await caller.post(f"/claims/{claim}/{act}", body)
            assert answer.status_code == status
        assert (await owner.post(f"/claims/{claim}/{act}", body)).status_code == 200

    async def test_estimate_for_anothers_claim_is_not_found(self, shared_hours) -> None:
        owner, stranger = await shared_hours.technician(), await shared_hours.technician()
        claim = await returned(shared_hours, owner)
        answer = await stranger.post("/claims/estimate", estimated(claim_id=claim))
        assert (answer.status_code, answer.json()["code"]) == (404, "hours.claim_not_found")


class TestLists:
    async def test_own_claims_by_state_and_subject(self, shared_hours) -> None:
        technician = await shared_hours.technician()
        back = await returned(shared_hours, technician)
        waiting = await technician.claim(subject_kind="public")
        taken = await technician.claim()
        await technician.post(f"/claims/{taken}/withdrawal", None)

        async def listed(**query: Any) -> list[str]:
            page = (await technician.get("/claims", **query)).json()
            return [one["claim_id"] for one in page["items"]]

        assert await listed(state="returned") == [back]
        assert await listed(state=["submitted", "withdrawn"]) == [taken, waiting]
        assert await listed(subject_kind="public") == [waiting]
        assert await listed(year=2025) == []
        assert (await technician.get("/claims", state="nonsense")).status_code == 422

    async def test_years_show_each_year_with_what_waits(self, hours) -> None:
        technician = await hours.technician()
        assert (await technician.get("/years")).json() == []
        await hours.complete(technician)
        await technician.claim()
        await returned(hours, technician)
        hours.clock.advance(timedelta(days=60))
        later = hours.caller(person=technician.person)
        await later.claim(year=2027, started_on="2027-01-04", ended_on="2027-01-05")
        years = (await later.get("/years")).json()
        assert [(one["year"], one["state"], one["counted_tenths"]) for one in years] == [
            (2027, "open", 0),
            (2026, "completed", 900),
        ]
        assert [(one["waiting"], one["returned"]) for one in years] == [(1, 0), (1, 1)]
        assert years[1]["certificate_state"] is None
        other = await hours.technician()
        assert (await other.get("/years")).json() == []
        assert (await hours.employer_administrator().get("/years")).status_code == 403
