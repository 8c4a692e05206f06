"""Signatures of the bureaus' keys that no file of ours holds: acknowledging them."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from certificates.errors import OwnCertificate, SignatureNotFound, SignatureStateConflict
from certificates.http.deps import Data, Deps, answered_once
from certificates.usecases.acknowledge import acknowledge
from chassis.errors import Forbidden
from chassis.http import Caller, IdempotencyKey, responses

router = APIRouter(prefix="/api/certificates/v1/signatures", tags=["lifecycle"])


class Acknowledgement(BaseModel):
    reason: str = Field(min_length=2, max_length=500, description="核查结论（不得包含个人信息）")


class Acknowledged(BaseModel):
    signature_id: UUID
    acknowledged: bool = Field(description="是否已从待办清单移出；须两人办理的，批准后移出")
    approval_id: UUID | None = Field(description="待批事项编号；一人即可办理的为空")


@router.post(
    "/{signature_id}/acknowledgement",
    summary="无档签名核查完毕；平台从未提交的签名须由省厅另一人批准",
    status_code=202,
    responses=responses(SignatureNotFound, SignatureStateConflict, OwnCertificate, Forbidden),
)
async def give_acknowledgement(
    *,
    signature_id: UUID,
    body: Acknowledgement,
    database: Data,
    deps: Deps,
    caller: Caller,
    key: IdempotencyKey,
) -> Acknowledged:
    async with database.transaction() as tx:

        async def action() -> dict[str, object]:
            approval = await acknowledge(tx, deps, caller, signature_id, reason=body.reason)
            return {
                "signature_id": str(signature_id),
                "acknowledged": approval is None,
                "approval_id": str(approval) if approval else None,
            }

        request = {"acknowledge": str(signature_id), **body.model_dump()}
        return Acknowledged(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )
