"""The second person's word: approving makes the proposal take effect at once."""

from uuid import UUID

from certificates import tables
from certificates.domain.entities import Seal
from certificates.domain.preflight import SEAL_NOT_ACTIVE
from certificates.domain.states import CertificateState, SealState
from certificates.errors import (
    CertificateNotFound,
    OwnCertificate,
    SealNotFound,
    SealStateConflict,
)
from certificates.events import seal_changed
from certificates.store import certificates, copies, intents, seals
from certificates.usecases import Dependencies
from certificates.usecases.acknowledge import confirm
from certificates.usecases.authority import require_over
from certificates.usecases.mass_revocation import begin, give_up
from certificates.usecases.preflight import replan_where
from certificates.usecases.propose import (
    ACKNOWLEDGEMENT,
    APPROVERS,
    MASS_REVOCATION,
    QUARANTINE,
    REVOCATION,
    SEAL_FILING,
    TEMPLATE_RELEASE,
    filed_facts,
    require_worth,
)
from certificates.usecases.quarantine import carry_out
from certificates.usecases.suspend import move_certificate
from certificates.usecases.templates import release, withdraw
from chassis import approvals
from chassis.approvals import Proposal
from chassis.auth import Principal
from chassis.db import Transaction


async def approve(
    tx: Transaction, deps: Dependencies, caller: Principal, proposal_id: UUID
) -> Proposal:
    """Approve as another person of the proposer's office or above, and carry it out."""
    proposal = await _decidable(tx, caller, proposal_id)
    await approvals.decide(
        tx,
        tables.approvals,
        proposal,
        approver=caller.actor,
        approve=True,
        now=deps.clock.now(),
    )
    if proposal.kind == REVOCATION:
        await _revoke(tx, deps, caller, proposal)
    elif proposal.kind == MASS_REVOCATION:
        await begin(tx, deps, caller, proposal)
    elif proposal.kind == TEMPLATE_RELEASE:
        await release(tx, deps, caller, proposal)
    elif proposal.kind == QUARANTINE:
        await carry_out(tx, deps, caller, proposal)
    elif proposal.kind == ACKNOWLEDGEMENT:
        await confirm(tx, deps, caller, proposal)
    else:
        await _activate(tx, deps, caller, proposal)
    return proposal


async def refuse(
    tx: Transaction, deps: Dependencies, caller: Principal, proposal_id: UUID
) -> Proposal:
    """Refuse; the proposer may withdraw his own proposal this way."""
    proposal = await _decidable(tx, caller, proposal_id)
    await approvals.decide(
        tx,
        tables.approvals,
        proposal,
        approver=caller.actor,
        approve=False,
        now=deps.clock.now(),
    )
    if proposal.kind == TEMPLATE_RELEASE:
        await withdraw(tx, deps, proposal)
    if proposal.kind == MASS_REVOCATION:
        await give_up(tx, deps, proposal)
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action=f"{proposal.kind}.refused",
        subject=proposal.subject,
        detail={"approval": str(proposal.id)},
    )
    return proposal


async def _decidable(tx: Transaction, caller: Principal, proposal_id: UUID) -> Proposal:
    proposal = await approvals.find(tx, tables.approvals, proposal_id)
    await require_over(tx, caller, proposal.organisation_id, *APPROVERS[proposal.kind])
    return proposal


async def _revoke(
    tx: Transaction, deps: Dependencies, caller: Principal, proposal: Proposal
) -> None:
    certificate = await certificates.lock(tx, UUID(proposal.payload["certificate_id"]))
    if certificate is None:
        raise CertificateNotFound
    if caller.person_id == certificate.person_id:
        raise OwnCertificate
    fraud = bool(proposal.payload.get("fraud"))
    await move_certificate(
        tx,
        deps,
        certificate,
        CertificateState.REVOKED,
        reason_code=proposal.payload["reason_code"],
        actor=caller.actor,
        detail={
            "approval": str(proposal.id),
            "proposer": proposal.proposer,
            "reason_code": proposal.payload["reason_code"],
            "reason": proposal.payload["reason"],
            "fraud": fraud,
        },
        fraud=fraud,
    )


async def _activate(
    tx: Transaction, deps: Dependencies, caller: Principal, proposal: Proposal
) -> None:
    """Put the seal into use, retire the office's earlier one, and un-park what waited for it."""
    seal = await seals.lock(tx, UUID(proposal.payload["seal_id"]))
    if seal is None:
        raise SealNotFound
    expected = SealState.INSPECTED if proposal.kind == SEAL_FILING else SealState.SUSPENDED
    # The approved hash names one certificate and one face; what came meanwhile was not approved.
    if seal.state is not expected or filed_facts(seal) != proposal.payload:
        raise SealStateConflict
    require_worth(deps, seal)
    for earlier in await seals.of_office(tx, seal.office_id, SealState.ACTIVE, SealState.SUSPENDED):
        if earlier.id != seal.id:
            await move_seal(tx, deps, earlier, SealState.REPLACED, actor=caller.actor)
            await replan_where(tx, deps, intents.of_seal(earlier.id))
    await move_seal(tx, deps, seal, SealState.ACTIVE, actor=caller.actor)
    waiting = (intents.of_office(seal.office_id), intents.parked_for(SEAL_NOT_ACTIVE))
    await replan_where(tx, deps, *waiting)


async def move_seal(
    tx: Transaction,
    deps: Dependencies,
    seal: Seal,
    state: SealState,
    *,
    actor: str,
    reason_code: str | None = None,
) -> None:
    """Move a locked seal and tell so."""
    now = deps.clock.now()
    version = await seals.change(tx, seal, now, state, state_reason=reason_code)
    office = await copies.organisation(tx, seal.office_id)
    name = office.name if office else seal.name
    await deps.outbox.add(tx, seal_changed(seal, version=version, state=state, office_name=name))
    await deps.audit.record(
        tx,
        actor=actor,
        action=f"seal.{state.value}",
        subject=f"seal:{seal.id}",
        detail={"reason_code": reason_code} if reason_code else None,
    )
