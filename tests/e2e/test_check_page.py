"""A certificate's code as people meet it: scanned into a browser, and checked without a network."""

import asyncio
import subprocess
from pathlib import Path

import pytest
from deploy.local.demo import document
from playwright.async_api import Page, async_playwright, expect
from tests.kit.stack import stack
from tests.kit.world import YEAR, World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
NAME = "王小明"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
async def page():
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        context = await browser.new_context(viewport=PHONE, locale="zh-CN")
        yield await context.new_page()
        await browser.close()


async def printed(world: World, folder: Path) -> tuple[str, Path]:
    """Return what a new certificate's code says, and its page as a printer would print it."""
    technician = await world.completed(NAME)
    certificate = await world.people.certificate(technician, YEAR)
    answer = await technician.account.download(
        f"/api/certificates/v1/certificates/{certificate['certificate_id']}/file"
    )
    file = folder / "certificate.pdf"
    file.write_bytes(answer.content)
    checked = await document.check(file, root=stack().checkout.pki / "root.pem")
    command = ["pdftoppm", "-r", "150", "-jpeg", "-singlefile", file, folder / "page"]
    await asyncio.to_thread(subprocess.run, command, check=True)
    return checked.qr_url, folder / "page.jpg"


async def verdict(page: Page, picture: Path) -> str:
    await page.locator("#said").evaluate("said => said.replaceChildren()")
    await page.locator("#picture").set_input_files(picture)
    shown = page.locator("#said h2.verdict")
    await expect(shown).to_be_visible()
    return await shown.inner_text()


async def test_code_is_checked_by_server_and_device_and_then_offline(
    world: World, tmp_path: Path, page: Page
) -> None:
    address, picture = await printed(world, tmp_path)
    await world.public_state(address, "valid")
    await page.goto(address)
    await expect(page.get_by_role("heading", level=1)).to_have_text("证书有效")
    await expect(page.locator("#device")).to_have_class("good")
    await page.locator("#name").fill(NAME)
    await page.get_by_role("button", name="核对").click()
    await expect(page.locator(".said")).to_contain_text("与登记的姓名一致")
    await expect(page.locator("#device")).to_have_class("good")

    await page.get_by_role("link", name="离线核验工具").click()
    await expect(page.locator(".lists li")).to_have_count(2)
    await page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
    # The lists follow the heartbeats within a quarter of a minute, and are signed then.
    async with asyncio.timeout(90):
        while await verdict(page, picture) != "证书有效":
            await asyncio.sleep(3)
            await page.get_by_role("button", name="联网更新").click()
            await expect(page.locator("#lists .note")).to_have_count(0)
    await page.context.set_offline(True)
    await page.reload()
    await expect(page.locator(".lists li")).to_have_count(2)
    assert await verdict(page, picture) == "证书有效"
    await page.locator("#name").fill(NAME)
    await page.locator("#said").get_by_role("button", name="核对").click()
    await expect(page.locator(".said.good")).to_be_visible()
