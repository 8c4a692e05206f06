"""Too little memory, too many connections: the gateway refuses and stays alive."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from gateway.tests.support import Gateway, exchange, running_gateway

STATISTICS = b"GET /stats/prometheus HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
HEAP = "envoy.resource_monitors.fixed_heap"
INJECTED = "envoy.extensions.resource_monitors.injected_resource.v3.InjectedResourceConfig"
CONNECTIONS = 40


class Memory:
    """How full the gateway believes its memory to be; the thresholds are the product's."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "pressure"
        self.fill(0.5)

    def fill(self, share: float) -> None:
        written = self._file.with_suffix(".new")
        written.write_text(str(share))
        written.replace(self._file)

    def take_over(self, filled: Any) -> None:
        """Have the monitor of the heap read the file instead of the allocator."""
        (monitor,) = (
            one for one in filled["overload_manager"]["resource_monitors"] if one["name"] == HEAP
        )
        monitor["typed_config"] = {
            "@type": f"type.googleapis.com/{INJECTED}",
            "filename": str(self._file),
        }


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    return Memory(tmp_path_factory.mktemp("memory"))


@pytest.fixture(scope="module")
async def full_gateway(
    tmp_path_factory: pytest.TempPathFactory, memory: Memory
) -> AsyncIterator[Gateway]:
    async with running_gateway(
        tmp_path_factory.mktemp("full"),
        changed=memory.take_over,
        DOWNSTREAM_CONNECTIONS=CONNECTIONS,
    ) as running:
        yield running


async def _until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(15):
        while not await condition():
            await asyncio.sleep(0.05)


async def _status(gateway: Gateway) -> int:
    """Return the answer's status, 0 when the connection is closed without one."""
    try:
        return (await gateway.ask("/v/ABC")).status
    except (ConnectionError, asyncio.IncompleteReadError):
        return 0


async def test_requests_and_then_connections_are_refused_while_memory_is_short(
    full_gateway: Gateway, memory: Memory
) -> None:
    async def answered(status: int) -> bool:
        return await _status(full_gateway) == status

    assert await answered(200)
    memory.fill(0.96)
    await _until(lambda: answered(503))
    refused = await full_gateway.ask("/v/ABC", headers=[("accept", "text/html")])
    assert "这不表示证书有问题" in refused.body.decode()
    memory.fill(0.99)
    await _until(lambda: answered(0))
    memory.fill(0.5)
    await _until(lambda: answered(200))


async def test_memory_is_watched(gateway: Gateway) -> None:
    async def measured() -> bool:
        return await gateway.figure(re.escape(f"overload.{HEAP}.pressure")) > 0

    await _until(measured)


async def test_connections_beyond_the_limit_are_closed_and_the_watch_still_gets_in(
    full_gateway: Gateway,
) -> None:
    gateway = full_gateway

    async def taken(count: int) -> bool:
        return await gateway.figure(r"http\.gateway\.downstream_cx_active") == count

    await _until(lambda: taken(0))
    held = [await asyncio.open_connection("127.0.0.1", gateway.port) for _ in range(CONNECTIONS)]
    await _until(lambda: taken(CONNECTIONS))
    assert await _status(gateway) == 0
    figures = await exchange(gateway.ports["statistics"], STATISTICS, "127.0.0.1")
    assert figures.status == 200
    # Who only holds them loses them, long before their idle time of a minute.
    await _until(lambda: taken(0))
    assert await _status(gateway) == 200
    for reader, writer in held:
        assert await reader.read() == b""
        writer.close()
