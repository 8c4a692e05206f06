"""Who may see and decide which claims: role × organisation subtree, resolved in SQL."""

from uuid import UUID

from chassis.auth import Principal
from chassis.db import Transaction
from hours.domain.claims import Claim, Step
from hours.errors import ClaimOutsideScope, ReviewOfOwnClaim
from hours.store import claims, copies

ROLE_OF_STEP = {Step.EMPLOYER: "employer_administrator", Step.BUREAU: "bureau_administrator"}
_REVIEWERS = tuple(ROLE_OF_STEP.values())


async def scopes(tx: Transaction, caller: Principal, *roles: str) -> list[str]:
    """Return the subtrees in which the caller holds one of ``roles``; Forbidden without any."""
    return await copies.paths_of(tx, caller.require(*roles))


async def scopes_below(
    tx: Transaction, caller: Principal, *roles: str, organisation_id: UUID | None
) -> list[str]:
    """Return the subtrees as above, narrowed to the one of ``organisation_id`` when given."""
    inside = await scopes(tx, caller, *roles)
    if organisation_id is None:
        return inside
    asked = await copies.paths_of(tx, [organisation_id])
    return [
        max(held, path, key=len)
        for path in asked
        for held in inside
        if path.startswith(held) or held.startswith(path)
    ]


async def require_reviewer(tx: Transaction, caller: Principal, claim: Claim, step: Step) -> None:
    """Raise unless the caller may decide ``claim`` at ``step``: never one's own, never outside."""
    if caller.person_id == claim.person_id:
        raise ReviewOfOwnClaim
    inside = await scopes(tx, caller, ROLE_OF_STEP[step])
    if not await claims.in_scope(tx, claim, inside):
        raise ClaimOutsideScope


async def may_read(tx: Transaction, caller: Principal, claim: Claim) -> bool:
    """Tell whether the claim is the caller's own or in a subtree the caller reviews."""
    return caller.person_id == claim.person_id or await may_review(tx, caller, claim)


async def may_review(tx: Transaction, caller: Principal, claim: Claim) -> bool:
    """Tell whether the claim is somebody else's in a subtree the caller reviews."""
    if caller.person_id == claim.person_id:
        return False
    held = caller.organisations(*_REVIEWERS)
    return bool(held) and await claims.in_scope(tx, claim, await copies.paths_of(tx, held))


async def may_read_evidence(
    tx: Transaction, caller: Principal, *, owner: UUID, evidence_id: UUID
) -> bool:
    """Tell whether the file is the caller's own or attached to a claim the caller reviews."""
    if caller.person_id == owner:
        return True
    held = caller.organisations(*_REVIEWERS)
    if not held:
        return False
    return await claims.evidence_in_scope(tx, evidence_id, await copies.paths_of(tx, held))
