"""The running stack with its offices set up: what end-to-end and resilience tests start from."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from deploy.local.demo import evidence
from deploy.local.demo.__main__ import broker_url, gateway_url
from deploy.local.demo.gateway import Gateway
from deploy.local.demo.observer import Observer, observing
from deploy.local.demo.people import People, Technician, new_identity_number
from deploy.local.demo.province import Bureau, Employer, Province
from deploy.local.secret_files import read_secret
from deploy.local.supervision import Supervisor
from tests.kit.stack import stack

YEAR = 2026
ZHENGZHOU, LUOYANG, KAIFENG = "410100", "410300", "410200"


@dataclass(frozen=True)
class World:
    """Everything a story needs."""

    gateway: Gateway
    observer: Observer
    province: Province
    people: People
    supervisor: Supervisor
    bureaus: dict[str, Bureau]
    employers: dict[str, Employer]

    async def technician(self, name: str = "张䶮", *, code: str = ZHENGZHOU) -> Technician:
        """Register a new person, confirmed by the employer of that bureau."""
        return await self.people.register(
            name=name,
            identity_number=new_identity_number(),
            employer=self.employers[code],
            bureau=self.bureaus[code],
        )

    async def completed(self, name: str = "张䶮", *, code: str = ZHENGZHOU) -> Technician:
        """Take a new person to the end of the year's reviews."""
        technician = await self.technician(name, code=code)
        claims = await self.people.file_year(technician, year=YEAR, evidence=evidence.photograph())
        await self.people.review_year(technician, claims)
        return technician

    async def public_state(self, url: str, expected: str) -> dict[str, object]:
        """Open the QR's address until it shows ``expected``; return the JSON answer."""

        async def look() -> dict[str, object] | None:
            answer = await self.gateway.client.get(
                urlsplit(url).path, headers={"accept": "application/json"}
            )
            body: dict[str, object] = answer.json()
            return body if body.get("state") == expected else None

        return await self.observer.until(f"the public answer is {expected}", look)


@asynccontextmanager
async def world() -> AsyncIterator[World]:
    """Set the offices up through the gateway; a second time finds them there."""
    checkout = stack().checkout
    async with (
        Gateway(gateway_url(checkout)) as gateway,
        observing(broker_url(checkout)) as observer,
    ):
        province = Province(
            gateway,
            password=read_secret(checkout, "demo-password"),
            first_password=read_secret(checkout, "first-administrator-password"),
        )
        bureaus = {code: await province.bureau(code) for code in (ZHENGZHOU, LUOYANG, KAIFENG)}
        for code in (ZHENGZHOU, LUOYANG):
            await province.activate_seal(bureaus[code])
        employers = {
            code: await province.employer(bureau, f"{bureau.place}测试医院", serial=3)
            for code, bureau in bureaus.items()
        }
        yield World(
            gateway,
            observer,
            province,
            People(gateway, province, observer),
            Supervisor(checkout),
            bureaus,
            employers,
        )
