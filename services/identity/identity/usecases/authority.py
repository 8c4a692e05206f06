"""Who may act where: roles in the token, subtrees in our own tree."""

from chassis.auth import Principal
from chassis.db import Transaction
from chassis.errors import Forbidden
from identity.domain.organisations import Organisation, Role
from identity.errors import OutsideYourArea
from identity.store import organisations

BUREAU_ROLES = (Role.BUREAU_ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR)
EMPLOYER_ROLES = (Role.EMPLOYER_ADMINISTRATOR,)


async def areas(tx: Transaction, caller: Principal, *roles: Role) -> list[str]:
    """Return the paths of the subtrees in which the caller holds one of ``roles``.

    Raise ``Forbidden`` when he holds none anywhere.
    """
    paths = await organisations.paths_of(tx, caller.require(*roles))
    if not paths:
        raise Forbidden
    return paths


async def require_area(
    tx: Transaction, caller: Principal, organisation: Organisation, *roles: Role
) -> None:
    """Raise ``OutsideYourArea`` unless the caller holds one of ``roles`` at or above it."""
    if not organisation.lies_within(*await areas(tx, caller, *roles)):
        raise OutsideYourArea
