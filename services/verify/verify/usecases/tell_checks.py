"""Tell the holders' service how often their certificates were checked."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from sqlalchemy import select

from chassis.clock import Clock
from chassis.db import Database
from chassis.envelope import NewEvent
from chassis.outbox import Outbox
from verify import check_counts, events
from verify.tables_of_records import check_counts as counts

# Events of one transaction, and transactions of one turn.
_AT_ONCE = 500
_PARTS = 20


async def tell_checks(database: Database, outbox: Outbox, clock: Clock, *, after: timedelta) -> int:
    """Tell the counts of hours that began longer ago than ``after``; return how many.

    With an hour each certificate, kind and hour is told once, whatever was counted late again.
    """
    told = 0
    for _ in range(_PARTS):
        async with database.transaction() as tx:
            rows = await check_counts.untold(tx, clock.now() - after, limit=_AT_ONCE)
            names = await check_counts.names_of_clients(tx)
            new = [
                events.certificate_checked(row, names, version=row["told_version"] + 1)
                for row in rows
            ]
            await outbox.add(tx, *new)
            await check_counts.mark_told(tx, [row["id"] for row in rows])
        told += len(rows)
        if len(rows) < _AT_ONCE:
            break
    return told


async def told_so_far(database: Database, *, since: datetime | None) -> AsyncIterator[NewEvent]:
    """Yield what was told last of every count, of hours since then."""
    async with database.reading() as tx:
        names = await check_counts.names_of_clients(tx)
        query = select(counts).where(counts.c.told_version > 0).order_by(counts.c.hour)
        if since:
            query = query.where(counts.c.hour >= check_counts.hour_of(since))
        async for row in (await tx.stream(query)).mappings():
            last = dict(row) | {"count": row["told"]}
            yield events.certificate_checked(last, names, version=row["told_version"])
