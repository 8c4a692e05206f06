"""Identity on a real database for each test, with a small tree of organisations."""

import base64
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from argon2 import PasswordHasher
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.kit.databases import migrated_database
from tests.kit.people import identity_number
from tests.kit.stack import ROOT

from chassis.auth import Grant
from chassis.clock import FrozenClock
from chassis.ids import uuid7
from identity.app import build_app
from identity.building import Core, build_core, build_services
from identity.domain.organisations import Kind, Organisation, Role, path_below
from identity.settings import Settings
from identity.store import organisations

PASSWORD = "正确的马-电池-订书钉"
SECRET = "a-secret-made-by-a-machine-0123456789"
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
_serials = count(1)


@dataclass
class Caller:
    """Somebody who uses the API; every POST of his is a new submission."""

    http: httpx.AsyncClient
    token: str = ""
    account_id: str = ""

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.http.get(_at(path), params=params, headers=self._headers())

    async def post(self, path: str, body: Any = None, *, key: str = "") -> httpx.Response:
        headers = self._headers() | {"idempotency-key": key or str(uuid4())}
        return await self.http.post(_at(path), json=body, headers=headers)

    def _headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"} if self.token else {}


def _at(path: str) -> str:
    return path if path.startswith("/") else f"/api/identity/v1/{path}"


@dataclass
class House:
    """The service under test, and the tree it knows.

    province ─ zhengzhou ─ jinshui ─ hospital, school
             └ luoyang ─ factory
             └ gongyi (direct county, code of 郑州)
    """

    core: Core
    services: Any
    http: httpx.AsyncClient
    clock: FrozenClock
    places: dict[str, Organisation] = field(default_factory=dict)

    @property
    def public(self) -> Caller:
        return Caller(self.http)

    def caller(
        self, *roles: tuple[Role, str], person: UUID | None = None, account: UUID | None = None
    ) -> Caller:
        """Return somebody who holds ``roles`` at the named places."""
        grants = [Grant(role, self.places[place].id) for role, place in roles]
        account = account or uuid4()
        token = self.services.issuer.for_account(account, person, grants)
        return Caller(self.http, token.access_token, str(account))

    def service(self, name: str, *scopes: str) -> Caller:
        return Caller(self.http, self.services.issuer.for_service(name, scopes).access_token)

    async def log_in(self, login: str, password: str = PASSWORD) -> httpx.Response:
        return await self.public.post("tokens", {"login": login, "password": password})

    async def logged_in(self, login: str, password: str = PASSWORD) -> Caller:
        answer = await self.log_in(login, password)
        assert answer.status_code == 200, answer.text
        return Caller(self.http, answer.json()["access_token"])

    def registration(self, **changes: Any) -> dict[str, Any]:
        number = next(_serials)
        birth = date(1970 + number // 999, 3, 7)
        return {
            "id_number": identity_number(birth=birth, serial=number % 999),
            "name": "张䶮",
            "password": PASSWORD,
            "employer_id": str(self.places["hospital"].id),
            "title_level": "intermediate",
        } | changes

    async def register(self, **changes: Any) -> dict[str, Any]:
        answer = await self.public.post("registrations", self.registration(**changes))
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def rows(self, table: Any) -> list[dict[str, Any]]:
        async with self.core.database.reading() as tx:
            return [dict(row) for row in (await tx.execute(table.select())).mappings()]

    async def outgoing(self) -> list[dict[str, Any]]:
        """Return the envelopes waiting in the outbox, oldest first."""
        from identity.tables import outbox  # noqa: PLC0415 - tables are needed here alone

        rows = sorted(await self.rows(outbox), key=lambda row: row["id"])
        return [json.loads(row["body"]) for row in rows]

    async def plant(self) -> None:
        """Build the small tree."""
        tree = (
            ("province", Kind.PROVINCE, None),
            ("zhengzhou", Kind.PREFECTURE, "province"),
            ("luoyang", Kind.PREFECTURE, "province"),
            ("gongyi", Kind.DIRECT_COUNTY, "province"),
            ("jinshui", Kind.COUNTY, "zhengzhou"),
            ("hospital", Kind.EMPLOYER, "jinshui"),
            ("school", Kind.EMPLOYER, "jinshui"),
            ("factory", Kind.EMPLOYER, "luoyang"),
        )
        async with self.core.database.transaction() as tx:
            for name, kind, above in tree:
                parent = self.places[above] if above else None
                own = uuid7()
                place = Organisation(
                    id=own,
                    version=1,
                    parent_id=parent.id if parent else None,
                    valid_from=date(2017, 1, 1),
                    path=path_below(parent, own),
                    kind=kind,
                    name=name,
                    code=None,
                    active=True,
                )
                await organisations.add(tx, place, now=self.clock.now())
                self.places[name] = place


@pytest.fixture(scope="session")
def key_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Keys and client credentials made for the session, as settings."""
    folder = tmp_path_factory.mktemp("keys")

    def written(name: str, content: Any) -> Path:
        path = folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    def ring(first: int) -> dict[str, Any]:
        key = bytes((first + step) % 256 for step in range(32))
        return {"current": 1, "keys": {"1": base64.b64encode(key).decode()}}

    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    clients = {"hours": {"secret_hash": cheap.hash(SECRET), "scopes": ["identity.resolve"]}}
    return {
        "bus_keys_file": written("bus.json", ring(0)),
        "id_number_keys_file": written("id-numbers.json", ring(1)),
        "index_keys_file": written("index.json", ring(2)),
        "signing_keys_file": written("signing.json", {"current": "k", "keys": {"k": pem.decode()}}),
        "clients_file": written("clients.json", clients),
        "first_administrator_password_file": written("password", PASSWORD),
    }


@pytest.fixture(scope="session")
def new_settings(key_files: dict[str, Any]) -> Callable[..., Settings]:
    """Return a maker of settings for a database."""

    def make(database_url: Any, **changes: Any) -> Settings:
        return Settings(
            contracts_dir=ROOT / "contracts",
            api_port=1,
            worker_port=1,
            database_url=database_url.render_as_string(hide_password=False),
            argon2_time_cost=1,
            argon2_memory_kib=8,
            **key_files,
            **changes,
        )

    return make


@asynccontextmanager
async def _open_house(new_settings: Callable[..., Settings]) -> AsyncIterator[House]:
    clock = FrozenClock(NOW)
    async with migrated_database("identity") as url:
        settings = new_settings(url)
        core = build_core(settings, clock=clock)
        services = build_services(core)
        app = build_app(settings, services)
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://identity") as http,
        ):
            made = House(core, services, http, clock)
            await made.plant()
            yield made


@pytest.fixture
async def house(new_settings: Callable[..., Settings]) -> AsyncIterator[House]:
    """Identity, migrated and with the small tree, called through its real application."""
    async with _open_house(new_settings) as made:
        yield made


@pytest.fixture(scope="module")
async def shared_house(new_settings: Callable[..., Settings]) -> AsyncIterator[House]:
    """Share one house between the cases of a matrix, which add but never count."""
    async with _open_house(new_settings) as made:
        yield made
