"""What a technician does with a claim before and after filing: estimate, take back, file again."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chassis.errors import Forbidden, Unauthenticated
from chassis.http import Caller, IdempotencyKey, responses
from hours import errors
from hours.domain.claims import NewClaim
from hours.http.deps import TheDesk
from hours.http.estimate_page import estimate_out
from hours.http.refusals import NOT_COUNTED, NOT_FILED
from hours.http.schemas import ClaimOut, EstimateIn, EstimateOut, MendedClaimIn
from hours.usecases.estimate_claim import estimate_claim
from hours.usecases.own_claims import file_again, own_year, take_back

router = APIRouter(prefix="/api/hours/v1", tags=["technicians"])


@router.post(
    "/claims/estimate",
    summary="试算：一项申报将计入多少学时，该年度还缺多少（不保存任何内容）",
    responses=responses(errors.ClaimNotFound, *NOT_COUNTED),
)
async def post_estimate(desk: TheDesk, caller: Caller, body: EstimateIn) -> EstimateOut:
    async with desk.database.reading() as tx:
        estimate = await estimate_claim(
            desk.tools, tx, caller.require_person(), body.form(), mending=body.claim_id
        )
    return estimate_out(estimate)


@router.post(
    "/claims/{claim_id}/withdrawal",
    summary="撤回本人尚未审核完毕的申报",
    response_model=ClaimOut,
    responses=responses(errors.ClaimNotFound, errors.ClaimNotTakenBack, Unauthenticated, Forbidden),
)
async def post_withdrawal(
    desk: TheDesk, caller: Caller, key: IdempotencyKey, claim_id: UUID
) -> Any:
    person_id = caller.require_person()
    async with desk.database.transaction() as tx:

        async def action() -> Any:
            claim = await take_back(desk.tools, tx, person_id, claim_id)
            return ClaimOut.of(claim).model_dump(mode="json")

        return await desk.once(tx, caller, key, ["withdrawal", str(claim_id)], action)


@router.post(
    "/claims/{claim_id}/resubmission",
    summary="修改被退回的申报后再次提交，重新从用人单位审核起",
    response_model=ClaimOut,
    responses=responses(errors.ClaimNotFound, errors.ClaimNotReturned, *NOT_FILED),
)
async def post_resubmission(
    desk: TheDesk, caller: Caller, key: IdempotencyKey, claim_id: UUID, body: MendedClaimIn
) -> Any:
    person_id = caller.require_person()
    async with desk.database.transaction() as tx:

        async def action() -> Any:
            year = await own_year(tx, person_id, claim_id)
            form = NewClaim(**body.content(), year=year)
            claim = await file_again(desk.tools, tx, person_id, claim_id, form)
            return ClaimOut.of(claim).model_dump(mode="json")

        request = ["resubmission", str(claim_id), body.model_dump(mode="json")]
        return await desk.once(tx, caller, key, request, action)
