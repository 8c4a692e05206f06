"""Requests at their appointed times, whatever has become of those before: the honest latency.

Each request is reckoned from the instant it was due, so a server that stalls is charged with
everybody who came meanwhile. Run as a process of its own (``python -m bench.checking.open_loop``),
so that what the bench does beside it delays nothing. Plain HTTP/1.1 over kept connections, as
many as a gateway would hold; who finds all of them busy waits, and the wait counts.
"""

import argparse
import asyncio
import json
import random
import sys
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import NamedTuple, cast

import uvloop

_LENGTH = 36
_HOT = 100
_PATIENCE_SECONDS = 10.0
_CONNECTIONS = 256


class Connection(asyncio.Protocol):
    """One kept connection with one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[int] | None = None
        self._status = 0
        self._missing = -1
        self._head = b""
        self.body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, _: Exception | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_result(0)

    def ask(self, request: bytes) -> asyncio.Future[int]:
        """Send a request; the future has the status, 0 when the connection broke."""
        self._answer = asyncio.get_running_loop().create_future()
        self._missing, self._head = -1, b""
        if self._transport is None or self._transport.is_closing():
            self._answer.set_result(0)
        else:
            self._transport.write(request)
        return self._answer

    def close(self) -> None:
        """End the connection."""
        if self._transport:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        if self._missing < 0:
            self._head += data
            end = self._head.find(b"\r\n\r\n")
            if end < 0:
                return
            self._status = int(self._head[9:12])
            at = self._head.lower().find(b"content-length:")
            length = int(self._head[at + 15 : self._head.find(b"\r\n", at)])
            self.body = self._head[end + 4 :]
            self._missing = length - len(self.body)
        else:
            self.body += data
            self._missing -= len(data)
        if self._missing <= 0 and self._answer and not self._answer.done():
            self._answer.set_result(self._status)


class Latencies(NamedTuple):
    """What came of a run: requests a second asked for, seconds of percentiles, statuses."""

    asked: float
    sent: int
    p50: float
    p99: float
    p999: float
    worst: float
    statuses: dict[str, int]

    def text(self) -> str:
        """Return one line for a person."""
        figures = (self.p50, self.p99, self.p999, self.worst)
        shown = " / ".join(f"{one * 1000:,.1f}" for one in figures)
        return f"{shown} ms, statuses {self.statuses}"


async def run(port: int, tokens: bytes, *, rate: float, seconds: float, mix: str) -> Latencies:
    """Send ``rate`` requests a second for ``seconds``."""
    # The one used last comes first; None stands for one that has yet to be made.
    pool: asyncio.LifoQueue[Connection | None] = asyncio.LifoQueue()
    for _ in range(_CONNECTIONS):
        pool.put_nowait(None)
    took: list[float] = []
    statuses: Counter[str] = Counter()
    loop = asyncio.get_running_loop()
    count = len(tokens) // _LENGTH

    async def one(due: float) -> None:
        among = _HOT if mix == "hot" and random.random() < 0.8 else count
        first = random.randrange(among) * _LENGTH
        request = (
            b"GET /v/" + tokens[first : first + _LENGTH] + b" HTTP/1.1\r\nhost: bench\r\n"
            b"accept: text/html\r\naccept-language: zh-CN\r\n\r\n"
        )
        connection, status = await pool.get(), 0
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                if connection is None:
                    _, connection = await loop.create_connection(Connection, "127.0.0.1", port)
                status = await connection.ask(request)
        except (TimeoutError, OSError) as failure:
            statuses[type(failure).__name__] += 1
        else:
            took.append(perf_counter() - due)
            statuses[str(status)] += 1
        pool.put_nowait(connection if status else None)

    began = perf_counter()
    tasks = set()
    for number in range(int(rate * seconds)):
        due = began + number / rate
        if (early := due - perf_counter()) > 0:
            await asyncio.sleep(early)
        task = asyncio.create_task(one(due))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
    if tasks:
        await asyncio.wait(tasks, timeout=_PATIENCE_SECONDS * 2)
    took.sort()

    def at(share: float) -> float:
        return took[min(int(len(took) * share), len(took) - 1)] if took else float("inf")

    asked = int(rate * seconds)
    return Latencies(rate, asked, at(0.5), at(0.99), at(0.999), at(1), dict(statuses))


async def measured(
    port: int, tokens: Path, *, rate: float, seconds: float, mix: str = "uniform"
) -> Latencies:
    """Run it in a process of its own."""
    arguments = [str(port), str(tokens), str(rate), str(seconds), mix]
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.checking.open_loop", *arguments, stdout=asyncio.subprocess.PIPE
    )
    output = (await running.communicate())[0]
    return Latencies(*json.loads(output))


def main() -> None:
    """Print the result as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("tokens", type=Path)
    parser.add_argument("rate", type=float)
    parser.add_argument("seconds", type=float)
    parser.add_argument("mix")
    told = parser.parse_args()
    sending = run(
        told.port, told.tokens.read_bytes(), rate=told.rate, seconds=told.seconds, mix=told.mix
    )
    print(json.dumps(uvloop.run(sending)))


if __name__ == "__main__":
    main()
