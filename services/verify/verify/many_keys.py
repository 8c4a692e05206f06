"""One connection to Redis that does nothing but read many keys at once: the check route's.

The library's client takes 60 to 90 microseconds of processor for a command, whatever it asks: pool,
retries, tasks. With few readers at a time a batch holds few keys, and that is much of what a check
costs. Here a question is one write and one future. The library still reads the address and the
answers, and does everything else with Redis.
"""

import asyncio
import ssl
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, cast

import hiredis
from redis.asyncio.connection import SSLConnection, parse_url
from redis.exceptions import ConnectionError, ResponseError  # noqa: A004 - the library's own name


class ManyKeys:
    """Reads values; connects when first asked, and again after the connection was lost."""

    def __init__(self, url: str, *, timeout_seconds: float) -> None:
        self._place: dict[str, Any] = dict(parse_url(url))
        self._timeout = timeout_seconds
        self._connecting = asyncio.Lock()
        self._exchange: _Exchange | None = None

    async def read(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """Return the value of each key, None where there is none: all of one instant.

        Raises ``RedisError``, ``OSError`` or ``TimeoutError``. A connection that a restarted server
        has closed is replaced once.
        """
        async with asyncio.timeout(self._timeout):
            held = self._exchange
            if held is not None and not held.lost:
                try:
                    return await self._ask(held, keys)
                except ConnectionError:
                    pass
            return await self._ask(await self._connected(), keys)

    def close(self) -> None:
        if self._exchange is not None:
            self._exchange.close()

    async def _ask(self, exchange: "_Exchange", keys: Sequence[bytes]) -> list[bytes | None]:
        try:
            found: list[bytes | None] = await exchange.ask(b"MGET", *keys)
        except asyncio.CancelledError:
            # Too slow, or nobody waits any more: whatever still comes of it is not awaited.
            exchange.close()
            raise
        return found

    async def _connected(self) -> "_Exchange":
        async with self._connecting:
            if self._exchange is None or self._exchange.lost:
                self._exchange = await self._connect()
            return self._exchange

    async def _connect(self) -> "_Exchange":
        place = self._place
        secure = place.get("connection_class") is SSLConnection
        context = ssl.create_default_context(cafile=place.get("ssl_ca_certs")) if secure else None
        _, exchange = await asyncio.get_running_loop().create_connection(
            _Exchange, place["host"], place.get("port", 6379), ssl=context
        )
        try:
            if password := place.get("password"):
                await exchange.ask(b"AUTH", place.get("username") or b"default", password)
            if database := place.get("db"):
                await exchange.ask(b"SELECT", database)
        except BaseException:
            exchange.close()
            raise
        return exchange


# Its annotation allows a single word only.
_packed: Callable[[tuple[Any, ...]], bytes] = cast("Any", hiredis.pack_command)


class _Exchange(asyncio.Protocol):
    """A connection on which answers come in the order of the questions."""

    def __init__(self) -> None:
        self._reader = hiredis.Reader(replyError=ResponseError)
        self._waiting: deque[asyncio.Future[Any]] = deque()
        self._transport: asyncio.Transport | None = None
        self.lost = False

    async def ask(self, *words: Any) -> Any:
        """Return the answer to one command; raise ``ResponseError`` or ``ConnectionError``."""
        if self.lost or self._transport is None:
            raise ConnectionError("connection lost")
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        self._transport.write(_packed(words))
        answer = await future
        if isinstance(answer, ResponseError):
            raise answer
        return answer

    def close(self) -> None:
        self.lost = True
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        while (answer := self._reader.gets()) is not False:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(answer)

    def connection_lost(self, reason: Exception | None) -> None:  # noqa: ARG002 - asyncio's form
        self.lost = True
        for future in self._waiting:
            if not future.done():
                future.set_exception(ConnectionError("connection lost"))
        self._waiting.clear()
