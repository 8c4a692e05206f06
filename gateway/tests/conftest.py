"""One Envoy for most tests, and one with tight limits for those that run into them."""

from collections.abc import AsyncIterator

import pytest
from gateway.tests.support import Gateway, running_gateway


@pytest.fixture(scope="session")
async def gateway(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Gateway]:
    async with running_gateway(
        tmp_path_factory.mktemp("gateway"),
        LOGIN_BURST=10_000,
        REGISTER_BURST=10_000,
        CHECK_BURST=10_000,
        SESSION_BURST=10_000,
        SHARE_BURST=10_000,
        LOOKUP_BURST=10_000,
        REFERENCE_BURST=10_000,
    ) as running:
        yield running


@pytest.fixture(scope="session")
async def tight_gateway(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Gateway]:
    async with running_gateway(
        tmp_path_factory.mktemp("tight"),
        absent=frozenset({"certificates"}),
        CHECK_BURST=5,
        CHECK_PER_SECOND=1,
        LOGIN_BURST=3,
        LOGIN_PER_SECOND=1,
        REGISTER_BURST=3,
        REGISTER_PER_SECOND=1,
        SESSION_BURST=3,
        SESSION_PER_SECOND=1,
        LOOKUP_BURST=3,
        LOOKUP_PER_SECOND=1,
        SHARE_BURST=3,
        SHARE_PER_SECOND=1,
        UPLOAD_BURST=3,
        UPLOAD_PER_SECOND=1,
        API_BURST=6,
        API_PER_SECOND=1,
        PERSON_BURST=3,
        PERSON_PER_SECOND=1,
        PERSON_UPLOAD_BURST=2,
        PERSON_UPLOAD_PER_SECOND=1,
        CLIENT_BURST=3,
        CLIENT_PER_SECOND=1,
        PAGE_BURST=3,
        PAGE_PER_SECOND=1,
        REFERENCE_BURST=3,
        REFERENCE_PER_SECOND=1,
        CHECK_ANSWER_SECONDS=1,
        HEADER_SECONDS=1,
        RECEIVE_SECONDS=2,
        IDLE_SECONDS=1,
    ) as running:
        yield running
