"""Take back an approval that should not have been given; the year is judged again."""

from uuid import UUID

from chassis.auth import Principal
from chassis.db import Transaction
from hours.domain.claims import Claim, Step
from hours.errors import ClaimNotFound, ReasonCodeUnknown, RemedyMissing
from hours.events import claim_changed
from hours.store import claims, reference
from hours.usecases.authority import require_reviewer
from hours.usecases.judge_year import judge_year
from hours.usecases.tools import Tools

WITHDRAWAL = "withdraw"


async def withdraw_approval(
    tools: Tools,
    tx: Transaction,
    caller: Principal,
    claim_id: UUID,
    *,
    reason_code: str | None,
    reason: str | None,
    remedy: str | None,
) -> Claim:
    """Withdraw an approved claim on a bureau's word; its hours no longer count.

    When the year thereby loses hours it had attested, ``hours.year.reopened`` is told in the
    same transaction, and what becomes of the certificate is decided where certificates live.
    """
    claim = await claims.locked(tx, claim_id)
    if claim is None:
        raise ClaimNotFound
    await require_reviewer(tx, caller, claim, Step.BUREAU)
    default = await reference.reason_remedy(tx, reason_code) if reason_code else None
    if reason_code and default is None:
        raise ReasonCodeUnknown(field="/reason_code")
    told = remedy or default
    if not told:
        raise RemedyMissing(field="/remedy")
    now = tools.clock.now()
    withdrawn = claim.withdraw_approval(reason_code=reason_code, reason=reason, remedy=told)
    await claims.save(tx, withdrawn, now)
    await claims.add_decision(
        tx,
        {
            "claim_id": claim.id,
            "claim_version": withdrawn.version,
            "step": Step.BUREAU.value,
            "outcome": WITHDRAWAL,
            "approved_tenths": None,
            "subject_kind": withdrawn.subject_kind,
            "reason_code": reason_code,
            "reason": reason,
            "remedy": told,
            "decided_by": caller.actor,
            "decided_at": now,
        },
    )
    await tools.outbox.add(tx, claim_changed(withdrawn))
    await tools.audit.record(
        tx,
        actor=caller.actor,
        action="claim.approval_withdrawn",
        subject=f"claim:{claim.id}",
        detail={"version": withdrawn.version, "reason_code": reason_code},
    )
    await judge_year(tools, tx, withdrawn, caller.actor)
    return withdrawn
