"""The page in a real browser: accessible, usable without JavaScript, nothing but itself loaded."""

from datetime import date, timedelta

import pytest
from browser_kit import DESKTOP, NARROW, PHONE, accessible, launch, picture
from playwright.async_api import async_playwright
from verify_kit import Certificate, heartbeat, mint, seal_event

pytestmark = [pytest.mark.infra, pytest.mark.slow]
FORMS = ("lang=zh", "lang=en", "lang=zh&type=large", "lang=en&type=large")


@pytest.fixture(scope="module")
async def browser():
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        yield browser
        await browser.close()


@pytest.fixture
async def tokens(tell, mirror):
    """Return a token for every state that an address can lead to."""
    states = ("valid", "suspended", "superseded", "revoked")
    known = {state: Certificate(name="买买提·吐尔逊") for state in states}
    supersedes = known["superseded"].certificate_id
    more = {"version": 2, "issued_on": date(2026, 12, 1), "supersedes": supersedes}
    known["valid"].more = more
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


@pytest.mark.parametrize("form", FORMS)
async def test_every_page_is_accessible_and_fits(api, browser, tokens, form):
    size = NARROW if "large" in form else PHONE
    for state, token in tokens.items():
        await _check(api, browser, f"{token}?{form}", size, state)
    api.clock.advance(timedelta(days=1))
    await _check(api, browser, f"{tokens['valid']}?{form}", size, "could_not_check")


async def test_every_width_is_enough(api, browser, tokens):
    for size in (NARROW, PHONE, DESKTOP):
        for query in ("?type=large", "?lang=en"):
            await _check(api, browser, f"{tokens['valid']}{query}", size, "valid")


async def _check(api, browser, address, size, name):
    page = await browser.new_page(viewport=size, locale="zh-CN")
    refused = []
    requested = []
    page.on("console", lambda message: refused.append(message.text))
    page.on("request", lambda request: requested.append(request.url))
    await page.goto(f"{api.address}/v/{address}")
    assert {url for url in requested if not url.startswith("data:")} == {page.url}
    # A status of 404 or 503 is told on the console too; what the policy refuses would be as well.
    assert [text for text in refused if "status of" not in text] == []
    query = address.partition("?")[2].replace("&", "-")
    await accessible(page, f"{name} {query}")
    await picture(page, f"{name}-{query}-{size['width']}")
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


async def test_name_is_compared_by_keyboard_alone_and_stands_in_no_address(api, browser, tokens):
    context = await browser.new_context(java_script_enabled=False, viewport=PHONE, locale="zh-CN")
    page = await context.new_page()
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    await page.goto(f"{api.address}/v/{tokens['valid']}")
    for name, said in (("买买提·吐尔逊", "与登记的姓名一致。"), ("买买提", "不一致")):
        await _tab_to(page, "name")
        await page.keyboard.type(name)
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        assert said in await page.get_by_role("status").last.inner_text()
        assert await page.locator("#name").input_value() == ""
        await picture(page, f"matched-{len(name)}")
    # The cursor is where the answer is, so the next Tab leads on from there.
    assert page.url.endswith("#match")
    assert not [url for url in requested if "name" in url or "%E4%B9%B0" in url]
    await context.close()


async def _tab_to(page, wanted):
    for _ in range(12):
        await page.keyboard.press("Tab")
        if await page.locator("*:focus").get_attribute("id") == wanted:
            return
    raise AssertionError(f"{wanted} is not reached by Tab")
