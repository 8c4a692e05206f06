"""What a reviewer does: take a claim into hand, decide, and take an approval back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from chassis.auth import Principal
from chassis.errors import Forbidden, IdempotencyKeyReused, ServiceError, Unauthenticated
from chassis.http import Caller, IdempotencyKey, responses
from hours import errors
from hours.domain.claims import Verdict
from hours.http.deps import Desk, TheDesk
from hours.http.review_schemas import (
    AssignmentOut,
    BulkDecisionIn,
    BulkDecisionOut,
    BulkItemOut,
    ItemProblem,
)
from hours.http.schemas import ClaimOut, DecisionIn, WithdrawalIn
from hours.usecases.assign_review import give_back_review, take_review
from hours.usecases.authority import ROLE_OF_STEP
from hours.usecases.decide_claim import completed, decide_claim
from hours.usecases.reopen_year import withdraw_approval

router = APIRouter(prefix="/api/hours/v1", tags=["reviewers"])

_NOT_MINE = (
    errors.ReviewOfOwnClaim,
    errors.ClaimOutsideScope,
    errors.ClaimNotFound,
    errors.ClaimAlreadyDecided,
    errors.ReviewHeldByAnother,
    Unauthenticated,
    Forbidden,
)


@router.put(
    "/reviews/{claim_id}/assignment",
    summary="领取一项待审核的申报；再次领取则重新计时",
    responses=responses(*_NOT_MINE),
)
async def put_assignment(desk: TheDesk, caller: Caller, claim_id: UUID) -> AssignmentOut:
    lasts = timedelta(minutes=desk.settings.review_hold_minutes)
    async with desk.database.transaction() as tx:
        taken = await take_review(desk.tools, tx, caller, claim_id, lasts)
    return AssignmentOut(mine=True, until=taken.until)


@router.delete(
    "/reviews/{claim_id}/assignment",
    status_code=204,
    summary="放回领取的申报",
    responses=responses(*_NOT_MINE),
)
async def delete_assignment(desk: TheDesk, caller: Caller, claim_id: UUID) -> None:
    async with desk.database.transaction() as tx:
        await give_back_review(desk.tools, tx, caller, claim_id)


@router.post(
    "/reviews/decisions",
    summary="批量审核：通过、退回或不通过，逐项给出结果",
    responses=responses(
        errors.ReasonMissing,
        errors.ReasonCodeUnknown,
        errors.RemedyMissing,
        IdempotencyKeyReused,
        Unauthenticated,
        Forbidden,
    ),
)
async def post_bulk_decisions(
    desk: TheDesk, caller: Caller, key: IdempotencyKey, body: BulkDecisionIn
) -> BulkDecisionOut:
    """Decide each claim in a transaction of its own, by the rules of a single decision.

    A repeat with the same key answers what is decided and tries what was refused again.
    """
    caller.require(ROLE_OF_STEP[body.step])
    verdict = body.verdict()
    async with desk.database.transaction() as tx:
        (await completed(tx, verdict)).check_refusal()

        async def accept() -> Any:
            return {"claims": len(body.claim_ids)}

        await desk.once(tx, caller, key, ["decisions", body.model_dump(mode="json")], accept)
    items = [await _item(desk, caller, key, one, verdict) for one in body.claim_ids]
    decided = sum(item.problem is None for item in items)
    return BulkDecisionOut(decided=decided, refused=len(items) - decided, items=items)


async def _item(
    desk: Desk, caller: Principal, key: str, claim_id: UUID, verdict: Verdict
) -> BulkItemOut:
    try:
        async with desk.database.transaction() as tx:

            async def action() -> Any:
                claim = await decide_claim(desk.tools, tx, caller, claim_id, verdict)
                return ClaimOut.of(claim).model_dump(mode="json")

            request = ["decision", str(claim_id), vars(verdict)]
            answer = await desk.once(tx, caller, f"{key}/{claim_id}", request, action)
    except ServiceError as error:
        problem = ItemProblem(code=error.code, detail=error.detail, remedy=error.remedy)
        return BulkItemOut(claim_id=claim_id, claim=None, problem=problem)
    return BulkItemOut(claim_id=claim_id, claim=ClaimOut.model_validate(answer), problem=None)


@router.post(
    "/claims/{claim_id}/decisions",
    summary="审核一项申报：通过（可核减、可改科目类型）、退回、不通过",
    response_model=ClaimOut,
    responses=responses(
        errors.ReviewOfOwnClaim,
        errors.ClaimOutsideScope,
        errors.ClaimNotFound,
        errors.ClaimAtAnotherStep,
        errors.ClaimAlreadyDecided,
        errors.ReviewHeldByAnother,
        errors.ApprovedHoursOutOfRange,
        errors.ReasonMissing,
        errors.ReasonCodeUnknown,
        errors.RemedyMissing,
        errors.SubjectKindUnknown,
        Unauthenticated,
        Forbidden,
    ),
)
async def post_decision(
    desk: TheDesk, caller: Caller, key: IdempotencyKey, claim_id: UUID, body: DecisionIn
) -> Any:
    async with desk.database.transaction() as tx:

        async def action() -> Any:
            claim = await decide_claim(desk.tools, tx, caller, claim_id, body.verdict())
            return ClaimOut.of(claim).model_dump(mode="json")

        request = ["decision", str(claim_id), body.model_dump(mode="json")]
        return await desk.once(tx, caller, key, request, action)


@router.post(
    "/claims/{claim_id}/approval-withdrawal",
    summary="撤销已通过的审核（人社部门），该年度重新计算",
    response_model=ClaimOut,
    responses=responses(
        errors.ReviewOfOwnClaim,
        errors.ClaimOutsideScope,
        errors.ClaimNotFound,
        errors.ClaimNotApproved,
        errors.ReasonMissing,
        errors.ReasonCodeUnknown,
        errors.RemedyMissing,
        Unauthenticated,
        Forbidden,
    ),
)
async def post_approval_withdrawal(
    desk: TheDesk, caller: Caller, key: IdempotencyKey, claim_id: UUID, body: WithdrawalIn
) -> Any:
    async with desk.database.transaction() as tx:

        async def action() -> Any:
            claim = await withdraw_approval(desk.tools, tx, caller, claim_id, **body.model_dump())
            return ClaimOut.of(claim).model_dump(mode="json")

        request = ["approval-withdrawal", str(claim_id), body.model_dump(mode="json")]
        return await desk.once(tx, caller, key, request, action)
