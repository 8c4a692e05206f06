"""An official has looked into a signature without a file: it leaves the work list, not history.

One person for an orphan, which is ours; two for one that we never asked for and for one that the
log leaves out, the second of them of the province: whoever may have misused an office's key, or
written past its log, must not be able to clear himself.
"""

from uuid import UUID

from certificates.domain.presence import present
from certificates.errors import OwnCertificate, SignatureNotFound, SignatureStateConflict
from certificates.store import intents, omissions, seal_logs
from certificates.store.seal_logs import Unexplained
from certificates.usecases import Dependencies
from certificates.usecases.authority import BUREAU, PROVINCE, require_over
from certificates.usecases.propose import ACKNOWLEDGEMENT, put_forward
from chassis.approvals import Proposal
from chassis.auth import Principal
from chassis.db import Transaction

_OPEN = {seal_logs.ORPHAN, seal_logs.UNKNOWN, omissions.OMITTED}


async def acknowledge(
    tx: Transaction, deps: Dependencies, caller: Principal, entry_id: UUID, *, reason: str
) -> UUID | None:
    """Acknowledge an orphan at once; for any other return the proposal's id."""
    entry = await _open_entry(tx, caller, entry_id)
    office = await require_over(tx, caller, entry.office_id, BUREAU, PROVINCE)
    if entry.outcome == seal_logs.ORPHAN:
        await _keep(tx, deps, entry, actor=caller.actor, reason=reason)
        return None
    return await put_forward(
        tx,
        deps,
        caller,
        kind=ACKNOWLEDGEMENT,
        subject=f"seal_log_entry:{entry_id}",
        organisation_id=office,
        payload={"entry_id": str(entry_id), "hash": entry.hash.hex(), "reason": reason},
    )


async def confirm(
    tx: Transaction, deps: Dependencies, caller: Principal, proposal: Proposal
) -> None:
    """Do what the second person has just agreed to."""
    entry = await _open_entry(tx, caller, UUID(proposal.payload["entry_id"]))
    if entry.hash.hex() != proposal.payload["hash"]:
        raise SignatureStateConflict
    reason = proposal.payload["reason"]
    await _keep(tx, deps, entry, actor=caller.actor, reason=reason, proposal=proposal)


async def _open_entry(tx: Transaction, caller: Principal, entry_id: UUID) -> Unexplained:
    entry = await seal_logs.lock_entry(tx, entry_id) or await omissions.lock(tx, entry_id)
    if entry is None:
        raise SignatureNotFound
    await require_over(tx, caller, entry.office_id, BUREAU, PROVINCE)
    if entry.acknowledged_at or entry.outcome not in _OPEN:
        raise SignatureStateConflict
    if entry.intent_id:
        intent = present(await intents.find(tx, entry.intent_id))
        if intent.person_id == caller.person_id:
            raise OwnCertificate
    return entry


async def _keep(
    tx: Transaction,
    deps: Dependencies,
    entry: Unexplained,
    *,
    actor: str,
    reason: str,
    proposal: Proposal | None = None,
) -> None:
    approval_id = proposal.id if proposal else None
    now = deps.clock.now()
    keep = omissions.acknowledge if entry.outcome == omissions.OMITTED else seal_logs.acknowledge
    await keep(tx, entry.id, by=actor, reason=reason, approval_id=approval_id, now=now)
    by_two = {"approval": str(proposal.id), "proposer": proposal.proposer} if proposal else {}
    await deps.audit.record(
        tx,
        actor=actor,
        action="seal_log.acknowledged",
        subject=f"seal_log_entry:{entry.id}",
        detail={"outcome": entry.outcome, "reason": reason, **by_two},
    )
