"""One organisation and its place in the tree, its administrators, and the end of a role."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query

from chassis.errors import Forbidden, Unauthenticated
from chassis.http import Caller, IdempotencyKey, responses
from identity import errors
from identity.http import cursors, schemas
from identity.http.deps import Inside
from identity.http.views import organisation_view
from identity.store import organisations
from identity.usecases.keep_administrators import (
    end_appointment,
    list_administrators,
    name_official,
)

router = APIRouter(prefix="/api/identity/v1", tags=["administrator"])
# How services write down who did something.
_ACTOR = "^(account|person):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_REFUSALS = (Unauthenticated, Forbidden, errors.OutsideYourArea)


@router.get(
    "/organisations/{organisation_id}",
    summary="一个机构及其各级上级，自上而下",
    responses=responses(Unauthenticated, errors.OrganisationUnknown),
)
async def organisation(
    organisation_id: UUID, _: Caller, inside: Inside
) -> schemas.OrganisationPlace:
    async with inside.database.reading() as tx:
        found = await organisations.find(tx, organisation_id)
        if found is None:
            raise errors.OrganisationUnknown
        above = [UUID(one) for one in found.path.strip("/").split("/")[:-1]]
        known = await organisations.find_many(tx, above)
    chain = [known[one] for one in above if one in known]
    views = [organisation_view(one, None) for one in chain]
    return schemas.OrganisationPlace(
        organisation=organisation_view(found, views[-1].name if views else None), above=views
    )


@router.get(
    "/administrators",
    summary="一个机构现任的管理员",
    responses=responses(*_REFUSALS, errors.OrganisationUnknown, errors.CursorMalformed),
)
async def administrators(
    caller: Caller,
    inside: Inside,
    organisation_id: UUID,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> schemas.AdministratorPage:
    after = cursors.decode_id(cursor)
    async with inside.database.reading() as tx:
        rows = await list_administrators(tx, caller, organisation_id, after=after, limit=limit + 1)
    items = [
        schemas.AdministratorEntry(**row, own=str(row["account_id"]) == caller.account_id)
        for row in rows[:limit]
    ]
    more = len(rows) > limit
    return schemas.AdministratorPage(
        items=items, next_cursor=cursors.encode(items[-1].grant_id) if more else None
    )


@router.get(
    "/officials/{actor}",
    summary="人社部门经办人的姓名和所在机构",
    responses=responses(Unauthenticated, Forbidden, errors.OfficialUnknown),
)
async def official(
    actor: Annotated[str, Path(pattern=_ACTOR, description="记录中的经办人")],
    caller: Caller,
    inside: Inside,
) -> schemas.OfficialView:
    kind, _, number = actor.partition(":")
    async with inside.database.reading() as tx:
        found = await name_official(tx, caller, kind, UUID(number))
    return schemas.OfficialView(**found)


@router.post(
    "/administrators/{grant_id}/end",
    summary="解除管理员",
    response_model=schemas.AdministratorView,
    responses=responses(*_REFUSALS, errors.GrantUnknown, errors.OwnGrant),
)
async def end(
    grant_id: UUID,
    body: schemas.EndAppointmentRequest,
    caller: Caller,
    key: IdempotencyKey,
    inside: Inside,
) -> Any:
    async with inside.database.transaction() as tx:

        async def action() -> schemas.AdministratorView:
            held = await end_appointment(tx, inside.deps, caller, grant_id, reason=body.reason)
            return schemas.AdministratorView(
                account_id=held.account_id,
                organisation_id=held.organisation_id,
                role=held.role,
            )

        return await inside.once(
            tx,
            caller=caller,
            key=key,
            action_name=f"end role {grant_id}",
            request=body,
            action=action,
        )
