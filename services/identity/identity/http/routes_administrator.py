"""What administrators add in their own subtree: organisations and further administrators."""

from typing import Any

from fastapi import APIRouter

from chassis.errors import Forbidden, Unauthenticated
from chassis.http import Caller, IdempotencyKey, responses
from identity import errors
from identity.domain.names import accept_name
from identity.domain.numbering import is_management_number
from identity.domain.people import require_strong_password
from identity.http import schemas
from identity.http.deps import Inside, Services
from identity.http.views import organisation_view
from identity.usecases.add_organisation import NewOrganisation, add_organisation
from identity.usecases.appoint_administrator import (
    Appointment,
    NewAccount,
    accept_username,
    appoint_administrator,
)
from identity.usecases.authority import BUREAU_ROLES

router = APIRouter(prefix="/api/identity/v1", tags=["administrator"])
_REFUSALS = (Unauthenticated, Forbidden, errors.OutsideYourArea)


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
