"""Proofs of the public log: that a change is in it, and that it only ever grew."""

from dataclasses import dataclass
from uuid import UUID

from certificates.errors import LogEntryNotFound, LogEntryNotSigned, LogNotSigned, LogSizeUnknown
from certificates.merkle import Range, consistency_ranges, hashes_of, inclusion_ranges, keys_of
from certificates.store import log
from chassis.db import Transaction


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Where a leaf is, and the hashes that lead from it to the root of ``size`` leaves."""

    found: log.PlacedLeaf
    size: int
    path: list[bytes]


async def newest_head(tx: Transaction) -> log.SignedHead:
    """Return the newest signed head; raise ``LogNotSigned`` before the first."""
    head = await log.newest_head(tx)
    if head is None:
        raise LogNotSigned
    return head


async def prove_inclusion(
    tx: Transaction, certificate_id: UUID, aggregate_version: int, *, size: int | None
) -> Inclusion:
    """Prove that a state of a certificate is in the log of ``size`` leaves (newest signed root)."""
    found = await log.find(tx, certificate_id, aggregate_version)
    if found is None:
        raise LogEntryNotFound
    head = await newest_head(tx)
    size = head.size if size is None else size
    if size > head.size:
        raise LogSizeUnknown
    if found.position >= size:
        raise LogEntryNotSigned
    path = await _hashes(tx, inclusion_ranges(found.position, size))
    return Inclusion(found, size, path)


async def prove_consistency(tx: Transaction, first: int, second: int) -> list[bytes]:
    """Prove that the log of ``first`` leaves is the beginning of the log of ``second``."""
    head = await newest_head(tx)
    if not 0 < first <= second <= head.size:
        raise LogSizeUnknown
    return await _hashes(tx, consistency_ranges(first, second))


async def _hashes(tx: Transaction, ranges: list[Range]) -> list[bytes]:
    return hashes_of(ranges, await log.nodes(tx, keys_of(ranges)))
