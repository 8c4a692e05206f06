"""Facts of this service as events; the only place that spells outgoing event types."""

from collections.abc import Sequence
from uuid import UUID

from certificates.domain.entities import Certificate, Seal
from certificates.domain.states import CertificateState, SealState
from certificates.store.ledger import LEDGER_ID, Entry, Head
from chassis.envelope import NewEvent

CERTIFICATE_ISSUED = "certificates.certificate.issued.v1"
CERTIFICATE_REINSTATED = "certificates.certificate.reinstated.v1"
_OF_STATE = {
    CertificateState.SUSPENDED: "certificates.certificate.suspended.v1",
    CertificateState.SUPERSEDED: "certificates.certificate.superseded.v1",
    CertificateState.REVOKED: "certificates.certificate.revoked.v1",
}
_OF_SEAL = {
    SealState.ACTIVE: "certificates.seal.activated.v1",
    SealState.SUSPENDED: "certificates.seal.suspended.v1",
    # A seal that a newer one has replaced may not be used any more either.
    SealState.REPLACED: "certificates.seal.suspended.v1",
}


def certificate_changed(certificate: Certificate, *, reinstated: bool = False) -> NewEvent:
    """Return the event that tells the certificate's present state.

    A valid certificate is told as issued, which is also what a republication of it sends.
    """
    if reinstated:
        event_type = CERTIFICATE_REINSTATED
    else:
        event_type = _OF_STATE.get(certificate.state, CERTIFICATE_ISSUED)
    return NewEvent(
        type=event_type,
        aggregate_id=certificate.certificate_id,
        aggregate_version=certificate.aggregate_version,
        data={
            "certificate_id": certificate.certificate_id,
            "person_id": certificate.person_id,
            "year": certificate.year,
            "version": certificate.version,
            "state": certificate.state.value,
            "token_hash": certificate.token_hash.hex(),
            "management_number": certificate.management_number,
            "name": certificate.name,
            "identity_masked": certificate.identity_masked,
            "sex": certificate.sex,
            "employer_id": certificate.employer_id,
            "employer_name": certificate.employer_name,
            "title_level": certificate.title_level,
            "total_tenths": certificate.total_tenths,
            "public_tenths": certificate.public_tenths,
            "professional_tenths": certificate.professional_tenths,
            "office_id": certificate.office_id,
            "office_name": certificate.office_name,
            "issued_on": certificate.issued_on,
            "supersedes": certificate.supersedes,
            "status_index": certificate.status_index,
            "file_sha256": certificate.file_sha256,
            "file_bytes": certificate.file_bytes,
            "record_digest": certificate.record_digest.hex(),
            "template_version": certificate.template_version,
            "state_reason": certificate.state_reason,
        },
    )


def certificate_parked(
    *, intent_id: UUID, version: int, person_id: UUID, year: int, reason_code: str, task: str
) -> NewEvent:
    """Return the event that tells what has to be done before a year can be certified."""
    return NewEvent(
        type="certificates.certificate.parked.v1",
        aggregate_id=intent_id,
        aggregate_version=version,
        data={
            "intent_id": intent_id,
            "person_id": person_id,
            "year": year,
            "reason_code": reason_code,
            "task": task,
        },
    )


def seal_changed(seal: Seal, *, version: int, state: SealState, office_name: str) -> NewEvent:
    """Return the event that tells whether an office's seal may be used."""
    return NewEvent(
        type=_OF_SEAL[state],
        aggregate_id=seal.id,
        aggregate_version=version,
        data={
            "seal_id": seal.id,
            "office_id": seal.office_id,
            "office_name": office_name,
            "state": "active" if state is SealState.ACTIVE else "suspended",
            "signer_sha256": seal.signer_sha256,
            "valid_until": seal.valid_until,
        },
    )


def ledger_advanced(head: Head, entries: Sequence[Entry]) -> NewEvent:
    """Return the heartbeat: every transition committed before ``as_of`` is told."""
    return NewEvent(
        type="certificates.ledger.advanced.v1",
        aggregate_id=LEDGER_ID,
        aggregate_version=head.sequence,
        data={
            "sequence": head.sequence,
            "size": head.size,
            "as_of": head.as_of,
            "entries": [
                {
                    "certificate_id": str(entry.certificate_id),
                    "aggregate_version": entry.aggregate_version,
                }
                for entry in entries
            ],
        },
    )
