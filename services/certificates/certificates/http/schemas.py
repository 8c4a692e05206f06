"""Shapes of requests and answers."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from certificates.domain import attention
from certificates.domain.entities import Certificate, Intent, Seal
from certificates.domain.states import CertificateState, IntentState, SealState
from certificates.http.schemas_lanes import LaneView, PlaceView
from certificates.http.schemas_quarantine import QuarantineView
from certificates.store.canaries import Canary, CanaryErrand
from chassis.approvals import Proposal

ReasonCode = Field(
    pattern=r"^[a-z][a-z_]{2,39}$", description="理由代码", examples=["under_review"]
)
Reason = Field(default="", max_length=500, description="理由（不得包含个人信息）")


class Decision(BaseModel):
    reason_code: str = ReasonCode
    reason: str = Reason


class Revocation(Decision):
    fraud: bool = Field(default=False, description="是否因弄虚作假")


class SealApplication(BaseModel):
    office_id: UUID = Field(description="发证单位")
    name: str = Field(max_length=80, description="XXX专业技术人员继续教育专用章")
    endpoint: str = Field(max_length=40, description="运维登记的签章服务名称")
    credential_id: str = Field(max_length=80, description="签章服务中的凭据编号")
    face: Literal["generated", "impression"] = Field(
        default="generated",
        description="证书上的印章：generated 由系统按名称绘制，impression 按随后上传的印模描摹",
    )


class CertificateView(BaseModel):
    certificate_id: UUID
    person_id: UUID
    management_number: str
    name: str
    year: int
    version: int
    state: CertificateState
    state_reason: str | None
    employer_name: str
    title_level: str
    total_tenths: int = Field(description="学时合计（十分之一学时）")
    public_tenths: int
    professional_tenths: int
    office_id: UUID
    office_name: str
    issued_on: date
    supersedes: UUID | None
    file_sha256: str
    attention: str | None = Field(description="提请发证单位注意的事项")
    attention_text: str | None

    @classmethod
    def of(cls, certificate: Certificate) -> Self:
        names = cls.model_fields.keys() - {"attention_text"}
        values = {name: getattr(certificate, name) for name in names}
        return cls(**values, attention_text=attention.TEXTS.get(certificate.attention or ""))


class CertificateOrder(StrEnum):
    """Which certificates come first in a list."""

    NEWEST = "newest"
    OLDEST = "oldest"


class CertificatePage(BaseModel):
    items: list[CertificateView]
    next_cursor: UUID | None = Field(description="下一页的 cursor；没有更多时为空")


class IntentView(BaseModel):
    intent_id: UUID
    person_id: UUID
    year: int
    completion: int
    state: IntentState
    office_id: UUID | None
    reason_code: str | None
    task: str | None = Field(description="需要办理的事项")
    certificate_id: UUID | None
    attempts: int
    next_attempt_at: datetime | None
    last_error: str | None
    created_at: datetime
    deadline_at: datetime
    lane: PlaceView | None = Field(description="等待签章时：排位与通道状况")
    quarantines: list[QuarantineView] = Field(
        description="未通过检查而隔离的文件，先发生的在前；只给经办人员看"
    )

    @classmethod
    def of(
        cls,
        intent: Intent,
        place: PlaceView | None = None,
        quarantines: Sequence[QuarantineView] = (),
    ) -> Self:
        names = cls.model_fields.keys() - {"intent_id", "lane", "quarantines"}
        values = {name: getattr(intent, name) for name in names}
        return cls(intent_id=intent.id, lane=place, quarantines=list(quarantines), **values)


class IntentPage(BaseModel):
    items: list[IntentView]
    next_cursor: UUID | None


class CanaryView(BaseModel):
    at: datetime = Field(description="最近一次自检时间")
    succeeded: bool
    error: str | None = Field(description="失败原因代码")
    milliseconds: int = Field(description="自检用时")
    last_success_at: datetime | None

    @classmethod
    def of(cls, canary: Canary) -> Self:
        return cls(**{name: getattr(canary, name) for name in cls.model_fields})


class SealView(BaseModel):
    seal_id: UUID
    office_id: UUID
    name: str
    endpoint: str
    credential_id: str
    state: SealState
    state_reason: str | None
    signer_sha256: str | None
    valid_until: datetime | None
    development: bool | None = Field(description="测试签章，不具法律效力")
    face: str = Field(description="generated 由系统按名称绘制，impression 按印模描摹")
    impression_sha256: str | None = Field(description="上传的印模；尚未上传时为空")
    drawing_sha256: str | None = Field(description="证书上印章的矢量图；尚未确定时为空")
    last_error: str | None
    lane: LaneView | None = Field(description="签章通道状况；尚未启用时为空")
    canary: CanaryView | None = Field(description="签章通道每日自检；尚未自检时为空")
    canary_out_since: datetime | None = Field(description="自检页自何时起在签章服务处待办")

    @classmethod
    def of(
        cls,
        seal: Seal,
        lane: LaneView | None,
        canary: Canary | None = None,
        errand: CanaryErrand | None = None,
    ) -> Self:
        names = cls.model_fields.keys() - {"seal_id", "lane", "canary", "canary_out_since"}
        values = {name: getattr(seal, name) for name in names}
        seen = CanaryView.of(canary) if canary else None
        out_since = errand.asked_at if errand else None
        return cls(seal_id=seal.id, lane=lane, canary=seen, canary_out_since=out_since, **values)


class SealPage(BaseModel):
    items: list[SealView]
    next_cursor: UUID | None


class ApprovalView(BaseModel):
    approval_id: UUID
    kind: str
    subject: str
    organisation_id: UUID
    payload: dict[str, Any]
    proposer: str
    proposed_at: datetime
    lapses_at: datetime
    outcome: str | None

    @classmethod
    def of(cls, proposal: Proposal) -> Self:
        names = cls.model_fields.keys() - {"approval_id", "payload"}
        values = {name: getattr(proposal, name) for name in names}
        return cls(approval_id=proposal.id, payload=dict(proposal.payload), **values)


class ApprovalPage(BaseModel):
    items: list[ApprovalView]
    next_cursor: UUID | None


class Proposed(BaseModel):
    approval_id: UUID = Field(description="待批事项编号")


class Decided(BaseModel):
    approval_id: UUID
    outcome: str


class CertificateMoved(BaseModel):
    certificate_id: UUID
    state: CertificateState


class SealMoved(BaseModel):
    seal_id: UUID
    state: SealState


class Accepted(BaseModel):
    intent_id: UUID
