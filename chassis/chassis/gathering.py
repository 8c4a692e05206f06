"""What arrives while a batch is under way makes up the next: few transactions under load.

Nothing waits for company: alone, an item is a batch of one and goes at once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Gatherer(Generic[Item]):
    """Works off items in batches of at most ``limit``, one batch at a time."""

    def __init__(self, work: Callable[[Sequence[Item]], Awaitable[None]], *, limit: int) -> None:
        self._work = work
        self._limit = limit
        self._waiting: list[tuple[Item, asyncio.Future[None]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def add(self, item: Item) -> None:
        """Return when the item's batch is done; raise what became of the batch."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, done))
        if self._worker is None:
            self._worker = asyncio.create_task(self._run())
        await done

    async def _run(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[: self._limit], self._waiting[self._limit :]
                failure: Exception | None = None
                try:
                    await self._work([item for item, _ in batch])
                except Exception as error:  # noqa: BLE001 - each item's owner gets it
                    failure = error
                for _, done in batch:
                    # An owner that has gone away must not take the others' answer with it.
                    if done.done():
                        continue
                    if failure:
                        done.set_exception(failure)
                    else:
                        done.set_result(None)
        finally:
            self._worker = None
