"""What a visitor's telephone has to load before the first page is there."""

import pytest
from playwright.async_api import Browser
from tests.kit.browser import PHONE
from tests.kit.stack import stack

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
MOST_BYTES = 200 * 1024


@pytest.mark.parametrize("path", ["/", "/login", "/check"])
async def test_public_page_is_small(browser: Browser, path: str) -> None:
    context = await browser.new_context(viewport=PHONE, base_url=stack().gateway)
    page = await context.new_page()
    devtools = await context.new_cdp_session(page)
    await devtools.send("Network.enable")
    loaded: list[float] = []
    devtools.on("Network.loadingFinished", lambda one: loaded.append(one["encodedDataLength"]))
    await page.goto(path)
    await page.locator("main > *").first.wait_for()
    await page.wait_for_load_state("networkidle")
    await context.close()
    assert 20_000 < sum(loaded) <= MOST_BYTES
