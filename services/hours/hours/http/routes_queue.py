"""What a reviewer reads: the queue, its figures, and one claim with all that belongs to it."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from chassis.auth import Principal
from chassis.db import Transaction
from chassis.errors import Forbidden, Unauthenticated
from chassis.http import Caller, responses
from hours import errors
from hours.domain.claims import Claim, Step
from hours.domain.reviews import Holding, Sort, Wanted
from hours.http.claim_page import claim_detail
from hours.http.cursors import MOST, read_cursor
from hours.http.deps import Desk, TheDesk
from hours.http.review_schemas import (
    AssignmentOut,
    ClaimOfYear,
    ReviewDetail,
    ReviewFigures,
    ReviewItem,
    ReviewPage,
)
from hours.http.schemas import Code, YearOut
from hours.http.year_page import year_out
from hours.store import assignments, claims, review_queue
from hours.usecases.authority import ROLE_OF_STEP, may_review, scopes_below
from hours.usecases.view_year import view_year

router = APIRouter(prefix="/api/hours/v1", tags=["reviewers"])


class Filters(BaseModel):
    """What of the queue is asked for; each part narrows it."""

    step: Step = Field(description="employer 用人单位审核，bureau 人社部门审核")
    year: int | None = Field(default=None, ge=2000, le=2100)
    subject_kind: Code | None = None
    activity_kind: Code | None = None
    organisation_id: UUID | None = Field(default=None, description="只看该单位及其下级")
    holding: Holding | None = Field(
        default=None, description="mine 由我办理，free 无人办理，others 他人办理"
    )
    overdue: bool = Field(default=False, description="只看超过办理时限的")

    async def wanted(self, tx: Transaction, desk: Desk, caller: Principal) -> Wanted:
        """Return the filters within what the caller may see."""
        now = desk.tools.clock.now()
        inside = await scopes_below(
            tx, caller, ROLE_OF_STEP[self.step], organisation_id=self.organisation_id
        )
        return Wanted(
            step=self.step,
            scopes=tuple(inside),
            actor=caller.actor,
            now=now,
            not_of=caller.person_id,
            year=self.year,
            subject_kind=self.subject_kind,
            activity_kind=self.activity_kind,
            filed_before=now - _target(desk) if self.overdue else None,
            holding=self.holding,
        )


class PageOf(Filters):
    sort: Sort = Field(default=Sort.OLDEST, description="oldest 先提交的在前，newest 后提交的在前")
    cursor: str | None = Field(default=None, max_length=200, description="上一页给出的翻页标记")
    limit: int = Field(default=20, ge=1, le=MOST, description="每页条数")


@router.get(
    "/reviews",
    summary="待我审核的申报，先提交的在前",
    responses=responses(errors.CursorUnreadable, Unauthenticated, Forbidden),
)
async def get_reviews(
    desk: TheDesk, caller: Caller, asked: Annotated[PageOf, Query()]
) -> ReviewPage:
    after = read_cursor(asked.cursor)
    async with desk.database.reading() as tx:
        wanted = await asked.wanted(tx, desk, caller)
        rows = await review_queue.waiting_page(
            tx, wanted, sort=asked.sort, after=after, limit=asked.limit + 1
        )
        page = rows[: asked.limit]
        held = await assignments.of_claims(tx, [row["id"] for row in page])
    items = [
        ReviewItem.shown(
            row,
            now=wanted.now,
            target=_target(desk),
            assignment=AssignmentOut.of(held.get(row["id"]), caller, wanted.now),
        )
        for row in page
    ]
    return ReviewPage(
        items=items, next_cursor=items[-1].cursor if len(rows) > asked.limit else None
    )


@router.get(
    "/reviews/figures",
    summary="待审核的总数、最早一项的时间、超过办理时限的项数",
    responses=responses(Unauthenticated, Forbidden),
)
async def get_review_figures(
    desk: TheDesk, caller: Caller, filters: Annotated[Filters, Query()]
) -> ReviewFigures:
    async with desk.database.reading() as tx:
        wanted = await filters.wanted(tx, desk, caller)
        found = await review_queue.figures(tx, wanted, overdue_before=wanted.now - _target(desk))
    oldest = found["oldest"]
    return ReviewFigures(
        waiting=found["waiting"],
        overdue=found["overdue"],
        oldest_age_seconds=int((wanted.now - oldest).total_seconds()) if oldest else None,
        target_days=desk.settings.review_target_days,
    )


@router.get(
    "/reviews/{claim_id}",
    summary="一项申报的全部材料、审核经过和申报人该年度的学时（审核人）",
    responses=responses(errors.ClaimNotFound, Unauthenticated),
)
async def get_review(desk: TheDesk, caller: Caller, claim_id: UUID) -> ReviewDetail:
    now = desk.tools.clock.now()
    async with desk.database.reading() as tx:
        claim = await claims.find(tx, claim_id)
        # As with a claim by itself: to others it does not exist.
        if claim is None or not await may_review(tx, caller, claim):
            raise errors.ClaimNotFound
        row = await review_queue.one(tx, claim_id)
        held = await assignments.find(tx, claim_id)
        detail = await claim_detail(tx, claim)
        others = await claims.others_of_year(tx, claim)
        try:
            year = year_out(
                claim.year, await view_year(desk.tools, tx, claim.person_id, claim.year)
            )
        except (errors.AffiliationMissing, errors.RuleMissing):
            year = None
    item = ReviewItem.shown(
        row,
        now=now,
        target=_target(desk),
        assignment=AssignmentOut.of(held, caller, now),
    )
    return ReviewDetail(
        **item.model_dump(),
        evidence=detail.evidence,
        decisions=detail.decisions,
        events=detail.events,
        year_so_far=year,
        claims_of_year=[ClaimOfYear.of(one) for one in others],
    )


async def _year(desk: Desk, tx: Transaction, claim: Claim) -> YearOut | None:
    try:
        return year_out(claim.year, await view_year(desk.tools, tx, claim.person_id, claim.year))
    except (errors.AffiliationMissing, errors.RuleMissing):
        return None


def _target(desk: Desk) -> timedelta:
    return timedelta(days=desk.settings.review_target_days)
