"""Who is calling: access tokens given out and recognised."""

import secrets
from datetime import timedelta

from seal import store
from seal.domain import digest_of_secret
from seal.errors import InvalidToken
from seal.usecases import Desk

_SECRET_BYTES = 32


async def issue_access_token(desk: Desk, *, client: str, secret: str) -> str:
    """Return a new bearer token of an authenticated client; only its digest is stored.

    Raises ``InvalidClient``. Opaque instead of self-contained: removing a client from the file
    ends its tokens at the next start, and nothing in the token can be read.
    """
    client = desk.clients.authenticate(client, secret)
    token = secrets.token_urlsafe(_SECRET_BYTES)
    expires_at = desk.clock.now() + timedelta(seconds=desk.access_token_seconds)
    async with desk.database.transaction() as tx:
        await store.add_access_token(
            tx, token_sha256=digest_of_secret(token), client=client, expires_at=expires_at
        )
    return token


async def recognise(desk: Desk, token: str) -> str:
    """Return the client the token was given to; raise ``InvalidToken``."""
    async with desk.database.reading() as tx:
        client = await store.client_of_token(tx, digest_of_secret(token), desk.clock.now())
    if client is None or client not in desk.clients:
        raise InvalidToken
    return client
