"""A forgotten certificate comes back from its own file: what was handed out stays good."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from certificates.domain.entities import Certificate, Seal
from certificates.domain.recovery import Contradiction, ToldCertificate
from certificates.domain.states import IntentState, SealState
from certificates.record import CertificateRecord, digest, parse_record
from certificates.sealing.stored_file import StoredFacts, read_stored
from certificates.store import certificates, intents, recovering, revisions, seals, templates
from certificates.usecases import Dependencies
from certificates.usecases.tell import PLATFORM
from certificates.workshop import Workshop
from chassis.db import Transaction
from chassis.ids import uuid7
from chassis.objects import ObjectStore
from chassis.telemetry import current_context

_FILED = (SealState.ACTIVE, SealState.SUSPENDED, SealState.REPLACED, SealState.INSPECTED)


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A forgotten certificate with everything that is needed to enter it again."""

    told: ToldCertificate
    person_id: UUID
    employer_id: UUID
    status_index: int
    file_sha256: str
    size_bytes: int
    facts: StoredFacts
    record: CertificateRecord


async def examine(told: ToldCertificate, objects: ObjectStore) -> Witnessed:
    """Fetch the file and hold it against what was told; raise ``Contradiction``.

    Errors of the store (``NotFound``, ``DamagedObject``) come through.
    """
    if not (told.person_id and told.employer_id and told.file_sha256):
        raise Contradiction("told before persons and files were kept")
    if told.status_index is None or told.record_digest is None:
        raise Contradiction("told before records and places were kept")
    content = await objects.get(told.file_sha256)
    facts = read_stored(content)
    record = parse_record(facts.record)
    if digest(record) != told.record_digest or record.certificate_id != told.certificate_id:
        raise Contradiction("the record in the file is another one")
    return Witnessed(
        told,
        told.person_id,
        told.employer_id,
        told.status_index,
        told.file_sha256,
        len(content),
        facts,
        record,
    )


async def seal_of(tx: Transaction, found: Witnessed) -> Seal:
    """Return the office's filed seal that sealed the file; raise ``Contradiction``."""
    for seal in await seals.of_office(tx, found.record.office_id, *_FILED):
        if seal.signer_certificate == found.facts.signer_certificate:
            return seal
    raise Contradiction("its seal is not filed here: file it again first")


async def rendered_length(found: Witnessed, objects: ObjectStore, workshop: Workshop) -> int:
    """Return how much of the file was rendered, once it passes the gate; else ``Contradiction``."""
    content = await objects.get(found.file_sha256)
    failed = ""
    for length in found.facts.rendered_lengths:
        report = await workshop.check(
            content,
            rendered_length=length,
            record=found.facts.record,
            pinned=found.facts.signer_certificate,
            at=found.facts.signed_at,
        )
        if report.passed:
            return length
        failed = ", ".join(check.name for check in report.checks if not check.passed)
    raise Contradiction(f"its file fails {failed}")


async def adopt(
    tx: Transaction, deps: Dependencies, found: Witnessed, seal: Seal, *, length: int
) -> Certificate:
    """Enter intent, certificate, file and signature again, in the state that was told.

    The ledger's entries are the caller's.
    """
    now = deps.clock.now()
    intent_id, completion = await _settled_intent(tx, deps, found, seal, now)
    certificate = _certificate(found, seal, intent_id, completion=completion, length=length)
    template_digest = await templates.digest_of(tx, "certificate", certificate.template_version)
    certificate = replace(certificate, changed_at=now, template_digest=template_digest)
    await certificates.add(tx, certificate)
    await revisions.register_sealed(tx, certificate, due_at=now + deps.rules.revision_delay)
    await recovering.note_stored(
        tx,
        found.facts.signed_digest,
        seal_id=seal.id,
        intent_id=intent_id,
        signed_at=found.facts.signed_at,
    )
    return certificate


async def _settled_intent(
    tx: Transaction, deps: Dependencies, found: Witnessed, seal: Seal, now: datetime
) -> tuple[UUID, int]:
    """Return the issued intent of the certificate with its completion; made when there is none."""
    result = {
        "certificate_id": found.record.certificate_id,
        "version": found.record.version,
        "status_index": found.status_index,
        "seal_id": seal.id,
        "token_hash": found.told.token_hash,
        "record": found.facts.record,
        "next_attempt_at": None,
        "last_error": None,
    }
    intent = await recovering.intent_for(
        tx, found.record.certificate_id, found.person_id, found.record.year
    )
    if intent:
        await intents.change(tx, intent, IntentState.ISSUED, now, **result)
        await intents.drop_prepared(tx, intent.id)
        return intent.id, intent.completion
    row = await _new_intent(tx, deps, found, now)
    await recovering.add_intent(tx, row | result)
    return row["id"], row["completion"]


async def _new_intent(
    tx: Transaction, deps: Dependencies, found: Witnessed, now: datetime
) -> dict[str, Any]:
    record, context = found.record, current_context()
    completion, correction = await recovering.next_correction(tx, found.person_id, record.year)
    return {
        "id": uuid7(),
        "aggregate_version": 1,
        "state": IntentState.ISSUED,
        "person_id": found.person_id,
        "year": record.year,
        "completion": completion,
        "completed_at": found.facts.signed_at,
        "employer_id": found.employer_id,
        "office_id": record.office_id,
        "title_level": record.level,
        "rule_id": record.rule_id,
        "rule_version": record.rule_version,
        "total_tenths": record.credit_tenths.total,
        "public_tenths": record.credit_tenths.public,
        "professional_tenths": record.credit_tenths.professional,
        "attempts": 0,
        "deadline_at": now + deps.rules.deadline,
        "created_at": now,
        "changed_at": now,
        "correlation_id": context.correlation_id,
        "causation_id": context.causation_id,
        "traceparent": context.traceparent,
        "correction": correction,
        "correction_by": PLATFORM if correction else None,
    }


def _certificate(
    found: Witnessed, seal: Seal, intent_id: UUID, *, completion: int, length: int
) -> Certificate:
    record, told = found.record, found.told
    return Certificate(
        certificate_id=record.certificate_id,
        aggregate_version=told.aggregate_version,
        state=told.state,
        state_reason=None,
        intent_id=intent_id,
        person_id=found.person_id,
        year=record.year,
        version=record.version,
        completion=completion,
        supersedes=told.supersedes,
        management_number=record.number,
        name=record.name,
        identity_masked=record.identity_masked,
        sex=record.sex,
        employer_id=found.employer_id,
        employer_name=record.employer,
        title_level=record.level,
        total_tenths=record.credit_tenths.total,
        public_tenths=record.credit_tenths.public,
        professional_tenths=record.credit_tenths.professional,
        office_id=record.office_id,
        office_name=record.office_name,
        issued_on=record.issued_on,
        issued_at=found.facts.signed_at,
        changed_at=found.facts.signed_at,
        status_index=found.status_index,
        token_hash=told.token_hash,
        record=found.facts.record,
        record_digest=digest(record),
        template_version=record.template_version,
        seal_id=seal.id,
        signer_certificate=found.facts.signer_certificate,
        rendered_length=length,
        file_sha256=found.file_sha256,
        file_bytes=found.size_bytes,
        attention=None,
    )
