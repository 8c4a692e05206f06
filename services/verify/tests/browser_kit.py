"""What the tests of verify's pages use of the browser."""

import os
from pathlib import Path

from tests.kit.browser import NARROW, PHONE, STANDARDS, launch, sticks_out, violations

DESKTOP = {"width": 1280, "height": 900}
# Set to a folder to keep the pictures.
_PICTURES = os.environ.get("VERIFY_PICTURES")  # noqa: TID251 - a test's own switch
WEB = Path(__file__).parents[1] / "web"


async def accessible(page, name: str) -> None:
    """Check that nothing violates the rules, and that nothing sticks out of the screen."""
    assert await violations(page, (*STANDARDS, "best-practice")) == [], name
    assert not await sticks_out(page), name


async def picture(page, name: str) -> None:
    if _PICTURES:
        await page.screenshot(path=f"{_PICTURES}/{name}.png", full_page=True)


__all__ = ["DESKTOP", "NARROW", "PHONE", "WEB", "accessible", "launch", "picture"]
