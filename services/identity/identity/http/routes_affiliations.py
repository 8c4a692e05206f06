"""Who works at an employer: listed, looked for, confirmed, sent back, let go."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from chassis.auth import Principal
from chassis.db import Transaction
from chassis.errors import Forbidden, Unauthenticated
from chassis.http import Caller, IdempotencyKey, responses
from identity import errors
from identity.domain.people import Affiliation, AffiliationState
from identity.http import cursors, schemas
from identity.http.deps import Inside, Services
from identity.http.views import affiliation_view
from identity.store import affiliations
from identity.usecases.authority import EMPLOYER_ROLES, areas
from identity.usecases.decide_affiliation import (
    confirm_affiliation,
    end_affiliation,
    reject_affiliation,
)

router = APIRouter(prefix="/api/identity/v1", tags=["administrator"])
_DECISION_REFUSALS = (
    Unauthenticated,
    Forbidden,
    errors.OutsideYourArea,
    errors.AffiliationUnknown,
    errors.OwnAffiliation,
)
_ENTRY = tuple(name for name in schemas.AffiliationEntry.model_fields if name != "affiliation_id")


@router.get(
    "/affiliations",
    summary="本单位（及下级）的任职信息",
    responses=responses(Unauthenticated, Forbidden, errors.CursorMalformed),
)
async def list_affiliations(
    caller: Caller,
    inside: Inside,
    state: AffiliationState | None = None,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> schemas.AffiliationPage:
    return await _page(inside, caller, state=state, cursor=cursor, limit=limit)


@router.post(
    "/affiliations/search",
    summary="在本单位（及下级）按姓名或证书管理号查找任职信息",
    responses=responses(Unauthenticated, Forbidden, errors.CursorMalformed),
)
async def search_affiliations(
    body: schemas.AffiliationSearch, caller: Caller, inside: Inside
) -> schemas.AffiliationPage:
    # A POST though it only reads: names and numbers do not belong into addresses and their logs.
    return await _page(
        inside,
        caller,
        state=body.state,
        cursor=body.cursor,
        limit=body.limit,
        person=body.person,
    )


async def _page(
    inside: Services,
    caller: Principal,
    *,
    state: AffiliationState | None,
    cursor: str | None,
    limit: int,
    person: str = "",
) -> schemas.AffiliationPage:
    after = cursors.decode_id(cursor)
    async with inside.database.reading() as tx:
        scopes = await areas(tx, caller, *EMPLOYER_ROLES)
        rows = await affiliations.list_within(
            tx, scopes=scopes, state=state, after=after, limit=limit + 1, person=person
        )
    items = [
        schemas.AffiliationEntry(
            affiliation_id=row["id"],
            **{name: row[name] for name in _ENTRY},
        )
        for row in rows[:limit]
    ]
    more = len(rows) > limit
    return schemas.AffiliationPage(
        items=items, next_cursor=cursors.encode(items[-1].affiliation_id) if more else None
    )


@router.post(
    "/affiliations/{affiliation_id}/confirmation",
    summary="确认任职",
    response_model=schemas.AffiliationView,
    responses=responses(
        *_DECISION_REFUSALS, errors.AffiliationAlreadyDecided, errors.AnotherEmployerConfirmed
    ),
)
async def confirm(affiliation_id: UUID, caller: Caller, key: IdempotencyKey, inside: Inside) -> Any:
    async def decide(tx: Transaction) -> Affiliation:
        return await confirm_affiliation(tx, inside.deps, caller, affiliation_id)

    return await _decide(
        inside,
        caller,
        key,
        action_name="confirm",
        request=affiliation_id,
        decide=decide,
    )


@router.post(
    "/affiliations/{affiliation_id}/rejection",
    summary="退回任职申请",
    response_model=schemas.AffiliationView,
    responses=responses(*_DECISION_REFUSALS, errors.AffiliationAlreadyDecided),
)
async def reject(
    affiliation_id: UUID,
    body: schemas.RejectionRequest,
    caller: Caller,
    key: IdempotencyKey,
    inside: Inside,
) -> Any:
    async def decide(tx: Transaction) -> Affiliation:
        return await reject_affiliation(tx, inside.deps, caller, affiliation_id, reason=body.reason)

    return await _decide(
        inside,
        caller,
        key,
        action_name=f"reject {affiliation_id}",
        request=body,
        decide=decide,
    )


@router.post(
    "/affiliations/{affiliation_id}/end",
    summary="办理离职",
    response_model=schemas.AffiliationView,
    responses=responses(
        *_DECISION_REFUSALS, errors.AffiliationNotConfirmed, errors.EndsBeforeItStarts
    ),
)
async def end(
    affiliation_id: UUID,
    body: schemas.EndRequest,
    caller: Caller,
    key: IdempotencyKey,
    inside: Inside,
) -> Any:
    async def decide(tx: Transaction) -> Affiliation:
        return await end_affiliation(
            tx, inside.deps, caller, affiliation_id, ends_on=body.ends_on, reason=body.reason
        )

    return await _decide(
        inside,
        caller,
        key,
        action_name=f"end {affiliation_id}",
        request=body,
        decide=decide,
    )


async def _decide(
    inside: Services,
    caller: Principal,
    key: str,
    *,
    action_name: str,
    request: BaseModel | UUID,
    decide: Callable[[Transaction], Awaitable[Affiliation]],
) -> Any:
    async with inside.database.transaction() as tx:

        async def action() -> schemas.AffiliationView:
            return affiliation_view(await decide(tx))

        return await inside.once(
            tx, caller=caller, key=key, action_name=action_name, request=request, action=action
        )
