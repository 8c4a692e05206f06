"""What this service tells: the only place that spells its outgoing event types."""

from chassis.envelope import NewEvent
from hours.domain.accounts import Turn, YearAccount
from hours.domain.claims import Claim, State

_CLAIM_SUBMITTED = "hours.claim.submitted.v1"
_CLAIM_DECIDED = "hours.claim.decided.v1"
_YEAR = {
    Turn.COMPLETED: "hours.year.completed.v1",
    Turn.REOPENED: "hours.year.reopened.v1",
}


def claim_changed(claim: Claim) -> NewEvent:
    """Tell the claim's present state: filed, or decided at a step."""
    fresh = claim.state is State.SUBMITTED
    return NewEvent(
        type=_CLAIM_SUBMITTED if fresh else _CLAIM_DECIDED,
        aggregate_id=claim.id,
        aggregate_version=claim.version,
        data={
            "claim_id": claim.id,
            "person_id": claim.person_id,
            "year": claim.year,
            "subject_kind": claim.subject_kind,
            "activity_kind": claim.activity_kind,
            "credit_tenths": claim.credit_tenths,
            "approved_tenths": claim.approved_tenths,
            "state": claim.state.value,
            "reason_code": claim.reason_code,
            "submitted_at": claim.submitted_at,
        },
    )


def year_turned(turn: Turn, account: YearAccount) -> NewEvent:
    """Tell a completion (with the hours it attests) or a reopening (with the hours left)."""
    fixed = account.circumstances
    if fixed is None:
        raise ValueError("a year that was never completed has nothing to tell")
    hours = account.attested if turn is Turn.COMPLETED else account.counted
    return NewEvent(
        type=_YEAR[turn],
        aggregate_id=account.id,
        aggregate_version=account.version,
        data={
            "account_id": account.id,
            "person_id": account.person_id,
            "year": account.year,
            "completion": account.completion,
            "state": account.state.value,
            "completed_at": fixed.completed_at,
            "employer_id": fixed.employer_id,
            "title_level": fixed.title_level,
            "rule_id": fixed.rule_id,
            "rule_version": fixed.rule_version,
            "total_tenths": sum(hours.values()),
            "public_tenths": hours.get("public", 0),
            "professional_tenths": hours.get("professional", 0),
        },
    )


def year_now(account: YearAccount) -> NewEvent | None:
    """Tell the account again as it stands; None while it was never completed."""
    if account.circumstances is None:
        return None
    return year_turned(Turn.COMPLETED if account.completed else Turn.REOPENED, account)
