"""What the tests of this service share: a Redis of their own, tokens, events, a served API."""

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import httpx
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.kit.ports import free_port

from chassis.clock import FrozenClock
from chassis.envelope import Event, NewEvent
from chassis.ids import uuid7
from chassis.serving import serve
from chassis.settings import Keyring
from verify.app import build_app
from verify.incoming import (
    CertificateState,
    ClientState,
    LedgerAdvanced,
    OrganisationState,
    SealRegistration,
)
from verify.names import NameKeys
from verify.settings import VerifySettings

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
TOKEN_KEY = bytes(range(32))
NAME_KEYS = NameKeys(Keyring(current=1, keys={1: bytes(range(32, 64))}))
OFFICE_ID = UUID("5b0c7f0e-58c1-5e43-8f0e-0a1b2c3d4e5f")
OFFICE_NAME = "郑州市人力资源和社会保障局"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass
class RedisServer:
    """A Redis of the test's own, which it may stop and start again, empty."""

    folder: Path
    port: int = field(default_factory=free_port)
    more: tuple[str, ...] = ()
    process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    async def start(self) -> None:
        place = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        arguments = [*place, *self.more]
        self.process = await asyncio.create_subprocess_exec(
            "redis-server",
            *arguments,
            "--dir",
            str(self.folder),
            stdout=asyncio.subprocess.DEVNULL,
        )
        await until(self._answers)

    async def stop(self) -> None:
        if self.process and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True


async def until(condition, *, seconds=10.0):
    """Wait until the awaited condition holds; fail when it does not in time."""
    async with asyncio.timeout(seconds):
        while not await condition():
            await asyncio.sleep(0.02)


def mint() -> str:
    body = bytes([1]) + secrets.token_bytes(16)
    mac = hmac.digest(TOKEN_KEY, b"yuzheng-qr-token-1" + body, "sha256")[:5]
    number = int.from_bytes(body + mac) << 4
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(175, -5, -5))


@dataclass
class Certificate:
    """One certificate as its events would tell of it."""

    token: str = field(default_factory=mint)
    certificate_id: UUID = field(default_factory=uuid7)
    name: str = "张䶮"
    # What its events say otherwise than the ones below.
    more: dict[str, object] = field(default_factory=dict)

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(self.token.encode()).digest()

    def data(self, state: str) -> dict[str, object]:
        return {
            "certificate_id": str(self.certificate_id),
            "person_id": str(uuid7()),
            "year": 2026,
            "version": 1,
            "state": state,
            "token_hash": self.hash.hex(),
            "management_number": "41038517264970",
            "name": self.name,
            "identity_masked": "4101**********0016",
            "sex": "female",
            "employer_name": "郑州市第一人民医院",
            "title_level": "intermediate",
            "total_tenths": 900,
            "public_tenths": 300,
            "professional_tenths": 600,
            "office_id": str(OFFICE_ID),
            "office_name": OFFICE_NAME,
            "issued_on": "2026-11-20",
            "supersedes": None,
            "status_index": 0,
            "file_sha256": "0" * 64,
            "record_digest": "0" * 64,
            "template_version": "annex-1/1",
            "state_reason": None,
        } | self.more

    def event(self, state: str, version: int, *, told_at: datetime = NOW) -> Event:
        return _event(self.certificate_id, version, CertificateState, self.data(state), told_at)

    def new_event(self, change: str, state: str, version: int) -> NewEvent:
        name = f"certificates.certificate.{change}.v1"
        return NewEvent(name, self.certificate_id, version, self.data(state))


def seal_event(
    state: str, version: int, *, seal_id: UUID | None = None, signer: bytes = bytes(32)
) -> Event:
    seal_id = seal_id or uuid4()
    data = {
        "seal_id": seal_id,
        "office_id": OFFICE_ID,
        "state": state,
        "signer_sha256": signer.hex(),
    }
    return _event(seal_id, version, SealRegistration, data, NOW)


def office_event(name: str, version: int, *, kind: str = "prefecture") -> Event:
    path = f"/{OFFICE_ID}/"
    data = {"organisation_id": OFFICE_ID, "kind": kind, "name": name, "path": path}
    return _event(OFFICE_ID, version, OrganisationState, data, NOW)


def organisation_event(organisation_id: UUID, path: str) -> Event:
    data = {
        "organisation_id": organisation_id,
        "kind": "employer",
        "name": "单位",
        "path": path,
    }
    return _event(organisation_id, 1, OrganisationState, data, NOW)


def client_event(client_id: UUID, version: int = 1, **more: object) -> Event:
    data = {
        "client_id": client_id,
        "name": "河南省职称评审平台",
        "checks_per_day": 20_000,
        "active": True,
    }
    return _event(client_id, version, ClientState, data | more, NOW)


def heartbeat(sequence, size, *entries, as_of=NOW) -> Event:
    listed = [{"certificate_id": one.certificate_id, "aggregate_version": v} for one, v in entries]
    data = {"sequence": sequence, "size": size, "as_of": as_of, "entries": listed}
    return _event(UUID(int=1), sequence, LedgerAdvanced, data, NOW)


def _event(aggregate_id, version, model, data, told_at) -> Event:
    return Event(
        id=uuid7(),
        type="",
        time=told_at,
        aggregate_id=aggregate_id,
        aggregate_version=version,
        correlation_id="",
        data=model.model_validate(data),
    )


def _keyring(key: bytes) -> str:
    return json.dumps({"current": 1, "keys": {"1": base64.b64encode(key).decode()}})


def _signing_keys(key_id: str = "verify-test") -> str:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return json.dumps({"current": key_id, "keys": {key_id: pem.decode()}})


def make_settings(folder: Path, database_url: str, redis_url: str, **more) -> VerifySettings:
    keys = folder / "token-keys.json"
    keys.write_text(_keyring(TOKEN_KEY))
    name_keys = folder / "name-keys.json"
    name_keys.write_text(_keyring(bytes(range(32, 64))))
    records_keys = folder / "records-keys.json"
    records_keys.write_text(_keyring(bytes(range(64, 96))))
    signing_keys = folder / "signing-keys.json"
    signing_keys.write_text(_signing_keys())
    status_keys = folder / "status-keys.json"
    status_keys.write_text(_signing_keys("status-test"))
    defaults = {
        "api_port": free_port(),
        "worker_port": free_port(),
        "database_url": database_url,
        "redis_url": redis_url,
        "token_mac_keys_file": keys,
        "name_keys_file": name_keys,
        "signing_keys_file": signing_keys,
        "status_keys_file": status_keys,
        "records_keys_file": records_keys,
        "official_host": "www.example.gov.cn",
    }
    return VerifySettings(**(defaults | more))


@dataclass
class Served:
    """A running API: its client and its clock."""

    address: str
    client: httpx.AsyncClient
    clock: FrozenClock

    async def page(self, token: str, **headers: str) -> httpx.Response:
        return await self.client.get(f"/v/{token}", headers=headers)

    async def json(self, token: str) -> httpx.Response:
        return await self.client.get(f"/v/{token}", headers={"accept": "application/json"})

    async def state(self, token: str) -> str:
        return str((await self.json(token)).json()["state"])

    async def forget(self) -> None:
        """Wait out the memory of the last second."""
        await asyncio.sleep(1.05)


@asynccontextmanager
async def served(settings: VerifySettings, *, age: timedelta = timedelta(seconds=1)):
    """Serve the API by the real server, its clock standing ``age`` after NOW."""
    clock = FrozenClock(NOW + age)
    stop = asyncio.Event()
    app = build_app(settings, clock)
    task = asyncio.create_task(serve(app, host="127.0.0.1", port=settings.api_port, stop=stop))
    address = f"http://127.0.0.1:{settings.api_port}"
    async with httpx.AsyncClient(base_url=address, timeout=15) as client:

        async def live() -> bool:
            if task.done():
                task.result()
            try:
                return (await client.get("/health/live")).status_code == 200
            except httpx.TransportError:
                return False

        await until(live)
        try:
            yield Served(address, client, clock)
        finally:
            stop.set()
            await task
