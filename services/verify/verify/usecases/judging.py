"""What a reading of the registry says at this moment."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import NamedTuple

from sqlalchemy.exc import SQLAlchemyError

from chassis.db import Transaction
from verify.domain import Answer, State, judge
from verify.errors import CouldNotCheck
from verify.registry import Entry, Reading
from verify.usecases import Dependencies


class Judged(NamedTuple):
    """One certificate and how it stands."""

    entry: Entry
    answer: Answer


@asynccontextmanager
async def reading(deps: Dependencies) -> AsyncIterator[Transaction]:
    """Read the projection; a database that is away or too slow is "could not check"."""
    try:
        async with asyncio.timeout(deps.timeout_seconds), deps.database.reading() as tx:
            yield tx
    except (SQLAlchemyError, OSError, TimeoutError) as reason:
        raise CouldNotCheck from reason


def judged(deps: Dependencies, found: Reading, entries: Iterable[Entry]) -> list[Judged]:
    """Return how each of ``entries`` stands; those that cannot be judged now are left out."""
    now = deps.clock.now()
    answers = (
        Judged(one, judge(found.snapshot(one), now=now, stale_after=deps.stale_after))
        for one in entries
    )
    return [one for one in answers if one.answer.state is not State.COULD_NOT_CHECK]


def require_fresh(deps: Dependencies, found: Reading) -> None:
    """Raise ``CouldNotCheck`` when the reading is too old to say that something is not there."""
    if found.as_of is None or deps.clock.now() - found.as_of > deps.stale_after:
        raise CouldNotCheck
