"""`python -m tests.browser.pictures [NAME…]`: take the portal's pictures into docs/images.

Each area adds its pages to ``PICTURES``; each is taken at its sizes, the whole page.
"""

import asyncio
import io
import re
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from PIL import Image
from playwright.async_api import Page, ViewportSize, async_playwright, expect
from tests.browser import picture_acts as act
from tests.browser.doors import Portal, settled
from tests.browser.scenes import Scene, cleared, scene
from tests.kit.browser import DESKTOP, PHONE, launch
from tests.kit.stack import ROOT, stack
from tests.kit.world import world

SIZES: dict[str, ViewportSize] = {"desktop": DESKTOP, "phone": PHONE}
BOTH, WIDE, NARROW = ("desktop", "phone"), ("desktop",), ("phone",)
READING = re.compile("正在(读取|准备|打开)|Loading…|Opening…")
LARGE, CONTRAST = (("large", True),), (("contrast", True),)
ENGLISH = (("language", "en"),)
COLOURS = 256
HIGHEST = 2600
# The browser's own date fields in Chinese, where Debian's chromium-l10n is installed.
CHINESE: dict[str, str | float | bool] = {"LANGUAGE": "zh_CN", "HOME": gettempdir()}
Act = Callable[[Page, Scene], Awaitable[None]]
BUREAU, EMPLOYER, PROVINCE = "bureau_administrator", "hospital", "provincial_administrator"
_BOARDS = "/operator/dashboards?minutes=15&board=yuzheng"


@dataclass(frozen=True)
class Picture:
    """A page as one role sees it, after ``act`` was done on it; ``{…}`` are the scene's places."""

    name: str
    path: str
    role: str = "public"
    sizes: Sequence[str] = BOTH
    display: tuple[tuple[str, Any], ...] = ()
    act: Act | None = None


PICTURES = (
    Picture("home", "/"),
    Picture("home-large", "/", display=LARGE, sizes=NARROW),
    Picture("home-contrast", "/", display=CONTRAST, sizes=WIDE),
    Picture("home-english", "/", display=ENGLISH, sizes=WIDE),
    Picture("login", "/login"),
    Picture("register", "/register"),
    Picture("start-technician", "/start", "learner"),
    Picture("start-bureau", "/start", BUREAU, WIDE),
    Picture("messages", "/messages", "learner"),
    Picture("sessions", "/account/sessions", "learner"),
    Picture("account", "/account", "learner"),
    Picture("password", "/account/password", "learner", WIDE),
    Picture("check-scan", "/check/scan"),
    Picture("check-number", "/check/number", act=act.asks_by_number),
    Picture("check-english", "/check/number", display=ENGLISH, act=act.asks_by_number_in_english),
    Picture("check-file", "/check/file", act=act.hands_in_a_forgery),
    Picture("check-receipt", "/check/receipt", sizes=WIDE),
    Picture("check-share", "/check/share", sizes=WIDE),
    Picture("check-office", "/check/office", BUREAU, act=act.asks_for_the_office),
    Picture("check-batch", "/check/batch", EMPLOYER, act=act.hands_in_a_table),
    Picture("technician-year", "/technician", "learner"),
    Picture("technician-year-large", "/technician", "learner", NARROW, LARGE),
    Picture("technician-year-english", "/technician", "learner", WIDE, ENGLISH),
    Picture("technician-year-done", "/technician", "holder", WIDE),
    Picture("technician-years", "/technician/years", "learner"),
    Picture("technician-claim-form", "/technician/claims/new", "learner", act=act.fills_in_a_claim),
    Picture("technician-claims", "/technician/claims", "learner"),
    Picture("technician-claim", "/technician/claims/{claim}", "learner"),
    Picture("technician-certificates", "/technician/certificates", "holder"),
    Picture(
        "technician-certificate",
        "/technician/certificates/{certificate}",
        "holder",
        act=act.waits_for_the_paper,
    ),
    Picture("technician-shares", "/technician/shares?make={year}", "holder", act=act.makes_a_share),
    Picture("technician-employer", "/technician/employer", "learner"),
    Picture("employer-people", "/employer/people", EMPLOYER),
    Picture("employer-reviews", "/employer/reviews", EMPLOYER),
    Picture("employer-review", "/employer/reviews/{employer_claim}", EMPLOYER, act=act.approves),
    Picture("employer-certificates", "/employer/certificates", EMPLOYER, act=act.prints_in_bulk),
    Picture("bureau-reviews", "/bureau/reviews", BUREAU),
    Picture("bureau-reviews-english", "/bureau/reviews", BUREAU, WIDE, ENGLISH),
    Picture("bureau-review", "/bureau/reviews/{bureau_claim}", BUREAU, act=act.approves),
    Picture("bureau-certificates", "/bureau/certificates", BUREAU),
    Picture(
        "bureau-certificate",
        "/bureau/certificates/{certificate}",
        BUREAU,
        act=act.waits_for_the_paper,
    ),
    Picture("bureau-approvals", "/bureau/approvals", PROVINCE),
    Picture("bureau-seals", "/bureau/seals", BUREAU),
    Picture("bureau-seal", "/bureau/seals/{seal}", BUREAU, act=act.waits_for_the_impression),
    Picture("bureau-seal-application", "/bureau/seals/new", BUREAU, WIDE),
    Picture("bureau-mass-revocations", "/bureau/mass-revocations", BUREAU),
    Picture(
        "bureau-mass-revocation",
        "/bureau/mass-revocations",
        BUREAU,
        WIDE,
        act=act.hands_in_revocations,
    ),
    Picture("bureau-work", "/bureau/work", BUREAU, WIDE),
    Picture("province-organisations", "/province/organisations?at={bureau}", PROVINCE),
    Picture("province-templates", "/province/templates", PROVINCE, WIDE),
    Picture("province-template", "/province/templates", PROVINCE, WIDE, act=act.compares_templates),
    Picture("province-clients", "/province/clients", PROVINCE),
    Picture("operator-overview", "/operator", "operator"),
    Picture("operator-lanes", "/operator/lanes", "operator"),
    Picture("operator-parked", "/operator/parked", "operator"),
    # With something in them after `make watch` and some work.
    Picture("operator-dashboards-overview", f"{_BOARDS}-overview", "operator"),
    Picture("operator-dashboards-verification", f"{_BOARDS}-verification", "operator"),
    Picture("operator-dashboards-issuance", f"{_BOARDS}-issuance", "operator", sizes=("desktop",)),
)


async def complete(page: Page) -> None:
    """Wait until nothing is on its way any more and nothing says it is being read."""
    await settled(page)
    await expect(page.get_by_text(READING)).to_have_count(0)
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)
    asked = -1
    for _ in range(40):
        now = await page.evaluate("performance.getEntriesByType('resource').length")
        if now == asked:
            return
        asked = now
        await page.wait_for_timeout(600)


async def photograph(page: Page, file: Path) -> None:
    """Write the page from its beginning, as far as somebody looks at a picture."""
    await page.evaluate("scrollTo(0, 0)")
    shot = await page.screenshot(full_page=True)
    keep(Image.open(io.BytesIO(shot)), file)


def keep(picture: Image.Image, file: Path) -> None:
    """Write a picture in few colours: nobody sees it, and it takes a third of the bytes."""
    whole = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, HIGHEST)))
    whole.quantize(COLOURS, kmeans=1).save(file, optimize=True)


async def take(wanted: Sequence[str]) -> None:
    """Take the pictures whose names are given, or all of them."""
    expect.set_options(timeout=30_000)
    folder = ROOT / "docs" / "images" / "portal"
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [one for one in PICTURES if not wanted or one.name in wanted]
    failed: list[str] = []
    async with world() as made, async_playwright() as playwright:
        seen = await scene(made)
        browser = await launch(playwright, env=CHINESE)
        portal = Portal(browser, stack().gateway, seen.people)
        for one in chosen:
            for size in one.sizes:
                name = f"{one.name}-{size}"
                try:
                    page = await portal.page(
                        one.role,
                        one.path.format_map(seen.places),
                        size=SIZES[size],
                        **dict(one.display),
                    )
                    await complete(page)
                    if one.act:
                        await one.act(page, seen)
                        await complete(page)
                    await photograph(page, folder / f"{name}.png")
                    failed += await portal.faults()
                    sys.stdout.write(f"{name}\n")
                except Exception as problem:  # noqa: BLE001 - the others are still worth taking
                    failed.append(f"{name}: {problem}")
                sys.stdout.flush()
        await browser.close()
        await cleared(made)
    if failed:
        sys.exit("\n".join(failed))


if __name__ == "__main__":
    asyncio.run(take(sys.argv[1:]))
