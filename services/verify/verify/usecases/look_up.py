"""Anybody looks certificates up by management number and full name."""

import re
import unicodedata
from typing import NamedTuple

from verify import check_counts, registry
from verify.errors import LookupNotFound, LookupsLimited
from verify.limits import Ask, Limit
from verify.usecases import Dependencies
from verify.usecases.judging import Judged, judged, reading, require_fresh

# An office behind one address looks up a pile of paper; a program tries a list of names.
ADDRESS = Limit("lookup-address", burst=30, per_hour=600)
# One person's number: enough for everyone who has the paper, too little to try surnames.
NUMBER = Limit("lookup-number", burst=10, per_hour=20)
# Wrong pairs from one address.
FAILURES = Limit("lookup-failures", burst=10, per_hour=30)
NUMBER_SHAPE = re.compile(r"41[0-9]{12}")


class Found(NamedTuple):
    """What was found, newest first; at least one."""

    certificates: list[Judged]


async def look_up(
    deps: Dependencies, *, number: str, name: str, year: int | None, address: str
) -> Found:
    """Return the certificates that bear both ``number`` and ``name``.

    Raises ``LookupNotFound`` for an unknown number, another name and a malformed one alike, so
    that the answer never says which of the two was wrong; ``LookupsLimited`` beyond the limits;
    ``CouldNotCheck`` when the registry cannot be read or is not complete.
    """
    number = folded(number)
    await _within_limits(
        deps, Ask(ADDRESS, address), Ask(NUMBER, number), Ask(FAILURES, address, cost=0)
    )
    async with reading(deps) as tx:
        # What cannot be a number is asked for like one that is not there.
        found = await registry.by_numbers(tx, [number] if NUMBER_SHAPE.fullmatch(number) else [])
    matching = [
        one for one in found.entries if deps.names.matches(name, number, one.name_check)
    ] or _as_long(deps, name, number)
    matching = [one for one in matching if year is None or one.fact.year == year]
    if not matching:
        require_fresh(deps, found)
        await deps.limiter.wait_for(Ask(FAILURES, address))
        raise LookupNotFound
    if answers := judged(deps, found, matching):
        for one in answers:
            deps.counter.checked(one.entry.certificate_id, check_counts.NUMBER_AND_NAME)
        return Found(answers)
    require_fresh(deps, found)
    raise LookupNotFound


def folded(number: str) -> str:
    """Return a number as it is kept: full-width digits and the spaces of a printed one folded."""
    return "".join(unicodedata.normalize("NFKC", number).split())


def _as_long(deps: Dependencies, name: str, number: str) -> list[registry.Entry]:
    # One comparison more where there was none, so that an unknown number costs what a known does.
    deps.names.matches(name, number, None)
    return []


async def _within_limits(deps: Dependencies, *asks: Ask) -> None:
    wait = await deps.limiter.wait_for(*asks)
    if wait > 0:
        raise LookupsLimited(retry_after_seconds=int(wait) + 1)
