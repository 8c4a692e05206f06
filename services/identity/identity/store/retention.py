"""Deleting what is only kept to recognise repetitions."""

from datetime import timedelta

from sqlalchemy import delete

from chassis.clock import Clock
from chassis.db import Database
from identity.store import accounts
from identity.tables import idempotency_keys, inbox

# Longer than any broker or client retries.
_REPETITIONS = timedelta(days=30)
_ATTEMPTS = timedelta(days=1)


async def drop_expired(database: Database, clock: Clock) -> None:
    """Delete handled-event notes, idempotency keys and log-in counters past their use."""
    now = clock.now()
    async with database.transaction() as tx:
        await tx.execute(delete(inbox).where(inbox.c.handled_at < now - _REPETITIONS))
        await tx.execute(
            delete(idempotency_keys).where(idempotency_keys.c.created_at < now - _REPETITIONS)
        )
        await accounts.drop_old_attempts(tx, before=now - _ATTEMPTS)
