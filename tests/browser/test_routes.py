"""Every page of the portal, for every role: reachable, accessible, and no wider than a phone."""

import re

import pytest
from playwright.async_api import Page
from tests.browser.doors import Portal, go, routes
from tests.browser.people import ROLES
from tests.kit.browser import DESKTOP, NARROW, PHONE, sticks_out, violations
from tests.kit.world import YEAR

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(600)]
SERIOUS = ("serious", "critical")
# What stands in an address for a part that changes; what nobody has is told so by the page.
SAMPLES = {"year": str(YEAR)}
NOBODYS = "0196b2f0-0000-7000-8000-000000000001"


def addresses(table: list[dict], role: str) -> list[str]:
    """Return the addresses that this role may open, with samples for what changes in them."""
    found = []
    for route in table:
        if "*" in route["path"] or route["name"] == "forbidden":
            continue
        open_to = route["public"] if role == "public" else not route["public"]
        if open_to and (route["roles"] is None or role in route["roles"]):
            found.append(
                re.sub(
                    r":(\w+)(\([^)]*\))?\??", lambda m: SAMPLES.get(m[1], NOBODYS), route["path"]
                )
            )
    return found


async def faults(page: Page, path: str) -> list[str]:
    """Open the page; return what is wrong with it at every size and in every form."""
    await go(page, path)
    found = []
    heading = await page.locator("main h1").count()
    if heading != 1:
        found.append(f"{path}: {heading} headings of the first level")
    for size, name in ((DESKTOP, "desktop"), (PHONE, "phone"), (NARROW, "narrow")):
        await page.set_viewport_size(size)
        if said := await sticks_out(page):
            found.append(f"{path} ({name}): {said}")
        if size is not PHONE:
            found += [f"{path} ({name}): {one}" for one in await violations(page, impacts=SERIOUS)]
    return found


@pytest.mark.parametrize(
    "display",
    [{}, {"large": True}, {"language": "en", "contrast": True}],
    ids=["zh", "large", "en"],
)
@pytest.mark.parametrize("role", ROLES)
async def test_every_page_is_accessible_and_fits(portal: Portal, role: str, display: dict) -> None:
    page = await portal.page(role, "/" if role == "public" else "/account", **display)
    listed = addresses(await routes(page), role)
    assert listed
    found = [fault for path in listed for fault in await faults(page, path)]
    assert found == []


async def test_page_of_another_role_is_not_shown(portal: Portal) -> None:
    page = await portal.page("technician", "/account")
    closed = [
        one for one in await routes(page) if one["roles"] and "technician" not in one["roles"]
    ]
    for route in closed:
        await go(page, re.sub(r":\w+(\([^)]*\))?\??", NOBODYS, route["path"]))
        assert await page.locator("main h1").inner_text() == "这个页面不对您开放", route["path"]


async def test_page_without_log_in_leads_to_the_log_in_and_back(public: Portal) -> None:
    page = await public.page("public", "/account/sessions")
    assert "/login?next=/account/sessions" in page.url
