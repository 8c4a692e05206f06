"""A Prometheus of a test's own, run as `make watch` runs the stack's."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from deploy.local.servers.prometheus import command

STARTED_SECONDS = 30
# All that a test's Prometheus has seen.
WINDOW = "10m"


class Prometheus:
    """One running server and what it answers."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    @property
    def address(self) -> str:
        return str(self._client.base_url).rstrip("/")

    async def ask(self, path: str, **values: str) -> Any:
        answer = await self._client.get(path, params=values)
        body = answer.json()
        assert body["status"] == "success", body
        return body["data"]

    async def values(self, expression: str) -> list[str]:
        """Return the values of an expression as of now, windows filled in."""
        query = expression.replace("$__rate_interval", WINDOW)
        return [one["value"][1] for one in (await self.ask("/api/v1/query", query=query))["result"]]

    async def until_all_are_up(self) -> None:
        """Wait until every target has been looked at and has answered."""
        async with asyncio.timeout(STARTED_SECONDS):
            while await self.values("up == 0") or not await self.values("up"):
                await asyncio.sleep(0.1)

    async def is_ready(self) -> bool:
        try:
            return (await self._client.get("/-/ready")).is_success
        except httpx.TransportError:
            return False


@asynccontextmanager
async def prometheus(folder: Path, configuration: str, *, port: int) -> AsyncIterator[Prometheus]:
    """Run Prometheus with this configuration, its data in this folder; ended at the end."""
    file = folder / "prometheus.yml"
    file.write_text(configuration, encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        *command(port=port, configuration=file, data=folder / "data")
    )
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
            server = Prometheus(client)
            async with asyncio.timeout(STARTED_SECONDS):
                while not await server.is_ready():
                    assert process.returncode is None, "Prometheus has ended"
                    await asyncio.sleep(0.05)
            yield server
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
