"""Step 2: look before rendering; what stands in the way is parked with a task."""

from sqlalchemy import ColumnElement

from certificates.domain.entities import Intent
from certificates.domain.offices import office_in_charge, rollout_for
from certificates.domain.preflight import Obstacle, Situation
from certificates.domain.states import IntentState
from certificates.events import certificate_parked
from certificates.store import copies, intents, seals
from certificates.usecases import SYSTEM, Dependencies
from certificates.usecases.plan import CopyMissing
from chassis.clock import legal_date, legal_midnight
from chassis.db import Transaction

# Intents replanned in one transaction; more would hold their locks for too long.
_BATCH = 500


async def survey(tx: Transaction, deps: Dependencies, intent: Intent) -> Situation:
    """Return what the preflight looks at; raise ``CopyMissing`` when a copy has disappeared."""
    person = await copies.person(tx, intent.person_id)
    wanted = [one for one in (intent.employer_id, intent.office_id) if one]
    found = await copies.organisations_of(tx, wanted)
    employer = found.get(intent.employer_id)
    if person is None or employer is None:
        raise CopyMissing("person or employer")
    # An intent without an office was parked for it; the tree may have been mended since.
    office = (
        found.get(intent.office_id)
        if intent.office_id
        else office_in_charge(await copies.line_of(tx, employer.path))
    )
    rollouts = await copies.rollouts_on(tx, office.path) if office else []
    now = deps.clock.now()
    seal = await seals.active_of(tx, office.organisation_id) if office else None
    if seal and seal.development and deps.rules.production:
        seal = None  # A seal for tests that came along in a copied database is worth nothing.
    return Situation(
        person=person,
        employer=employer,
        office=office,
        rollout=rollout_for(office.path, rollouts) if office else None,
        seal=seal,
        today=legal_date(now),
        now=now,
    )


async def park(tx: Transaction, deps: Dependencies, intent: Intent, obstacle: Obstacle) -> None:
    """Put a locked intent on the work list, tell so, and look again on the day it passes."""
    again = legal_midnight(obstacle.passes_on) if obstacle.passes_on else None
    version = await intents.change(
        tx,
        intent,
        IntentState.PARKED,
        deps.clock.now(),
        reason_code=obstacle.code,
        task=obstacle.task,
        next_attempt_at=again,
        last_error=None,
    )
    await deps.outbox.add(
        tx,
        certificate_parked(
            intent_id=intent.id,
            version=version,
            person_id=intent.person_id,
            year=intent.year,
            reason_code=obstacle.code,
            task=obstacle.task,
        ),
    )
    await deps.audit.record(
        tx,
        actor=SYSTEM,
        action="intent.parked",
        subject=f"intent:{intent.id}",
        detail={"reason": obstacle.code},
    )


async def replan(tx: Transaction, deps: Dependencies, intent: Intent, *, actor: str) -> None:
    """Send a locked intent back to the preflight, forgetting what was prepared for it."""
    now = deps.clock.now()
    await intents.drop_prepared(tx, intent.id)
    await intents.change(
        tx,
        intent,
        IntentState.PLANNED,
        now,
        next_attempt_at=now,
        attempts=0,
        last_error=None,
        certificate_id=None,
        status_index=None,
        seal_id=None,
        token_hash=None,
        record=None,
        deadline_at=now + deps.rules.deadline,
    )
    await deps.audit.record(
        tx, actor=actor, action="intent.replanned", subject=f"intent:{intent.id}"
    )


async def replan_where(tx: Transaction, deps: Dependencies, *which: ColumnElement[bool]) -> int:
    """Replan the intents that match all of ``which``, a batch of them; return how many.

    What a full batch leaves over, the reconciler takes up.
    """
    found = await intents.lock_waiting(tx, which, _BATCH)
    for intent in found:
        await replan(tx, deps, intent, actor=SYSTEM)
    return len(found)
