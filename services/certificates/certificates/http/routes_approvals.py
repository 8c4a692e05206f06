"""The second person's word on every proposal."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from certificates.http.deps import Data, Deps, answered_once
from certificates.http.schemas import ApprovalPage, ApprovalView, Decided
from certificates.store import approvals
from certificates.usecases.authority import BUREAU, PROVINCE, scopes_of
from certificates.usecases.decide import approve, refuse
from chassis.approvals import (
    ApprovalBySamePerson,
    ApprovalDecided,
    ApprovalLapsed,
    ApprovalNotFound,
)
from chassis.errors import Forbidden
from chassis.http import Caller, IdempotencyKey, responses

router = APIRouter(prefix="/api/certificates/v1/approvals", tags=["approvals"])
_FAILURES = responses(
    ApprovalNotFound, ApprovalBySamePerson, ApprovalDecided, ApprovalLapsed, Forbidden
)


@router.get("", summary="管辖范围内的待批事项")
async def list_approvals(
    *,
    database: Data,
    caller: Caller,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> ApprovalPage:
    async with database.reading() as tx:
        scopes = await scopes_of(tx, caller, BUREAU, PROVINCE)
        found = await approvals.listing(tx, scopes=scopes, after=cursor, limit=limit)
    following = found[-1].id if len(found) == limit else None
    return ApprovalPage(items=[ApprovalView.of(one) for one in found], next_cursor=following)


@router.post("/{approval_id}/approval", summary="批准，立即生效", responses=_FAILURES)
async def give_approval(
    *, approval_id: UUID, database: Data, deps: Deps, caller: Caller, key: IdempotencyKey
) -> Decided:
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            await approve(tx, deps, caller, approval_id)
            return {"approval_id": str(approval_id), "outcome": "approved"}

        request = {"approve": str(approval_id)}
        return Decided(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )


@router.post("/{approval_id}/refusal", summary="不批准，或撤回本人提出的", responses=_FAILURES)
async def give_refusal(
    *, approval_id: UUID, database: Data, deps: Deps, caller: Caller, key: IdempotencyKey
) -> Decided:
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            await refuse(tx, deps, caller, approval_id)
            return {"approval_id": str(approval_id), "outcome": "refused"}

        request = {"refuse": str(approval_id)}
        return Decided(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )
