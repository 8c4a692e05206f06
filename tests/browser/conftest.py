"""The whole stack with one account a role, and a browser that watches every page it opens."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright, expect
from tests.browser.doors import Portal
from tests.browser.people import LogIn, everybody
from tests.kit.browser import launch
from tests.kit.stack import stack
from tests.kit.world import World
from tests.kit.world import world as make_world

# A busy machine draws a page late; what never comes still fails.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
async def world() -> AsyncIterator[World]:
    async with make_world() as made:
        yield made


@pytest.fixture(scope="session")
async def people(world: World) -> dict[str, LogIn]:
    return await everybody(world)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await launch(playwright)
        yield launched
        await launched.close()


@pytest.fixture
async def portal(browser: Browser, people: dict[str, LogIn]) -> AsyncIterator[Portal]:
    """Any page of a story that leaves its origin, breaks its policy or breaks fails the story."""
    opened = Portal(browser, stack().gateway, people)
    yield opened
    assert await opened.faults() == []


@pytest.fixture
async def public(browser: Browser) -> AsyncIterator[Portal]:
    """Open pages of visitors, for whom nobody has to be made first."""
    opened = Portal(browser, stack().gateway, {})
    yield opened
    assert await opened.faults() == []
