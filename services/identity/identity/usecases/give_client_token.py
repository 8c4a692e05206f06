"""An API client shows its secret and gets an access token."""

import hmac
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import structlog

from chassis.db import Transaction
from identity.domain.api_clients import ApiClient, secret_hash
from identity.errors import ApiClientTokensLimited, ClientRefused
from identity.store import api_clients
from identity.usecases.dependencies import Dependencies

_log = structlog.get_logger()
# A token lasts ten minutes: whoever needs more than these does not keep them.
MOST_TOKENS = 120
_WINDOW = timedelta(hours=1)
# Compared with when there is no such client, so that the answer takes as long.
_NOBODY = {UUID(int=0): bytes(32)}


async def give_client_token(
    tx: Transaction, deps: Dependencies, *, client_id: str, secret: str
) -> ApiClient:
    """Return the client whose secret it is; raise one and the same ``ClientRefused`` for the rest.

    Only tokens that are given count against the client: nobody else can use its allowance up.
    """
    now = deps.clock.now()
    known = _parsed(client_id)
    client = await api_clients.find(tx, known)
    hashes = await api_clients.hashes_of(tx, known, now) or _NOBODY
    matched = _matching(hashes, secret)
    if client is None or not client.active or matched is None:
        _log.warning("client_refused", known=client is not None)
        raise ClientRefused
    tokens = await api_clients.count_token(tx, client.id, matched, now=now, window=_WINDOW)
    if tokens > MOST_TOKENS:
        raise ApiClientTokensLimited(retry_after_seconds=int(_WINDOW.total_seconds()))
    return client


def _matching(hashes: Mapping[UUID, bytes], secret: str) -> UUID | None:
    hashed = secret_hash(secret)
    found = [key for key, held in hashes.items() if hmac.compare_digest(held, hashed)]
    return found[0] if found else None


def _parsed(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
