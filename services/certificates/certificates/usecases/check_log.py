"""The auditor's look at the public log: every leaf, node, root and proof, again."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certificates.merkle import (
    Frontier,
    hashes_of,
    inclusion_ranges,
    keys_of,
    leaf_hash,
    root_by,
)
from certificates.store import log
from certificates.transparency import head_bytes, leaf_bytes
from chassis.audit import InvariantBroken
from chassis.db import Transaction

_PAGE = 500
# Ten a day for a century.
_MOST_ROOTS = 365_000


async def check_log(tx: Transaction, size: int) -> int:
    """Rebuild the tree from its first leaf; return how many signed roots were checked.

    Raises ``InvariantBroken`` naming the first leaf, node or root that does not add up.
    """
    if await log.size(tx) != size:
        raise InvariantBroken(f"the log holds {await log.size(tx)} leaves, the ledger {size}")
    signed = await _oldest_first(tx)
    waiting = list(signed)
    tree = Frontier(0, {})
    while tree.size < size:
        rebuilt: dict[tuple[int, int], bytes] = {}
        for one in await log.placed(tx, start=tree.size, limit=_PAGE):
            _check_leaf(one, tree.size)
            rebuilt |= {(level, index): digest for level, index, digest in tree.append(one.digest)}
            while waiting and waiting[0].size == tree.size:
                _check_root(waiting.pop(0), tree.root())
        await _check_nodes(tx, rebuilt)
    if waiting:
        raise InvariantBroken(f"signed root {waiting[0].number} is of a tree that never was")
    if signed:
        await _check_proofs(tx, signed[-1])
    return len(signed)


async def _check_proofs(tx: Transaction, head: log.SignedHead) -> None:
    """Check that the proof anybody would be given for any leaf leads to the newest signed root."""
    for start in range(0, head.size, _PAGE):
        page = await log.placed(tx, start=start, limit=min(_PAGE, head.size - start))
        ranges = {one.position: inclusion_ranges(one.position, head.size) for one in page}
        nodes = await log.nodes(tx, {key for some in ranges.values() for key in keys_of(some)})
        for one in page:
            path = hashes_of(ranges[one.position], nodes)
            if root_by(one.digest, one.position, head.size, path) != head.root:
                raise InvariantBroken(
                    f"log entry {one.position}: its proof does not lead to root {head.number}"
                )


async def _oldest_first(tx: Transaction) -> list[log.SignedHead]:
    heads = (await log.heads(tx, before=None, limit=_MOST_ROOTS))[::-1]
    for number, head in enumerate(heads, start=1):
        if head.number != number:
            raise InvariantBroken(f"signed root {number} of the log is missing")
    return heads


def _check_leaf(one: log.PlacedLeaf, position: int) -> None:
    name = f"log entry {position} (certificate {one.leaf.certificate_id})"
    if one.position != position:
        raise InvariantBroken(f"log entry {position} is missing")
    if leaf_hash(leaf_bytes(one.leaf)) != one.digest:
        raise InvariantBroken(f"{name}: its content does not have the hash in the log")


def _check_root(head: log.SignedHead, root: bytes) -> None:
    if head.root != root:
        raise InvariantBroken(f"signed root {head.number} is not the root of {head.size} leaves")
    said = head_bytes(size=head.size, root=head.root, at=head.at, key_id=head.key_id)
    try:
        Ed25519PublicKey.from_public_bytes(head.public_key).verify(head.signature, said)
    except InvalidSignature as error:
        raise InvariantBroken(f"signed root {head.number}: the signature is wrong") from error


async def _check_nodes(tx: Transaction, rebuilt: dict[tuple[int, int], bytes]) -> None:
    stored = await log.nodes(tx, rebuilt.keys())
    for key, digest in rebuilt.items():
        if stored.get(key) != digest:
            raise InvariantBroken(f"node {key} of the log's tree is not what its leaves make")
