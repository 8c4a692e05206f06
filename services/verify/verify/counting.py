"""Counting anonymous checks in memory, so that an answer never waits for a count.

What is counted is written every ten seconds and at the end of the process. A process that is
killed loses what it counted since: at most ten seconds' checks. In a storm memory and writing are
bounded: no more than ``_MOST_WRITTEN`` certificates a turn, no more than ``_MOST_KEPT`` waiting;
checks of others are answered as ever and not counted, which a metric tells.
"""

import asyncio
from itertools import islice
from typing import TypeVar
from uuid import UUID

import structlog
from opentelemetry import metrics
from sqlalchemy.exc import SQLAlchemyError

from chassis.clock import Clock
from chassis.db import Database
from verify import check_counts

_log = structlog.get_logger()
Key = TypeVar("Key")
_uncounted = metrics.get_meter("yuzheng").create_counter("yuzheng.verify.checks.uncounted")
_FLUSH_SECONDS = 10.0
_MOST_KEPT = 100_000
_MOST_WRITTEN = 10_000
_PART = 1000


class CheckCounter:
    """Counts scans by token hash, other anonymous checks by certificate and kind."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._scans: dict[bytes, int] = {}
        self._checks: dict[tuple[UUID, str], int] = {}
        # Told from the start: that none was left out is news too.
        _uncounted.add(0)

    def scanned(self, token_hash: bytes) -> None:
        """Count a scan; the hot route's whole share of the holder's view."""
        scans = self._scans
        if (count := scans.get(token_hash)) is not None:
            scans[token_hash] = count + 1
        elif len(scans) < _MOST_KEPT:
            scans[token_hash] = 1
        else:
            _uncounted.add(1)

    def checked(self, certificate_id: UUID, kind: str) -> None:
        """Count any other anonymous check."""
        key = (certificate_id, kind)
        if key in self._checks or len(self._checks) < _MOST_KEPT:
            self._checks[key] = self._checks.get(key, 0) + 1
        else:
            _uncounted.add(1)

    async def run(self) -> None:
        """Write what was counted, for ever; cancelled at the end of the process."""
        while True:
            await asyncio.sleep(_FLUSH_SECONDS)
            await self.flush()

    async def flush(self) -> None:
        """Write some of what was counted; what cannot be written is kept for the next turn."""
        written = 0
        try:
            while (self._scans or self._checks) and written < _MOST_WRITTEN:
                written += await self._write_part()
        except (SQLAlchemyError, OSError, TimeoutError) as reason:
            _log.warning("counts_not_written", reason=type(reason).__name__)

    async def _write_part(self) -> int:
        scans = dict(islice(self._scans.items(), _PART))
        checks = dict(islice(self._checks.items(), _PART))
        async with self._database.transaction() as tx:
            if scans:
                await check_counts.add_scans(tx, self._clock.now(), scans)
            await check_counts.add(tx, self._clock.now(), checks)
        # Checks went on meanwhile: only what was written is taken away.
        _take_away(self._scans, scans)
        _take_away(self._checks, checks)
        return len(scans) + len(checks)


def _take_away(kept: dict[Key, int], written: dict[Key, int]) -> None:
    for key, count in written.items():
        left = kept[key] - count
        if left:
            kept[key] = left
        else:
            del kept[key]
