"""The people of a drill: holders of certificates, and what the public is told of each."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from chassis.clock import SystemClock, legal_date
from deploy.local.checkout import Checkout
from deploy.local.demo import document, evidence
from deploy.local.demo.__main__ import broker_url, gateway_url
from deploy.local.demo.gateway import Gateway
from deploy.local.demo.observer import Observer, observing
from deploy.local.demo.people import People, Technician, new_identity_number
from deploy.local.demo.province import SEALED, Bureau, Employer, Province
from deploy.local.secret_files import read_secret

ZHENGZHOU, LUOYANG = "410100", "410300"


@dataclass
class Holder:
    """Somebody with a certificate, and the address in its QR code."""

    technician: Technician
    certificate_id: str
    qr_url: str


@dataclass
class Cast:
    """Everybody who takes part; goes through the gateway like people's browsers."""

    checkout: Checkout
    gateway: Gateway
    observer: Observer
    province: Province
    people: People
    bureaus: dict[str, Bureau]
    employers: dict[str, Employer]
    year: int = field(default_factory=lambda: legal_date(SystemClock().now()).year)

    async def technician(self, name: str, *, code: str = ZHENGZHOU) -> Technician:
        """Register a new person whom the employer confirms."""
        return await self.people.register(
            name=name,
            identity_number=new_identity_number(),
            employer=self.employers[code],
            bureau=self.bureaus[code],
        )

    async def completed(self, name: str, *, code: str = ZHENGZHOU) -> Technician:
        """Take a new person to the end of the year's reviews."""
        technician = await self.technician(name, code=code)
        await self.complete(technician)
        return technician

    async def complete(self, technician: Technician) -> None:
        """File the year's hours and have them approved."""
        proof = evidence.photograph()
        claims = await self.people.file_year(technician, year=self.year, evidence=proof)
        await self.people.review_year(technician, claims)

    async def holder(self, name: str) -> Holder:
        """Take a new person to a certificate, and read its QR code."""
        technician = await self.completed(name)
        return await self.certified(technician)

    async def certified(self, technician: Technician, *, seconds: float = 60) -> Holder:
        """Wait for the certificate of somebody whose year is complete."""
        found = await self.people.certificate(technician, self.year, seconds=seconds)
        path = f"/api/certificates/v1/certificates/{found['certificate_id']}/file"
        answer = await technician.account.download(path)
        folder = self.checkout.state / "drills"
        folder.mkdir(exist_ok=True)
        file = folder / f"{found['certificate_id']}.pdf"
        file.write_bytes(answer.content)
        checked = await document.check(file, root=self.checkout.pki / "root.pem")
        for left in (file, Path(checked.picture)):
            left.unlink()
        return Holder(technician, found["certificate_id"], checked.qr_url)

    async def suspend(self, holder: Holder) -> None:
        """Have an official suspend the certificate."""
        await self._official(holder, "suspension", "under_review")

    async def reinstate(self, holder: Holder) -> None:
        """Have an official lift the suspension."""
        await self._official(holder, "reinstatement", "review_passed")

    async def _official(self, holder: Holder, action: str, reason: str) -> None:
        bureau = holder.technician.bureau
        official = await self.province.sign_in(bureau.administrators[0])
        path = f"/api/certificates/v1/certificates/{holder.certificate_id}/{action}"
        await official.post(path, {"reason_code": reason, "reason": "演练"})

    async def answer(self, holder: Holder) -> dict[str, Any]:
        """Return what the public is told of the certificate now."""
        path = urlsplit(holder.qr_url).path
        answer = await self.gateway.client.get(path, headers={"accept": "application/json"})
        body: dict[str, Any] = answer.json()
        return body

    async def told(self, holder: Holder, state: str, *, seconds: float = 60) -> dict[str, Any]:
        """Wait until the public is told this state."""

        async def look() -> dict[str, Any] | None:
            body = await self.answer(holder)
            return body if body.get("state") == state else None

        what = f"the public answer is {state}"
        return await self.observer.until(what, look, seconds=seconds)


@asynccontextmanager
async def cast(checkout: Checkout) -> AsyncIterator[Cast]:
    """Set a bureau with its seal and an employer up; a second time finds them there."""
    async with (
        Gateway(gateway_url(checkout)) as gateway,
        observing(broker_url(checkout)) as observer,
    ):
        province = Province(
            gateway,
            password=read_secret(checkout, "demo-password"),
            first_password=read_secret(checkout, "first-administrator-password"),
        )
        bureaus = {code: await province.bureau(code) for code in SEALED}
        employers = {}
        for code, bureau in bureaus.items():
            await province.activate_seal(bureau)
            employers[code] = await province.employer(bureau, f"{bureau.place}演练医院", serial=9)
        people = People(gateway, province, observer)
        yield Cast(checkout, gateway, observer, province, people, bureaus, employers)
