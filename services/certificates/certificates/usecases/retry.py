"""An official sends a waiting intent on its way again."""

from uuid import UUID

from certificates.domain.states import AWAITING_SEAL, IntentState
from certificates.errors import IntentNotFound, IntentStateConflict, QuarantineNeedsTwo
from certificates.store import intents, lanes
from certificates.usecases import Dependencies
from certificates.usecases.authority import WORKERS, require_over
from certificates.usecases.preflight import replan
from chassis.auth import Principal
from chassis.db import Transaction


async def retry_intent(
    tx: Transaction, deps: Dependencies, caller: Principal, intent_id: UUID
) -> None:
    """Check a parked intent afresh; make one that waits for its seal due now.

    Prepared bytes are never changed: only an intent that starts over gets new ones. What is in
    quarantine takes two people (``usecases/quarantine.py``).
    """
    intent = await intents.lock(tx, intent_id)
    if intent is None:
        raise IntentNotFound
    await require_over(tx, caller, intent.office_id or intent.employer_id, *WORKERS)
    if intent.state is IntentState.QUARANTINED:
        raise QuarantineNeedsTwo
    if intent.state is IntentState.PARKED:
        await replan(tx, deps, intent, actor=caller.actor)
    elif intent.state in AWAITING_SEAL and intent.seal_id:
        now = deps.clock.now()
        await intents.make_due(tx, intent.id, now)
        await lanes.hasten(tx, intent.seal_id, now)
    else:
        raise IntentStateConflict
