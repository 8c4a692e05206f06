"""`make pictures`: take the pictures of the documentation from the last demo's results."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from playwright.async_api import ViewportSize, async_playwright

from deploy.local.checkout import Checkout

PHONE: ViewportSize = {"width": 390, "height": 844}
DOTS_PER_INCH = 110


async def take(report: dict[str, str], folder: Path) -> None:
    """Write the certificate and the pages its QR code opens as PNG files."""
    certificate = folder / "certificate"
    command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", "-singlefile"]
    await asyncio.to_thread(
        subprocess.run, [*command, report["certificate_pdf"], str(certificate)], check=True
    )
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium")
        for name, url in (("valid", "verify_url"), ("revoked", "revoked_verify_url")):
            page = await browser.new_page(viewport=PHONE, device_scale_factor=2, locale="zh-CN")
            await page.goto(report[url])
            # The device has checked the code's signature.
            await page.locator("#device.good").wait_for()
            await page.screenshot(path=folder / f"verify-{name}-phone.png", full_page=True)
        page = await browser.new_page(viewport=PHONE, device_scale_factor=2, locale="zh-CN")
        await page.goto(f"{report['gateway_url']}/v/offline/")
        await page.locator(".lists li").nth(1).wait_for()
        await page.locator("#text").fill(report["verify_url"])
        await page.locator("#text").press("Enter")
        await page.locator("#said h2").first.wait_for()
        await page.screenshot(path=folder / "verify-offline-phone.png", full_page=True)
        await browser.close()


def main() -> None:
    """Read the last demo's report and take the pictures."""
    checkout = Checkout.from_environment()
    report = checkout.state / "demo" / "report.json"
    if not report.is_file():
        sys.exit("no demo has been run yet; run `make demo` first")
    asyncio.run(take(json.loads(report.read_text("utf-8")), checkout.root / "docs" / "images"))


if __name__ == "__main__":
    main()
