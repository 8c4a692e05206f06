"""The revisions of a certificate's file: which there are, and what the next one waits for."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from certificates.errors import CertificateNotFound
from certificates.http.deps import Data
from certificates.store import certificates, revisions
from certificates.usecases.authority import READERS, scopes_of
from chassis.http import Caller, responses

router = APIRouter(prefix="/api/certificates/v1/certificates", tags=["certificates"])


class RevisionView(BaseModel):
    revision: int
    kind: Literal["sealed", "validated", "renewed"]
    sha256: str
    size_bytes: int
    made_at: datetime
    stamped_at: datetime | None = Field(description="可信时间戳的时间")
    stamp_ends_at: datetime | None = Field(description="时间戳证书的截止时间，到期前自动续加")


class RevisionsView(BaseModel):
    items: list[RevisionView]
    next_due_at: datetime | None = Field(description="下一次加盖时间戳的时间")
    attempts: int = Field(description="已连续失败的次数")
    last_error: str | None


@router.get(
    "/{certificate_id}/revisions",
    summary="证书文件的各个版本（后一版本以前一版本的全部字节开头）",
    responses=responses(CertificateNotFound),
)
async def list_revisions(*, certificate_id: UUID, database: Data, caller: Caller) -> RevisionsView:
    async with database.reading() as tx:
        scopes = await scopes_of(tx, caller, *READERS)
        visible = await certificates.visible(
            tx, certificate_id, person_id=caller.person_id, scopes=scopes
        )
        if visible is None:
            raise CertificateNotFound
        found = await revisions.of_certificate(tx, certificate_id)
        waiting = await revisions.waiting(tx, certificate_id)
    return RevisionsView(
        items=[RevisionView.model_validate(one, from_attributes=True) for one in found],
        next_due_at=waiting.due_at if waiting else None,
        attempts=waiting.attempts if waiting else 0,
        last_error=waiting.last_error if waiting else None,
    )
