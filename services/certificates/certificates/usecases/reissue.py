"""Correction with no gap: a new version of the same completion, asked for by a person.

Nothing is reissued by itself. The old certificate stays valid until the new one is published,
which supersedes it in the same transaction; a new one that is parked, quarantined or cancelled
leaves it untouched.
"""

from dataclasses import dataclass
from uuid import UUID

from certificates.domain.correction import corrections
from certificates.domain.entities import Certificate, Intent
from certificates.domain.presence import present
from certificates.domain.states import CertificateState, IntentState
from certificates.errors import (
    CertificateNotFound,
    CertificateStateConflict,
    IssueUnderWay,
    NothingToCorrect,
    YearUnderReview,
)
from certificates.store import certificates, copies, intents
from certificates.usecases import Dependencies
from certificates.usecases.authority import BUREAU, PROVINCE, require_over
from certificates.usecases.suspend import require_reason
from chassis.auth import Principal
from chassis.db import Transaction
from chassis.ids import uuid7
from chassis.telemetry import current_context

_OF_THE_COMPLETION = (
    "person_id",
    "year",
    "completion",
    "completed_at",
    "employer_id",
    "office_id",
    "title_level",
    "rule_id",
    "rule_version",
    "total_tenths",
    "public_tenths",
    "professional_tenths",
)


@dataclass(frozen=True, slots=True)
class Reissue:
    """What was planned, and which printed facts it will correct."""

    intent_id: UUID
    corrections: list[str]


async def reissue_certificate(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    certificate_id: UUID,
    *,
    reason_code: str,
) -> Reissue:
    """Plan the next version of a valid certificate whose printed facts have changed.

    Refuses when it is not valid, when its year is under review, when a certificate of the year is
    under way already, and when nothing printed would change.
    """
    require_reason(reason_code)
    certificate = await certificates.lock(tx, certificate_id)
    if certificate is None:
        raise CertificateNotFound
    asked_by = await _standing(tx, caller, certificate)
    if certificate.state is not CertificateState.VALID:
        raise CertificateStateConflict
    if certificate.attention:
        raise YearUnderReview
    if await intents.lock_open_of_year(tx, certificate.person_id, certificate.year):
        raise IssueUnderWay
    changed = await _changed(tx, certificate)
    if not changed:
        raise NothingToCorrect
    original = present(await intents.find(tx, certificate.intent_id))
    intent_id = uuid7()
    await intents.add(
        tx,
        _row(deps, original, asked_by=asked_by, reason_code=reason_code)
        | {"id": intent_id, "correction": await intents.next_correction(tx, original)},
    )
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action="certificate.reissue_requested",
        subject=f"certificate:{certificate_id}",
        detail={
            "intent": str(intent_id),
            "reason_code": reason_code,
            "asked_by": asked_by,
            "corrections": changed,
        },
    )
    return Reissue(intent_id, changed)


async def _standing(tx: Transaction, caller: Principal, certificate: Certificate) -> str:
    """Return as whom the caller asks; raise ``Forbidden`` for anybody else."""
    if caller.person_id == certificate.person_id:
        return "holder"
    await require_over(tx, caller, certificate.office_id, BUREAU, PROVINCE)
    return "office"


async def _changed(tx: Transaction, certificate: Certificate) -> list[str]:
    return corrections(
        certificate,
        person=present(await copies.person(tx, certificate.person_id)),
        employer=present(await copies.organisation(tx, certificate.employer_id)),
        office=present(await copies.organisation(tx, certificate.office_id)),
    )


def _row(
    deps: Dependencies, original: Intent, *, asked_by: str, reason_code: str
) -> dict[str, object]:
    now, context = deps.clock.now(), current_context()
    return {name: getattr(original, name) for name in _OF_THE_COMPLETION} | {
        "aggregate_version": 1,
        "state": IntentState.PLANNED,
        "correction_by": asked_by,
        "correction_reason": reason_code,
        "attempts": 0,
        "next_attempt_at": now,
        "deadline_at": now + deps.rules.deadline,
        "created_at": now,
        "changed_at": now,
        "correlation_id": context.correlation_id,
        "causation_id": context.causation_id,
        "traceparent": context.traceparent,
    }
