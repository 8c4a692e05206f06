"""What the seal services' logs leave out of what we hold.

A service enters a signature in its log before it hands it over. So a log that was read to its end
tells of every signature that we held before. One that it leaves out means that its log can be
written past, or that the service does not keep it as it says: what else does it leave out?
"""

from datetime import datetime, timedelta

import structlog

from certificates.store import omissions
from certificates.usecases import SYSTEM, Bench

_log = structlog.get_logger()
# Our own transactions that are not committed yet, and workers' clocks that differ.
_YOUNG = timedelta(minutes=5)


async def notice_omissions(bench: Bench, endpoint: str, *, read_at: datetime) -> int:
    """Compare what we held with a log that was read to its end at ``read_at``; tell the new ones.

    Each signature is looked for once; one that the log tells of later closes its own case.
    """
    async with bench.database.transaction() as tx:
        since, until = await omissions.looked_until(tx, endpoint), read_at - _YOUNG
        if until <= since:
            return 0
        now = bench.deps.clock.now()
        found = await omissions.note(tx, endpoint, since=since, until=until, now=now)
        for omission_id in found:
            await bench.deps.audit.record(
                tx,
                actor=SYSTEM,
                action="seal_log.omits_signature",
                subject=f"seal_log_entry:{omission_id}",
                detail={"endpoint": endpoint},
            )
    if found:
        _log.error("seal_log_omits", security=True, endpoint=endpoint, signatures=len(found))
    return len(found)


async def nothing_to_compare(bench: Bench, endpoint: str) -> None:
    """Note that this service keeps no log for us, so that nothing of today is missed in one later.

    Services that seal whole documents are such; one may change its shape.
    """
    async with bench.database.transaction() as tx:
        await omissions.pass_over(tx, endpoint, bench.deps.clock.now())
