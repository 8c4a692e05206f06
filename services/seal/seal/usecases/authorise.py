"""Authorise hashes: the step before signing that binds a SAD to exactly these hashes."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from seal import store
from seal.domain import Activation, digest_of_secret, read_hashes
from seal.errors import HashCountOutOfRange, UnknownCredential
from seal.usecases import Desk

_SECRET_BYTES = 32


async def authorise_hashes(
    desk: Desk, *, client: str, credential: str, hashes: Sequence[str], signatures: int
) -> str:
    """Return signature activation data (SAD) for these hashes: short-lived and good for one call.

    Only its digest is stored. Raises ``UnknownCredential``, ``HashCountOutOfRange``,
    ``HashMalformed`` or ``HashRepeated``.
    """
    if credential != desk.credential_id:
        raise UnknownCredential(field="/credentialID")
    raw = read_hashes(hashes, desk.hashes_per_call)
    if signatures != len(raw):
        raise HashCountOutOfRange("numSignatures 须等于摘要数量。", field="/numSignatures")
    desk.certificate.check_in_force(desk.clock.now())
    sad = secrets.token_urlsafe(_SECRET_BYTES)
    activation = Activation(
        client=client,
        credential=credential,
        hashes=frozenset(raw),
        expires_at=desk.clock.now() + timedelta(seconds=desk.activation_seconds),
    )
    async with desk.database.transaction() as tx:
        await store.add_activation(tx, sad_sha256=digest_of_secret(sad), activation=activation)
    return sad
