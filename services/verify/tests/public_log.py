"""A small public log after contracts/log/profile.md, written apart from both services' code."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from verify_kit import NOW, Certificate

LOG_KEY = Ed25519PrivateKey.generate()
URL = "http://log.test/api/certificates/v1/log"


def tree_hash(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1 word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = tree_hash(leaves[:split]), tree_hash(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def _canonical(fields: dict[str, Any]) -> str:
    return json.dumps(fields, sort_keys=True, separators=(",", ":"))


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass
class Log:
    """Leaves, and the newest root over them; a test may change either as no log should."""

    leaves: list[str] = field(default_factory=list)
    at: datetime = NOW
    key_id: str = "log-1"
    head: dict[str, Any] | None = None
    away: bool = False

    def enter(self, one: Certificate, state: str, version: int, *, at: datetime = NOW) -> None:
        data = one.data(state)
        self.leaves.append(
            _canonical(
                {
                    "profile": "yuzheng-log-leaf-1",
                    "certificate_id": str(one.certificate_id),
                    "aggregate_version": version,
                    "state": state,
                    "record_digest": data["record_digest"],
                    "token_hash": one.hash.hex(),
                    "at": _instant(at),
                }
            )
        )

    def sign(self) -> None:
        root = tree_hash([leaf.encode() for leaf in self.leaves]).hex()
        numbers = {"root_hash": root, "size": len(self.leaves), "key_id": self.key_id}
        said = _canonical({"profile": "yuzheng-tree-head-1", "at": _instant(self.at)} | numbers)
        self.head = numbers | {
            "at": self.at.isoformat(),
            "public_key": LOG_KEY.public_key().public_bytes_raw().hex(),
            "signed": said,
            "signature": LOG_KEY.sign(said.encode()).hex(),
        }

    def answer(self, request: httpx.Request) -> httpx.Response:
        what, asked = request.url.path.rsplit("/", 1)[1], request.url.params
        if self.away:
            raise httpx.ConnectError("away")
        if what == "head":
            if self.head is None:
                return httpx.Response(404, json={"code": "certificates.log_not_signed"})
            return httpx.Response(200, json=self.head)
        if what == "entries":
            start, limit = int(asked["start"]), int(asked["limit"])
            some = list(enumerate(self.leaves))[start : start + limit]
            items = [{"position": at, "leaf": leaf, "leaf_hash": ""} for at, leaf in some]
            return httpx.Response(200, json={"items": items})
        wanted = (asked["certificate_id"], int(asked["aggregate_version"]))
        said = (json.loads(leaf) for leaf in self.leaves)
        if wanted in {(one["certificate_id"], one["aggregate_version"]) for one in said}:
            return httpx.Response(200, json={"path": []})
        return httpx.Response(404, json={"code": "certificates.log_entry_not_found"})

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self.answer))
