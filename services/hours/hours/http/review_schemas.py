"""Shapes of the review queue and of what reviewers send."""

from datetime import datetime, timedelta
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator
from sqlalchemy import RowMapping

from chassis.auth import Principal
from hours.domain.claims import Claim, Outcome, State, Step, Verdict, step_of
from hours.domain.reviews import Assignment
from hours.http.cursors import write_cursor
from hours.http.schemas import (
    ClaimEventOut,
    ClaimOut,
    Code,
    DecisionOut,
    EvidenceOut,
    Prose,
    Strict,
    YearOut,
)

# As many as one page shows.
MOST_AT_ONCE = 100


class AssignmentOut(BaseModel):
    mine: bool = Field(description="由我办理；否则由其他管理员办理")
    until: datetime = Field(description="到此时自动放回")

    @classmethod
    def of(cls, held: Assignment | None, caller: Principal, now: datetime) -> Self | None:
        if held is None or not held.in_force(now):
            return None
        return cls(mine=held.held_by == caller.actor, until=held.until)


class ReviewItem(ClaimOut):
    person_name: str
    management_number: str
    organisation_name: str
    evidence_count: int
    age_seconds: int = Field(description="自提交起已过秒数")
    overdue: bool = Field(description="超过办理时限")
    assignment: AssignmentOut | None
    cursor: str = Field(description="该项的翻页标记：由此取得后一项或前一项")

    @classmethod
    def shown(
        cls,
        row: RowMapping,
        *,
        now: datetime,
        target: timedelta,
        assignment: AssignmentOut | None,
    ) -> Self:
        age = now - row["submitted_at"]
        return cls.model_validate(
            {
                **row,
                "claim_id": row["id"],
                "step": step_of(State(row["state"])),
                "age_seconds": int(age.total_seconds()),
                "overdue": age > target,
                "assignment": assignment,
                "cursor": write_cursor(row["submitted_at"], row["id"]),
            }
        )


class ReviewPage(BaseModel):
    items: list[ReviewItem]
    next_cursor: str | None


class ReviewFigures(BaseModel):
    waiting: int = Field(description="待审核项数")
    overdue: int = Field(description="其中超过办理时限的项数")
    oldest_age_seconds: int | None = Field(description="最早一项自提交起已过秒数；没有待审核为空")
    target_days: int = Field(description="办理时限（自提交起的自然日）")


class ClaimOfYear(BaseModel):
    """Another claim of the person's year, as far as a reviewer needs it."""

    claim_id: UUID
    title: str
    subject_kind: str
    activity_kind: str
    credit_tenths: int
    approved_tenths: int | None
    state: State
    submitted_at: datetime

    @classmethod
    def of(cls, claim: Claim) -> Self:
        return cls.model_validate({**vars(claim), "claim_id": claim.id})


class ReviewDetail(ReviewItem):
    evidence: list[EvidenceOut]
    decisions: list[DecisionOut]
    events: list[ClaimEventOut]
    year_so_far: YearOut | None = Field(description="申报人该年度的学时；没有适用要求时为空")
    claims_of_year: list[ClaimOfYear]


class BulkDecisionIn(Strict):
    step: Step
    claim_ids: Annotated[list[UUID], Field(min_length=1, max_length=MOST_AT_ONCE)]
    outcome: Outcome
    reason_code: Code | None = Field(default=None, description="理由代码，见 reason-codes")
    reason: Prose | None = None
    remedy: Prose | None = Field(default=None, description="补救办法；不填则用理由代码的默认说明")

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.claim_ids)) < len(self.claim_ids):
            raise ValueError("a claim can be decided once in a request")
        return self

    def verdict(self) -> Verdict:
        return Verdict(**self.model_dump(exclude={"claim_ids"}))


class ItemProblem(BaseModel):
    code: str
    detail: str
    remedy: str


class BulkItemOut(BaseModel):
    claim_id: UUID
    claim: ClaimOut | None = Field(description="审核后的申报；未办成为空")
    problem: ItemProblem | None = Field(description="未办成的原因；办成为空")


class BulkDecisionOut(BaseModel):
    decided: int
    refused: int
    items: list[BulkItemOut] = Field(description="与提交的顺序相同")
