"""The hours API on a real database, among a small province."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from uuid import UUID, uuid5

import httpx
import pytest
from sqlalchemy import select, text
from tests.kit import tokens
from tests.kit.contracts import KEYRING
from tests.kit.databases import migrated_database
from tests.kit.stack import ROOT

from chassis.clock import FrozenClock
from chassis.db import Database
from chassis.envelope import Event
from chassis.ids import uuid7
from hours import subscribers, tables
from hours.app import build_app
from hours.settings import HoursSettings

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(64)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(64)
_SPACE = UUID("6d0f8a52-3a51-5d0e-9a5e-41000041a000")
_serial = count(1)

# Each organisation with its kind and the one above it.
TREE = {
    "province": ("province", None),
    "zhengzhou": ("prefecture", "province"),
    "jinshui": ("county", "zhengzhou"),
    "hospital": ("employer", "jinshui"),
    "school": ("employer", "jinshui"),
    "luoyang": ("prefecture", "province"),
    "factory": ("employer", "luoyang"),
}


def organisation(name: str) -> UUID:
    return uuid5(_SPACE, name)


def path(name: str) -> str:
    parent = TREE[name][1]
    return f"{path(parent) if parent else '/'}{organisation(name)}/"


def event(aggregate_id: UUID, version: int, data: Any, time: datetime | None = None) -> Event[Any]:
    return Event(
        id=uuid7(),
        type="test",
        time=time or datetime.now(UTC),  # noqa: TID251 - when an event came is not under test
        aggregate_id=aggregate_id,
        aggregate_version=version,
        correlation_id="test",
        data=data,
    )


@dataclass
class Caller:
    """Somebody with a token."""

    http: httpx.AsyncClient
    headers: dict[str, str]
    person: UUID | None = None

    async def get(self, url: str, **query: Any) -> httpx.Response:
        return await self.http.get(f"/api/hours/v1{url}", params=query, headers=self.headers)

    async def post(self, url: str, body: Any, key: str | None = None) -> httpx.Response:
        headers = {**self.headers, "idempotency-key": key or str(uuid7())}
        return await self.http.post(f"/api/hours/v1{url}", json=body, headers=headers)

    async def send(self, method: str, url: str) -> httpx.Response:
        """Send a request that has no body and needs no key."""
        return await self.http.request(method, f"/api/hours/v1{url}", headers=self.headers)

    async def upload(
        self,
        content: bytes = PDF,
        name: str = "证明.pdf",
        media_type: str = "application/pdf",
        key: str | None = None,
    ) -> httpx.Response:
        headers = {**self.headers, "idempotency-key": key or str(uuid7())}
        files = {"file": (name, content, media_type)}
        return await self.http.post("/api/hours/v1/evidence", files=files, headers=headers)

    async def evidence(self) -> str:
        answer = await self.upload()
        assert answer.status_code == 201, answer.text
        return str(answer.json()["evidence_id"])

    async def claim(self, **changes: Any) -> str:
        """File a claim and return its id."""
        answer = await self.post("/claims", await self.claim_body(**changes))
        assert answer.status_code == 201, answer.text
        return str(answer.json()["claim_id"])

    async def claim_body(self, **changes: Any) -> dict[str, Any]:
        body = {
            "year": 2026,
            "subject_kind": "professional",
            "activity_kind": "training",
            "title": "急救护理研修班",
            "credit_tenths": 600,
            "started_on": "2026-03-02",
            "ended_on": "2026-03-13",
            "evidence_ids": [await self.evidence()] if "evidence_ids" not in changes else [],
        }
        return body | changes

    async def decide(self, claim: str, step: str, outcome: str = "approve", **more: Any) -> Any:
        body = {"step": step, "outcome": outcome, **more}
        return await self.post(f"/claims/{claim}/decisions", body)


@dataclass
class Hours:
    """The service under test, and the people around it."""

    database: Database
    http: httpx.AsyncClient
    clock: FrozenClock
    settings: HoursSettings

    def caller(self, *grants: tuple[str, str], person: UUID | None = None) -> Caller:
        """Return a caller with roles at named organisations."""
        held = [(role, organisation(place)) for role, place in grants]
        # The clock is moved by months, and nobody logs in again meanwhile.
        headers = tokens.bearer(
            person=person, grants=held, clock=self.clock, lifetime=timedelta(days=365)
        )
        return Caller(self.http, headers, person)

    def employer_administrator(self, place: str = "hospital") -> Caller:
        return self.caller(("employer_administrator", place))

    def bureau_administrator(self, place: str = "zhengzhou") -> Caller:
        return self.caller(("bureau_administrator", place))

    async def technician(
        self,
        employer: str | None = "hospital",
        *,
        status: str = "proven",
        level: str = "intermediate",
        since: date = date(2010, 1, 1),
    ) -> Caller:
        """Let a person arrive by event, employed at ``employer``."""
        person = uuid7()
        number = f"41{next(_serial):012d}"
        async with self.database.transaction() as tx:
            registered = subscribers.PersonChanged(
                person_id=person,
                management_number=number,
                name="张䶮",
                status=status,
                title_level=level,
                title_series=None,
            )
            await subscribers.on_person_changed(tx, event(person, 1, registered))
        if employer:
            await self.employ(person, employer, level=level, since=since)
        return self.caller(person=person)

    async def employ(
        self,
        person: UUID,
        employer: str,
        *,
        level: str = "intermediate",
        since: date = date(2010, 1, 1),
        until: date | None = None,
    ) -> None:
        affiliation = subscribers.AffiliationChanged(
            affiliation_id=uuid7(),
            person_id=person,
            organisation_id=organisation(employer),
            state="ended" if until else "confirmed",
            title_level=level,
            starts_on=since,
            ends_on=until,
        )
        async with self.database.transaction() as tx:
            await subscribers.on_affiliation_changed(
                tx, event(affiliation.affiliation_id, 1, affiliation)
            )

    async def approve(self, *claims: str) -> None:
        """Take claims through both steps."""
        for claim in claims:
            for reviewer, step in (
                (self.employer_administrator(), "employer"),
                (self.bureau_administrator(), "bureau"),
            ):
                answer = await reviewer.decide(claim, step)
                assert answer.status_code == 200, answer.text

    async def complete(self, technician: Caller) -> list[str]:
        """Let the technician's 2026 be complete; return the two claims."""
        claims = [
            await technician.claim(subject_kind="public", credit_tenths=300),
            await technician.claim(subject_kind="professional", credit_tenths=600),
        ]
        await self.approve(*claims)
        return claims

    async def told(self, *types: str) -> list[dict[str, Any]]:
        """Return the events waiting in the outbox, oldest first."""
        rows = tables.outbox
        async with self.database.reading() as tx:
            bodies = await tx.execute(select(rows.c.body).order_by(rows.c.created_at, rows.c.id))
            events = [json.loads(body) for (body,) in bodies]
        return [one for one in events if not types or one["type"] in types]

    async def audited(self, action: str) -> int:
        async with self.database.reading() as tx:
            query = text("SELECT count(*) FROM audit_rows WHERE action = :action")
            return int(await tx.scalar(query, {"action": action}) or 0)

    @property
    def objects(self) -> Path:
        return Path(urlparse(self.settings.objects_url).path)

    def place(self, name: str) -> str:
        """Return the id of a named organisation."""
        return str(organisation(name))

    async def run(self, statement: str, **values: Any) -> None:
        async with self.database.transaction() as tx:
            await tx.execute(text(statement), values)


def settings_for(url: Any, folder: Path, **more: Any) -> HoursSettings:
    keys = folder / "bus-keys.json"
    encoded = {str(n): base64.b64encode(key).decode() for n, key in KEYRING.keys.items()}
    keys.write_text(json.dumps({"current": KEYRING.current, "keys": encoded}))
    return HoursSettings(
        contracts_dir=ROOT / "contracts",
        api_port=1,
        worker_port=1,
        database_url=url.render_as_string(hide_password=False),
        bus_keys_file=keys,
        objects_url=(folder / "objects").as_uri(),
        **more,
    )


async def plant_tree(database: Database) -> None:
    async with database.transaction() as tx:
        for name, (kind, parent) in TREE.items():
            data = subscribers.OrganisationChanged(
                organisation_id=organisation(name),
                parent_id=organisation(parent) if parent else None,
                path=path(name),
                kind=kind,
                name=f"{name}-name",
                active=True,
            )
            await subscribers.on_organisation_changed(tx, event(data.organisation_id, 1, data))


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Hours]:
    clock = FrozenClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
    async with migrated_database("hours") as url:
        settings = settings_for(url, folder)
        app = build_app(settings, clock=clock, verifier=tokens.verifier(clock))
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://hours") as http,
        ):
            hours = Hours(app.state.desk.database, http, clock, settings)
            await plant_tree(hours.database)
            yield hours


@pytest.fixture
async def hours(tmp_path: Path) -> AsyncIterator[Hours]:
    async with serving(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
async def shared_hours(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Hours]:
    """One service for those tests of a module that look at nobody but their own people."""
    async with serving(tmp_path_factory.mktemp("hours")) as running:
        yield running
