"""Processor time of everyday calls, by process: what docs/capacity.md reckons pods from.

So many people live through a year by way of the gateway, step by step; what the stack's processes
spent meanwhile, without what they spend when nothing happens, is divided by the calls. Times by the
clock are not taken: one client asks one thing after another. Needs `make up`;
`make bench b=calls`. Leaves its people in the stack.
"""

import asyncio
import os
import platform
import re
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.issuing import processor_time
from deploy.local.demo import document, evidence
from deploy.local.demo.gateway import Account
from deploy.local.demo.people import CLAIMS, new_identity_number
from tests.kit.world import YEAR, ZHENGZHOU, World, world

RESULT = Path(__file__).parent / "results" / "calls.md"
PEOPLE = 50
# The gateway lets one address register two people a second.
REGISTRATION_SECONDS = 0.55
# What an event sets off in the workers is over by then, and counted.
SETTLE_SECONDS = 3.0
IDLE_SECONDS = 20.0
# The columns, and how the names of the stack's processes begin.
COLUMNS = {
    "gateway": ("envoy",),
    "portal": ("portal",),
    "identity": ("identity-api",),
    "hours": ("hours-api",),
    "certificates": ("certificates-api",),
    "verify": ("verify-api",),
    "workers": ("identity-worker", "hours-worker", "certificates-worker", "verify-worker"),
    "seal": ("seal-",),
    "PostgreSQL": ("postgres",),
    "Redis": ("redis",),
    "RabbitMQ": ("rabbitmq", "epmd"),
}


@dataclass
class Person:
    """One technician as the steps find and leave them."""

    identity_number: str
    registered: dict[str, Any] = field(default_factory=dict)
    account: Account | None = None
    evidence_id: str = ""
    claims: list[str] = field(default_factory=list)
    certificate_id: str = ""
    # The path in its code.
    scanned: str = ""

    @property
    def signed_in(self) -> Account:
        """Return the account; only after the step that signs in."""
        if self.account is None:
            raise RuntimeError("this person has not signed in")
        return self.account


Step = Callable[[Person], Awaitable[None]]


@dataclass(frozen=True)
class Row:
    """What one step cost: milliseconds of processor for each person, by column."""

    title: str
    milliseconds: dict[str, float]


def by_column(seconds: dict[str, float]) -> dict[str, float]:
    """Return the seconds of the processes whose names begin as the columns say."""
    return {
        column: sum(spent for name, spent in seconds.items() if name.startswith(beginnings))
        for column, beginnings in COLUMNS.items()
    }


class Calls:
    """The steps of a year, as the portal takes them."""

    def __init__(self, offices: World, employer: Account, bureau: Account) -> None:
        self._offices = offices
        self._reviewers = {"employer": employer, "bureau": bureau}
        self._photograph = evidence.photograph()

    async def visit(self, _: Person) -> None:
        """Open the portal with nothing in the browser's memory: the page and what it names."""
        client = self._offices.gateway.client
        headers = {"accept-encoding": "br, gzip"}
        page = (await client.get("/", headers=headers)).raise_for_status()
        for path in re.findall(r'(?:src|href)="(/[^"]+)"', page.text):
            (await client.get(path, headers=headers)).raise_for_status()

    async def scan(self, person: Person) -> None:
        """Scan the certificate's code."""
        (await self._offices.gateway.client.get(person.scanned)).raise_for_status()

    async def register(self, person: Person) -> None:
        """Register, no sooner than the gateway lets the next one."""
        body = {
            "id_type": "resident_identity_card",
            "id_number": person.identity_number,
            "name": "王建国",
            "employer_id": self._offices.employers[ZHENGZHOU].organisation_id,
            "title_level": "intermediate",
            "password": self._offices.province.password,
        }
        waited = asyncio.create_task(asyncio.sleep(REGISTRATION_SECONDS))
        public = self._offices.gateway.public
        person.registered = await public.post("/api/identity/v1/registrations", body)
        await waited

    async def confirm(self, person: Person) -> None:
        """Have the employer confirm the person."""
        affiliation = person.registered["affiliation"]["affiliation_id"]
        path = f"/api/identity/v1/affiliations/{affiliation}/confirmation"
        await self._reviewers["employer"].post(path)

    async def sign_in(self, person: Person) -> None:
        """Sign in: the price of a password hash."""
        password = self._offices.province.password
        number = person.registered["management_number"]
        person.account = await self._offices.gateway.sign_in(number, password)

    async def year(self, person: Person) -> None:
        """Open the technician's first page."""
        await person.signed_in.get(f"/api/hours/v1/years/{YEAR}")
        await person.signed_in.get("/api/certificates/v1/intents", limit=100)
        await person.signed_in.get("/api/certificates/v1/certificates", limit=100)
        await person.signed_in.get("/api/identity/v1/messages/unread")

    async def upload(self, person: Person) -> None:
        """Hand in a photograph of 30 KB."""
        stored = await person.signed_in.upload(
            "/api/hours/v1/evidence",
            self._photograph.name,
            self._photograph.content,
            self._photograph.media_type,
        )
        person.evidence_id = stored["evidence_id"]

    async def file(self, person: Person) -> None:
        """File the year's two claims."""
        for subject_kind, activity_kind, title, tenths in CLAIMS:
            body = {
                "year": YEAR,
                "subject_kind": subject_kind,
                "activity_kind": activity_kind,
                "title": title,
                "credit_tenths": tenths,
                "started_on": f"{YEAR}-03-02",
                "ended_on": f"{YEAR}-03-13",
                "evidence_ids": [person.evidence_id],
            }
            claim = await person.signed_in.post("/api/hours/v1/claims", body)
            person.claims.append(claim["claim_id"])

    async def queue(self, person: Person) -> None:
        """Look at a page of the employer's queue and open a claim with its evidence."""
        employer = self._reviewers["employer"]
        await employer.get("/api/hours/v1/reviews", step="employer", limit=20)
        await employer.get(f"/api/hours/v1/reviews/{person.claims[0]}")
        await employer.download(f"/api/hours/v1/evidence/{person.evidence_id}/file")

    async def decide(self, step: str, person: Person) -> None:
        """Approve the person's two claims."""
        for claim in person.claims:
            path = f"/api/hours/v1/claims/{claim}/decisions"
            await self._reviewers[step].post(path, {"step": step, "outcome": "approve"})

    async def fetch(self, person: Person) -> None:
        """Open the certificate and download its file."""
        path = "/api/certificates/v1/certificates"
        await person.signed_in.get(f"{path}/{person.certificate_id}")
        await person.signed_in.download(f"{path}/{person.certificate_id}/file")

    async def until_known(self, person: Person) -> None:
        """Wait until the hours service knows that the person is confirmed."""

        async def look() -> bool:
            me = await person.signed_in.get(f"/api/hours/v1/years/{YEAR}")
            return bool(me)

        await self._offices.observer.until("the person is known", look)

    async def until_certified(self, person: Person) -> None:
        """Wait for the certificate."""
        number = person.registered["management_number"]

        async def look() -> str | None:
            page = await person.signed_in.get("/api/certificates/v1/certificates")
            return next((one["certificate_id"] for one in page["items"]), None)

        person.certificate_id = await self._offices.observer.until(f"{number} certified", look)

    async def read_code(self, person: Person) -> None:
        """Read the code on the printed file, and wait until it can be checked."""
        path = f"/api/certificates/v1/certificates/{person.certificate_id}/file"
        content = (await person.signed_in.download(path)).content
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "certificate.pdf"
            file.write_bytes(content)
            url = await asyncio.to_thread(lambda: document.read_qr(document.render(file)))
        await self._offices.public_state(url, "valid")
        person.scanned = urlsplit(url).path


class Meter:
    """Counts what the stack's processes spend beyond what they spend at rest."""

    def __init__(self, offices: World) -> None:
        self._spent = partial(processor_time.spent, offices.supervisor)
        self._at_rest: dict[str, float] = {}

    async def rest(self) -> Row:
        """Watch the stack at rest; milliseconds of a second."""
        before = self._spent()
        await asyncio.sleep(IDLE_SECONDS)
        spent = by_column(processor_time.between(before, self._spent()))
        self._at_rest = {column: seconds / IDLE_SECONDS for column, seconds in spent.items()}
        return Row("at rest, a second", {name: 1000 * one for name, one in self._at_rest.items()})

    async def step(self, title: str, step: Step, people: Sequence[Person]) -> Row:
        """Take everybody through a step, and wait for what it sets off."""
        clock = asyncio.get_running_loop().time
        before, begun = self._spent(), clock()
        for person in people:
            await step(person)
        await asyncio.sleep(SETTLE_SECONDS)
        duration = clock() - begun
        spent = by_column(processor_time.between(before, self._spent()))
        return Row(
            title,
            {
                column: max(0.0, 1000 * (seconds - self._at_rest[column] * duration) / len(people))
                for column, seconds in spent.items()
            },
        )


async def measure(offices: World) -> list[Row]:
    """Return the rows of the result."""
    employer = await offices.province.sign_in(offices.employers[ZHENGZHOU].administrator)
    bureau = await offices.province.sign_in(offices.bureaus[ZHENGZHOU].administrators[0])
    calls, meter = Calls(offices, employer, bureau), Meter(offices)
    people = [Person(new_identity_number()) for _ in range(PEOPLE)]
    rows = [await meter.rest()]
    for title, step in (
        ("visits for the first time", calls.visit),
        ("registers", calls.register),
        ("is confirmed by the employer", calls.confirm),
        ("signs in", calls.sign_in),
        ("", calls.until_known),
        ("opens the year (4 calls)", calls.year),
        ("hands in a photograph", calls.upload),
        ("files two claims", calls.file),
        ("a reviewer opens queue, claim, evidence", calls.queue),
        ("employer approves both", partial(calls.decide, "employer")),
        ("bureau approves both; certificate", partial(calls.decide, "bureau")),
        ("", calls.until_certified),
        ("opens and downloads the certificate", calls.fetch),
        ("", calls.read_code),
        ("a code is scanned", calls.scan),
    ):
        if title:
            rows.append(await meter.step(title, step, people))
            print(title, round(sum(rows[-1].milliseconds.values()), 1), "ms", flush=True)
        else:
            # Waiting, which no person does in this way.
            await asyncio.gather(*(step(person) for person in people))
    return rows


def report(rows: Sequence[Row], load: tuple[float, float]) -> str:
    """Return the page of the result."""
    heads = " | ".join(COLUMNS)
    lines = [
        f"""# Processor time of everyday calls

`make bench b=calls`: {PEOPLE} people, one after the other, through the gateway; milliseconds of
processor for each person, without what the stack spends at rest (first row: milliseconds of each
second). {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()};
load {load[0]:.1f} before, {load[1]:.1f} after.

| a person | all | {heads} |
|---|---|{"---|" * len(COLUMNS)}"""
    ]
    for row in rows:
        each = " | ".join(f"{row.milliseconds[column]:.1f}" for column in COLUMNS)
        lines.append(f"| {row.title} | {sum(row.milliseconds.values()):.1f} | {each} |")
    return "\n".join(lines) + "\n"


async def main() -> None:
    """Measure, print, and write the result."""
    load = os.getloadavg()[0]
    async with world() as offices:
        rows = await measure(offices)
    text = report(rows, (load, os.getloadavg()[0]))
    print(text)
    RESULT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
