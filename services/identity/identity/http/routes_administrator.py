"""What administrators do in their own subtree."""

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
from identity.domain.names import accept_name
from identity.domain.numbering import is_management_number
from identity.domain.people import Affiliation, AffiliationState, require_strong_password
from identity.http import cursors, schemas
from identity.http.deps import Inside, Services
from identity.http.views import affiliation_view, organisation_view
from identity.store import affiliations
from identity.usecases.add_organisation import NewOrganisation, add_organisation
from identity.usecases.appoint_administrator import (
    Appointment,
    NewAccount,
    accept_username,
    appoint_administrator,
)
from identity.usecases.authority import BUREAU_ROLES, EMPLOYER_ROLES, areas
from identity.usecases.decide_affiliation import (
    confirm_affiliation,
    end_affiliation,
    reject_affiliation,
)

router = APIRouter(prefix="/api/identity/v1", tags=["administrator"])
_REFUSALS = (Unauthenticated, Forbidden, errors.OutsideYourArea)
_DECISION_REFUSALS = (*_REFUSALS, errors.AffiliationUnknown, errors.OwnAffiliation)


@router.post(
    "/organisations",
    summary="新增机构或用人单位",
    status_code=201,
    response_model=schemas.OrganisationView,
    responses=responses(
        *_REFUSALS,
        errors.OrganisationUnknown,
        errors.OrganisationMisplaced,
        errors.OrganisationCodeMalformed,
        errors.OrganisationCodeSuspect,
        errors.OrganisationCodeRegistered,
    ),
)
async def add(
    body: schemas.OrganisationRequest, caller: Caller, key: IdempotencyKey, inside: Inside
) -> Any:
    async with inside.database.transaction() as tx:

        async def action() -> schemas.OrganisationView:
            new = NewOrganisation(**body.model_dump())
            return organisation_view(await add_organisation(tx, inside.deps, caller, new), None)

        return await inside.once(
            tx, caller=caller, key=key, action_name="add", request=body, action=action
        )


@router.post(
    "/administrators",
    summary="设置下级管理员",
    status_code=201,
    response_model=schemas.AdministratorView,
    responses=responses(
        *_REFUSALS,
        errors.OrganisationUnknown,
        errors.RoleDoesNotFit,
        errors.NameUnacceptable,
        errors.UsernameMalformed,
        errors.UsernameTaken,
        errors.PasswordTooWeak,
        errors.AccountDetailsMissing,
        errors.NoSuchHolder,
        errors.GrantHeld,
        errors.OwnAppointment,
        errors.TooBusy,
    ),
)
async def appoint(
    body: schemas.AdministratorRequest, caller: Caller, key: IdempotencyKey, inside: Inside
) -> Any:
    # Before the costly hash: a caller without any such role must not occupy the pool.
    caller.require(*BUREAU_ROLES)
    appointment = await _appointment(body, inside)
    async with inside.database.transaction() as tx:

        async def action() -> schemas.AdministratorView:
            account = await appoint_administrator(tx, inside.deps, caller, appointment)
            return schemas.AdministratorView(
                account_id=account, organisation_id=body.organisation_id, role=body.role
            )

        return await inside.once(
            tx, caller=caller, key=key, action_name="appoint", request=body, action=action
        )


async def _appointment(body: schemas.AdministratorRequest, inside: Services) -> Appointment:
    name = accept_name(body.name)
    if body.management_number and not is_management_number(body.management_number):
        raise errors.NoSuchHolder(field="/management_number")
    account = None
    if not body.management_number:
        if not body.username or not body.password:
            raise errors.AccountDetailsMissing
        username = accept_username(body.username)
        require_strong_password(body.password, name=name)
        account = NewAccount(username, await inside.passwords.hash(body.password))
    return Appointment(
        organisation_id=body.organisation_id,
        role=body.role,
        name=name,
        management_number=body.management_number,
        account=account,
    )


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
    after = cursors.decode_id(cursor)
    async with inside.database.reading() as tx:
        scopes = await areas(tx, caller, *EMPLOYER_ROLES)
        rows = await affiliations.list_within(
            tx, scopes=scopes, state=state, after=after, limit=limit + 1
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


_ENTRY = tuple(name for name in schemas.AffiliationEntry.model_fields if name != "affiliation_id")


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
