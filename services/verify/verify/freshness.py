"""As of when the answers are complete, in the projection and in the cache behind it.

The ledger's heartbeat lists the transitions told since the one before. Its instant becomes ours
when everything it lists is applied and no heartbeat before it is missing. After a gap (a rebuild,
a queue that did not exist yet) the lists are useless; then the count decides: the versions held of
certificates told of by that instant must add up to the ledger's size.
"""

from uuid import UUID

import structlog

from chassis.db import Database, Transaction
from verify import store
from verify.cache import CacheUnavailable, FactCache, Head, new_epoch
from verify.domain import Fact

_log = structlog.get_logger()

# More heartbeats than this at once are not walked through one by one: ten minutes' worth.
_BATCH = 600


async def advance(tx: Transaction) -> int | None:
    """Move the freshness as far as it goes; return the sequence reached, None before the first."""
    await store.lock_freshness(tx)
    current = await store.current_freshness(tx)
    reached = last = current["sequence"] if current else 0
    gap = False
    for beat in await store.heartbeats_after(tx, last, _BATCH):
        gap = beat["sequence"] != reached + 1
        if gap or not await store.is_applied(tx, beat["sequence"]):
            break
        reached = beat["sequence"]
        newest = beat
    if reached > last:
        await store.set_freshness(tx, newest)
    if gap:
        reached = await _bridge(tx) or reached
    return reached or None


async def _bridge(tx: Transaction) -> int | None:
    """Cross a gap to the newest heartbeat, if the count says that nothing is missing."""
    beat = await store.newest_heartbeat(tx)
    # More than the ledger's size is no better than less: some of it is not placed yet, and could
    # stand for something that is missing.
    if beat is None or await store.transitions_told_by(tx, beat["as_of"]) != beat["size"]:
        return None
    await store.set_freshness(tx, beat)
    return int(beat["sequence"])


class Mirror:
    """Brings the cache's head to the projection's freshness; one copy at a time, by lease."""

    def __init__(self, database: Database, cache: FactCache) -> None:
        self._database = database
        self._cache = cache

    async def turn(self) -> None:
        """Advance, then bring the cache up to it; a cache that is away has its next turn soon."""
        async with self._database.transaction() as tx:
            await advance(tx)
        try:
            await self._follow()
        except CacheUnavailable as reason:
            _log.warning("cache_not_followed", reason=str(reason))

    async def _follow(self) -> None:
        """Offer what the cache has not been offered, then move its head.

        The head moves last and only if nobody else has moved it: a failure anywhere before
        leaves the cache saying the earlier, still true instant.
        """
        held = await self._cache.head()
        async with self._database.reading() as tx:
            fresh = await store.current_freshness(tx)
            if fresh is None or (held and held.sequence > fresh["sequence"]):
                return  # nothing known yet, or a rebuild has not caught up with the cache
            missed = await self._missed(tx, held, fresh["sequence"])
            offices = await store.all_offices(tx)
        if held and missed is not None:
            await self._cache.offer(missed, epoch=held.epoch)
        epoch = held.epoch if held and missed is not None else new_epoch()
        head = Head(epoch, fresh["sequence"], fresh["as_of"])
        await self._cache.move_head(held, head, offices)

    async def _missed(
        self, tx: Transaction, held: Head | None, until: int
    ) -> dict[bytes, Fact] | None:
        """Return the facts of all transitions after ``held``, or None if that is not known."""
        if held is None or until - held.sequence > _BATCH:
            return None
        beats = await store.heartbeats_after(tx, held.sequence, until - held.sequence)
        if [beat["sequence"] for beat in beats] != list(range(held.sequence + 1, until + 1)):
            return None
        ids = {UUID(entry["certificate_id"]) for beat in beats for entry in beat["entries"]}
        return await store.facts_by_id(tx, list(ids))
