"""Compare a full name with the one on a QR code's certificate."""

from collections.abc import Sequence

from verify import registry
from verify.domain import NameMatch
from verify.errors import CouldNotCheck
from verify.limits import Ask
from verify.usecases import Dependencies
from verify.usecases.judging import reading
from verify.usecases.look_up import ADDRESS, FAILURES, NUMBER


async def match_name(
    deps: Dependencies, *, token_hash: bytes, name: str, address: str
) -> NameMatch:
    """Return whether ``name`` is the registered one; it is neither kept nor logged.

    Whoever has the code may try names, so the limits are the very ones of asking by number: both
    ways are counted together. What cannot be read or is not there is ``COULD_NOT_CHECK``.
    """
    if not name.strip():
        return NameMatch.EMPTY
    if await _beyond(deps, Ask(ADDRESS, address), Ask(FAILURES, address, cost=0)):
        return NameMatch.LIMITED
    try:
        async with reading(deps) as tx:
            found = await registry.by_token(tx, token_hash)
    except CouldNotCheck:
        return NameMatch.COULD_NOT_CHECK
    return await _compared(deps, name, found.entries, address)


async def _compared(
    deps: Dependencies, name: str, entries: Sequence[registry.Entry], address: str
) -> NameMatch:
    if not entries or entries[0].name_check is None:
        return NameMatch.COULD_NOT_CHECK
    number = entries[0].fact.management_number
    if await _beyond(deps, Ask(NUMBER, number)):
        return NameMatch.LIMITED
    if deps.names.matches(name, number, entries[0].name_check):
        return NameMatch.MATCH
    await deps.limiter.wait_for(Ask(FAILURES, address))
    return NameMatch.DIFFERS


async def _beyond(deps: Dependencies, *asks: Ask) -> bool:
    return await deps.limiter.wait_for(*asks) > 0
