"""The worker's part in the status lists: slots follow the heartbeats, and lists are signed."""

from datetime import datetime

import structlog
from sqlalchemy import RowMapping

from chassis.db import Database, Transaction
from chassis.statements import claims_of
from verify import status_store, store
from verify.status_list import TTL, Signing, Slots, digest

_log = structlog.get_logger()


class StatusKeeper:
    """Brings slots and signed lists up to the projection's freshness; one copy at a time."""

    def __init__(self, database: Database, signing: Signing) -> None:
        self._database = database
        self._signing = signing
        # The oldest signed list is complete up to then; None before anything is signed.
        self.as_of: datetime | None = None

    async def turn(self) -> int:
        """Follow the heartbeats and sign what is due; return how many lists were signed.

        Nothing is signed while the projection does not get on: the lists that are out say
        themselves up to which instant they are complete.
        """
        async with self._database.transaction() as tx:
            await status_store.lock(tx)
            # Read before the certificates: whatever is newer in them may only be there too early.
            fresh = await store.current_freshness(tx)
            if fresh is None:
                return 0
            await _follow(tx, fresh)
            count = await self._sign(tx, fresh["as_of"])
            instants = [row["as_of"] for row in (await status_store.signed(tx)).values()]
        self.as_of = min(instants, default=None)
        return count

    async def _sign(self, tx: Transaction, as_of: datetime) -> int:
        """Sign the lists that have changed, and each whose time to be asked for again is over."""
        held, count = await status_store.signed(tx), 0
        for number, slots_digest in (await status_store.digests(tx)).items():
            row = held.get(number)
            if row and not self._is_due(row, slots_digest, as_of):
                continue
            same = row is not None and row["slots_digest"] == slots_digest
            token = self._signing.token(number, await _lst(tx, number, same=same), as_of=as_of)
            signed = {
                "number": number,
                "token": token,
                "digest": digest(token.encode()),
                "slots_digest": slots_digest,
                "key_id": self._signing.keys.current,
                "as_of": as_of,
            }
            await status_store.put_token(tx, signed)
            count += 1
        return count

    def _is_due(self, row: RowMapping, slots_digest: str, as_of: datetime) -> bool:
        if as_of <= row["as_of"]:
            return False  # a rebuild that has not caught up, or a source that stands still
        changed = (slots_digest, self._signing.keys.current) != (row["slots_digest"], row["key_id"])
        return changed or as_of - row["as_of"] >= TTL


async def _lst(tx: Transaction, number: int, *, same: bool) -> str:
    """Return the slots compressed; those of the list before, when they are the same."""
    if not same:
        return (await status_store.slots(tx, number)).deflated()
    lst: str = claims_of(await status_store.token(tx, number) or "")["status_list"]["lst"]
    return lst


async def _follow(tx: Transaction, fresh: RowMapping) -> None:
    """Enter what the heartbeats since the last time tell of; without them begin anew."""
    reached, until = await status_store.reach(tx), fresh["sequence"]
    if reached == until:
        return
    if (
        reached is None
        or until < reached
        or not (await status_store.has_heartbeats(tx, reached, until))
    ):
        await rebuild(tx, fresh)
    else:
        for number, entries in (await status_store.changed(tx, reached, until)).items():
            await _enter(tx, number, entries)
    await status_store.set_reach(tx, until)


async def _enter(tx: Transaction, number: int, entries: list[tuple[int, int]]) -> None:
    slots = await status_store.slots(tx, number)
    for slot, code in entries:
        slots[slot] = code
    await status_store.put_slots(tx, number, slots)


async def rebuild(tx: Transaction, fresh: RowMapping) -> None:
    """Make every list from the certificates themselves, one list at a time."""
    count = await status_store.lists_needed(tx, fresh["as_of"])
    for number in range(count):
        members = await status_store.members(tx, number, fresh["as_of"])
        await status_store.put_slots(tx, number, Slots.of(members))
    _log.info("status_lists_rebuilt", lists=count, sequence=fresh["sequence"])
