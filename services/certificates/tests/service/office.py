"""What others tell this service in tests, and the people who use it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, Self
from uuid import UUID, uuid4, uuid5

import httpx
from fastapi import FastAPI
from sqlalchemy import select, text
from tests.kit.pki import LUOYANG, ZHENGZHOU
from tests.kit.tokens import bearer, verifier

from certificates import tables
from certificates.app import build_app
from certificates.domain.entities import Certificate
from certificates.domain.preflight import Obstacle
from certificates.domain.presence import present
from certificates.domain.states import CertificateState
from certificates.settings import Settings
from certificates.store import certificates, intents
from certificates.subscribers import (
    AffiliationState,
    OrganisationState,
    PersonState,
    RolloutState,
    Subscribers,
    YearState,
)
from certificates.usecases import Bench
from certificates.usecases.preflight import park
from certificates.usecases.render import render_due
from certificates.usecases.seal import seal_due
from certificates.usecases.seals import inspect_applied
from certificates.usecases.tell import tell_change
from chassis.clock import FrozenClock
from chassis.db import Transaction
from chassis.envelope import Event

API = "/api/certificates/v1"
_NAMESPACE = UUID("6d0f8a52-3a51-5d0e-9a5e-41000041a000")
YEAR = 2026
_numbers = count(1)

PROVINCE = uuid5(_NAMESPACE, "410000")
OFFICES = {"zhengzhou": uuid5(_NAMESPACE, "410100"), "luoyang": uuid5(_NAMESPACE, "410300")}
COUNTY = uuid5(_NAMESPACE, "410105")
HOSPITAL = {"zhengzhou": uuid4(), "luoyang": uuid4()}
PATH = {
    PROVINCE: f"/{PROVINCE}/",
    OFFICES["zhengzhou"]: f"/{PROVINCE}/{OFFICES['zhengzhou']}/",
    OFFICES["luoyang"]: f"/{PROVINCE}/{OFFICES['luoyang']}/",
    COUNTY: f"/{PROVINCE}/{OFFICES['zhengzhou']}/{COUNTY}/",
}
PATH[HOSPITAL["zhengzhou"]] = f"{PATH[COUNTY]}{HOSPITAL['zhengzhou']}/"
PATH[HOSPITAL["luoyang"]] = f"{PATH[OFFICES['luoyang']]}{HOSPITAL['luoyang']}/"

_TREE = (
    (PROVINCE, None, "province", "河南省人力资源和社会保障厅", "410000"),
    (OFFICES["zhengzhou"], PROVINCE, "prefecture", ZHENGZHOU, "410100"),
    (OFFICES["luoyang"], PROVINCE, "prefecture", LUOYANG, "410300"),
    (COUNTY, OFFICES["zhengzhou"], "county", "金水区人力资源和社会保障局", "410105"),
    (HOSPITAL["zhengzhou"], COUNTY, "employer", "郑州市第一人民医院", None),
    (HOSPITAL["luoyang"], OFFICES["luoyang"], "employer", "洛阳市中心医院", None),
)


@dataclass(frozen=True)
class Technician:
    """A person as identity told it."""

    person_id: UUID
    management_number: str
    account_id: UUID = field(default_factory=uuid4)

    @property
    def headers(self) -> dict[str, str]:
        return bearer(person=self.person_id)


@dataclass
class Office:
    """The service under test and everything around it."""

    bench: Bench
    clock: FrozenClock
    app: FastAPI
    http: httpx.AsyncClient
    administrators: dict[str, UUID] = field(default_factory=dict)

    @classmethod
    @asynccontextmanager
    async def open(
        cls, bench: Bench, settings: Settings, clock: FrozenClock
    ) -> AsyncIterator[Self]:
        app = build_app(settings, clock=clock, verifier=verifier(clock))
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://certificates.test") as http,
        ):
            office = cls(bench, clock, app, http)
            await office.hear_the_tree()
            yield office

    # What identity and hours tell.

    async def hear(
        self,
        handler: Callable[[Transaction, Event[Any]], Awaitable[None]],
        data: Any,
        version: int = 1,
    ) -> None:
        event = Event(
            id=uuid4(),
            type="test",
            time=self.clock.now(),
            aggregate_id=uuid4(),
            aggregate_version=version,
            correlation_id="story",
            data=data,
        )
        async with self.bench.database.transaction() as tx:
            await handler(tx, event)

    @property
    def subscribers(self) -> Subscribers:
        return Subscribers(self.bench.deps, asyncio.Event())

    async def hear_the_tree(self) -> None:
        for organisation_id, parent_id, kind, name, code in _TREE:
            state = OrganisationState(
                organisation_id=organisation_id,
                parent_id=parent_id,
                path=PATH[organisation_id],
                kind=kind,
                name=name,
                code=code,
                active=True,
            )
            await self.hear(self.subscribers.on_organisation_changed, state)
        await self.rollout(PROVINCE, date(2017, 12, 1))

    async def rollout(self, organisation_id: UUID, starts_on: date, version: int = 1) -> None:
        state = RolloutState(organisation_id=organisation_id, starts_on=starts_on, paper_until=None)
        await self.hear(self.subscribers.on_rollout_changed, state, version)

    async def technician(
        self,
        *,
        name: str = "张䶮",
        status: str = "proven",
        sex: str = "female",
        city: str = "zhengzhou",
        person_id: UUID | None = None,
        version: int = 1,
    ) -> Technician:
        """Hear of a person and its employer."""
        person_id = person_id or uuid4()
        body = 41_0000_0000_00 + next(_numbers)
        number = f"{body}{98 - body * 100 % 97:02d}"
        state = PersonState(
            person_id=person_id,
            management_number=number,
            name=name,
            identity_masked="410105********0016",
            sex=sex,
            status=status,
        )
        await self.hear(self.subscribers.on_person, state, version)
        tie = AffiliationState(
            affiliation_id=uuid4(),
            person_id=person_id,
            organisation_id=HOSPITAL[city],
            state="confirmed",
            starts_on=date(2020, 1, 1),
            ends_on=None,
        )
        await self.hear(self.subscribers.on_affiliation, tie)
        return Technician(person_id, number)

    def year(self, technician: Technician, **changes: Any) -> YearState:
        usual = {
            "account_id": uuid5(_NAMESPACE, f"{technician.person_id}/{YEAR}"),
            "person_id": technician.person_id,
            "year": YEAR,
            "completion": 1,
            "state": "completed",
            "completed_at": datetime(2026, 11, 20, 8, tzinfo=UTC),
            "employer_id": HOSPITAL["zhengzhou"],
            "title_level": "intermediate",
            "rule_id": uuid5(_NAMESPACE, "rule"),
            "rule_version": 1,
            "total_tenths": 900,
            "public_tenths": 300,
            "professional_tenths": 600,
        }
        return YearState(**(usual | changes))

    async def complete_year(
        self, technician: Technician, *, version: int = 1, **changes: Any
    ) -> None:
        await self.hear(
            self.subscribers.on_year_completed, self.year(technician, **changes), version
        )

    async def reopen_year(
        self, technician: Technician, *, version: int = 2, **changes: Any
    ) -> None:
        state = self.year(technician, state="open", **changes)
        await self.hear(self.subscribers.on_year_reopened, state, version)

    # Who uses it.

    def administrator(self, role: str, organisation: UUID, name: str = "first") -> dict[str, str]:
        """Return the headers of an administrator; another ``name`` is another person."""
        person = self.administrators.setdefault(f"{role}/{organisation}/{name}", uuid4())
        return bearer(
            account=f"account-of-{person}",
            person=person,
            grants=[(role, organisation)],
            clock=self.clock,
        )

    def bureau(self, city: str = "zhengzhou", name: str = "first") -> dict[str, str]:
        return self.administrator("bureau_administrator", OFFICES[city], name)

    def province(self, name: str = "first") -> dict[str, str]:
        return self.administrator("provincial_administrator", PROVINCE, name)

    def holder(self, technician: Technician) -> dict[str, str]:
        return bearer(person=technician.person_id, clock=self.clock)

    async def post(
        self, path: str, headers: dict[str, str], body: Any = None, key: str | None = None
    ) -> httpx.Response:
        headers = {**headers, "idempotency-key": key or str(uuid4())}
        return await self.http.post(f"{API}/{path}", json=body, headers=headers)

    async def get(self, path: str, headers: dict[str, str], **query: Any) -> httpx.Response:
        return await self.http.get(f"{API}/{path}", params=query, headers=headers)

    @staticmethod
    def hospital(city: str) -> UUID:
        return HOSPITAL[city]

    @staticmethod
    def city(name: str) -> UUID:
        return OFFICES[name]

    def headers(self, **claims: Any) -> dict[str, str]:
        """Return the headers of anybody at all."""
        return bearer(clock=self.clock, **claims)

    @staticmethod
    def place(name: str) -> UUID:
        """Return an organisation by its name in these tests."""
        if name.startswith("hospital "):
            return HOSPITAL[name.removeprefix("hospital ")]
        return {"province": PROVINCE, "county": COUNTY}.get(name) or OFFICES[name]

    @property
    def county(self) -> UUID:
        return COUNTY

    @staticmethod
    def new_id() -> UUID:
        return uuid4()

    # What the worker does.

    async def apply(self, city: str = "zhengzhou", **changes: Any) -> httpx.Response:
        """Apply for the city's seal while the worker looks on."""
        names = {"zhengzhou": ZHENGZHOU, "luoyang": LUOYANG}
        body = {
            "office_id": str(OFFICES[city]),
            "name": f"{names[city]}专业技术人员继续教育专用章",
            "endpoint": city,
            "credential_id": "seal",
        }
        return await self.apply_with(body | changes, city=city)

    async def apply_with(
        self,
        body: dict[str, str],
        *,
        city: str = "zhengzhou",
        key: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        headers = headers or self.bureau(city)
        asking = asyncio.create_task(self.post("seals", headers, body, key))
        while not asking.done():
            await inspect_applied(self.bench)
            await asyncio.sleep(0.02)
        return await asking

    async def activate_seal(self, city: str = "zhengzhou") -> UUID:
        """Apply, propose the filing, approve it as a second person."""
        applied = await self.apply(city)
        assert applied.status_code == 201, applied.text
        return await self.file_seal(applied.json()["seal_id"])

    async def file_seal(self, seal_id: str) -> UUID:
        """Propose the filing, approve it as a second person."""
        filing = await self.post(f"seals/{seal_id}/filing", self.province("first"))
        assert filing.status_code == 202, filing.text
        approval = filing.json()["approval_id"]
        done = await self.post(f"approvals/{approval}/approval", self.province("second"))
        assert done.status_code == 200, done.text
        return UUID(seal_id)

    async def work(self, seal_id: UUID | None = None) -> None:
        """Render what is planned and give every seal a turn."""
        while await render_due(self.bench):
            continue
        seals = [seal_id] if seal_id else await self.values("SELECT id FROM seals")
        for one in seals:
            await seal_due(self.bench, one)

    async def issue(self, technician: Technician, **changes: Any) -> dict[str, Any]:
        """Complete the year and do all the work; return the certificate in force."""
        await self.complete_year(technician, **changes)
        await self.work()
        page = await self.get("certificates", self.holder(technician))
        return next(item for item in page.json()["items"] if item["state"] == "valid")

    # What is stored.

    async def park(self, intent_id: UUID) -> None:
        """Put an intent on the work list as the preflight would."""
        async with self.bench.database.transaction() as tx:
            intent = present(await intents.lock(tx, intent_id))
            await park(tx, self.bench.deps, intent, Obstacle("certificates.test", "请核实。"))

    async def insert_certificate(self, tx: Transaction, technician: Technician) -> None:
        """Write a certificate and its ledger entry into an open transaction, by hand."""
        seal_id = (await self.values("SELECT id FROM seals"))[0]
        intent = await self.intent(technician)
        certificate = Certificate(
            certificate_id=uuid4(),
            aggregate_version=1,
            state=CertificateState.VALID,
            state_reason=None,
            intent_id=intent["id"],
            person_id=technician.person_id,
            year=YEAR,
            version=1,
            completion=1,
            supersedes=None,
            management_number=technician.management_number,
            name="张三",
            identity_masked="410105********0016",
            sex="female",
            employer_id=HOSPITAL["zhengzhou"],
            employer_name="郑州市第一人民医院",
            title_level="intermediate",
            total_tenths=900,
            public_tenths=300,
            professional_tenths=600,
            office_id=OFFICES["zhengzhou"],
            office_name=ZHENGZHOU,
            issued_on=date(2026, 11, 23),
            issued_at=self.clock.now(),
            changed_at=self.clock.now(),
            status_index=1,
            token_hash=b"t" * 32,
            record=b"{}",
            record_digest=b"d" * 32,
            template_version="2026.1",
            seal_id=seal_id,
            signer_certificate=b"",
            rendered_length=1,
            file_sha256="0" * 64,
            file_bytes=1,
            attention=None,
        )
        await certificates.add(tx, certificate)
        await tell_change(tx, self.bench.deps, certificate)

    async def rows(self, table: str, **where: Any) -> list[Any]:
        chosen = tables.metadata.tables[table]
        query = select(chosen)
        for column, value in where.items():
            query = query.where(chosen.c[column] == value)
        async with self.bench.database.reading() as tx:
            return list((await tx.execute(query)).mappings())

    async def values(self, statement: str) -> list[Any]:
        async with self.bench.database.reading() as tx:
            return list(await tx.scalars(text(statement)))

    async def intent(self, technician: Technician, completion: int = 1) -> Any:
        found = await self.rows("intents", person_id=technician.person_id, completion=completion)
        assert len(found) == 1
        return found[0]
