"""Look up the certificate of a QR code for more than the page: for a receipt."""

from verify import registry
from verify.errors import CertificateNotFound, CouldNotCheck, LookupsLimited, TokenInvalid
from verify.limits import Ask, Limit
from verify.tokens import TokenKeys
from verify.usecases import Dependencies
from verify.usecases.judging import Judged, judged, reading, require_fresh

# Each receipt is a row that is kept for a year.
RECEIPTS = Limit("receipt-address", burst=30, per_hour=120)


async def look_up_token(
    deps: Dependencies, tokens: TokenKeys, *, token: str, address: str
) -> Judged:
    """Return how the token's certificate stands."""
    token_hash = tokens.hash_of(token)
    if token_hash is None:
        raise TokenInvalid
    wait = await deps.limiter.wait_for(Ask(RECEIPTS, address))
    if wait > 0:
        raise LookupsLimited(retry_after_seconds=int(wait) + 1)
    async with reading(deps) as tx:
        found = await registry.by_token(tx, token_hash)
    if not found.entries:
        require_fresh(deps, found)
        raise CertificateNotFound
    answers = judged(deps, found, found.entries)
    if not answers:
        raise CouldNotCheck
    return answers[0]
