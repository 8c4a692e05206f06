"""Shapes of corrections, histories and work lists."""

from datetime import datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from certificates.domain.entities import Intent
from certificates.domain.reasons import REASONS
from certificates.domain.states import CertificateState
from certificates.domain.waiting import sentence_of_log, sentence_of_wait
from certificates.http.schemas import ReasonCode
from certificates.http.schemas_quarantine import QuarantineView, sentence_of
from certificates.store.lifecycle import Change, LoggedSignature, UnreadLog
from certificates.store.omissions import Omission
from certificates.store.quarantines import Quarantine

WorkKind = Literal[
    "overdue", "quarantined", "parked", "orphans", "acknowledged", "logs", "omissions"
]


class Correction(BaseModel):
    reason_code: str = ReasonCode


class Reissued(BaseModel):
    intent_id: UUID = Field(description="制证任务编号；原证书在新证书发布前保持有效")
    corrections: list[str] = Field(description="将更正的项目")


class ChangeView(BaseModel):
    state: CertificateState
    at: datetime
    actor_kind: str | None = Field(description="platform 平台、holder 持证人、office 发证单位")
    reason_code: str | None
    reason_text: str | None
    fraud: bool = Field(description="因弄虚作假")

    @classmethod
    def of(cls, change: Change) -> Self:
        return cls(
            state=change.state,
            at=change.at,
            actor_kind=change.actor_kind,
            reason_code=change.reason_code,
            reason_text=REASONS.get(change.reason_code or ""),
            fraud=bool(change.fraud),
        )


class History(BaseModel):
    items: list[ChangeView]


class WorkItem(BaseModel):
    id: UUID
    kind: WorkKind
    office_id: UUID | None
    since: datetime
    intent_id: UUID | None
    state: str = Field(
        description="制证任务状态；签章记录为 orphan 或 unknown；读不到的签章日志为 unread；"
        "日志漏记的签名为 omitted"
    )
    reason_code: str | None
    task: str | None = Field(description="要做什么；已核查的签名为核查结论")
    attempts: int | None
    last_error: str | None
    endpoint: str | None = Field(description="签章服务")
    position: int | None = Field(description="在签章服务日志中的位置")
    quarantine: QuarantineView | None = Field(description="隔离的文件：未通过的检查与处理办法")

    @classmethod
    def of_intent(
        cls, kind: WorkKind, intent: Intent, quarantine: Quarantine | None = None
    ) -> Self:
        return cls(
            id=intent.id,
            kind=kind,
            office_id=intent.office_id,
            since=intent.created_at,
            intent_id=intent.id,
            state=intent.state.value,
            reason_code=intent.reason_code,
            task=_task(intent, quarantine),
            attempts=intent.attempts,
            last_error=intent.last_error,
            endpoint=None,
            position=None,
            quarantine=QuarantineView.of(quarantine) if quarantine else None,
        )

    @classmethod
    def of_signature(cls, signature: LoggedSignature) -> Self:
        tasks = {
            "orphan": "签章服务已签名，但平台没有保存对应文件。请核实该文件没有流出，"
            "核查完毕后注明结论。",
            "unknown": "签章服务有平台从未提交的签名。请立即核查签章密钥的使用，必要时停用签章；"
            "核查完毕后注明结论，由省厅另一人批准。",
        }
        done = signature.acknowledged_at is not None
        return cls(
            id=signature.id,
            kind="acknowledged" if done else "orphans",
            office_id=signature.office_id,
            since=signature.signed_at,
            intent_id=signature.intent_id,
            state=signature.outcome,
            reason_code=None,
            task=signature.acknowledged_reason if done else tasks[signature.outcome],
            attempts=None,
            last_error=None,
            endpoint=signature.endpoint,
            position=signature.position,
            quarantine=None,
        )

    @classmethod
    def of_omission(cls, omission: Omission) -> Self:
        return cls(
            id=omission.id,
            kind="omissions",
            office_id=omission.office_id,
            since=omission.stored_at,
            intent_id=omission.intent_id,
            state="omitted",
            reason_code="certificates.seal_log_omits",
            task=_OMITTED,
            attempts=None,
            last_error=None,
            endpoint=omission.endpoint,
            position=None,
            quarantine=None,
        )

    @classmethod
    def of_log(cls, log: UnreadLog) -> Self:
        return cls(
            id=log.office_id,
            kind="logs",
            office_id=log.office_id,
            since=log.read_at or log.compared_since,
            intent_id=None,
            state="unread",
            reason_code=log.last_error,
            task=sentence_of_log(log.last_error),
            attempts=None,
            last_error=log.last_error,
            endpoint=log.endpoint,
            position=log.position,
            quarantine=None,
        )


_OMITTED = (
    "平台保存的签名在签章服务的日志中没有。请签章单位查明日志何以漏记、还漏记了什么，必要时停用签章；"
    "补记后自动消除，否则核查完毕后注明结论，由省厅另一人批准。"
)


def _task(intent: Intent, quarantine: Quarantine | None) -> str:
    if quarantine:
        return sentence_of(quarantine)
    return intent.task or sentence_of_wait(intent.last_error)


class WorkPage(BaseModel):
    items: list[WorkItem]
    next_cursor: UUID | None
