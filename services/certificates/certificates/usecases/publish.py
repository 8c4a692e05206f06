"""Step 6: a sealed file that passed the gate becomes the valid certificate, in one transaction."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from certificates.domain.entities import Certificate, Intent, Seal
from certificates.domain.presence import present
from certificates.domain.states import CertificateState, IntentState, SealState
from certificates.record import CertificateRecord, digest, parse_record
from certificates.store import certificates, digests, intents, revisions, seals, templates
from certificates.usecases import SYSTEM, Dependencies
from certificates.usecases.plan import cancel_intent
from certificates.usecases.tell import BY_ITSELF, Cause, tell_change
from chassis.db import Transaction


@dataclass(frozen=True, slots=True)
class StoredFile:
    """The sealed file as it lies in the object store."""

    sha256: str
    size_bytes: int
    rendered_length: int


class LeaseLost(Exception):
    """The intent was cancelled or taken over meanwhile; what was done for it is discarded."""


class SealOutOfUse(Exception):
    """The seal was suspended or replaced while the document was under way."""


async def publish_certificate(
    tx: Transaction, deps: Dependencies, intent_id: UUID, lease: UUID, file: StoredFile
) -> Certificate | None:
    """Make the certificate valid, supersede the one before it, and tell both.

    Returns None for a correction whose certificate is no longer valid: what an office suspended
    or revoked meanwhile must not come back by it, so the intent is cancelled.

    Written together: both states, ledger entries, events and the audit row. Raises ``LeaseLost``
    or ``SealOutOfUse`` and then writes nothing. The unique index on certificates in force is what
    makes a second valid file of the same year impossible, whatever went wrong before.
    """
    intent = await intents.lock_held(tx, intent_id, lease)
    if intent is None or intent.state is not IntentState.SEALING:
        raise LeaseLost
    seal = await seals.share(tx, present(intent.seal_id))
    if seal is None or seal.state is not SealState.ACTIVE:
        raise SealOutOfUse
    now = deps.clock.now()
    previous = await certificates.lock_in_force(tx, intent.person_id, intent.year)
    if intent.correction and (previous is None or previous.state is not CertificateState.VALID):
        await cancel_intent(tx, deps, intent, reason="certificates.correction_overtaken")
        return None
    cause = _cause_of(intent)
    if previous:
        await _supersede(tx, deps, previous, now, cause)
    certificate = _certificate(intent, seal, file, previous, now)
    template_digest = await templates.digest_of(tx, "certificate", certificate.template_version)
    certificate = replace(certificate, template_digest=template_digest)
    await certificates.add(tx, certificate)
    await revisions.register_sealed(tx, certificate, due_at=now + deps.rules.revision_delay)
    await intents.change(tx, intent, IntentState.ISSUED, now, next_attempt_at=None, last_error=None)
    await digests.mark_stored(tx, intent.id, now)
    await intents.drop_prepared(tx, intent.id)
    await tell_change(tx, deps, certificate, cause=cause)
    await deps.audit.record(
        tx,
        actor=SYSTEM,
        action="certificate.issued",
        subject=f"certificate:{certificate.certificate_id}",
        detail={"file_sha256": file.sha256, "seal": str(seal.id), "intent": str(intent.id)},
    )
    return certificate


def _cause_of(intent: Intent) -> Cause:
    """Return whose wish the new version is: the completion's, or who asked for a correction."""
    if not intent.correction:
        return BY_ITSELF
    return Cause(present(intent.correction_by), intent.correction_reason)


async def _supersede(
    tx: Transaction, deps: Dependencies, previous: Certificate, now: datetime, cause: Cause
) -> None:
    superseded = replace(
        previous,
        state=CertificateState.SUPERSEDED,
        state_reason=None,
        aggregate_version=previous.aggregate_version + 1,
        changed_at=now,
        attention=None,
    )
    await certificates.save_state(tx, superseded)
    await tell_change(tx, deps, superseded, cause=cause)


def _certificate(
    intent: Intent, seal: Seal, file: StoredFile, previous: Certificate | None, now: datetime
) -> Certificate:
    record: CertificateRecord = parse_record(present(intent.record))
    return Certificate(
        certificate_id=record.certificate_id,
        aggregate_version=1,
        state=CertificateState.VALID,
        state_reason=None,
        intent_id=intent.id,
        person_id=intent.person_id,
        year=record.year,
        version=record.version,
        completion=intent.completion,
        supersedes=previous.certificate_id if previous else None,
        management_number=record.number,
        name=record.name,
        identity_masked=record.identity_masked,
        sex=record.sex,
        employer_id=intent.employer_id,
        employer_name=record.employer,
        title_level=record.level,
        total_tenths=record.credit_tenths.total,
        public_tenths=record.credit_tenths.public,
        professional_tenths=record.credit_tenths.professional,
        office_id=record.office_id,
        office_name=record.office_name,
        issued_on=record.issued_on,
        issued_at=now,
        changed_at=now,
        status_index=present(intent.status_index),
        token_hash=present(intent.token_hash),
        record=present(intent.record),
        record_digest=digest(record),
        template_version=record.template_version,
        seal_id=seal.id,
        signer_certificate=present(seal.signer_certificate),
        rendered_length=file.rendered_length,
        file_sha256=file.sha256,
        file_bytes=file.size_bytes,
        attention=None,
    )
