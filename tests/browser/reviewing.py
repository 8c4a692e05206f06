"""What the review stories begin with: an employer of their own, its people, and what they filed."""

import secrets
from dataclasses import dataclass

from deploy.local.demo import evidence
from deploy.local.demo.people import Technician, new_identity_number
from deploy.local.demo.province import Employer
from playwright.async_api import Page, expect
from tests.browser.people import LogIn
from tests.kit.browser import sticks_out, violations
from tests.kit.world import YEAR, World


@dataclass(frozen=True)
class Place:
    """An employer nobody else's story knows, with its log-in and its people's claims."""

    world: World
    employer: Employer
    log_in: LogIn
    people: list[Technician]
    claims: list[str]

    async def another_administrator(self) -> LogIn:
        """Appoint a second administrator of the employer."""
        province = self.world.province
        username = f"{self.employer.administrator}-b"
        by = await province.sign_in(self.world.bureaus[_code(self.employer)].administrators[0])
        await province._appoint(
            by,
            organisation=self.employer.organisation_id,
            role="employer_administrator",
            username=username,
            name="另一位管理员",
        )
        return await settled_log_in(self.world, username)

    async def approve_as_employer(self) -> None:
        administrator = await self.world.province.sign_in(self.employer.administrator)
        for claim in self.claims:
            await administrator.post(
                f"/api/hours/v1/claims/{claim}/decisions",
                {"step": "employer", "outcome": "approve"},
            )


def _code(employer: Employer) -> str:
    return employer.administrator.split("-")[1]


async def settled_log_in(world: World, username: str) -> LogIn:
    who = LogIn(username, world.province.password)
    await world.gateway.settle(who.login, who.password)
    return who


async def place_with_claims(world: World, code: str, *names: str) -> Place:
    """Found an employer whose people of these names each filed a whole year: two claims."""
    bureau = world.bureaus[code]
    serial = secrets.randbelow(8000) + 1000
    # The administrator is named after it, and a name has no digits.
    which = str(serial).translate(str.maketrans("0123456789", "零一二三四五六七八九"))
    name = f"{bureau.place}审核试点单位之{which}"
    employer = await world.province.employer(bureau, name, serial=serial)
    log_in = await settled_log_in(world, employer.administrator)
    people, claims = [], []
    for place, name in enumerate(names):
        technician = await world.people.register(
            name=name, identity_number=new_identity_number(), employer=employer, bureau=bureau
        )
        papers = evidence.photograph() if place else evidence.completion_certificate(name)
        claims += await world.people.file_year(technician, year=YEAR, evidence=papers)
        people.append(technician)
    return Place(world, employer, log_in, people, claims)


async def sound(page: Page) -> None:
    """Refuse a page that axe finds seriously wrong or that is wider than its window."""
    assert await violations(page, impacts=("serious", "critical")) == []
    assert await sticks_out(page) == ""


async def evidence_is_drawn(page: Page) -> None:
    """Wait until the first page of the papers is painted, wider than an empty canvas."""
    paper = page.get_by_role("main").locator("canvas").first
    await expect(paper).to_be_visible()
    await expect(paper).not_to_have_js_property("width", 300)
