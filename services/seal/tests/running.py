"""A running seal service, in this process or one of its own, and the clients it knows."""

import asyncio
import base64
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI
from tests.kit.pki import SealSigner

from chassis.clock import FrozenClock
from chassis.db import Database
from seal.settings import SealSettings

SHA256 = "2.16.840.1.101.3.4.2.1"
ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2"


@dataclass
class Caller:
    """A client of the service, as certificates is one: it knows the API and nothing else."""

    http: httpx.AsyncClient
    secret: str
    name: str = "certificates"
    token: str = ""

    async def log_in(self) -> "Caller":
        answer = await self.http.post(
            "/oauth2/token",
            data={
                "grant_type": "client_credentials",
                "client_id": self.name,
                "client_secret": self.secret,
            },
        )
        assert answer.status_code == 200, answer.text
        self.token = answer.json()["access_token"]
        return self

    async def post(self, path: str, body: Any, **headers: str) -> httpx.Response:
        headers["authorization"] = f"Bearer {self.token}"
        return await self.http.post(f"/csc/v1/{path}", json=body, headers=headers)

    async def authorise(self, hashes: list[bytes], **changes: Any) -> httpx.Response:
        body = {
            "credentialID": "seal",
            "numSignatures": len(hashes),
            "hash": [base64.b64encode(one).decode() for one in hashes],
        }
        return await self.post("credentials/authorize", body | changes)

    async def sad(self, hashes: list[bytes]) -> str:
        answer = await self.authorise(hashes)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["SAD"])

    async def sign(
        self, hashes: list[bytes], sad: str, *, key: str = "", **changes: Any
    ) -> httpx.Response:
        body = {
            "credentialID": "seal",
            "SAD": sad,
            "hash": [base64.b64encode(one).decode() for one in hashes],
            "hashAlgo": SHA256,
            "signAlgo": ECDSA_WITH_SHA256,
        }
        headers = {"idempotency-key": key} if key else {}
        return await self.post("signatures/signHash", body | changes, **headers)

    async def seal(self, hashes: list[bytes], *, key: str = "") -> list[bytes]:
        answer = await self.sign(hashes, await self.sad(hashes), key=key)
        assert answer.status_code == 200, answer.text
        return [base64.b64decode(one) for one in answer.json()["signatures"]]

    async def log(self, **query: int) -> Any:
        headers = {"authorization": f"Bearer {self.token}"}
        answer = await self.http.get("/log", params=query, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()


@dataclass
class Service:
    """A running service and the two clients it knows."""

    app: FastAPI
    settings: SealSettings
    clock: FrozenClock
    signer: SealSigner
    certificates: Caller
    auditor: Caller

    @property
    def database(self) -> Database:
        found: Database = self.app.state.desk.database
        return found


@dataclass
class Live:
    """A service in a process of its own, reached over real HTTP."""

    process: asyncio.subprocess.Process
    certificates: Caller

    async def stop(self) -> None:
        if self.process.returncode is None:
            self.process.terminate()
        await asyncio.wait_for(self.process.wait(), 10)


async def until_ready(http: httpx.AsyncClient) -> None:
    """Wait until the service answers that it is ready."""
    async with asyncio.timeout(20):
        while True:
            try:
                if (await http.get("/health/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)
