"""A claim's time-line: what happened to it, when, by whose hand, and who holds it now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import RowMapping

from hours.domain.claims import BY_OWNER, Claim, Outcome, OwnAct, Step


class Happening(StrEnum):
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    FILED_AGAIN = "filed_again"
    TAKEN_BACK = "taken_back"
    APPROVAL_WITHDRAWN = "approval_withdrawn"


class By(StrEnum):
    """Whose hand: people are not named, the role they acted in is."""

    OWNER = "owner"
    EMPLOYER = "employer"
    BUREAU = "bureau"


@dataclass(frozen=True)
class ClaimEvent:
    """One line of the time-line."""

    version: int
    what: Happening
    by: By
    at: datetime
    approved_tenths: int | None = None
    reason_code: str | None = None
    reason: str | None = None
    remedy: str | None = None


_REVIEWED = {
    Outcome.APPROVE.value: Happening.APPROVED,
    Outcome.RETURN.value: Happening.RETURNED,
    Outcome.REJECT.value: Happening.REJECTED,
    "withdraw": Happening.APPROVAL_WITHDRAWN,
}
_OWN = {
    OwnAct.WITHDRAW.value: Happening.TAKEN_BACK,
    OwnAct.FILE_AGAIN.value: Happening.FILED_AGAIN,
}


def story_of(claim: Claim, decisions: Iterable[RowMapping]) -> Iterator[ClaimEvent]:
    """Yield what happened to the claim, first things first."""
    yield ClaimEvent(1, Happening.SUBMITTED, By.OWNER, claim.submitted_at)
    for row in decisions:
        own = row["step"] == BY_OWNER
        yield ClaimEvent(
            version=row["claim_version"],
            what=(_OWN if own else _REVIEWED)[row["outcome"]],
            by=By.OWNER if own else By(Step(row["step"]).value),
            at=row["decided_at"],
            approved_tenths=row["approved_tenths"],
            reason_code=row["reason_code"],
            reason=row["reason"],
            remedy=row["remedy"],
        )
