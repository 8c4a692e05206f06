"""How a quarantine ends: two people decide to discard the file, or to have it examined again.

Neither makes the file valid. Discarding sends the intent back to step 2, to be made and sealed
anew; examining again hands the very same stored bytes to today's gate, which alone decides.
"""

from uuid import UUID

from certificates.domain.entities import Intent
from certificates.domain.presence import present
from certificates.domain.quarantine import QuarantineDecision, QuarantineState
from certificates.domain.states import IntentState
from certificates.errors import OwnCertificate, QuarantineNotFound, QuarantineStateConflict
from certificates.store import intents, quarantines
from certificates.store.quarantines import Quarantine
from certificates.usecases import Dependencies
from certificates.usecases.authority import BUREAU, PROVINCE, WORKERS, require_over, scopes_of
from certificates.usecases.preflight import replan
from certificates.usecases.propose import QUARANTINE, put_forward
from chassis.approvals import Proposal
from chassis.auth import Principal
from chassis.db import Transaction


async def propose_decision(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    quarantine_id: UUID,
    *,
    decision: QuarantineDecision,
    reason: str,
) -> UUID:
    """Propose how the quarantine is to end; the file stays where it is until a second one agrees.

    Raises ``OwnCertificate`` for an official whose own certificate it is.
    """
    quarantine, intent = await _decidable(tx, caller, quarantine_id)
    office = await require_over(tx, caller, _responsible(intent), BUREAU, PROVINCE)
    return await put_forward(
        tx,
        deps,
        caller,
        kind=QUARANTINE,
        subject=f"quarantine:{quarantine_id}",
        organisation_id=office,
        payload={
            "quarantine_id": str(quarantine_id),
            "intent_id": str(intent.id),
            "file_sha256": quarantine.file_sha256,
            "decision": decision.value,
            "reason": reason,
        },
    )


async def carry_out(
    tx: Transaction, deps: Dependencies, caller: Principal, proposal: Proposal
) -> None:
    """Do what the second person has just agreed to; the worker takes up an examination."""
    quarantine, intent = await _decidable(tx, caller, UUID(proposal.payload["quarantine_id"]))
    if quarantine.file_sha256 != proposal.payload["file_sha256"]:
        raise QuarantineStateConflict
    decision = QuarantineDecision(proposal.payload["decision"])
    discards = decision is QuarantineDecision.DISCARD
    await quarantines.change(
        tx,
        quarantine.id,
        QuarantineState.DISCARDED if discards else QuarantineState.EXAMINING,
        deps.clock.now(),
        approval_id=proposal.id,
    )
    if discards:
        await replan(tx, deps, intent, actor=caller.actor)
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action=f"quarantine.{decision.value}",
        subject=f"quarantine:{quarantine.id}",
        detail={
            "approval": str(proposal.id),
            "proposer": proposal.proposer,
            "intent": str(intent.id),
            "file_sha256": quarantine.file_sha256,
            "reason": proposal.payload["reason"],
        },
    )


async def take_file(
    tx: Transaction, deps: Dependencies, caller: Principal, quarantine_id: UUID
) -> Quarantine:
    """Let an official or operator have the file for the investigation; recorded by name.

    Raises ``QuarantineNotFound`` for what lies outside the caller's offices.
    """
    quarantine = await quarantines.find(tx, quarantine_id)
    scopes = await scopes_of(tx, caller, *WORKERS)
    seen = quarantine and await intents.visible(
        tx, quarantine.intent_id, person_id=None, scopes=scopes
    )
    if quarantine is None or seen is None:
        raise QuarantineNotFound
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action="quarantine.file_read",
        subject=f"quarantine:{quarantine_id}",
        detail={"file_sha256": quarantine.file_sha256},
    )
    return quarantine


async def _decidable(
    tx: Transaction, caller: Principal, quarantine_id: UUID
) -> tuple[Quarantine, Intent]:
    """Return an undecided quarantine and its intent, both locked, the intent first as always."""
    found = await quarantines.find(tx, quarantine_id)
    if found is None:
        raise QuarantineNotFound
    intent = present(await intents.lock(tx, found.intent_id))
    await require_over(tx, caller, _responsible(intent), BUREAU, PROVINCE)
    quarantine = present(await quarantines.lock(tx, quarantine_id))
    if caller.person_id == intent.person_id:
        raise OwnCertificate
    open_still = quarantine.state is QuarantineState.OPEN
    if not open_still or intent.state is not IntentState.QUARANTINED:
        raise QuarantineStateConflict
    return quarantine, intent


def _responsible(intent: Intent) -> UUID:
    return intent.office_id or intent.employer_id
