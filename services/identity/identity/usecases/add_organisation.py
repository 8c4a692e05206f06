"""Add an employer or another organisation below a bureau."""

from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Principal
from chassis.clock import legal_date
from chassis.db import Transaction
from chassis.ids import uuid7
from identity.domain.ids import OrganisationId
from identity.domain.organisations import (
    Kind,
    Organisation,
    Role,
    accept_unit_code,
    path_below,
    require_place,
)
from identity.errors import OrganisationCodeRegistered, OrganisationUnknown
from identity.events import organisation_changed
from identity.store import organisations
from identity.usecases.authority import BUREAU_ROLES, require_area
from identity.usecases.dependencies import Dependencies

# Issuing offices: only the province adds them.
_PROVINCIAL = frozenset({Kind.PREFECTURE, Kind.DIRECT_COUNTY, Kind.PROVINCIAL_DEPARTMENT})


@dataclass(frozen=True)
class NewOrganisation:
    """What a bureau states about an organisation it adds."""

    parent_id: UUID
    kind: Kind
    name: str
    code: str | None
    # The administrator has seen that the code's check digit fails and vouches for it.
    confirm_code: bool


async def add_organisation(
    tx: Transaction, deps: Dependencies, caller: Principal, new: NewOrganisation
) -> Organisation:
    """Put the organisation below its parent and publish it.

    Raises ``OutsideYourArea`` when the parent is not in the caller's subtree,
    ``OrganisationMisplaced``, and what is wrong with the code.
    """
    roles = (Role.PROVINCIAL_ADMINISTRATOR,) if new.kind in _PROVINCIAL else BUREAU_ROLES
    caller.require(*roles)
    parent = await organisations.find(tx, new.parent_id)
    if parent is None:
        raise OrganisationUnknown(field="/parent_id")
    await require_area(tx, caller, parent, *roles)
    require_place(new.kind, parent)
    now = deps.clock.now()
    own = OrganisationId(uuid7())
    organisation = Organisation(
        id=own,
        version=1,
        parent_id=parent.id,
        valid_from=legal_date(now),
        path=path_below(parent, own),
        kind=new.kind,
        name=new.name.strip(),
        code=accept_unit_code(new.code, confirmed=new.confirm_code) if new.code else None,
        active=True,
    )
    if not await organisations.add(tx, organisation, now=now):
        raise OrganisationCodeRegistered(field="/code")
    await deps.outbox.add(tx, organisation_changed(organisation))
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action="organisation.added",
        subject=f"organisation:{own}",
        detail={"parent": str(parent.id), "kind": new.kind, "code_confirmed": new.confirm_code},
    )
    return organisation
