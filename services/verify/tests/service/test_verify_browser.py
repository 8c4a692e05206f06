"""The page in a real browser: accessible, usable without JavaScript, nothing but itself loaded."""

import os
from datetime import timedelta

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import async_playwright
from verify_kit import Certificate, heartbeat, mint, seal_event

pytestmark = [pytest.mark.infra, pytest.mark.slow]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
CHROMIUM = "/usr/bin/chromium"
# Set to a folder to keep the pictures.
PICTURES = os.environ.get("VERIFY_PICTURES")  # noqa: TID251 - a test's own switch


@pytest.fixture(scope="module")
async def browser():
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        await browser.close()


@pytest.fixture
async def tokens(tell, mirror):
    """Return a token for every state that an address can lead to."""
    states = ("valid", "suspended", "superseded", "revoked")
    known = {state: Certificate(name="买买提·吐尔逊") for state in states}
    entries = [(one, 1) for one in known.values()]
    await tell(
        *(one.event(state, 1) for state, one in known.items()),
        seal_event("active", 1),
        heartbeat(1, len(entries), *entries),
    )
    await mirror.turn()
    return {state: one.token for state, one in known.items()} | {
        "not_found": mint(),
        "token_invalid": "0" * 36,
    }


async def test_every_page_is_accessible_and_fits(api, browser, tokens):
    for state, token in tokens.items():
        await _check(api, browser, f"{token}", PHONE, state)
        await _check(api, browser, f"{token}?lang=en&type=large", NARROW, f"{state}-en-large")


async def test_every_form_of_a_page_is_accessible_and_fits(api, browser, tokens):
    for size in (NARROW, PHONE, DESKTOP):
        for query in ("", "?type=large", "?lang=en"):
            await _check(api, browser, f"{tokens['valid']}{query}", size, f"valid{query}")


async def test_page_that_could_not_check_is_accessible_and_fits(api, browser, tokens):
    api.clock.advance(timedelta(days=1))
    await _check(api, browser, tokens["valid"], PHONE, "could_not_check")
    await _check(api, browser, f"{mint()}?type=large", NARROW, "could_not_check-large")


async def _check(api, browser, token, size, name):
    page = await browser.new_page(viewport=size, locale="zh-CN")
    refused = []
    requested = []
    page.on("console", lambda message: refused.append(message.text))
    page.on("request", lambda request: requested.append(request.url))
    await page.goto(f"{api.address}/v/{token}")
    assert [url for url in requested if not url.startswith("data:")] == [page.url]
    # A status of 404 or 503 is told on the console too; what the policy refuses would be as well.
    assert [text for text in refused if "status of" not in text] == []
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= size["width"], f"{name}: {width} px wide"
    results = await Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert results.violations_count == 0, f"{name}: {results.generate_report()}"
    if PICTURES:
        await page.screenshot(
            path=f"{PICTURES}/{name.replace('?', '-')}-{size['width']}.png", full_page=True
        )
    await page.close()


async def test_page_works_without_javascript(api, browser, tokens):
    context = await browser.new_context(java_script_enabled=False, viewport=PHONE, locale="zh-CN")
    page = await context.new_page()
    await page.goto(f"{api.address}/v/{tokens['valid']}")
    await page.get_by_role("link", name="大字版").click()
    assert "type=large" in page.url
    await page.get_by_role("link", name="English").click()
    assert await page.get_by_role("heading", level=1).inner_text() == "Certificate is valid"
    assert "type=large" in page.url, "the size stays when the language changes"
    await context.close()
