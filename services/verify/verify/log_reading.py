"""The certificates' public log (contracts/log/profile.md), read as anybody can read it."""

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_HEAD_PROFILE = "yuzheng-tree-head-1"
_LEAF_PROFILE = "yuzheng-log-leaf-1"
_NOT_SIGNED = "certificates.log_not_signed"
_PAGE = 1000


class LogUnreadable(Exception):
    """The log does not answer, or not as its profile says."""


@dataclass(frozen=True)
class SignedRoot:
    """A root as the log has signed it."""

    size: int
    root: bytes
    at: datetime
    key_id: str
    said: bytes
    signature: bytes

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        """Tell whether the key has signed just these numbers."""
        try:
            key.verify(self.signature, self.said)
        except InvalidSignature:
            return False
        said = json.loads(self.said)
        mine = (_HEAD_PROFILE, self.key_id, self.root.hex(), self.size)
        return (
            tuple(said.get(name) for name in ("profile", "key_id", "root_hash", "size")) == mine
            and datetime.fromisoformat(said["at"]) == self.at
        )


@dataclass(frozen=True)
class Leaf:
    """One change of one certificate."""

    position: int
    digest: bytes
    certificate_id: UUID
    aggregate_version: int
    state: str
    record_digest: bytes
    token_hash: bytes
    at: datetime


class PublicLog:
    """The log at an address."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client = client
        self._url = url.rstrip("/")

    async def head(self) -> SignedRoot | None:
        """Return the newest signed root, None before the first."""
        answer = await self._ask("head", {})
        if answer.get("code") == _NOT_SIGNED:
            return None
        try:
            return SignedRoot(
                answer["size"],
                bytes.fromhex(answer["root_hash"]),
                datetime.fromisoformat(answer["at"]),
                answer["key_id"],
                answer["signed"].encode(),
                bytes.fromhex(answer["signature"]),
            )
        except (KeyError, TypeError, ValueError) as reason:
            raise LogUnreadable(f"head: {answer.get('code', reason)}") from reason

    async def leaves(self, size: int) -> AsyncIterator[list[Leaf]]:
        """Yield the first ``size`` leaves in their order, a page at a time."""
        start = 0
        while start < size:
            limit = min(_PAGE, size - start)
            answer = await self._ask("entries", {"start": start, "limit": limit})
            try:
                page = [_leaf(item) for item in answer["items"]]
            except (KeyError, TypeError, ValueError) as reason:
                raise LogUnreadable(f"entries from {start}: {reason}") from reason
            if [one.position for one in page] != list(range(start, start + limit)):
                raise LogUnreadable(f"entries from {start} have gaps")
            yield page
            start += limit

    async def has(self, certificate_id: UUID, aggregate_version: int) -> bool:
        """Tell whether a change is under the newest signed root."""
        asked = {"certificate_id": str(certificate_id), "aggregate_version": aggregate_version}
        return "path" in await self._ask("inclusion", asked)

    async def _ask(self, what: str, parameters: dict[str, Any]) -> dict[str, Any]:
        try:
            response = await self._client.get(f"{self._url}/{what}", params=parameters)
            answer = response.json()
        except (httpx.HTTPError, ValueError) as reason:
            raise LogUnreadable(f"{what}: {type(reason).__name__}") from reason
        if not isinstance(answer, dict):
            raise LogUnreadable(f"{what}: not an object")
        return answer


def _leaf(item: dict[str, Any]) -> Leaf:
    said = json.loads(item["leaf"])
    if said["profile"] != _LEAF_PROFILE:
        raise ValueError(f"profile {said['profile']} is unknown")
    return Leaf(
        item["position"],
        hashlib.sha256(b"\x00" + item["leaf"].encode()).digest(),
        UUID(said["certificate_id"]),
        said["aggregate_version"],
        said["state"],
        bytes.fromhex(said["record_digest"]),
        bytes.fromhex(said["token_hash"]),
        datetime.fromisoformat(said["at"]),
    )


class Root:
    """The root of the leaves taken in so far (RFC 6962 section 2.1), in a few hashes."""

    def __init__(self) -> None:
        # Complete trees from left to right, each with how many leaves it has.
        self._trees: list[tuple[int, bytes]] = []

    def take(self, leaf: bytes) -> None:
        size, digest = 1, leaf
        while self._trees and self._trees[-1][0] == size:
            _, left = self._trees.pop()
            size, digest = size * 2, _node(left, digest)
        self._trees.append((size, digest))

    @property
    def digest(self) -> bytes:
        if not self._trees:
            return hashlib.sha256().digest()
        digest = self._trees[-1][1]
        for _, left in reversed(self._trees[:-1]):
            digest = _node(left, digest)
        return digest


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
