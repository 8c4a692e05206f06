"""`python -m tests.browser.pictures [NAME…]`: take the portal's pictures into docs/images.

Each area adds its pages to ``PICTURES``; each is taken at its sizes, the whole page.
"""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.async_api import ViewportSize, async_playwright
from tests.browser.doors import Portal, settled
from tests.browser.people import everybody
from tests.kit.browser import DESKTOP, PHONE, launch
from tests.kit.stack import ROOT, stack
from tests.kit.world import world

SIZES: dict[str, ViewportSize] = {"desktop": DESKTOP, "phone": PHONE}
BOTH = ("desktop", "phone")


@dataclass(frozen=True)
class Picture:
    """A page as one role sees it."""

    name: str
    path: str
    role: str = "public"
    sizes: Sequence[str] = BOTH
    display: tuple[tuple[str, Any], ...] = ()


PICTURES = (
    Picture("home", "/"),
    Picture("home-large", "/", display=(("large", True),), sizes=("phone",)),
    Picture("home-contrast", "/", display=(("contrast", True),), sizes=("desktop",)),
    Picture("login", "/login"),
    Picture("start-technician", "/start", "technician"),
    Picture("start-bureau", "/start", "bureau_administrator", sizes=("desktop",)),
    Picture("messages", "/messages", "technician"),
    Picture("sessions", "/account/sessions", "technician"),
    Picture("account", "/account", "technician"),
    Picture("check-scan", "/check/scan"),
    Picture("check-number", "/check/number"),
    Picture("check-file", "/check/file"),
    Picture("check-receipt", "/check/receipt", sizes=("desktop",)),
    Picture("check-share", "/check/share", sizes=("desktop",)),
    Picture("check-office", "/check/office", "bureau_administrator"),
    Picture("check-batch", "/check/batch", "employer_administrator"),
    Picture("password", "/account/password", "technician", sizes=("desktop",)),
    Picture("register", "/register"),
    Picture("technician-year", "/technician", "technician"),
    Picture("technician-years", "/technician/years", "technician"),
    Picture("technician-claim-form", "/technician/claims/new", "technician"),
    Picture("technician-claims", "/technician/claims", "technician"),
    Picture("technician-certificates", "/technician/certificates", "technician"),
    Picture("technician-shares", "/technician/shares", "technician"),
    Picture("technician-employer", "/technician/employer", "technician"),
    Picture("organisations", "/province/organisations", "provincial_administrator"),
    Picture("api-clients", "/province/clients", "provincial_administrator"),
    Picture("employer-people", "/employer/people?state=confirmed", "employer_administrator"),
    Picture("employer-reviews", "/employer/reviews", "employer_administrator"),
    Picture("employer-certificates", "/employer/certificates", "employer_administrator"),
    Picture("bureau-reviews", "/bureau/reviews", "bureau_administrator"),
    Picture("bureau-certificates", "/bureau/certificates", "bureau_administrator"),
    Picture("bureau-seals", "/bureau/seals", "bureau_administrator"),
    Picture("bureau-mass-revocations", "/bureau/mass-revocations", "bureau_administrator"),
    Picture("bureau-approvals", "/bureau/approvals", "bureau_administrator"),
    Picture("province-templates", "/province/templates", "provincial_administrator"),
    Picture("operator-overview", "/operator", "operator"),
    Picture("operator-lanes", "/operator/lanes", "operator"),
    Picture("operator-parked", "/operator/parked", "operator"),
)


async def take(wanted: Sequence[str]) -> None:
    """Take the pictures whose names are given, or all of them."""
    folder = ROOT / "docs" / "images" / "portal"
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [one for one in PICTURES if not wanted or one.name in wanted]
    async with world() as made, async_playwright() as playwright:
        people = await everybody(made) if any(one.role != "public" for one in chosen) else {}
        browser = await launch(playwright)
        portal = Portal(browser, stack().gateway, people)
        for one in chosen:
            for size in one.sizes:
                page = await portal.page(one.role, one.path, size=SIZES[size], **dict(one.display))
                await settled(page)
                await page.screenshot(path=folder / f"{one.name}-{size}.png", full_page=True)
                sys.stdout.write(f"{one.name}-{size}\n")
        faults = await portal.faults()
        await browser.close()
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    asyncio.run(take(sys.argv[1:]))
