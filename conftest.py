"""What every test session shares."""

from collections.abc import AsyncIterator

import pytest
from tests.kit import databases


@pytest.fixture(scope="session", autouse=True)
async def _templates_are_dropped() -> AsyncIterator[None]:
    yield
    await databases.drop_templates()
