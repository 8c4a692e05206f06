"""The reconciler: no intent is ever forgotten; it is retried or it is shown."""

import structlog

from certificates.domain.preflight import SEAL_NOT_ACTIVE
from certificates.store import intents
from certificates.usecases import Dependencies
from certificates.usecases.preflight import replan_where
from chassis.db import Database

_log = structlog.get_logger()


async def reconcile(database: Database, deps: Dependencies) -> int:
    """Send on what no longer has to wait, name what is overdue; return how many were sent on.

    Intents whose worker died need nothing here: their lease ends and the next worker takes them.
    """
    now = deps.clock.now()
    async with database.transaction() as tx:
        moved = await replan_where(tx, deps, intents.parked_for(), intents.due(now))
        moved += await replan_where(
            tx, deps, intents.parked_for(SEAL_NOT_ACTIVE), intents.office_has_active_seal()
        )
        moved += await replan_where(tx, deps, intents.seal_out_of_use())
        overdue = await intents.overdue(tx, now)
    if overdue:
        _log.warning("intents_overdue", **overdue)
    return moved
