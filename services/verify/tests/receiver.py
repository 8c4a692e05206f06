"""A client's own server: it keeps what it is told and answers as a test wants."""

import asyncio
import base64
import hashlib
import hmac
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.kit.ports import free_port

from chassis.clock import SystemClock


@dataclass
class Heard:
    headers: dict[str, str]
    body: bytes

    @property
    def says(self) -> dict:
        return json.loads(self.body)

    def signed_with(self, secret: str) -> bool:
        """Check as a client would, by the text of Standard Webhooks."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        message = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode()
        mac = hmac.new(key, message + self.body, hashlib.sha256).digest()
        wanted = f"v1,{base64.b64encode(mac).decode()}"
        return wanted in self.headers["webhook-signature"].split(" ")


@dataclass
class Receiver:
    """``answers`` are given one after the other, the last again and again."""

    port: int = field(default_factory=free_port)
    answers: list[str] = field(default_factory=lambda: ["204"])
    heard: list[Heard] = field(default_factory=list)

    def url(self, scheme: str = "http", host: str = "127.0.0.1") -> str:
        return f"{scheme}://{host}:{self.port}/hook"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        headers = {key.lower(): value for key, value in request.headers.items()}
        self.heard.append(Heard(headers, await request.read()))
        how = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if how == "slow":
            await asyncio.sleep(30)
        if how == "redirect":
            return web.Response(status=302, headers={"location": self.url() + "/elsewhere"})
        if how == "later":
            return web.Response(status=503, headers={"retry-after": "3600"})
        if how == "endless":
            stream = web.StreamResponse()
            await stream.prepare(request)
            for _ in range(1000):
                await stream.write(b"x" * 65536)
                await asyncio.sleep(0.01)
            return stream
        return web.Response(status=int(how))


@asynccontextmanager
async def listening(context: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    receiver, app = Receiver(), web.Application()
    app.router.add_route("*", "/{anything:.*}", receiver.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", receiver.port, ssl_context=context).start()
    try:
        yield receiver
    finally:
        await runner.cleanup()


def certified(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return a server's context for a name, and a client's that trusts its certificate."""
    key, now = ec.generate_private_key(ec.SECP256R1()), SystemClock().now()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain = folder / f"{name}.pem"
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    chain.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(chain)
    trusting = ssl.create_default_context(
        cadata=certificate.public_bytes(serialization.Encoding.PEM).decode()
    )
    return server, trusting
