"""The public log: complete nodes of its tree, and the signed heads."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, insert, select, tuple_

from certificates.merkle import Key
from certificates.store.reading import columns_of, entity_of
from certificates.tables import certificates, ledger_entries, log_heads, log_nodes
from certificates.transparency import Leaf
from chassis.db import Transaction


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A root that was signed; ``number`` counts them without a gap."""

    number: int
    size: int
    root: bytes
    at: datetime
    key_id: str
    public_key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class PlacedLeaf:
    """A leaf with its place and the hash that was stored in the transaction of the change."""

    position: int
    digest: bytes
    leaf: Leaf


async def size(tx: Transaction) -> int:
    """Return how many leaves the stored tree has."""
    query = select(log_nodes.c.index).where(log_nodes.c.level == 0)
    last = await tx.scalar(query.order_by(log_nodes.c.index.desc()).limit(1))
    return 0 if last is None else int(last) + 1


async def nodes(tx: Transaction, keys: Collection[Key]) -> dict[Key, bytes]:
    """Return the hashes of the named nodes."""
    if not keys:
        return {}
    chosen = tuple_(log_nodes.c.level, log_nodes.c.index).in_(list(keys))
    query = select(log_nodes.c.level, log_nodes.c.index, log_nodes.c.hash).where(chosen)
    return {(row[0], row[1]): row[2] for row in await tx.execute(query)}


async def add_nodes(tx: Transaction, complete: Sequence[tuple[int, int, bytes]]) -> None:
    rows = [{"level": level, "index": index, "hash": digest} for level, index, digest in complete]
    await tx.execute(insert(log_nodes), rows)


async def newest_head(tx: Transaction) -> SignedHead | None:
    found = await heads(tx, before=None, limit=1)
    return found[0] if found else None


async def heads(tx: Transaction, *, before: int | None, limit: int) -> list[SignedHead]:
    """Return signed heads, the newest first."""
    query = select(*columns_of(log_heads, SignedHead)).order_by(log_heads.c.number.desc())
    if before is not None:
        query = query.where(log_heads.c.number < before)
    return [entity_of(SignedHead, row) for row in (await tx.execute(query.limit(limit))).mappings()]


async def add_head(tx: Transaction, head: SignedHead) -> None:
    await tx.execute(insert(log_heads).values(asdict(head)))


async def placed(tx: Transaction, *, start: int, limit: int) -> list[PlacedLeaf]:
    """Return the leaves from a place on, in their order."""
    query = _leaves().where(ledger_entries.c.position >= start)
    query = query.order_by(ledger_entries.c.position).limit(limit)
    return [_placed_leaf(row) for row in await tx.execute(query)]


async def find(tx: Transaction, certificate_id: UUID, aggregate_version: int) -> PlacedLeaf | None:
    """Return the leaf of one state of one certificate, when it has its place."""
    query = _leaves().where(
        ledger_entries.c.certificate_id == certificate_id,
        ledger_entries.c.aggregate_version == aggregate_version,
        ledger_entries.c.position.is_not(None),
    )
    row = (await tx.execute(query)).first()
    return _placed_leaf(row) if row else None


def _leaves() -> Select[Any]:
    # A certificate keeps its facts (trigger), so its digests are those of the leaf.
    return select(
        ledger_entries.c.position,
        ledger_entries.c.leaf,
        ledger_entries.c.certificate_id,
        ledger_entries.c.aggregate_version,
        ledger_entries.c.state,
        certificates.c.record_digest,
        certificates.c.token_hash,
        ledger_entries.c.at,
    ).join(certificates, certificates.c.certificate_id == ledger_entries.c.certificate_id)


def _placed_leaf(row: Row[Any]) -> PlacedLeaf:
    leaf = Leaf(
        row.certificate_id,
        row.aggregate_version,
        row.state,
        row.record_digest,
        row.token_hash,
        row.at,
    )
    return PlacedLeaf(row.position, row.leaf, leaf)
