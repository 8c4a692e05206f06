"""The worker's loops: one renders; every seal with work is given turns in its lane."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from uuid import UUID

import structlog

from certificates.domain.entities import Intent
from certificates.domain.pace import Pace
from certificates.lane_metrics import lane_metrics
from certificates.store import intents, seals
from certificates.usecases import Bench
from certificates.usecases.ask import Answers, Batch
from certificates.usecases.claim import TooEarly, claim_batch
from certificates.usecases.render import claim_planned, render_certificate
from certificates.usecases.seal import call_service, finish_batch

_log = structlog.get_logger()
# Between two looks at a lane whose rate is used up: other workers look as well.
_SHORTEST_WAIT_SECONDS = 0.005
# Certificates that one document process has under way: it computes one, the others wait for the
# database. Also how many of a lane's are finished at a time.
_AT_ONCE_PER_PROCESS = 4


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
        self,
        bench: Bench,
        *,
        planned: asyncio.Event,
        prepared: Callable[[UUID], None],
        poll_seconds: float,
    ) -> None:
        self._bench = bench
        self._planned = planned
        self._prepared = prepared
        self._poll_seconds = poll_seconds
        self._most = _AT_ONCE_PER_PROCESS * bench.deps.rules.documents_at_once
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop``, then bring what was begun to its end.

        More at a time than there are document processes: most of a certificate's time in this
        step is waiting for the database, and no process should idle meanwhile.
        """
        while not stop.is_set():
            if len(self._under_way) == self._most:
                await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
            elif not await self._begin(self._most - len(self._under_way)):
                await wait_for(self._planned, stop, self._poll_seconds)
        await asyncio.gather(*self._under_way)

    async def _begin(self, places: int) -> int:
        try:
            claimed = await claim_planned(self._bench, limit=places)
        except Exception:  # noqa: BLE001 - the loop outlives a database that restarts
            _log.exception("render_turn_failed")
            return 0
        for intent in claimed:
            task = asyncio.create_task(self._render(intent))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return len(claimed)

    async def _render(self, intent: Intent) -> None:
        try:
            seal_id = await render_certificate(self._bench, intent)
        except Exception:  # noqa: BLE001 - as above; the lease ends and the work is taken again
            _log.exception("render_turn_failed", intent_id=str(intent.id))
        else:
            if seal_id:
                self._prepared(seal_id)


class Lane:
    """This worker's turns at one seal; what the lane allows all workers, claiming decides.

    Finishing overlaps with the next call, so that neither waits for the other.
    """

    def __init__(self, bench: Bench, seal_id: UUID, endpoint: str) -> None:
        self._bench = bench
        self._seal_id = seal_id
        self._endpoint = endpoint
        self._pace: Pace = bench.seal_services.pace_of(endpoint)
        self._finishing_at_once = asyncio.Semaphore(
            _AT_ONCE_PER_PROCESS * bench.deps.rules.documents_at_once
        )
        # As many batches again may wait for the gate; more would only outlive their leases.
        self._room = asyncio.Semaphore(2 * self._pace.concurrency)
        self._turns: set[asyncio.Task[None]] = set()
        self._called = False
        self._finishing: set[asyncio.Task[None]] = set()
        self._stopping = False

    def wake(self) -> None:
        """Begin to work; turns that are being taken already look once more before they end."""
        if self._turns:
            self._called = True
        else:
            self._begin_turn()

    async def settle(self) -> None:
        """Begin nothing new and let everything under way come to its end."""
        self._stopping = True
        while running := [*self._turns, *self._finishing]:
            await asyncio.gather(*running)

    def _begin_turn(self) -> None:
        # A turn beside another is called for, too: it would end before its first look otherwise.
        self._called = True
        task = asyncio.create_task(self._take_turns())
        self._turns.add(task)
        task.add_done_callback(self._turns.discard)

    async def _take_turns(self) -> None:
        try:
            while self._called and not self._stopping:
                self._called = False
                while await self._take_turn():
                    continue
        except Exception:  # noqa: BLE001 - the leases end and the work is taken again
            _log.exception("lane_turn_failed", seal_id=str(self._seal_id))

    async def _take_turn(self) -> bool:
        if self._stopping:
            return False
        await self._room.acquire()
        begun = False
        try:
            batch = await self._claim()
            if batch is None:
                return False
            # A full batch means that more is waiting: another call may go out beside this one.
            if batch.call.full and len(self._turns) < self._pace.concurrency:
                self._begin_turn()
            started = time.monotonic()

            def finish(answers: Answers) -> None:
                nonlocal begun
                lane_metrics.call(self._endpoint, answers, time.monotonic() - started)
                lane_metrics.answers(self._endpoint, answers)
                self._finish(batch, answers)
                begun = True

            if await call_service(self._bench, batch, heard=finish) is None:
                lane_metrics.call(self._endpoint, None, time.monotonic() - started)
            return True
        finally:
            if not begun:
                self._room.release()

    async def _claim(self) -> Batch | None:
        while not self._stopping:
            found = await claim_batch(self._bench, self._seal_id)
            if not isinstance(found, TooEarly):
                return found
            await asyncio.sleep(max(found.seconds, _SHORTEST_WAIT_SECONDS))
        return None

    def _finish(self, batch: Batch, answers: Answers) -> None:
        task = asyncio.create_task(self._finish_batch(batch, answers))
        self._finishing.add(task)
        task.add_done_callback(self._finishing.discard)

    async def _finish_batch(self, batch: Batch, answers: Answers) -> None:
        try:
            await finish_batch(self._bench, batch, answers, self._finishing_at_once)
        except Exception:  # noqa: BLE001 - as above
            _log.exception("lane_finish_failed", seal_id=str(self._seal_id))
        finally:
            self._room.release()


class Lanes:
    """Gives every seal with work its lane; lanes share nothing and never wait for each other."""

    def __init__(self, bench: Bench, *, poll_seconds: float) -> None:
        self._bench = bench
        self._poll_seconds = poll_seconds
        self._lanes: dict[UUID, Lane] = {}
        self._unknown = asyncio.Event()

    def wake(self, seal_id: UUID) -> None:
        """Let a seal's lane look for work at once; a seal that has none yet is given one."""
        if lane := self._lanes.get(seal_id):
            lane.wake()
        else:
            self._unknown.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop``, then let the turns under way come to their end."""
        while not stop.is_set():
            try:
                await self._wake_lanes()
            except Exception:  # noqa: BLE001 - the loop outlives a database that restarts
                _log.exception("lane_dispatch_failed")
            await wait_for(self._unknown, stop, self._poll_seconds)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._bench.deps.rules.lease.total_seconds() / 2):
                await asyncio.gather(*(lane.settle() for lane in self._lanes.values()))

    async def _wake_lanes(self) -> None:
        async with self._bench.database.single() as tx:
            due = await intents.seals_with_work(tx, self._bench.deps.clock.now())
            for seal_id in due:
                if seal_id not in self._lanes and (seal := await seals.find(tx, seal_id)):
                    self._lanes[seal_id] = Lane(self._bench, seal_id, seal.endpoint)
        for seal_id in due:
            if lane := self._lanes.get(seal_id):
                lane.wake()
