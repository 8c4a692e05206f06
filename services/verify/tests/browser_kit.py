"""A real browser and its accessibility check, shared by the tests of pages."""

import os
from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
# Set to a folder to keep the pictures.
_PICTURES = os.environ.get("VERIFY_PICTURES")  # noqa: TID251 - a test's own switch
WEB = Path(__file__).parents[1] / "web"
_AXE = (WEB / "node_modules" / "axe-core" / "axe.min.js").read_text()
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def launch(playwright, *more: str):
    return await playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", *more]
    )


async def accessible(page, name: str) -> None:
    """Check that nothing violates the rules, and that nothing sticks out of the screen."""
    # Evaluated by the browser's own door, so the page's policy is neither loosened nor broken.
    await page.evaluate(_AXE)
    found = await page.evaluate("rules => axe.run({runOnly: rules})", _RULES)
    said = [
        f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]
    ]
    assert said == [], f"{name}: {said}"
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], f"{name}: {width} px wide"


async def picture(page, name: str) -> None:
    if _PICTURES:
        await page.screenshot(path=f"{_PICTURES}/{name}.png", full_page=True)
