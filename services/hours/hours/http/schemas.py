"""Shapes of requests and answers."""

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import RowMapping

from hours.domain.claims import Claim, NewClaim, Outcome, State, Step, Verdict
from hours.policy import Rule
from hours.usecases.claim_story import By, Happening

# PostgreSQL stores no NUL; control characters have no place in a title.
Line = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]
Prose = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=1000, pattern=r"^[^\x00-\x08\x0b-\x1f]*$"
    ),
]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Tenths = Annotated[int, Field(strict=True, description="学时，单位为0.1学时（900即90学时）")]
Year = Annotated[int, Field(ge=2000, le=2100, description="年度")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class EvidenceOut(BaseModel):
    evidence_id: UUID
    media_type: str
    size_bytes: int

    @classmethod
    def of(cls, row: RowMapping) -> Self:
        return cls.model_validate({**row, "evidence_id": row["id"]})


class MendedClaimIn(Strict):
    """What a claim says, apart from its year, which it keeps."""

    subject_kind: Code = Field(description="public 公需科目，professional 专业科目")
    activity_kind: Code = Field(description="活动类型代码，见 activity-kinds")
    title: Line = Field(description="学习内容名称")
    credit_tenths: Tenths
    started_on: date
    ended_on: date
    # More pages belong into one PDF.
    evidence_ids: list[UUID] = Field(default_factory=list, max_length=20)

    def content(self) -> dict[str, Any]:
        return {**self.model_dump(), "evidence_ids": tuple(dict.fromkeys(self.evidence_ids))}


class ClaimIn(MendedClaimIn):
    year: Year

    def form(self) -> NewClaim:
        return NewClaim(**self.content())


class EstimateIn(Strict):
    """A claim being written; its evidence and title do not change what it counts."""

    year: Year
    subject_kind: Code
    activity_kind: Code
    credit_tenths: Tenths
    started_on: date
    ended_on: date
    claim_id: UUID | None = Field(default=None, description="修改被退回的申报时填写")

    def form(self) -> NewClaim:
        fields = self.model_dump(exclude={"claim_id"})
        return NewClaim(**fields, title="", evidence_ids=())


class ClaimOut(BaseModel):
    claim_id: UUID
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
    step: Step | None = Field(description="等待哪一环节审核；审核完毕为空")
    submitted_at: datetime
    waiting_since: datetime | None = Field(description="自何时起等待现在的环节")
    reason_code: str | None
    reason: str | None
    remedy: str | None
    version: int

    @classmethod
    def of(cls, claim: Claim) -> Self:
        return cls.model_validate(_fields(claim))


def _fields(claim: Claim) -> dict[str, Any]:
    return {**vars(claim), "claim_id": claim.id, "step": claim.step}


class DecisionOut(BaseModel):
    step: str
    outcome: str
    approved_tenths: int | None
    subject_kind: str
    reason_code: str | None
    reason: str | None
    remedy: str | None
    decided_at: datetime


class ClaimEventOut(BaseModel):
    version: int
    what: Happening
    by: By = Field(description="owner 本人，employer 用人单位，bureau 人社部门")
    at: datetime
    approved_tenths: int | None
    reason_code: str | None
    reason: str | None
    remedy: str | None


class ClaimDetail(ClaimOut):
    organisation_name: str
    holder: str | None = Field(description="现在由谁办理；审核完毕为空")
    evidence: list[EvidenceOut]
    decisions: list[DecisionOut]
    events: list[ClaimEventOut] = Field(description="办理经过，先发生的在前")


class ClaimPage(BaseModel):
    items: list[ClaimOut]
    next_cursor: str | None


class DecisionIn(Strict):
    step: Step
    outcome: Outcome
    approved_tenths: Tenths | None = None
    subject_kind: Code | None = Field(default=None, description="改变科目类型时填写")
    reason_code: Code | None = Field(default=None, description="理由代码，见 reason-codes")
    reason: Prose | None = None
    remedy: Prose | None = Field(default=None, description="补救办法；不填则用理由代码的默认说明")

    def verdict(self) -> Verdict:
        return Verdict(**self.model_dump())


class WithdrawalIn(Strict):
    reason_code: Code | None = None
    reason: Prose | None = None
    remedy: Prose | None = None


class RuleOut(BaseModel):
    rule_id: UUID
    version: int
    name: str
    year_from: int
    year_to: int | None
    levels: list[str] | None
    series: str | None
    region_id: UUID | None
    total_tenths: int
    minimum_tenths: dict[str, int]
    filing_days_after: int
    in_force: bool
    unconfirmed: bool = Field(description="标准尚未经省厅确认")
    source_note: str

    @classmethod
    def of(cls, rule: Rule) -> Self:
        levels = sorted(rule.levels) if rule.levels else None
        return cls.model_validate({**vars(rule), "rule_id": rule.id, "levels": levels})


class ActivityKindOut(BaseModel):
    code: str
    name: str
    evidence_required: bool
    evidence_hint: str
    source_note: str
    unconfirmed: bool


class ReasonCodeOut(BaseModel):
    code: str
    text: str
    remedy: str


class OpenClaimOut(BaseModel):
    claim_id: UUID
    title: str
    subject_kind: str
    credit_tenths: int
    state: State
    step: Step | None
    holder: str = Field(description="现在由谁办理")
    submitted_at: datetime
    waiting_since: datetime | None
    age_seconds: int
    reason: str | None
    remedy: str | None


class CertificateOut(BaseModel):
    certificate_id: UUID
    version: int
    state: str
    office_name: str
    issued_on: date


class ParkedOut(BaseModel):
    reason_code: str
    task: str


class Hours(BaseModel):
    """Tenths in all and per subject kind."""

    total_tenths: int
    by_subject: dict[str, int]


class EstimateOut(BaseModel):
    counted_tenths: int = Field(description="全部核定时计入的学时")
    required: Hours
    counted: Hours = Field(description="现已认定")
    waiting: Hours = Field(description="正在审核")
    then: Hours = Field(description="本项全部核定后的已认定学时")
    missing_then: Hours = Field(description="本项全部核定后尚缺")
    completes: bool = Field(description="本项全部核定后该年度即达标")
    evidence_required: bool
    filing_until: date = Field(description="该年度申报截止日")
    reviewers: list[str] = Field(description="依次由谁审核")


class YearSummary(BaseModel):
    year: int
    state: str
    counted_tenths: int
    completed_at: datetime | None
    waiting: int = Field(description="正在审核的申报数")
    returned: int = Field(description="退回待本人处理的申报数")
    certificate_state: str | None


class YearOut(BaseModel):
    year: int
    state: str
    completion: int = Field(description="该年度第几次达标")
    completed_at: datetime | None
    rule: RuleOut
    required: Hours
    counted: Hours
    missing: Hours
    open_claims: list[OpenClaimOut] = Field(description="待审核或待本人处理的申报")
    certificate: CertificateOut | None
    certificate_waits: ParkedOut | None = Field(description="证书暂缓的原因和待办事项")
