"""Running a process: the API server, and the worker with its tasks and its health port."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

import structlog
import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.types import ASGIApp

from chassis.db import Database
from chassis.telemetry import metrics

_log = structlog.get_logger()
# Connections that wait to be accepted, and requests under way at once. The embedded server's own
# 128 is less than a burst: whoever comes then is not refused but left to hang.
_BACKLOG = 1024
_LAG_SECONDS = 0.25
Task = Callable[[asyncio.Event], Awaitable[None]]


@dataclass(frozen=True)
class Schedule:
    """Work done every ``every_seconds`` by whichever copy of the worker holds the lease."""

    name: str
    every_seconds: float
    action: Callable[[], Awaitable[Any]]
    database: Database

    async def run(self, stop: asyncio.Event) -> None:
        """Do the work until ``stop``; one failed turn is logged and the next one is taken."""
        while not stop.is_set():
            try:
                async with self.database.lease(f"schedule:{self.name}") as mine:
                    if mine:
                        await self.action()
            except Exception:  # noqa: BLE001 - a schedule outlives its bad turns
                _log.exception("schedule_failed", schedule=self.name)
            try:
                await asyncio.wait_for(stop.wait(), self.every_seconds)
            except TimeoutError:
                continue


def run(main: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run ``main`` on one event loop until it ends or the process is told to stop."""

    async def body() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, stop.set)
        watching = asyncio.create_task(_watch_loop())
        try:
            await main(stop)
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching

    uvloop.run(body())


async def _watch_loop() -> None:
    """Measure how late the event loop comes to what is due: what computes on it delays all."""
    while True:
        due = monotonic() + _LAG_SECONDS
        await asyncio.sleep(_LAG_SECONDS)
        metrics.loop_lag_seconds.record(max(monotonic() - due, 0.0))


async def serve(app: ASGIApp, *, host: str, port: int, stop: asyncio.Event) -> None:
    """Serve ``app`` until ``stop``, then finish the requests under way."""
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        log_enabled=False,
        websockets=False,
        backlog=_BACKLOG,
    )
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not serving.done():
        server.stop()  # type: ignore[no-untyped-call] # granian leaves it unannotated
    await serving
    if not stop.is_set():
        raise RuntimeError(f"the server on port {port} ended by itself")


async def run_tasks(tasks: Sequence[Task], stop: asyncio.Event) -> None:
    """Run every task until ``stop``; one that fails or ends early ends the process.

    A worker with a dead consumer must not look alive: the supervisor starts it afresh.
    """

    async def watched(task: Task) -> None:
        try:
            await task(stop)
            if not stop.is_set():
                raise RuntimeError(f"{task!r} ended by itself")
        finally:
            stop.set()

    async with asyncio.TaskGroup() as group:
        for task in tasks:
            group.create_task(watched(task))
