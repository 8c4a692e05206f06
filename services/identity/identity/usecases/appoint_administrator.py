"""The level above appoints an administrator."""

import re
from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Principal
from chassis.db import Transaction
from chassis.ids import uuid7
from identity.domain.ids import AccountId
from identity.domain.names import match_key
from identity.domain.organisations import OF_THE_PROVINCE, Organisation, Role, require_fit
from identity.errors import (
    AccountDetailsMissing,
    GrantHeld,
    NoSuchHolder,
    OrganisationUnknown,
    OutsideYourArea,
    OwnAppointment,
    UsernameMalformed,
    UsernameTaken,
)
from identity.store import accounts, organisations, people
from identity.usecases.authority import BUREAU_ROLES, areas
from identity.usecases.dependencies import Dependencies

# Never mistaken for a management number or an ID number, which start with a digit.
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{3,63}", re.ASCII)


@dataclass(frozen=True)
class NewAccount:
    """Log-in details of an administrator who has no account yet."""

    username: str
    password_hash: str


@dataclass(frozen=True)
class Appointment:
    """Who is to administer what.

    Either ``management_number`` names a registered person, whose one account gets the role, or
    ``account`` makes a new one.
    """

    organisation_id: UUID
    role: Role
    name: str
    management_number: str | None
    account: NewAccount | None


def accept_username(text: str) -> str:
    """Return the username in canonical form, or raise ``UsernameMalformed``."""
    username = text.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise UsernameMalformed(field="/username")
    return username


async def appoint_administrator(
    tx: Transaction, deps: Dependencies, caller: Principal, appointment: Appointment
) -> AccountId:
    """Give the role at the organisation; return the account that holds it.

    The caller stands above: a bureau strictly above the organisation, or the province, which
    alone appoints its own. Nobody appoints himself.
    """
    caller.require(*BUREAU_ROLES)
    organisation = await organisations.find(tx, appointment.organisation_id)
    if organisation is None:
        raise OrganisationUnknown(field="/organisation_id")
    await require_level_above(tx, caller, appointment.role, organisation)
    require_fit(appointment.role, organisation)
    account = await _account(tx, deps, appointment)
    if str(account) == caller.account_id:
        raise OwnAppointment
    now = deps.clock.now()
    given = await accounts.add_grant(
        tx, account, appointment.role, organisation.id, granted_by=caller.actor, now=now
    )
    if not given:
        raise GrantHeld
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action="administrator.appointed",
        subject=f"account:{account}",
        detail={"role": appointment.role, "organisation": str(organisation.id)},
    )
    return account


async def require_level_above(
    tx: Transaction, caller: Principal, role: Role, organisation: Organisation
) -> None:
    """Raise ``OutsideYourArea`` unless the caller may give and take ``role`` there."""
    if role in OF_THE_PROVINCE:
        paths = await areas(tx, caller, Role.PROVINCIAL_ADMINISTRATOR)
        above = organisation.lies_within(*paths)
    else:
        above = organisation.lies_below(*await areas(tx, caller, *BUREAU_ROLES))
    if not above:
        raise OutsideYourArea


async def _account(tx: Transaction, deps: Dependencies, appointment: Appointment) -> AccountId:
    if appointment.management_number:
        return await _existing(tx, appointment.management_number, appointment.name)
    if appointment.account is None:
        raise AccountDetailsMissing
    account = accounts.Account(
        id=AccountId(uuid7()),
        person_id=None,
        username=appointment.account.username,
        display_name=appointment.name,
        password_hash=appointment.account.password_hash,
        active=True,
        password_initial=True,
    )
    if not await accounts.add(tx, account, now=deps.clock.now()):
        raise UsernameTaken(field="/username")
    return account.id


async def _existing(tx: Transaction, number: str, name: str) -> AccountId:
    person = await people.find_by_number(tx, number, name_key=match_key(name))
    account = await accounts.find_by_person(tx, person.id) if person else None
    if account is None:
        raise NoSuchHolder(field="/management_number")
    return account.id
