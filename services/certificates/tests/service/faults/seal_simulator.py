"""A misbehaving seal service as a process of its own: ``python -m seal simulate``."""

import asyncio
import socket
import sys
from pathlib import Path

import httpx
from tests.kit.stack import ROOT

SECRET = "a-secret-made-by-a-machine-0123456789"


class SealSimulator:
    """Starts once; its faults are set while it runs."""

    def __init__(self, folder: Path, office_name: str) -> None:
        self._folder = folder
        self._office_name = office_name
        self._process: asyncio.subprocess.Process | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    @property
    def root_file(self) -> Path:
        return self._folder / "root.pem"

    def endpoint(self, office_code: str) -> dict[str, str | float]:
        return {
            "office_code": office_code,
            "base_url": self.url,
            "client_id": "certificates",
            "client_secret_file": str(self._folder / "secret"),
            "credential_id": "seal",
            "timeout_seconds": 2.0,
        }

    async def start(self) -> None:
        (self._folder / "secret").write_text(SECRET)
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "seal", "simulate", "--port", str(self.port)),
            *("--office-name", self._office_name, "--root-file", str(self.root_file)),
            *("--secret-file", str(self._folder / "secret"), "--slow-seconds", "60"),
            cwd=ROOT,
            stdout=asyncio.subprocess.DEVNULL,
        )
        async with asyncio.timeout(20):
            while not await self._ready():
                await asyncio.sleep(0.05)

    async def set_faults(self, *faults: str) -> None:
        """Misbehave in these ways, and only these, from now on."""
        async with httpx.AsyncClient(base_url=self.url) as http:
            answer = await http.put("/simulator/faults", json={"faults": list(faults)})
        assert answer.status_code == 200, answer.text

    async def signatures(self) -> int:
        """Return how many signatures it has made."""
        async with httpx.AsyncClient(base_url=self.url) as http:
            return int((await http.get("/simulator")).json()["signatures"])

    async def stop(self) -> None:
        if self._process and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()

    async def _ready(self) -> bool:
        try:
            async with httpx.AsyncClient(base_url=self.url) as http:
                return (await http.get("/health/ready")).status_code == 200
        except httpx.TransportError:
            return False
