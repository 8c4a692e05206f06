"""Reading a fact: memory of the last second, then Redis, then the projection."""

import asyncio
from collections.abc import Mapping, Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

from chassis.db import Database
from verify import store
from verify.cache import CacheUnavailable, FactCache
from verify.coalescing import Coalescer, TooManyWaiting
from verify.domain import NOTHING_READ, Fact, Offices, Snapshot

_log = structlog.get_logger()
# No invalidation messages: this is how old an answer may be, well below the two seconds promised.
_MEMORY_SECONDS = 1.0
# After a failure the source is left alone this long, so that its timeout is paid once.
_REST_SECONDS = 1.0
_REDIS_BATCH = 500
_PROJECTION_BATCH = 200
# Redis bounds itself by its timeout; this only keeps the memory of waiting callers finite.
_REDIS_WAITING = 50_000


class Rest:
    """Whether a source that failed is being left alone."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._until = 0.0

    def resting(self) -> bool:
        return asyncio.get_running_loop().time() < self._until

    def begin(self, reason: object) -> None:
        self._until = asyncio.get_running_loop().time() + _REST_SECONDS
        _log.warning("source_failed", source=self._source, reason=str(reason))


class Lookup:
    """Finds what is known of a token hash; never raises, because "nothing read" is an answer."""

    def __init__(
        self,
        database: Database,
        cache: FactCache,
        *,
        projection_timeout_seconds: float,
        projection_waiting_limit: int,
    ) -> None:
        self._database = database
        self._cache = cache
        self._timeout = projection_timeout_seconds
        self._memory: dict[bytes, Snapshot] = {}
        self._memory_ends = 0.0
        self._epoch = ""
        self._offices: Offices = {}
        self._offices_until = 0.0
        self._redis_rest = Rest("redis")
        self._projection_rest = Rest("projection")
        self._from_redis: Coalescer[Snapshot | None] = Coalescer(
            self._read_redis, batch_limit=_REDIS_BATCH, waiting_limit=_REDIS_WAITING
        )
        self._from_projection: Coalescer[Snapshot] = Coalescer(
            self._read_projection,
            batch_limit=_PROJECTION_BATCH,
            waiting_limit=projection_waiting_limit,
        )

    async def find(self, token_hash: bytes) -> Snapshot:
        """Return what the first source that answers says of ``token_hash``."""
        now = asyncio.get_running_loop().time()
        if now >= self._memory_ends:
            self._memory, self._memory_ends = {}, now + _MEMORY_SECONDS
        memory = self._memory
        if known := memory.get(token_hash):
            return known
        snapshot = await self._redis(token_hash) or await self._projection(token_hash)
        if snapshot is not NOTHING_READ:
            # Into the memory of when the question was asked: it dies with that second.
            memory[token_hash] = snapshot
        return snapshot

    async def _redis(self, token_hash: bytes) -> Snapshot | None:
        if self._redis_rest.resting():
            return None
        try:
            return await self._from_redis.get(token_hash)
        except (CacheUnavailable, TooManyWaiting):
            return None

    async def _projection(self, token_hash: bytes) -> Snapshot:
        if self._projection_rest.resting():
            return NOTHING_READ
        try:
            return await self._from_projection.get(token_hash)
        except (SQLAlchemyError, OSError, TimeoutError, TooManyWaiting):
            return NOTHING_READ

    async def _read_redis(self, hashes: Sequence[bytes]) -> Mapping[bytes, Snapshot | None]:
        loop_time = asyncio.get_running_loop().time()
        due = loop_time >= self._offices_until
        try:
            head, facts, offices = await self._cache.read(self._epoch, hashes, with_offices=due)
            if head.epoch != self._epoch:
                self._epoch = head.epoch
                head, facts, offices = await self._cache.read(self._epoch, hashes, with_offices=due)
        except CacheUnavailable as reason:
            # Forget the epoch: a reading begun now must not be offered to what Redis becomes.
            self._epoch = ""
            self._redis_rest.begin(reason)
            raise
        if offices is not None:
            self._offices, self._offices_until = offices, loop_time + _MEMORY_SECONDS
        as_of, known = head.as_of, self._offices
        return {one: Snapshot(facts[one], as_of, known) if one in facts else None for one in hashes}

    async def _read_projection(self, hashes: Sequence[bytes]) -> Mapping[bytes, Snapshot]:
        epoch = self._epoch
        try:
            async with asyncio.timeout(self._timeout), self._database.reading() as tx:
                # The instant first: facts read after it are at least as new as it says.
                fresh = await store.current_freshness(tx)
                facts = await store.facts_by_hash(tx, hashes)
                offices = await store.all_offices(tx)
        except (SQLAlchemyError, OSError, TimeoutError) as reason:
            self._projection_rest.begin(type(reason).__name__)
            raise
        as_of = fresh["as_of"] if fresh else None
        if epoch:
            await self._fill(facts, epoch)
        return {one: Snapshot(facts.get(one), as_of, offices) for one in hashes}

    async def _fill(self, facts: Mapping[bytes, Fact], epoch: str) -> None:
        try:
            await self._cache.offer(facts, epoch=epoch)
        except CacheUnavailable as reason:
            self._redis_rest.begin(reason)
