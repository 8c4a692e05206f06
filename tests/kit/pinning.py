"""A seal whose pinned certificate is another one's: what its service signs, the gate refuses."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.kit.faults import rows, tamper
from tests.kit.world import World


async def active_seal(world: World, code: str) -> dict[str, Any]:
    """Return id and pinned certificate of the office's seal in use."""
    query = (
        "SELECT id, signer_certificate FROM seals WHERE state = 'active' AND office_id = :office"
    )
    (row,) = await rows("certificates", query, office=world.bureaus[code].organisation_id)
    return row


async def pin(seal_id: object, der: object) -> None:
    """Have the gate expect this certificate behind the seal, past every trigger."""
    statement = "UPDATE seals SET signer_certificate = :der WHERE id = :id"
    await tamper("certificates", statement, id=seal_id, der=der)


@asynccontextmanager
async def wrong_pin(world: World, code: str, stranger: str) -> AsyncIterator[None]:
    """Let the gate expect the stranger's certificate behind the office's seal, for the block."""
    seal, other = [await active_seal(world, one) for one in (code, stranger)]
    await pin(seal["id"], other["signer_certificate"])
    try:
        yield
    finally:
        await pin(seal["id"], seal["signer_certificate"])
