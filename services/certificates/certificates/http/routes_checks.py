"""The holder's view: when his certificate was checked, and by what kind of verifier."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from certificates.errors import CertificateNotFound
from certificates.http.deps import Data
from certificates.store import certificates, checks
from chassis.http import Caller, responses

router = APIRouter(prefix="/api/certificates/v1/certificates", tags=["certificates"])
Verifier = Literal["qr", "number_and_name", "document", "office", "batch", "client", "share"]


class CheckView(BaseModel):
    hour: datetime = Field(description="这一小时内")
    verifier: Verifier = Field(
        description="qr 扫描二维码 · number_and_name 按管理号和姓名查询 · document 上传文件检验 · "
        "office 单位查询 · batch 单位批量核查 · client 其他系统核验 · share 分享码"
    )
    organisation_name: str | None = Field(description="查询单位（office、batch）")
    client_name: str | None = Field(description="核验系统的名称（client）")
    purpose: Literal["title_review", "appointment", "inspection", "complaint"] | None = Field(
        description="单位所填的目的（office、batch）"
    )
    count: int


class CheckPage(BaseModel):
    items: list[CheckView]
    next_cursor: UUID | None


@router.get(
    "/{certificate_id}/checks",
    summary="本人证书被核验的记录（按小时汇总，匿名核验者不留身份），新的在前",
    responses=responses(CertificateNotFound),
)
async def list_checks(
    *,
    certificate_id: UUID,
    database: Data,
    caller: Caller,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> CheckPage:
    async with database.reading() as tx:
        # The holder's alone: whoever administers him may check the certificate, not watch others.
        mine = await certificates.visible(tx, certificate_id, person_id=caller.person_id, scopes=())
        if mine is None:
            raise CertificateNotFound
        rows = await checks.page(tx, certificate_id, before=cursor, limit=limit)
    items = [CheckView.model_validate(row, from_attributes=True) for row in map(dict, rows)]
    return CheckPage(items=items, next_cursor=rows[-1]["id"] if len(rows) == limit else None)
