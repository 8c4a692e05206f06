"""One world for the session: the running stack."""

from collections.abc import AsyncIterator

import pytest
from tests.kit.world import World
from tests.kit.world import world as make_world


@pytest.fixture(scope="session")
async def world() -> AsyncIterator[World]:
    async with make_world() as made:
        yield made
