"""The worker as a process: ``python -m certificates worker``."""

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from tests.kit.ports import free_port
from tests.kit.stack import ROOT

from certificates.settings import Settings


@asynccontextmanager
async def worker_process(settings: Settings, **changes: Any) -> AsyncIterator[Process]:
    """Run a worker with these settings; end it afterwards unless it has ended."""
    given = settings.model_dump(mode="json", exclude_unset=True) | {
        "worker_port": free_port(),
        "lease_seconds": 5,
        "document_processes": 1,
        **changes,
    }
    environment = {f"CERTIFICATES_{name.upper()}": str(value) for name, value in given.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "certificates", "worker", env=environment, cwd=ROOT
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), 30)


async def until_ready(port: int, *, seconds: float = 60) -> None:
    """Wait until the worker at that port says it works."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
        async with asyncio.timeout(seconds):
            while True:
                try:
                    if (await http.get("/health/ready")).status_code == 200:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.1)
