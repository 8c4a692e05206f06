"""Processes for CPU-bound work on documents: few, bounded in time and memory, replaced in time."""

import asyncio
import multiprocessing
import multiprocessing.connection
import os
import resource
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TypeVar

import structlog
from opentelemetry import metrics

from certificates.errors import DocumentWorkFailed
from chassis.pools import Pool
from chassis.telemetry import SECONDS

_log = structlog.get_logger()
_seconds = metrics.get_meter("yuzheng").create_histogram(
    "yuzheng.documents.duration", unit="s", explicit_bucket_boundaries_advisory=SECONDS
)
_MEGABYTE = 1024 * 1024
# What nobody waits for gives way to what somebody waits for.
_BACKGROUND_NICENESS = 10
Result = TypeVar("Result")
Run = Callable[..., Awaitable[tuple[object, int]]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the processes may take; beyond memory and documents they are replaced."""

    processes: int
    documents: int  # a process
    megabytes: int  # resident, a process; twice that at once ends the document under way
    timeout_seconds: float
    # More for the first result of new processes: they load the renderer and its fonts, which on a
    # machine that starts many things at once is no hanging.
    start_seconds: float = 0.0
    background: bool = False


class DocumentProcesses:
    """A pool with a successor: work goes on in the old processes until the new ones are warm.

    ``warm`` prepares a new pool, given its runner. The library's own limit of tasks a process is
    not used: in Python 3.11 a pool may wait for ever after such a process has ended.
    """

    def __init__(
        self,
        bounds: Bounds,
        warm: Callable[[Run], Awaitable[object]] | None = None,
    ) -> None:
        self._bounds = bounds
        self._warm = warm
        self._pool: ProcessPoolExecutor | None = None
        self._documents = 0
        self._started: ProcessPoolExecutor | None = None
        self._replacing: asyncio.Task[None] | None = None
        self._under_way = 0
        self._told = Pool(
            "documents_background" if bounds.background else "documents",
            size=lambda: bounds.processes,
            used=lambda: min(self._under_way, bounds.processes),
        )

    async def run(self, work: Callable[..., Result], *arguments: object) -> Result:
        """Run a module-level function; ``DocumentWorkFailed`` when it dies, hangs or grows."""
        if self._pool is None:
            self._pool = self._open()
        pool = self._pool
        try:
            with self._timed():
                result, resident = await self._run_in(pool, work, *arguments)
        except (TimeoutError, BrokenProcessPool, MemoryError) as error:
            if self._pool is pool:
                self._pool, self._documents = None, 0
            _kill(pool)
            raise DocumentWorkFailed from error
        self._documents += 1
        if self._pool is pool and self._is_due(resident):
            self._replace(resident)
        return result

    def close(self) -> None:
        """End the processes without waiting for what they are doing: it is all repeatable."""
        if self._replacing is not None:
            self._replacing.cancel()
        if self._pool is not None:
            _kill(self._pool)
            self._pool = None

    @contextmanager
    def _timed(self) -> Iterator[None]:
        """Count and time a document's work, its waiting for a free process included."""
        began, outcome = monotonic(), "failed"
        self._under_way += 1
        try:
            yield
            outcome = "done"
        finally:
            self._under_way -= 1
            _seconds.record(monotonic() - began, {"pool": self._told.name, "outcome": outcome})

    def _is_due(self, resident: int) -> bool:
        bounds = self._bounds
        full = self._documents >= bounds.documents * bounds.processes
        return full or resident > bounds.megabytes * _MEGABYTE

    def _replace(self, resident: int) -> None:
        if self._replacing is None or self._replacing.done():
            _log.info("document_processes_replaced", documents=self._documents,
                      megabytes=resident // _MEGABYTE)  # fmt: skip
            self._replacing = asyncio.create_task(self._open_successor())

    async def _open_successor(self) -> None:
        successor = self._open()
        try:
            if self._warm is not None:
                await self._warm(lambda work, *given: self._run_in(successor, work, *given))
        except (TimeoutError, BrokenProcessPool, MemoryError) as error:
            _log.warning("document_processes_not_replaced", reason=type(error).__name__)
            _kill(successor)
            return
        except asyncio.CancelledError:
            _kill(successor)
            raise
        retired, self._pool, self._documents = self._pool, successor, 0
        if retired is not None:
            # What it was given it still finishes; then its processes end.
            retired.shutdown(wait=False)

    async def _run_in(
        self, pool: ProcessPoolExecutor, work: Callable[..., Result], *arguments: object
    ) -> tuple[Result, int]:
        future = asyncio.get_running_loop().run_in_executor(pool, _measured, work, *arguments)
        limit = self._bounds.timeout_seconds * self._bounds.processes
        if pool is not self._started:
            limit += self._bounds.start_seconds
        done = await asyncio.wait_for(future, limit)
        self._started = pool
        return done

    def _open(self) -> ProcessPoolExecutor:
        bounds = self._bounds
        return ProcessPoolExecutor(
            bounds.processes,
            # A forked child would inherit the event loop's sockets and the broker connection.
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(2 * bounds.megabytes * _MEGABYTE, bounds.background),
        )


def _kill(pool: ProcessPoolExecutor) -> None:
    for process in list((pool._processes or {}).values()):  # noqa: SLF001 - a hung process ignores shutdown()
        process.kill()
    pool.shutdown(wait=True, cancel_futures=True)


def _begin(most_bytes: int, background: bool) -> None:  # noqa: FBT001 - initializers take positions
    resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, most_bytes))
    if background:
        os.nice(_BACKGROUND_NICENESS)
    _watch_parent()


def _watch_parent() -> None:
    """End this process with its parent: a killed worker must not leave document processes."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def watch() -> None:
        multiprocessing.connection.wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _measured(work: Callable[..., Result], *arguments: object) -> tuple[Result, int]:
    result = work(*arguments)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return result, pages * resource.getpagesize()
