"""What the public log says, in bytes: its leaves and its signed tree heads.

Described for readers in ``contracts/log/profile.md``.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LEAF_PROFILE = "yuzheng-log-leaf-1"
HEAD_PROFILE = "yuzheng-tree-head-1"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One change of one certificate's state, by digests alone: nothing personal."""

    certificate_id: UUID
    aggregate_version: int
    state: str
    record_digest: bytes
    token_hash: bytes
    at: datetime


def leaf_bytes(leaf: Leaf) -> bytes:
    """Return the canonical leaf (RFC 8785; all numbers are integers, all text is ASCII)."""
    return _canonical(
        {
            "profile": LEAF_PROFILE,
            "certificate_id": str(leaf.certificate_id),
            "aggregate_version": leaf.aggregate_version,
            "state": str(leaf.state),
            "record_digest": leaf.record_digest.hex(),
            "token_hash": leaf.token_hash.hex(),
            "at": _instant(leaf.at),
        }
    )


def head_bytes(*, size: int, root: bytes, at: datetime, key_id: str) -> bytes:
    """Return what the log key signs."""
    return _canonical(
        {
            "profile": HEAD_PROFILE,
            "key_id": key_id,
            "root_hash": root.hex(),
            "size": size,
            "at": _instant(at),
        }
    )


@dataclass(frozen=True)
class LogSigner:
    """The log's own key: it signs tree heads and nothing else."""

    key_id: str
    key: Ed25519PrivateKey

    @property
    def public_key(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def sign(self, *, size: int, root: bytes, at: datetime) -> bytes:
        return self.key.sign(head_bytes(size=size, root=root, at=at, key_id=self.key_id))


def _canonical(fields: dict[str, object]) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


def _instant(at: datetime) -> str:
    # Always six digits: an instant that happens to be whole must not change the form.
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
