"""A claim of hours: what it must look like to be filed, and how review moves it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from hours.errors import (
    ApprovedHoursOutOfRange,
    ClaimAlreadyDecided,
    ClaimAtAnotherStep,
    ClaimNotApproved,
    ClaimNotReturned,
    ClaimNotTakenBack,
    CreditOutOfRange,
    DatesInFuture,
    DatesOutsideYear,
    DatesReversed,
    ReasonMissing,
    RemedyMissing,
)

# 366 days of 8 credit hours: beyond this it is a typing slip, whatever the rule in force says.
MOST_TENTHS = 366 * 80


class State(StrEnum):
    SUBMITTED = "submitted"
    EMPLOYER_APPROVED = "employer_approved"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    # Taken back by its owner, or an approval taken back afterwards: the hours count no longer.
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    EMPLOYER = "employer"
    BUREAU = "bureau"


class Outcome(StrEnum):
    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"


class OwnAct(StrEnum):
    """What its owner does with a filed claim."""

    WITHDRAW = "withdraw"
    FILE_AGAIN = "file_again"


# Stands where a decision names its step, when the owner acted and no reviewer.
BY_OWNER = "owner"


# The state in which a claim waits for each step, and what approval at that step makes of it.
WAITING = {Step.EMPLOYER: State.SUBMITTED, Step.BUREAU: State.EMPLOYER_APPROVED}
_APPROVED = {Step.EMPLOYER: State.EMPLOYER_APPROVED, Step.BUREAU: State.APPROVED}
_STEP_OF = {state: step for step, state in WAITING.items()}


def step_of(state: State) -> Step | None:
    """Return the step that a claim in ``state`` waits for; None when nobody has to review it."""
    return _STEP_OF.get(state)


@dataclass(frozen=True)
class NewClaim:
    """What a technician files."""

    year: int
    subject_kind: str
    activity_kind: str
    title: str
    credit_tenths: int
    started_on: date
    ended_on: date
    evidence_ids: tuple[UUID, ...]

    def check(self, today: date) -> None:
        """Refuse hours nobody can have, and dates reversed, in the future or of another year."""
        if not 0 < self.credit_tenths <= MOST_TENTHS:
            raise CreditOutOfRange(field="/credit_tenths")
        if self.ended_on < self.started_on:
            raise DatesReversed(field="/ended_on")
        if self.ended_on > today:
            raise DatesInFuture(field="/ended_on")
        for field, day in (("/started_on", self.started_on), ("/ended_on", self.ended_on)):
            if day.year != self.year:
                raise DatesOutsideYear(field=field)


@dataclass(frozen=True)
class Verdict:
    """What a reviewer decides at one step."""

    step: Step
    outcome: Outcome
    approved_tenths: int | None = None
    subject_kind: str | None = None
    reason_code: str | None = None
    reason: str | None = None
    remedy: str | None = None

    @property
    def gives_reason(self) -> bool:
        return bool(self.reason_code or self.reason)

    def check_refusal(self) -> None:
        """Refuse to return or reject a claim without saying why and what to do."""
        if self.outcome is Outcome.APPROVE:
            return
        if self.outcome is Outcome.RETURN and not self.reason_code:
            raise ReasonMissing(field="/reason_code")
        if not self.gives_reason:
            raise ReasonMissing(field="/reason")
        if not self.remedy:
            raise RemedyMissing(field="/remedy")


@dataclass(frozen=True)
class Claim:
    """A filed claim; ``version`` rises with every change and is the version of its events."""

    id: UUID
    person_id: UUID
    organisation_id: UUID
    year: int
    subject_kind: str
    activity_kind: str
    title: str
    credit_tenths: int
    approved_tenths: int | None
    started_on: date
    ended_on: date
    state: State
    version: int
    submitted_at: datetime
    waiting_since: datetime | None
    reason_code: str | None
    reason: str | None
    remedy: str | None

    @property
    def step(self) -> Step | None:
        """The step the claim waits for; None when it is decided."""
        return step_of(self.state)

    def decide(self, verdict: Verdict, now: datetime) -> Self:
        """Return the claim after ``verdict``; refuse the wrong step and a decided claim."""
        if self.step is None:
            raise ClaimAlreadyDecided
        if self.step is not verdict.step:
            raise ClaimAtAnotherStep(field="/step")
        if verdict.outcome is Outcome.APPROVE:
            return self._approve(verdict, now)
        return self._refuse(verdict)

    def withdraw_approval(
        self, *, reason_code: str | None, reason: str | None, remedy: str
    ) -> Self:
        """Return the claim with its approval taken back; it counts no longer."""
        if self.state is not State.APPROVED:
            raise ClaimNotApproved
        if not (reason_code or reason):
            raise ReasonMissing(field="/reason")
        return replace(
            self,
            state=State.WITHDRAWN,
            approved_tenths=None,
            version=self.version + 1,
            reason_code=reason_code,
            reason=reason,
            remedy=remedy,
        )

    def take_back(self) -> Self:
        """Return the claim withdrawn by its owner; refuse once it is decided for good."""
        if self.step is None and self.state is not State.RETURNED:
            raise ClaimNotTakenBack
        return replace(
            self,
            state=State.WITHDRAWN,
            approved_tenths=None,
            version=self.version + 1,
            waiting_since=None,
            reason_code=None,
            reason=None,
            remedy=None,
        )

    def file_again(self, form: NewClaim, now: datetime) -> Self:
        """Return the returned claim mended as ``form`` says; it keeps its year and legal time."""
        if self.state is not State.RETURNED:
            raise ClaimNotReturned
        return replace(
            self,
            subject_kind=form.subject_kind,
            activity_kind=form.activity_kind,
            title=form.title,
            credit_tenths=form.credit_tenths,
            approved_tenths=None,
            started_on=form.started_on,
            ended_on=form.ended_on,
            state=State.SUBMITTED,
            version=self.version + 1,
            waiting_since=now,
            reason_code=None,
            reason=None,
            remedy=None,
        )

    def at_employer(self, organisation_id: UUID) -> Self:
        """Return the claim as that employer's: who changed jobs files at the present one."""
        return replace(self, organisation_id=organisation_id)

    def _approve(self, verdict: Verdict, now: datetime) -> Self:
        tenths = verdict.approved_tenths or self.approved_tenths or self.credit_tenths
        if verdict.approved_tenths is not None and not (
            0 < verdict.approved_tenths <= self.credit_tenths
        ):
            raise ApprovedHoursOutOfRange(field="/approved_tenths")
        subject_kind = verdict.subject_kind or self.subject_kind
        # What differs from what was filed must be explained; what the employer already
        # explained need not be explained again by the bureau.
        before = self.approved_tenths or self.credit_tenths
        altered = tenths != before or subject_kind != self.subject_kind
        if altered and not verdict.gives_reason:
            raise ReasonMissing(field="/reason")
        state = _APPROVED[verdict.step]
        return replace(
            self,
            state=state,
            approved_tenths=tenths,
            subject_kind=subject_kind,
            version=self.version + 1,
            waiting_since=now if state in _STEP_OF else None,
            reason_code=verdict.reason_code or self.reason_code,
            reason=verdict.reason or self.reason,
            remedy=verdict.remedy or self.remedy,
        )

    def _refuse(self, verdict: Verdict) -> Self:
        verdict.check_refusal()
        returned = verdict.outcome is Outcome.RETURN
        return replace(
            self,
            state=State.RETURNED if returned else State.REJECTED,
            approved_tenths=None,
            version=self.version + 1,
            waiting_since=None,
            reason_code=verdict.reason_code,
            reason=verdict.reason,
            remedy=verdict.remedy,
        )
