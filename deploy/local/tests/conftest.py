"""A stack of its own for the tests: nothing that they break is anybody's working stack."""

from collections.abc import Iterator

import pytest
from deploy.local.tests.support import OwnStack, free_offset


@pytest.fixture(scope="session")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnStack]:
    # pytest's folders are closed to other users, so as root this is also the case of a checkout
    # that PostgreSQL's user cannot reach.
    stack = OwnStack(tmp_path_factory.mktemp("stack") / "local", free_offset())
    try:
        started = stack.command("up", "--data")
        assert started.returncode == 0, started.stderr
        yield stack
    finally:
        stack.command("clean")
