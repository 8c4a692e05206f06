"""The level above sees who administers an organisation, and takes a role back."""

from uuid import UUID

from sqlalchemy import RowMapping

from chassis.auth import Principal
from chassis.db import Transaction
from identity.domain.organisations import Organisation
from identity.errors import GrantUnknown, OfficialUnknown, OrganisationUnknown, OwnGrant
from identity.store import grants, organisations
from identity.store.grants import HeldGrant
from identity.usecases.appoint_administrator import require_level_above
from identity.usecases.authority import BUREAU_ROLES, areas, require_area
from identity.usecases.dependencies import Dependencies


async def list_administrators(
    tx: Transaction, caller: Principal, organisation_id: UUID, *, after: UUID | None, limit: int
) -> list[RowMapping]:
    """Return the administrators of an organisation in the caller's area, himself included."""
    organisation = await _organisation(tx, caller, organisation_id)
    await require_area(tx, caller, organisation, *BUREAU_ROLES)
    return await grants.held_at(tx, organisation_id, after=after, limit=limit)


async def end_appointment(
    tx: Transaction, deps: Dependencies, caller: Principal, grant_id: UUID, *, reason: str
) -> HeldGrant:
    """Take a role back; whoever may give it may, but nobody his own.

    Tokens that name the role are good for ten minutes more at most.
    """
    caller.require(*BUREAU_ROLES)
    held = await grants.lock(tx, grant_id)
    if held is None:
        raise GrantUnknown
    organisation = await _organisation(tx, caller, held.organisation_id)
    await require_level_above(tx, caller, held.role, organisation)
    if str(held.account_id) == caller.account_id:
        raise OwnGrant
    await grants.end(tx, grant_id, now=deps.clock.now())
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action="administrator.ended",
        subject=f"account:{held.account_id}",
        detail={"role": held.role, "organisation": str(organisation.id), "reason": reason},
    )
    return held


async def name_official(tx: Transaction, caller: Principal, kind: str, number: UUID) -> RowMapping:
    """Return who an ``account:`` or ``person:`` of a record is, and where he is administrator.

    Officials of a bureau or the province alone are named, also former ones, and only to an
    official whose area theirs lies in, or lies in theirs: ``OfficialUnknown`` tells no more.
    """
    scopes = await areas(tx, caller, *BUREAU_ROLES)
    found = await grants.official(tx, kind, number, roles=BUREAU_ROLES, scopes=scopes)
    if found is None:
        raise OfficialUnknown
    return found


async def _organisation(tx: Transaction, caller: Principal, organisation_id: UUID) -> Organisation:
    caller.require(*BUREAU_ROLES)
    organisation = await organisations.find(tx, organisation_id)
    if organisation is None:
        raise OrganisationUnknown
    return organisation
