"""The audit's view of the public log: the same changes as in the projection, under a good root."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import RowMapping

from chassis.audit import InvariantBroken
from chassis.db import Database
from chassis.key_list import KeyList, Standing
from verify import store
from verify.log_reading import Leaf, LogUnreadable, PublicLog, Root, SignedRoot

# A change is placed in the log a moment after it was told, and told of to us a moment after that.
_SETTLED_AFTER = timedelta(seconds=30)
_BATCH = 1000
# How many certificates are asked for one by one, to name what the log lacks.
_NAMED = 5000


async def check_log(database: Database, public_log: PublicLog, key_list: KeyList | None) -> int:
    """Compare every leaf with the projection; return how many there are.

    ``InvariantBroken`` names the first difference. What changed in the last half minute on either
    side is left for the next time.
    """
    try:
        head = await public_log.head()
        if head is None:
            return 0
        _check_signature(head, key_list)
        return await _check_leaves(database, public_log, head)
    except LogUnreadable as reason:
        raise InvariantBroken(f"the public log cannot be read: {reason}") from reason


def _check_signature(head: SignedRoot, key_list: KeyList | None) -> None:
    if key_list is None:
        return
    standing = key_list.standing(head.key_id, "log", signed_from=head.at, signed_until=head.at)
    if standing is not Standing.GOOD:
        raise InvariantBroken(f"the log's root is signed with {head.key_id}: {standing}")
    key = key_list.of_use("log")[head.key_id]
    if not head.is_signed_by(key):
        raise InvariantBroken(f"the signature of the log's root of {head.at} is wrong")


async def _check_leaves(database: Database, public_log: PublicLog, head: SignedRoot) -> int:
    async with database.reading() as tx:
        fresh = await store.current_freshness(tx)
        if fresh is None:
            raise InvariantBroken(f"the log has {head.size} changes, the projection knows of none")
        settled = min(fresh["as_of"], head.at) - _SETTLED_AFTER
        told = await store.transitions_told_by(tx, settled)
    root = Root()
    async for page in public_log.leaves(head.size):
        for leaf in page:
            root.take(leaf.digest)
        await _compare(database, page, settled)
    if root.digest != head.root:
        raise InvariantBroken(f"the log's {head.size} entries do not make its signed root")
    if told > head.size:
        raise InvariantBroken(await _lacking(database, public_log, settled, told, head))
    return head.size


async def _compare(database: Database, page: Sequence[Leaf], settled: datetime) -> None:
    async with database.reading() as tx:
        rows = await store.rows_by_id(tx, [leaf.certificate_id for leaf in page])
    for leaf in page:
        row = rows.get(leaf.certificate_id)
        if row is None or row["aggregate_version"] < leaf.aggregate_version:
            if leaf.at <= settled:
                raise InvariantBroken(
                    f"certificate {leaf.certificate_id}: version {leaf.aggregate_version} is in the"
                    " log and not in the projection"
                )
        elif row["aggregate_version"] == leaf.aggregate_version:
            _compare_facts(leaf, row)
        elif row["token_hash"] != leaf.token_hash:
            # Whatever has changed since, the code on the paper has not.
            raise InvariantBroken(_differs(leaf.certificate_id, "the token"))


def _compare_facts(leaf: Leaf, row: RowMapping) -> None:
    if row["state"] != leaf.state:
        raise InvariantBroken(
            f"certificate {leaf.certificate_id}: {leaf.state} in the log, {row['state']} in the"
            " projection"
        )
    if row["token_hash"] != leaf.token_hash:
        raise InvariantBroken(_differs(leaf.certificate_id, "the token"))
    if row["record_digest"] is not None and row["record_digest"] != leaf.record_digest:
        raise InvariantBroken(_differs(leaf.certificate_id, "the record"))


def _differs(certificate_id: UUID, what: str) -> str:
    return f"certificate {certificate_id}: {what} is another one in the log"


async def _lacking(
    database: Database, public_log: PublicLog, settled: datetime, told: int, head: SignedRoot
) -> str:
    """Say what the projection holds and the log does not, by name if it is found soon."""
    after, asked = None, 0
    while asked < _NAMED:
        async with database.reading() as tx:
            rows = await store.certificates_after(tx, after, _BATCH)
        if not rows:
            break
        for row in rows:
            if row["told_at"] > settled:
                continue
            asked += 1
            if not await public_log.has(row["certificate_id"], row["aggregate_version"]):
                return (
                    f"certificate {row['certificate_id']}: version {row['aggregate_version']} is in"
                    " the projection and not in the log"
                )
        after = rows[-1]["certificate_id"]
    return f"the projection holds {told} changes of {settled}, the log {head.size} of {head.at}"
