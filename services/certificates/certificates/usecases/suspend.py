"""Suspending a certificate and lifting it again: one official, immediate."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from certificates.domain.entities import Certificate
from certificates.domain.reasons import is_reason
from certificates.domain.states import CertificateState, may_become
from certificates.errors import (
    CertificateNotFound,
    CertificateStateConflict,
    OwnCertificate,
    ReasonUnknown,
)
from certificates.store import certificates
from certificates.usecases import Dependencies
from certificates.usecases.authority import BUREAU, PROVINCE, require_over
from certificates.usecases.tell import OFFICE, Cause, tell_change
from chassis.auth import Principal
from chassis.db import Transaction


async def suspend_certificate(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    certificate_id: UUID,
    *,
    reason_code: str,
) -> Certificate:
    """Suspend a valid certificate; told to the public within seconds."""
    require_reason(reason_code)
    certificate = await certificate_in_charge(tx, caller, certificate_id)
    if certificate.state is not CertificateState.VALID:
        raise CertificateStateConflict
    return await move_certificate(
        tx,
        deps,
        certificate,
        CertificateState.SUSPENDED,
        reason_code=reason_code,
        actor=caller.actor,
    )


async def reinstate_certificate(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    certificate_id: UUID,
    *,
    reason_code: str,
) -> Certificate:
    """Make a suspended certificate valid again."""
    require_reason(reason_code)
    certificate = await certificate_in_charge(tx, caller, certificate_id)
    if certificate.state is not CertificateState.SUSPENDED:
        raise CertificateStateConflict
    return await move_certificate(
        tx,
        deps,
        certificate,
        CertificateState.VALID,
        reason_code=None,
        actor=caller.actor,
        detail={"reason_code": reason_code},
    )


def require_reason(code: str) -> None:
    """Raise ``ReasonUnknown`` for a code that nobody could look up."""
    if not is_reason(code):
        raise ReasonUnknown(field="/reason_code")


async def certificate_in_charge(
    tx: Transaction, caller: Principal, certificate_id: UUID
) -> Certificate:
    """Return the certificate, locked, when the caller acts for its office or above.

    Raises ``OwnCertificate`` for an official who is the holder: nobody decides about himself.
    """
    certificate = await certificates.lock(tx, certificate_id)
    if certificate is None:
        raise CertificateNotFound
    await require_over(tx, caller, certificate.office_id, BUREAU, PROVINCE)
    if caller.person_id == certificate.person_id:
        raise OwnCertificate
    return certificate


async def move_certificate(
    tx: Transaction,
    deps: Dependencies,
    certificate: Certificate,
    state: CertificateState,
    *,
    reason_code: str | None,
    actor: str,
    detail: Mapping[str, Any] | None = None,
    fraud: bool = False,
) -> Certificate:
    """Move a locked certificate and tell so; raise ``CertificateStateConflict`` if it may not."""
    if not may_become(certificate.state, state):
        raise CertificateStateConflict
    moved = replace(
        certificate,
        state=state,
        state_reason=reason_code,
        aggregate_version=certificate.aggregate_version + 1,
        changed_at=deps.clock.now(),
        # Whoever decides has looked.
        attention=None,
    )
    await certificates.save_state(tx, moved)
    told_reason = reason_code or (detail or {}).get("reason_code")
    await tell_change(
        tx,
        deps,
        moved,
        reinstated=state is CertificateState.VALID,
        cause=Cause(OFFICE, told_reason, fraud=fraud),
    )
    await deps.audit.record(
        tx,
        actor=actor,
        action=f"certificate.{state.value}",
        subject=f"certificate:{certificate.certificate_id}",
        detail=detail or {"reason_code": reason_code},
    )
    return moved
