"""Decide a claim at one step of its review."""

from dataclasses import replace
from uuid import UUID

from opentelemetry import metrics

from chassis.auth import Principal
from chassis.db import Transaction
from hours.domain.claims import Claim, State, Verdict
from hours.errors import ClaimNotFound, ReasonCodeUnknown, SubjectKindUnknown
from hours.events import claim_changed
from hours.store import assignments, claims, reference
from hours.usecases.assign_review import require_not_barred
from hours.usecases.authority import require_reviewer
from hours.usecases.judge_year import judge_year
from hours.usecases.tools import Tools

_decided = metrics.get_meter("yuzheng").create_counter("yuzheng.claims.decided")


async def decide_claim(
    tools: Tools, tx: Transaction, caller: Principal, claim_id: UUID, verdict: Verdict
) -> Claim:
    """Apply ``verdict``; claim, year account, events and audit row stand or fall together.

    A second reviewer waits for the claim's row and then gets a conflict; so does anyone while
    somebody else has taken the claim. The decision gives it back.
    """
    claim = await claims.locked(tx, claim_id)
    if claim is None:
        raise ClaimNotFound
    await require_reviewer(tx, caller, claim, verdict.step)
    await require_not_barred(tools, tx, caller, claim_id)
    verdict = await completed(tx, verdict)
    now = tools.clock.now()
    decided = claim.decide(verdict, now)
    await claims.save(tx, decided, now)
    await assignments.release(tx, claim_id)
    await claims.add_decision(
        tx,
        {
            "claim_id": claim.id,
            "claim_version": decided.version,
            "step": verdict.step.value,
            "outcome": verdict.outcome.value,
            "approved_tenths": decided.approved_tenths,
            "subject_kind": decided.subject_kind,
            "reason_code": verdict.reason_code,
            "reason": verdict.reason,
            "remedy": verdict.remedy,
            "decided_by": caller.actor,
            "decided_at": now,
        },
    )
    await tools.outbox.add(tx, claim_changed(decided))
    await tools.audit.record(
        tx,
        actor=caller.actor,
        action=f"claim.{verdict.step}_{verdict.outcome}",
        subject=f"claim:{claim.id}",
        detail={
            "version": decided.version,
            "approved_tenths": decided.approved_tenths,
            "subject_kind": decided.subject_kind,
            "reason_code": verdict.reason_code,
        },
    )
    _decided.add(1, {"step": verdict.step.value, "outcome": verdict.outcome.value})
    if decided.state is State.APPROVED:
        await judge_year(tools, tx, decided, caller.actor)
    return decided


async def completed(tx: Transaction, verdict: Verdict) -> Verdict:
    """Check the codes of the verdict; a reason code brings its remedy unless one is written."""
    if verdict.subject_kind and not await reference.has_subject_kind(tx, verdict.subject_kind):
        raise SubjectKindUnknown(field="/subject_kind")
    if not verdict.reason_code:
        return verdict
    remedy = await reference.reason_remedy(tx, verdict.reason_code)
    if remedy is None:
        raise ReasonCodeUnknown(field="/reason_code")
    return replace(verdict, remedy=verdict.remedy or remedy)
