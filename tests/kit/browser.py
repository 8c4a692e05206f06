"""A real browser, its accessibility check, and what no page of ours may do in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, Playwright, ViewportSize
from tests.kit.stack import ROOT

CHROMIUM = "/usr/bin/chromium"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
_AXE = ROOT / "services/verify/web/node_modules/axe-core/axe.min.js"
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_VIOLATIONS = """
window.refusedByPolicy = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.refusedByPolicy.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""


async def launch(
    playwright: Playwright, *more: str, env: dict[str, str | float | bool] | None = None
) -> Browser:
    """Start the browser; ``env`` stands in the place of this process's own environment."""
    return await playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", *more], env=env
    )


async def violations(
    page: Page, rules: tuple[str, ...] = STANDARDS, impacts: tuple[str, ...] = ()
) -> list[str]:
    """Return what axe finds, each with the element; ``impacts`` empty means of any weight."""
    # Evaluated by the browser's own door, so the page's policy is neither loosened nor broken.
    await page.evaluate(_AXE.read_text())
    found: Mapping[str, Any] = await page.evaluate(
        "rules => axe.run({runOnly: rules})", list(rules)
    )
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found["violations"]
        if not impacts or one["impact"] in impacts
        for node in one["nodes"]
    ]


_TWO_FRAMES = """() => new Promise((drawn) =>
    requestAnimationFrame(() => requestAnimationFrame(drawn)))"""
_OUTERMOST = """() => [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 120)).slice(-2).join(' … ')"""


async def sticks_out(page: Page) -> str:
    """Say how wide the page is if it is wider than its window."""
    # What follows the window's or a container's width is laid out with the next frame only.
    await page.evaluate(_TWO_FRAMES)
    width = await page.evaluate("document.documentElement.scrollWidth")
    shown = page.viewport_size["width"] if page.viewport_size else width
    if width <= shown:
        return ""
    return f"{width} px wide, by {await page.evaluate(_OUTERMOST)}"


@dataclass
class Watch:
    """Notes what a page does that it may not: leave its origin, break its policy, or break."""

    origin: str
    faults: list[str] = field(default_factory=list)

    async def over(self, page: Page) -> None:
        """Begin, before the page opens anything."""
        page.on("request", lambda request: self._heard(request.url))
        page.on("pageerror", lambda error: self.faults.append(f"broke: {error}"))
        page.on("console", lambda message: self._said(message.type, message.text))
        await page.add_init_script(_VIOLATIONS)

    async def look(self, page: Page) -> list[str]:
        """Return everything noted so far."""
        refused = await page.evaluate("window.refusedByPolicy ?? []")
        return [*self.faults, *(f"refused by the policy: {one}" for one in refused)]

    def _heard(self, url: str) -> None:
        parts = urlsplit(url)
        # Out of memory is not out of the origin.
        if parts.scheme in {"data", "blob"}:
            return
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.faults.append(f"asked elsewhere: {url}")

    def _said(self, kind: str, text: str) -> None:
        if "Content Security Policy" in text or (kind == "error" and "Failed to load" not in text):
            self.faults.append(f"said: {text[:300]}")
