"""The worker's loop that gives sealed files their later revisions."""

import asyncio
import contextlib

import structlog

from certificates.store import revisions
from certificates.usecases import Bench
from certificates.usecases.revise import revise_due

_log = structlog.get_logger()
# Nobody waits for a revision; a look each second is often enough.
_POLL_SECONDS = 1.0
# Looks in between for certificates that a worker of the release before has issued.
_LOOKS = 600


class Reviser:
    """Works in the background, one document at a time, in every copy of the worker."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop``; the file under way is taken again after its lease."""
        looks = 0
        while not stop.is_set():
            done = 0
            try:
                if looks % _LOOKS == 0:
                    async with self._bench.database.transaction() as tx:
                        await revisions.adopt(tx)
                done = await revise_due(self._bench)
            except Exception:  # noqa: BLE001 - the loop outlives a database that restarts
                _log.exception("revision_turn_failed")
            looks += 1
            if not done:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), _POLL_SECONDS)
