"""Who may do what: a role held at an organisation whose subtree covers the matter."""

from uuid import UUID

from certificates.errors import OrganisationNotFound
from certificates.store import copies
from chassis.auth import Principal
from chassis.db import Transaction
from chassis.errors import Forbidden

BUREAU = "bureau_administrator"
PROVINCE = "provincial_administrator"
OPERATOR = "operator"
# Who may see the certificates of people in their subtree.
READERS = ("employer_administrator", "department_administrator", BUREAU, PROVINCE)
# Who may see the work lists; they hold no names.
WORKERS = (BUREAU, PROVINCE, OPERATOR)


async def scopes_of(tx: Transaction, principal: Principal, *roles: str) -> list[str]:
    """Return the subtrees in which the caller holds one of ``roles``, as paths."""
    return list((await copies.paths_of(tx, principal.organisations(*roles))).values())


async def require_over(
    tx: Transaction, principal: Principal, organisation_id: UUID, *roles: str
) -> UUID:
    """Return the organisation whose administrator the caller is and that covers the given one.

    Raises ``Forbidden`` when no grant of ``roles`` reaches there.
    """
    granted = await copies.paths_of(tx, principal.require(*roles))
    target = await copies.organisation(tx, organisation_id)
    if target is None:
        raise OrganisationNotFound
    for organisation, path in granted.items():
        if target.path.startswith(path):
            return organisation
    raise Forbidden
