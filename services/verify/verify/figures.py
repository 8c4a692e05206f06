"""What verify counts for those who run it: how fresh its answers are, what waits, the cache."""

import asyncio
from collections.abc import Iterable

import structlog
from opentelemetry import metrics
from opentelemetry.metrics import CallbackOptions, Observation

from chassis import figures
from chassis.figures import MOST_COUNTED, Count, Gauge
from verify.cache import CacheState, CacheUnavailable, FactCache
from verify.subscribers import QUEUES
from verify.tables_of_records import outbox, parked

_log = structlog.get_logger()
_CACHE_SECONDS = 15.0
_FRESH_SECONDS = 5.0


def counts() -> list[Count]:
    """Return everything the worker counts in the tables."""
    most = {"most": MOST_COUNTED}
    return [
        Count(
            "SELECT extract(epoch FROM now() - as_of) AS age FROM projection.freshness",
            {"age": Gauge("yuzheng.verify.freshness.age", "s")},
            every_seconds=_FRESH_SECONDS,
        ),
        Count(
            "SELECT count(*) AS waiting FROM (SELECT FROM records.deliveries"
            " WHERE state = 'pending' LIMIT :most) AS pending",
            {"waiting": Gauge("yuzheng.verify.deliveries.waiting")},
            most,
        ),
        Count(
            "SELECT count(*) AS open FROM (SELECT FROM records.batches"
            " WHERE state IN ('waiting', 'running') LIMIT :most) AS unfinished",
            {"open": Gauge("yuzheng.verify.batches.open")},
            most,
        ),
        *figures.of_messages(outbox, parked, QUEUES),
        *figures.of_database(),
    ]


class CacheFigures:
    """Asks the cache how it is, at an interval; one that is away is told of as such."""

    def __init__(self, cache: FactCache) -> None:
        self._cache = cache
        self._state: CacheState | None = None
        meter = metrics.get_meter("yuzheng")
        meter.create_observable_gauge("yuzheng.cache.up", callbacks=[self._up])
        meter.create_observable_gauge("yuzheng.cache.memory", callbacks=[self._memory], unit="By")
        meter.create_observable_gauge("yuzheng.cache.keys", callbacks=[self._keys])
        meter.create_observable_gauge("yuzheng.cache.clients", callbacks=[self._clients])
        meter.create_observable_counter("yuzheng.cache.reads", callbacks=[self._reads])
        meter.create_observable_counter("yuzheng.cache.commands", callbacks=[self._commands])

    async def run(self, stop: asyncio.Event) -> None:
        """Ask until ``stop``."""
        while not stop.is_set():
            try:
                self._state = await self._cache.state()
            except CacheUnavailable as reason:
                self._state = None
                _log.warning("cache_not_asked", reason=str(reason))
            try:
                await asyncio.wait_for(stop.wait(), _CACHE_SECONDS)
            except TimeoutError:
                continue

    def _up(self, _: CallbackOptions) -> Iterable[Observation]:
        yield Observation(int(self._state is not None))

    def _memory(self, _: CallbackOptions) -> Iterable[Observation]:
        if self._state:
            yield Observation(self._state.memory_bytes)

    def _keys(self, _: CallbackOptions) -> Iterable[Observation]:
        if self._state:
            yield Observation(self._state.keys)

    def _clients(self, _: CallbackOptions) -> Iterable[Observation]:
        if self._state:
            yield Observation(self._state.clients)

    def _reads(self, _: CallbackOptions) -> Iterable[Observation]:
        if self._state:
            yield Observation(self._state.hits, {"outcome": "found"})
            yield Observation(self._state.misses, {"outcome": "missed"})

    def _commands(self, _: CallbackOptions) -> Iterable[Observation]:
        if self._state:
            yield Observation(self._state.commands)
