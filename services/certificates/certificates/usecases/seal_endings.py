"""Warning before a seal's certificate ends: sixty, thirty and seven days ahead, and on the day."""

from datetime import datetime, timedelta

import structlog

from certificates.domain.entities import Seal
from certificates.domain.presence import present
from certificates.store import seals
from certificates.usecases import SYSTEM, Dependencies
from chassis.db import Database, Transaction

_log = structlog.get_logger()
# Days ahead, nearest first; 0 is the end itself.
THRESHOLDS = (0, 7, 30, 60)


async def warn_of_endings(database: Database, deps: Dependencies) -> int:
    """Tell once per threshold of every seal in use that ends; return how many were told.

    A seal found late is told of at its nearest threshold only.
    """
    now = deps.clock.now()
    told = 0
    async with database.transaction() as tx:
        for seal in await seals.ending(tx, now + timedelta(days=THRESHOLDS[-1])):
            told += await _warn(tx, deps, seal, now)
    return told


async def _warn(tx: Transaction, deps: Dependencies, seal: Seal, now: datetime) -> bool:
    ends_at = present(seal.valid_until)
    days = next(days for days in THRESHOLDS if ends_at <= now + timedelta(days=days))
    if not await seals.note_warning(tx, seal.id, days, now):
        return False
    name = "seal_ends_soon" if days else "seal_ended"
    _log.error(name, seal_id=str(seal.id), office_id=str(seal.office_id), days=days)
    await deps.audit.record(
        tx,
        actor=SYSTEM,
        action=f"seal.{'ends_soon' if days else 'ended'}",
        subject=f"seal:{seal.id}",
        detail={"days": days, "valid_until": ends_at.isoformat()},
    )
    return True
