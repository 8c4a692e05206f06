"""The audit's view of the status lists: as the certificates are, and signed as they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import RowMapping

from chassis.audit import InvariantBroken
from chassis.db import Database, Transaction
from chassis.key_list import KeyList, Standing
from verify import status_store, store
from verify.status_list import (
    CODES,
    SLOTS,
    Slots,
    StatusList,
    StatusListRefused,
    digest,
    read_status_list,
)

# A change is in the slots some fifteen seconds after it was told.
_ENTERED_BY = timedelta(seconds=60)
# A list that nobody signs any longer is told of after this.
_SIGNED_BY = timedelta(minutes=5)
_STATES = {code: state for state, code in CODES.items()}


async def check_status_lists(
    database: Database, keys: Mapping[str, Ed25519PublicKey], key_list: KeyList | None
) -> int:
    """Compare every list with the certificates; return how many lists were looked at.

    ``keys`` are the worker's own. ``InvariantBroken`` names the first difference.
    """
    async with database.reading() as tx:
        fresh = await store.current_freshness(tx)
        if fresh is None:
            return 0
        await _check_places(tx, fresh["as_of"])
        digests = await status_store.digests(tx)
        needed = await status_store.lists_needed(tx, fresh["as_of"])
    for number in range(max(needed, len(digests))):
        async with database.reading() as tx:
            await _check_list(tx, number, fresh["as_of"], keys, key_list)
    return len(digests)


async def _check_places(tx: Transaction, as_of: datetime) -> None:
    nowhere = await status_store.without_place(tx, as_of)
    if nowhere:
        raise InvariantBroken(f"certificate {nowhere} has no place in the status lists")
    index = await status_store.shared_index(tx, as_of)
    if index is not None:
        raise InvariantBroken(f"two certificates share the status index {index}")


async def _check_list(
    tx: Transaction,
    number: int,
    as_of: datetime,
    keys: Mapping[str, Ed25519PublicKey],
    key_list: KeyList | None,
) -> None:
    held = await status_store.slots(tx, number)
    row = (await status_store.signed(tx)).get(number)
    token = await status_store.token(tx, number)
    # Last: what is newer here than in the lists is excused, never the other way round.
    real = Slots.of(await status_store.members(tx, number, as_of))
    await _compare(tx, real, _Said(number, "the slots", held, as_of - _ENTERED_BY))
    if row is None or token is None:
        if await status_store.is_older(tx, number, as_of - _SIGNED_BY):
            raise InvariantBroken(f"status list {number} is not signed")
        return
    said = _check_token(number, token, row, keys, key_list)
    if as_of - said.as_of > _SIGNED_BY:
        raise InvariantBroken(f"status list {number} is of {said.as_of}, the projection of {as_of}")
    until = min(said.as_of, as_of) - _ENTERED_BY
    await _compare(tx, real, _Said(number, "the signed list", said.slots, until))


def _check_token(
    number: int,
    token: str,
    row: RowMapping,
    keys: Mapping[str, Ed25519PublicKey],
    key_list: KeyList | None,
) -> StatusList:
    known = dict(keys) | (key_list.of_use("status") if key_list else {})
    try:
        said = read_status_list(token, known)
    except StatusListRefused as reason:
        raise InvariantBroken(f"status list {number} is no signed list: {reason}") from reason
    if key_list:
        standing = key_list.standing(
            said.key_id, "status", signed_from=said.as_of, signed_until=said.as_of
        )
        if standing is not Standing.GOOD:
            raise InvariantBroken(f"status list {number} is signed with {said.key_id}: {standing}")
    recorded = (number, row["digest"], row["slots_digest"], row["as_of"].replace(microsecond=0))
    if recorded != (said.number, digest(token.encode()), said.slots.digest, said.as_of):
        raise InvariantBroken(f"status list {number} is not the one that was recorded")
    return said


@dataclass(frozen=True)
class _Said:
    """What is said of a list's certificates, and up to when it must be so."""

    number: int
    where: str
    slots: Slots
    until: datetime


async def _compare(tx: Transaction, real: Slots, said: _Said) -> None:
    """Name the first slot that is not as its certificate has been for some time."""
    if said.slots.packed == real.packed:
        return
    differing = [slot for slot in range(SLOTS) if said.slots[slot] != real[slot]]
    first = said.number * SLOTS
    told = await status_store.told_at(tx, [first + slot for slot in differing])
    for slot in differing:
        state = _STATES[said.slots[slot]]
        certificate = told.get(first + slot)
        if certificate is None:
            raise InvariantBroken(
                f"{said.where} of list {said.number}: {state} at index {first + slot}, which no"
                " certificate has"
            )
        if certificate[1] <= said.until:
            raise InvariantBroken(
                f"certificate {certificate[0]}: {_STATES[real[slot]]} since {certificate[1]},"
                f" {state} in {said.where} of list {said.number}"
            )
