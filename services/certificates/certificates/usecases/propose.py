"""Proposals that need a second person: revoking a certificate, filing or reinstating a seal."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from certificates import tables
from certificates.domain.entities import IMPRESSION, Seal
from certificates.domain.states import IN_FORCE, SealState
from certificates.errors import (
    CertificateStateConflict,
    ProposalOpen,
    SealNotDrawn,
    SealNotFound,
    SealNotInspected,
    SealNotTrusted,
    SealStateConflict,
)
from certificates.store import revocation_jobs, seals
from certificates.store.revocation_jobs import Job
from certificates.usecases import Dependencies
from certificates.usecases.authority import BUREAU, PROVINCE, require_over
from certificates.usecases.mass_revocation import payload_of
from certificates.usecases.suspend import certificate_in_charge, require_reason
from chassis import approvals
from chassis.auth import Principal
from chassis.db import Transaction

REVOCATION = "certificate.revocation"
MASS_REVOCATION = "certificate.mass_revocation"
SEAL_FILING = "seal.filing"
SEAL_REINSTATEMENT = "seal.reinstatement"
TEMPLATE_RELEASE = "template.release"
QUARANTINE = "quarantine.decision"
ACKNOWLEDGEMENT = "seal_log.acknowledgement"
# Which roles may give the second word to which kind.
APPROVERS: dict[str, tuple[str, ...]] = {
    REVOCATION: (BUREAU, PROVINCE),
    MASS_REVOCATION: (BUREAU, PROVINCE),
    SEAL_FILING: (PROVINCE,),
    SEAL_REINSTATEMENT: (PROVINCE,),
    TEMPLATE_RELEASE: (PROVINCE,),
    QUARANTINE: (BUREAU, PROVINCE),
    # A signature that we never asked for: no bureau clears its own key.
    ACKNOWLEDGEMENT: (PROVINCE,),
}


async def propose_revocation(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    certificate_id: UUID,
    *,
    reason_code: str,
    reason: str,
    fraud: bool = False,
) -> UUID:
    """Propose to void a certificate for good; it stays as it is until a second person agrees."""
    require_reason(reason_code)
    certificate = await certificate_in_charge(tx, caller, certificate_id)
    if certificate.state not in IN_FORCE:
        raise CertificateStateConflict
    office = await require_over(tx, caller, certificate.office_id, BUREAU, PROVINCE)
    payload = {
        "certificate_id": str(certificate_id),
        "reason_code": reason_code,
        "reason": reason,
        "fraud": fraud,
    }
    return await put_forward(
        tx,
        deps,
        caller,
        kind=REVOCATION,
        subject=f"certificate:{certificate_id}",
        organisation_id=office,
        payload=payload,
    )


async def propose_mass_revocation(
    tx: Transaction, deps: Dependencies, caller: Principal, job: Job
) -> UUID:
    """Propose to revoke every certificate that an examined file may; raise when there is none."""
    proposal_id = await put_forward(
        tx,
        deps,
        caller,
        kind=MASS_REVOCATION,
        subject=f"job:{job.id}",
        organisation_id=job.organisation_id,
        payload=await payload_of(tx, job),
    )
    await revocation_jobs.change(tx, job.id, deps.clock.now(), "proposed", approval_id=proposal_id)
    return proposal_id


async def propose_filing(
    tx: Transaction, deps: Dependencies, caller: Principal, seal_id: UUID
) -> UUID:
    """Propose to file an inspected seal; what is approved is its very certificate and face."""
    seal = await seals.lock(tx, seal_id)
    if seal is None:
        raise SealNotFound
    office = await require_over(tx, caller, seal.office_id, PROVINCE)
    if seal.state is SealState.APPLIED:
        raise SealNotInspected
    if seal.state is not SealState.INSPECTED:
        raise SealStateConflict
    if seal.face == IMPRESSION and seal.drawing_sha256 is None:
        raise SealNotDrawn
    require_worth(deps, seal)
    return await put_forward(
        tx,
        deps,
        caller,
        kind=SEAL_FILING,
        subject=f"seal:{seal_id}",
        organisation_id=office,
        payload=filed_facts(seal),
    )


def filed_facts(seal: Seal) -> dict[str, str | None]:
    """Return what the two people of the province put into use: this very key and this very face."""
    return {
        "seal_id": str(seal.id),
        "signer_sha256": seal.signer_sha256,
        "impression_sha256": seal.impression_sha256,
        "drawing_sha256": seal.drawing_sha256,
    }


def require_worth(deps: Dependencies, seal: Seal) -> None:
    """Raise ``SealNotTrusted`` for a development seal in production, however it came there."""
    if deps.rules.production and seal.development:
        raise SealNotTrusted("测试签章不具法律效力，正式环境不能启用。")


async def propose_reinstatement(
    tx: Transaction, deps: Dependencies, caller: Principal, seal_id: UUID
) -> UUID:
    """Propose that a suspended seal may be used again: as weighty as its first activation."""
    seal = await seals.lock(tx, seal_id)
    if seal is None:
        raise SealNotFound
    office = await require_over(tx, caller, seal.office_id, PROVINCE)
    if seal.state is not SealState.SUSPENDED:
        raise SealStateConflict
    require_worth(deps, seal)
    return await put_forward(
        tx,
        deps,
        caller,
        kind=SEAL_REINSTATEMENT,
        subject=f"seal:{seal_id}",
        organisation_id=office,
        payload=filed_facts(seal),
    )


async def put_forward(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    *,
    kind: str,
    subject: str,
    organisation_id: UUID,
    payload: Mapping[str, Any],
) -> UUID:
    """Store a proposal for the second person; raise ``ProposalOpen`` if there is one already."""
    try:
        async with tx.begin_nested():
            proposal_id = await approvals.propose(
                tx,
                tables.approvals,
                kind=kind,
                subject=subject,
                organisation_id=organisation_id,
                payload=payload,
                proposer=caller.actor,
                now=deps.clock.now(),
            )
    except IntegrityError as error:
        raise ProposalOpen from error
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action=f"{kind}.proposed",
        subject=subject,
        detail={"approval": str(proposal_id), **payload},
    )
    return proposal_id
