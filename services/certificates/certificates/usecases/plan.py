"""Step 1: a completed year becomes an intent; a reopened one ends it."""

from uuid import UUID

from certificates.domain import attention
from certificates.domain.entities import Completion, Intent
from certificates.domain.offices import office_in_charge, path_ids
from certificates.domain.states import IntentState
from certificates.store import certificates, copies, intents, quarantines
from certificates.usecases import SYSTEM, Dependencies
from chassis.db import Transaction
from chassis.ids import uuid7
from chassis.telemetry import current_context


class CopyMissing(Exception):
    """A fact the event refers to has not arrived yet; the message names which."""


async def plan_certificate(tx: Transaction, deps: Dependencies, completion: Completion) -> bool:
    """Plan the certificate of a completed year; return False when that completion is known.

    Office in charge, level and rule are fixed here, once. An older intent of the same year that
    is still open is cancelled: its reopening may arrive later or has been overtaken.
    """
    office_id = await _office_id(tx, completion)
    for older in await intents.lock_open_of_year(tx, completion.person_id, completion.year):
        if older.completion >= completion.completion:
            return False
        await cancel_intent(tx, deps, older, reason="certificates.completed_again")
    now = deps.clock.now()
    context = current_context()
    intent_id = uuid7()
    row = {name: getattr(completion, name) for name in Completion.__dataclass_fields__} | {
        "id": intent_id,
        "aggregate_version": 1,
        "state": IntentState.PLANNED,
        "office_id": office_id,
        "attempts": 0,
        "next_attempt_at": now,
        "deadline_at": now + deps.rules.deadline,
        "created_at": now,
        "changed_at": now,
        "correlation_id": context.correlation_id,
        "causation_id": context.causation_id,
        "traceparent": context.traceparent,
    }
    if not await intents.add(tx, row):
        return False
    await deps.audit.record(
        tx, actor=SYSTEM, action="intent.planned", subject=f"intent:{intent_id}"
    )
    return True


async def _office_id(tx: Transaction, completion: Completion) -> UUID | None:
    if await copies.person(tx, completion.person_id) is None:
        raise CopyMissing("person")
    employer = await copies.organisation(tx, completion.employer_id)
    if employer is None:
        raise CopyMissing("employer")
    line = await copies.line_of(tx, employer.path)
    if len(line) < len(path_ids(employer.path)):
        # Deciding without a missing link could name an office above the right one.
        raise CopyMissing("organisation above the employer")
    office = office_in_charge(line)
    return office.organisation_id if office else None


async def cancel_intent(
    tx: Transaction, deps: Dependencies, intent: Intent, *, reason: str
) -> None:
    """End a locked open intent; a signature that still comes back finds no lease and is dropped."""
    now = deps.clock.now()
    await intents.change(
        tx, intent, IntentState.CANCELLED, now, next_attempt_at=None, last_error=reason
    )
    await quarantines.cancel_of(tx, intent.id, now)
    await intents.drop_prepared(tx, intent.id)
    await deps.audit.record(
        tx,
        actor=SYSTEM,
        action="intent.cancelled",
        subject=f"intent:{intent.id}",
        detail={"reason": reason},
    )


async def reopen_year(tx: Transaction, deps: Dependencies, completion: Completion) -> None:
    """Act on a reopened year: cancel what is not valid yet; show the office what already is.

    A valid certificate is not touched: suspending takes one official, revoking two.
    """
    for intent in await intents.lock_open_of_year(tx, completion.person_id, completion.year):
        if intent.completion <= completion.completion:
            await cancel_intent(tx, deps, intent, reason="certificates.year_reopened")
    certificate = await certificates.lock_in_force(tx, completion.person_id, completion.year)
    if certificate and certificate.completion <= completion.completion:
        await certificates.mark(tx, certificate.certificate_id, attention.YEAR_REOPENED)
        await deps.audit.record(
            tx,
            actor=SYSTEM,
            action="certificate.year_reopened",
            subject=f"certificate:{certificate.certificate_id}",
        )
