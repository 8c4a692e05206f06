"""The log's tree against RFC 6962's reference values and RFC 9162's own way of checking proofs."""

import hashlib

import pytest

from certificates.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_ranges,
    cover,
    fold,
    hashes_of,
    inclusion_ranges,
    leaf_hash,
    node_hash,
    root_by,
)

# Leaves and roots of Certificate Transparency's reference implementation.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
MOST = 33


def plain_root(leaves):
    """RFC 6962 section 2.1 word for word."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(plain_root(leaves[:split]), plain_root(leaves[split:]))


def included(leaf, position, size, path, root):
    """RFC 9162 section 2.1.3.2."""
    index, last, digest = position, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if index & 1 or index == last:
            digest = node_hash(sibling, digest)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and digest == root


def consistent(first, second, path, first_root, second_root):
    """RFC 9162 section 2.1.4.2."""
    if first == second:
        return not path and first_root == second_root
    if not path:
        return False
    if first & (first - 1) == 0:
        path = [first_root, *path]
    index, last = first - 1, second - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    old = new = path[0]
    for one in path[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            old, new = node_hash(one, old), node_hash(one, new)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            new = node_hash(new, one)
        index, last = index >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


@pytest.fixture(scope="module")
def tree():
    """Grow a tree leaf by leaf; keep its nodes and the root of each size."""
    frontier, nodes, roots, leaves = Frontier(0, {}), {}, {}, []
    for number in range(MOST):
        leaves.append(leaf_hash(bytes([number])))
        for level, index, digest in frontier.append(leaves[-1]):
            nodes[level, index] = digest
        roots[frontier.size] = frontier.root()
    return leaves, nodes, roots


def test_roots_are_those_of_the_reference():
    frontier = Frontier(0, {})
    assert frontier.root() == EMPTY_ROOT == hashlib.sha256(b"").digest()
    for leaf, root in zip(LEAVES, ROOTS, strict=True):
        frontier.append(leaf_hash(leaf))
        assert frontier.root().hex() == root


def test_roots_are_those_of_the_definition(tree):
    leaves, _, roots = tree
    for size, root in roots.items():
        assert root == plain_root(leaves[:size])


def test_tree_goes_on_growing_from_stored_nodes(tree):
    leaves, nodes, roots = tree
    for size in range(MOST):
        frontier = Frontier(size, nodes)
        frontier.append(leaves[size])
        assert frontier.root() == roots[size + 1]
        assert fold([nodes[key] for key in cover(0, size + 1)]) == roots[size + 1]


def test_every_leaf_is_provably_in_every_tree_that_holds_it(tree):
    leaves, nodes, roots = tree
    for size in range(1, MOST + 1):
        for position in range(size):
            path = hashes_of(inclusion_ranges(position, size), nodes)
            assert root_by(leaves[position], position, size, path) == roots[size]
            assert included(leaves[position], position, size, path, roots[size])
            other = leaves[(position + 1) % MOST]
            assert not included(other, position, size, path, roots[size])


def test_every_tree_is_provably_the_beginning_of_every_later_one(tree):
    _, nodes, roots = tree
    for second in range(1, MOST + 1):
        for first in range(1, second + 1):
            path = hashes_of(consistency_ranges(first, second), nodes)
            assert consistent(first, second, path, roots[first], roots[second])
            assert not consistent(first, second, path, EMPTY_ROOT, roots[second])


@pytest.mark.parametrize(("position", "size"), [(0, 0), (3, 3), (-1, 2)])
def test_leaf_outside_the_tree_has_no_proof(position, size):
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_ranges(position, size)


@pytest.mark.parametrize(("first", "second"), [(0, 2), (3, 2)])
def test_later_tree_is_not_the_beginning_of_an_earlier_one(first, second):
    with pytest.raises(ValueError, match="not the beginning"):
        consistency_ranges(first, second)
