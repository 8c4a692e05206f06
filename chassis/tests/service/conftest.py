"""A database with the chassis' own tables and a vhost for each test."""

from collections.abc import AsyncIterator

import pytest
from tests.kit.bench import Bench, bench


@pytest.fixture
async def parts() -> AsyncIterator[Bench]:
    async with bench() as made:
        yield made
