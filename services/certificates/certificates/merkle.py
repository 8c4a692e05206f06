"""The hash tree of RFC 6962 (section 2.1) over leaves in a fixed order.

A node is named (level, index): it is the hash of the 2^level leaves from index × 2^level on. Only
complete nodes are ever stored; whatever else a root or a proof needs is folded from a few of them.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

Key = tuple[int, int]
Range = tuple[int, int]
EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf; leaves and nodes are hashed under different first bytes."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def cover(start: int, end: int) -> list[Key]:
    """Return the fewest complete nodes that make up the leaves from ``start`` to before ``end``."""
    keys = []
    while start < end:
        level = (end - start).bit_length() - 1
        if start:
            level = min(level, (start & -start).bit_length() - 1)
        keys.append((level, start >> level))
        start += 1 << level
    return keys


def fold(hashes: Sequence[bytes]) -> bytes:
    """Return the hash over neighbouring complete nodes, the largest first."""
    if not hashes:
        return EMPTY_ROOT
    result = hashes[-1]
    for left in reversed(hashes[:-1]):
        result = node_hash(left, result)
    return result


def inclusion_ranges(position: int, size: int) -> list[Range]:
    """Return whose hashes prove, from the leaf up, that it is in the tree of ``size`` leaves."""
    if not 0 <= position < size:
        raise ValueError(f"no leaf {position} in a tree of {size}")
    start, end, found = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if position < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    return found[::-1]


def consistency_ranges(first: int, second: int) -> list[Range]:
    """Return whose hashes prove that the first tree is the beginning of the second."""
    if not 0 < first <= second:
        raise ValueError(f"a tree of {first} is not the beginning of one of {second}")
    start, end, found = 0, second, []
    while first < end:
        middle = start + _split(end - start)
        if first <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((start, middle))
            start = middle
    # The first tree's own root is known to whoever asks; a part of it is not.
    if start:
        found.append((start, end))
    return found[::-1]


def keys_of(ranges: Iterable[Range]) -> list[Key]:
    """Return the nodes that ``hashes_of`` needs."""
    return [key for start, end in ranges for key in cover(start, end)]


def hashes_of(ranges: Iterable[Range], nodes: Mapping[Key, bytes]) -> list[bytes]:
    return [fold([nodes[key] for key in cover(start, end)]) for start, end in ranges]


def root_by(leaf: bytes, position: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that a proof leads to (RFC 9162, 2.1.3.2); None when it is not one."""
    index, last, digest = position, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            digest = node_hash(sibling, digest)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        index, last = index >> 1, last >> 1
    return digest if last == 0 else None


def _split(count: int) -> int:
    """Return the largest power of two below ``count``."""
    return 1 << (count - 1).bit_length() - 1


class Frontier:
    """The right edge of a growing tree: its size and its complete subtrees, largest first."""

    def __init__(self, size: int, nodes: Mapping[Key, bytes]) -> None:
        self.size = size
        self._peaks = [(key[0], nodes[key]) for key in cover(0, size)]

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf; return the nodes (level, index, hash) that became complete by it."""
        level, digest = 0, leaf
        complete = [(0, self.size, leaf)]
        while self._peaks and self._peaks[-1][0] == level:
            digest = node_hash(self._peaks.pop()[1], digest)
            level += 1
            complete.append((level, self.size >> level, digest))
        self._peaks.append((level, digest))
        self.size += 1
        return complete

    def root(self) -> bytes:
        return fold([digest for _, digest in self._peaks])
