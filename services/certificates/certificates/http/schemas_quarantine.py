"""Shapes of files in quarantine and the decisions about them."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field

from certificates.domain.quarantine import QuarantineDecision, QuarantineState, finding_of
from certificates.store.quarantines import Quarantine


class FailedCheck(BaseModel):
    check: str = Field(description="未通过的检查", examples=["seal_box"])
    text: str = Field(description="意味着什么", examples=["印章不在规定的位置，或不可见"])
    remedy: str = Field(description="应当怎样处理")
    detail: str = Field(description="供技术人员查看的英文说明，不含个人信息")


class QuarantineView(BaseModel):
    quarantine_id: UUID
    state: QuarantineState = Field(
        description="open 待处理、examining 等待重新检查、discarded 已作废、released 重新检查通过、"
        "cancelled 年度重开或另行办理"
    )
    code: str
    failed: list[FailedCheck] = Field(description="最近一次检查未通过的项目")
    examined_at: datetime = Field(description="最近一次检查的时间")
    examinations: int = Field(description="检查过几次")
    quarantined_at: datetime
    file_sha256: str
    file: str = Field(description="隔离文件的下载地址；下载会记录在案")

    @classmethod
    def of(cls, one: Quarantine) -> Self:
        return cls(
            quarantine_id=one.id,
            state=one.state,
            code=one.code,
            failed=[_failed(check, detail) for check, detail in one.latest.failed],
            examined_at=one.latest.at,
            examinations=len(one.reports),
            quarantined_at=one.quarantined_at,
            file_sha256=one.file_sha256,
            file=f"/api/certificates/v1/quarantines/{one.id}/file",
        )


class DecisionAboutFile(BaseModel):
    decision: QuarantineDecision = Field(
        description="discard 作废重签：文件留存备查，证书重新制作并送签；"
        "examine_again 重新检查：由当前的回收检查再次判断同一文件，不能人为放行"
    )
    reason: str = Field(min_length=2, max_length=500, description="理由（不得包含个人信息）")


def _failed(check: str, detail: str) -> FailedCheck:
    finding = finding_of(check)
    return FailedCheck(check=check, text=finding.text, remedy=finding.remedy, detail=detail)


def sentence_of(quarantine: Quarantine) -> str:
    """Return in one sentence what an official sees on the work list."""
    if quarantine.state is QuarantineState.EXAMINING:
        return "已批准重新检查，系统正在办理。"
    found = [finding_of(check) for check, _ in quarantine.latest.failed] or [finding_of("")]
    return f"签章文件未通过检查：{'；'.join(one.text for one in found)}。{found[0].remedy}"
