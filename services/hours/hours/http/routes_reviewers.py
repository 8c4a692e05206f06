"""What a reviewer does: the queue, decisions, and taking an approval back."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chassis.errors import Forbidden, Unauthenticated
from chassis.http import Caller, IdempotencyKey, responses
from hours import errors
from hours.domain.claims import Step
from hours.http.cursors import read_cursor, write_cursor
from hours.http.deps import Cursor, Limit, TheDesk
from hours.http.schemas import ClaimOut, DecisionIn, ReviewItem, ReviewPage, WithdrawalIn
from hours.store import review_queue
from hours.usecases.authority import ROLE_OF_STEP, scopes
from hours.usecases.decide_claim import decide_claim
from hours.usecases.reopen_year import withdraw_approval

router = APIRouter(prefix="/api/hours/v1", tags=["reviewers"])


@router.get(
    "/reviews",
    summary="待我审核的申报，先提交的在前",
    responses=responses(errors.CursorUnreadable, Unauthenticated, Forbidden),
)
async def get_reviews(
    desk: TheDesk,
    caller: Caller,
    step: Annotated[Step, Query(description="employer 用人单位审核，bureau 人社部门审核")],
    cursor: Cursor = None,
    limit: Limit = 20,
) -> ReviewPage:
    after = read_cursor(cursor)
    async with desk.database.reading() as tx:
        rows = await review_queue.waiting_page(
            tx,
            step,
            scopes=await scopes(tx, caller, ROLE_OF_STEP[step]),
            not_of=caller.person_id,
            after=after,
            limit=limit + 1,
        )
    now = desk.tools.clock.now()
    page = rows[:limit]
    last = page[-1] if len(rows) > limit else None
    return ReviewPage(
        items=[
            ReviewItem.model_validate(
                {
                    **row,
                    "claim_id": row["id"],
                    "step": step,
                    "age_seconds": int((now - row["submitted_at"]).total_seconds()),
                }
            )
            for row in page
        ],
        next_cursor=write_cursor(last["submitted_at"], last["id"]) if last else None,
    )


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
