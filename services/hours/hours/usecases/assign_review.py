"""Take a waiting claim into hand, so that two reviewers do not read the same papers."""

from datetime import timedelta
from uuid import UUID

from chassis.auth import Principal
from chassis.clock import LEGAL_ZONE
from chassis.db import Transaction
from hours.domain.claims import Claim
from hours.domain.reviews import Assignment
from hours.errors import ClaimAlreadyDecided, ClaimNotFound, ReviewHeldByAnother
from hours.store import assignments, claims
from hours.usecases.authority import require_reviewer
from hours.usecases.tools import Tools


async def take_review(
    tools: Tools, tx: Transaction, caller: Principal, claim_id: UUID, lasts: timedelta
) -> Assignment:
    """Give the claim to the caller for ``lasts``; taking it again begins the time anew.

    Of two who take at once the second waits for the claim's row and then gets a conflict.
    """
    claim = await _waiting(tx, caller, claim_id)
    now = tools.clock.now()
    before = await assignments.find(tx, claim_id)
    _refuse_if_barred(before, caller, tools)
    taken = Assignment(claim_id=claim.id, held_by=caller.actor, until=now + lasts)
    await assignments.keep(tx, taken)
    if before is None or before.held_by != caller.actor:
        await _record(tools, tx, caller, "review.taken", claim_id)
    return taken


async def give_back_review(
    tools: Tools, tx: Transaction, caller: Principal, claim_id: UUID
) -> None:
    """Free the claim that the caller holds; a claim nobody holds stays free."""
    await _waiting(tx, caller, claim_id)
    held = await assignments.find(tx, claim_id)
    _refuse_if_barred(held, caller, tools)
    if held is None:
        return
    await assignments.release(tx, claim_id)
    await _record(tools, tx, caller, "review.given_back", claim_id)


async def require_not_barred(
    tools: Tools, tx: Transaction, caller: Principal, claim_id: UUID
) -> None:
    """Raise while somebody else is at work on the claim; the caller holds its row lock."""
    _refuse_if_barred(await assignments.find(tx, claim_id), caller, tools)


async def _waiting(tx: Transaction, caller: Principal, claim_id: UUID) -> Claim:
    claim = await claims.locked(tx, claim_id)
    if claim is None:
        raise ClaimNotFound
    if claim.step is None:
        raise ClaimAlreadyDecided
    await require_reviewer(tx, caller, claim, claim.step)
    return claim


def _refuse_if_barred(held: Assignment | None, caller: Principal, tools: Tools) -> None:
    if held and held.bars(caller.actor, tools.clock.now()):
        until = held.until.astimezone(LEGAL_ZONE)
        raise ReviewHeldByAnother(f"该申报正由其他管理员办理，到{until:%m月%d日%H:%M}为止。")


async def _record(
    tools: Tools, tx: Transaction, caller: Principal, action: str, claim_id: UUID
) -> None:
    await tools.audit.record(
        tx, actor=caller.actor, action=action, subject=f"claim:{claim_id}", detail={}
    )
