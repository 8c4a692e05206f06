"""What may be filed, and how a claim moves through its review."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from hours import errors
from hours.domain.claims import MOST_TENTHS, Claim, NewClaim, Outcome, State, Step, Verdict

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def form(**changes) -> NewClaim:
    fields = {
        "year": 2026,
        "subject_kind": "public",
        "activity_kind": "training",
        "title": "培训",
        "credit_tenths": 100,
        "started_on": date(2026, 3, 2),
        "ended_on": date(2026, 3, 3),
        "evidence_ids": (),
    }
    return NewClaim(**(fields | changes))


def claim(**changes) -> Claim:
    fields = {
        "id": uuid4(),
        "person_id": uuid4(),
        "organisation_id": uuid4(),
        "year": 2026,
        "subject_kind": "public",
        "activity_kind": "training",
        "title": "培训",
        "credit_tenths": 100,
        "approved_tenths": None,
        "started_on": date(2026, 3, 2),
        "ended_on": date(2026, 3, 3),
        "state": State.SUBMITTED,
        "version": 1,
        "submitted_at": NOW,
        "waiting_since": NOW,
        "reason_code": None,
        "reason": None,
        "remedy": None,
    }
    return Claim(**(fields | changes))


def approve(step: Step, **more) -> Verdict:
    return Verdict(step, Outcome.APPROVE, **more)


class TestNewClaim:
    def test_today_and_a_tenth_of_an_hour_are_accepted(self) -> None:
        form(credit_tenths=1, started_on=TODAY, ended_on=TODAY).check(TODAY)

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"credit_tenths": 0}, errors.CreditOutOfRange),
            ({"credit_tenths": -10}, errors.CreditOutOfRange),
            ({"credit_tenths": MOST_TENTHS + 1}, errors.CreditOutOfRange),
            ({"started_on": date(2026, 3, 4)}, errors.DatesReversed),
            ({"ended_on": TODAY + timedelta(days=1)}, errors.DatesInFuture),
            ({"started_on": date(2025, 12, 31)}, errors.DatesOutsideYear),
            ({"year": 2025}, errors.DatesOutsideYear),
        ],
    )
    def test_refused_when_facts_are_impossible(self, changes, refusal) -> None:
        with pytest.raises(refusal):
            form(**changes).check(TODAY)


class TestDecide:
    def test_employer_then_bureau_makes_it_approved(self) -> None:
        first = claim().decide(approve(Step.EMPLOYER), NOW)
        assert (first.state, first.step, first.version) == (
            State.EMPLOYER_APPROVED,
            Step.BUREAU,
            2,
        )
        second = first.decide(approve(Step.BUREAU), NOW)
        assert (second.state, second.step, second.version) == (State.APPROVED, None, 3)
        assert second.approved_tenths == 100

    def test_wrong_step_is_a_conflict(self) -> None:
        with pytest.raises(errors.ClaimAtAnotherStep):
            claim().decide(approve(Step.BUREAU), NOW)

    @pytest.mark.parametrize("state", [State.APPROVED, State.RETURNED, State.REJECTED])
    @pytest.mark.parametrize("step", list(Step))
    def test_decided_claim_is_a_conflict(self, state, step) -> None:
        with pytest.raises(errors.ClaimAlreadyDecided):
            claim(state=state).decide(approve(step), NOW)

    def test_fewer_hours_need_a_reason_and_pass_on_to_the_bureau(self) -> None:
        with pytest.raises(errors.ReasonMissing):
            claim().decide(approve(Step.EMPLOYER, approved_tenths=80), NOW)
        fewer = claim().decide(approve(Step.EMPLOYER, approved_tenths=80, reason="少"), NOW)
        final = fewer.decide(approve(Step.BUREAU), NOW)
        assert (final.approved_tenths, final.reason) == (80, "少")

    @pytest.mark.parametrize("tenths", [0, -1, 101])
    def test_approved_hours_stay_within_the_claim(self, tenths) -> None:
        with pytest.raises(errors.ApprovedHoursOutOfRange):
            claim().decide(approve(Step.EMPLOYER, approved_tenths=tenths, reason="r"), NOW)

    def test_other_subject_kind_needs_a_reason(self) -> None:
        other = {"subject_kind": "professional"}
        with pytest.raises(errors.ReasonMissing):
            claim().decide(approve(Step.EMPLOYER, **other), NOW)
        moved = claim().decide(approve(Step.EMPLOYER, reason="属专业", **other), NOW)
        assert moved.subject_kind == "professional"

    def test_return_needs_a_code_and_reject_a_remedy(self) -> None:
        with pytest.raises(errors.ReasonMissing):
            claim().decide(Verdict(Step.EMPLOYER, Outcome.RETURN, reason="x", remedy="y"), NOW)
        with pytest.raises(errors.ReasonMissing):
            claim().decide(Verdict(Step.EMPLOYER, Outcome.REJECT, remedy="y"), NOW)
        with pytest.raises(errors.RemedyMissing):
            claim().decide(Verdict(Step.EMPLOYER, Outcome.REJECT, reason="x"), NOW)

    def test_rejected_claim_has_no_approved_hours(self) -> None:
        half = claim(state=State.EMPLOYER_APPROVED, approved_tenths=80)
        verdict = Verdict(Step.BUREAU, Outcome.REJECT, reason="x", remedy="y")
        refused = half.decide(verdict, NOW)
        assert (refused.state, refused.approved_tenths) == (State.REJECTED, None)


class TestWithdrawApproval:
    def test_only_an_approved_claim(self) -> None:
        with pytest.raises(errors.ClaimNotApproved):
            claim().withdraw_approval(reason_code="x", reason=None, remedy="y")

    def test_needs_a_reason_and_stops_counting(self) -> None:
        approved = replace(claim(), state=State.APPROVED, approved_tenths=100)
        with pytest.raises(errors.ReasonMissing):
            approved.withdraw_approval(reason_code=None, reason=None, remedy="y")
        gone = approved.withdraw_approval(reason_code="x", reason=None, remedy="y")
        assert (gone.state, gone.approved_tenths) == (State.WITHDRAWN, None)
