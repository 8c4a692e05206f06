"""Many questions asked in one turn of the event loop become one question to the source.

Apart from ``chassis.gathering`` because questions are not work: equal ones are asked once, each
has an answer of its own, and one too many is refused. Each piece of work must be done, the same
one twice, and waits however many there are. What is left in common is the loop that takes turns.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

Value = TypeVar("Value")


class TooManyWaiting(Exception):
    """The source is slower than the questions; whoever asks now is better told at once."""


class Coalescer(Generic[Value]):
    """Fetches keys in batches, one batch under way at a time.

    What is asked while a batch is under way goes into the next, so batches grow with the load and
    the number of requests to the source does not. Equal keys are fetched once.
    """

    def __init__(
        self,
        fetch: Callable[[Sequence[bytes]], Awaitable[Mapping[bytes, Value]]],
        *,
        batch_limit: int,
        waiting_limit: int,
    ) -> None:
        self._fetch = fetch
        self._batch_limit = batch_limit
        self._waiting_limit = waiting_limit
        self._waiting: dict[bytes, list[asyncio.Future[Value]]] = {}
        self._worker: asyncio.Task[None] | None = None

    async def get(self, key: bytes) -> Value:
        """Return what the source says of ``key``; raise what its fetch raised."""
        # A future for each caller: one that goes away must not take the answer from the others.
        future: asyncio.Future[Value] = asyncio.get_running_loop().create_future()
        callers = self._waiting.get(key)
        if callers is not None:
            callers.append(future)
        elif len(self._waiting) >= self._waiting_limit:
            raise TooManyWaiting
        else:
            self._waiting[key] = [future]
            if self._worker is None:
                self._worker = asyncio.create_task(self._work())
        return await future

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch = self._next_batch()
                try:
                    found = await self._fetch(list(batch))
                except Exception as failure:  # noqa: BLE001 - each caller gets it
                    for future in _present(batch.values()):
                        future.set_exception(failure)
                else:
                    for key, callers in batch.items():
                        for future in callers:
                            if not future.done():
                                future.set_result(found[key])
        finally:
            self._worker = None

    def _next_batch(self) -> dict[bytes, list[asyncio.Future[Value]]]:
        if len(self._waiting) <= self._batch_limit:
            batch, self._waiting = self._waiting, {}
            return batch
        keys = list(self._waiting)[: self._batch_limit]
        return {key: self._waiting.pop(key) for key in keys}


def _present(
    callers: Iterable[list[asyncio.Future[Value]]],
) -> Iterator[asyncio.Future[Value]]:
    """Yield the futures whose callers have not gone away."""
    return (future for waiting in callers for future in waiting if not future.done())
