"""Deleting what is only kept to recognise repetitions and copies."""

from datetime import timedelta

from sqlalchemy import delete

from chassis.clock import Clock
from chassis.db import Database
from identity.store import accounts, sessions
from identity.tables import idempotency_keys, inbox

# Longer than any broker or client retries.
_REPETITIONS = timedelta(days=30)
_ATTEMPTS = timedelta(days=1)
# So long a log-in that was not one's own can be looked into; none lasts longer than this.
_SESSIONS = timedelta(days=30)


async def drop_expired(database: Database, clock: Clock) -> None:
    """Delete handled-event notes, keys, log-in counters and sessions past their use."""
    now = clock.now()
    async with database.transaction() as tx:
        await tx.execute(delete(inbox).where(inbox.c.handled_at < now - _REPETITIONS))
        await tx.execute(
            delete(idempotency_keys).where(idempotency_keys.c.created_at < now - _REPETITIONS)
        )
        await accounts.drop_old_attempts(tx, before=now - _ATTEMPTS)
        await sessions.drop_unused(tx, before=now - _SESSIONS)
