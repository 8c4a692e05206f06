"""The worker's two loops: one renders, one gives every seal with work a turn of its own."""

import asyncio
import contextlib
from uuid import UUID

import structlog

from certificates.store import intents
from certificates.usecases import Bench
from certificates.usecases.render import render_due
from certificates.usecases.seal import seal_due

_log = structlog.get_logger()


async def wait_for(event: asyncio.Event, stop: asyncio.Event, seconds: float) -> None:
    """Wait until ``event`` (which is cleared), ``stop``, or the time is over."""
    waiting = [asyncio.create_task(event.wait()), asyncio.create_task(stop.wait())]
    await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    event.clear()


class Renderer:
    """Takes planned intents through preflight and rendering, as long as there are any."""

    def __init__(
        self, bench: Bench, *, planned: asyncio.Event, rendered: asyncio.Event, poll_seconds: float
    ) -> None:
        self._bench = bench
        self._planned = planned
        self._rendered = rendered
        self._poll_seconds = poll_seconds

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop``, one more at a time than there are document processes.

        That one waits for the database while the others compute, so that no process idles.
        """
        loops = self._bench.deps.rules.documents_at_once + 1
        await asyncio.gather(*(self._loop(stop) for _ in range(loops)))

    async def _loop(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            done = 0
            try:
                done = await render_due(self._bench, limit=1)
            except Exception:  # noqa: BLE001 - the loop outlives a database that restarts
                _log.exception("render_turn_failed")
            if done:
                self._rendered.set()
            else:
                await wait_for(self._planned, stop, self._poll_seconds)


class Lanes:
    """Runs at most one turn of each seal at a time; seals never wait for each other."""

    def __init__(self, bench: Bench, *, rendered: asyncio.Event, poll_seconds: float) -> None:
        self._bench = bench
        self._rendered = rendered
        self._poll_seconds = poll_seconds
        self._turns: dict[UUID, asyncio.Task[None]] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop``, then let the turns under way come to their end."""
        while not stop.is_set():
            try:
                await self._start_turns()
            except Exception:  # noqa: BLE001 - as above
                _log.exception("lane_dispatch_failed")
            await wait_for(self._rendered, stop, self._poll_seconds)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._bench.deps.rules.lease.total_seconds() / 2):
                await asyncio.gather(*list(self._turns.values()))

    async def _start_turns(self) -> None:
        async with self._bench.database.reading() as tx:
            due = await intents.seals_with_work(tx, self._bench.deps.clock.now())
        for seal_id in due:
            if seal_id not in self._turns:
                self._turns[seal_id] = asyncio.create_task(self._turn(seal_id))

    async def _turn(self, seal_id: UUID) -> None:
        try:
            while await seal_due(self._bench, seal_id):
                continue
        except Exception:  # noqa: BLE001 - as above; the leases end and the work is taken again
            _log.exception("lane_turn_failed", seal_id=str(seal_id))
        finally:
            del self._turns[seal_id]
