"""The audit's view of the cache: whether projection, freshness and cache agree."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import RowMapping

from chassis.audit import InvariantBroken
from chassis.db import Database
from verify import store
from verify.cache import CacheUnavailable, FactCache, Head
from verify.domain import Fact

_BATCH = 1000
# A change is told when it is written and placed in the ledger once committed, a moment later.
_PLACED_BY = timedelta(seconds=30)


@dataclass(frozen=True)
class Audited:
    """How much was looked at."""

    certificates: int
    cached: int


async def audit_projection(database: Database, cache: FactCache) -> Audited:
    """Walk over every certificate; raise ``InvariantBroken`` naming the first violation.

    The cache may lack a fact or be older than the projection where its head says so, never newer,
    and never different at the same version.
    """
    try:
        head = await cache.head()
    except CacheUnavailable as reason:
        raise InvariantBroken("the cache does not answer") from reason
    await _check_freshness(database, head)
    checked = cached = 0
    after: UUID | None = None
    while batch := await _rows(database, after):
        hashes = [row["token_hash"] for row in batch]
        held = (await cache.read(head.epoch, hashes, with_offices=False))[1] if head else {}
        # Read again: what was applied meanwhile must not look like a cache ahead of its source.
        for row in await _rows(database, after, until=batch[-1]["certificate_id"]):
            if head and (fact := held.get(row["token_hash"])):
                _compare(row, fact, head)
        checked, cached = checked + len(batch), cached + len(held)
        after = batch[-1]["certificate_id"]
    return Audited(checked, cached)


async def _rows(
    database: Database, after: UUID | None, *, until: UUID | None = None
) -> list[RowMapping]:
    async with database.reading() as tx:
        return await store.certificates_after(tx, after, _BATCH, until=until)


async def _check_freshness(database: Database, head: Head | None) -> None:
    async with database.reading() as tx:
        fresh = await store.current_freshness(tx)
        told = await store.transitions_told_by(tx, fresh["as_of"] - _PLACED_BY) if fresh else 0
        if fresh and not await store.is_applied(tx, fresh["sequence"]):
            raise InvariantBroken(f"heartbeat {fresh['sequence']} counts as applied and is not")
    if fresh and told > fresh["size"]:
        raise InvariantBroken(
            f"{told} transitions held as of {fresh['as_of']}, the ledger knows {fresh['size']}"
        )
    if head and (fresh is None or head.sequence > fresh["sequence"]):
        raise InvariantBroken(f"the cache is at heartbeat {head.sequence}, ahead of the projection")


def _compare(row: RowMapping, cached: Fact, head: Head) -> None:
    fact, certificate = store.fact(row), row["certificate_id"]
    if cached.aggregate_version > fact.aggregate_version:
        raise InvariantBroken(f"certificate {certificate}: the cache has a version never applied")
    if cached.aggregate_version < fact.aggregate_version and row["told_at"] <= head.as_of:
        raise InvariantBroken(f"certificate {certificate}: the cache is older than it says")
    if _versions(cached) > _versions(fact):
        raise InvariantBroken(f"certificate {certificate}: the cache names an unknown successor")
    if _versions(cached) == _versions(fact) and cached != fact:
        raise InvariantBroken(f"certificate {certificate}: the cache differs at the same version")


def _versions(fact: Fact) -> tuple[int, int]:
    return fact.aggregate_version, fact.successor_version
