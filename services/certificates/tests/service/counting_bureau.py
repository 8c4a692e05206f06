"""A bureau's signing service that counts what reaches it: calls at once, batches, keys."""

import asyncio
import base64
import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web
from cryptography.hazmat.primitives.serialization import Encoding
from tests.kit.pki import SealSigner

_ECDSA_SHA256 = "1.2.840.10045.4.3.2"


@dataclass
class CountingBureau:
    """The server; while ``open`` is cleared it answers no signHash. A caller gone ends his call."""

    signer: SealSigner
    url: str = ""
    latency_seconds: float = 0.05
    open: asyncio.Event = field(default_factory=asyncio.Event)
    at_once: int = 0
    most_at_once: int = 0
    batches: list[list[str]] = field(default_factory=list)
    # Under which keys each digest came.
    keys: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    # Each log-in is another client process.
    logins: set[str] = field(default_factory=set)
    callers: set[str] = field(default_factory=set)
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        self.open.set()
        app = web.Application()
        app.router.add_post("/oauth2/token", self._token)
        app.router.add_post("/csc/v1/credentials/info", self._info)
        app.router.add_post("/csc/v1/credentials/authorize", self._authorise)
        app.router.add_post("/csc/v1/signatures/signHash", self._sign)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._runner is not None
        self.open.set()
        await self._runner.cleanup()

    async def _token(self, _: web.Request) -> web.Response:
        token = secrets.token_hex(8)
        self.logins.add(token)
        return web.json_response({"access_token": token, "expires_in": 3600})

    async def _info(self, _: web.Request) -> web.Response:
        chain = [self.signer.certificate, *self.signer.authorities]
        texts = [base64.b64encode(one.public_bytes(Encoding.DER)).decode() for one in chain]
        answer = {
            "cert": {"certificates": texts},
            "key": {"status": "enabled", "algo": [_ECDSA_SHA256]},
            "multisign": 100,
        }
        return web.json_response(answer)

    async def _authorise(self, request: web.Request) -> web.Response:
        await request.read()
        return web.json_response({"SAD": "granted"})

    async def _sign(self, request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        self.callers.add(request.headers["Authorization"])
        self.batches.append(body["hash"])
        for one in body["hash"]:
            self.keys[one].add(request.headers["Idempotency-Key"])
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.latency_seconds)
            await self.open.wait()
        finally:
            self.at_once -= 1
        return web.json_response({"signatures": [self._signature(one) for one in body["hash"]]})

    def _signature(self, digest: str) -> str:
        return base64.b64encode(self.signer.sign_digest(base64.b64decode(digest))).decode()
