"""Rules and lists that every logged-in caller may read."""

from fastapi import APIRouter

from chassis.errors import Unauthenticated
from chassis.http import Caller, responses
from hours.http.deps import TheDesk
from hours.http.schemas import ActivityKindOut, ReasonCodeOut, RuleOut
from hours.store import reference

router = APIRouter(prefix="/api/hours/v1", tags=["reference"], responses=responses(Unauthenticated))


@router.get("/rules", summary="学时要求（含备选规则及其来源）")
async def get_rules(desk: TheDesk, _: Caller) -> list[RuleOut]:
    async with desk.database.reading() as tx:
        return [RuleOut.of(rule) for rule in await reference.all_rules(tx)]


@router.get("/activity-kinds", summary="活动类型")
async def get_activity_kinds(desk: TheDesk, _: Caller) -> list[ActivityKindOut]:
    async with desk.database.reading() as tx:
        rows = await reference.all_activity_kinds(tx)
    return [ActivityKindOut.model_validate(dict(row)) for row in rows]


@router.get("/reason-codes", summary="审核理由代码")
async def get_reason_codes(desk: TheDesk, _: Caller) -> list[ReasonCodeOut]:
    async with desk.database.reading() as tx:
        rows = await reference.all_reason_codes(tx)
    return [ReasonCodeOut.model_validate(dict(row)) for row in rows]
