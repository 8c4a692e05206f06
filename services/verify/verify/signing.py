"""This service's own Ed25519 keys: what it says of a check is signed with them.

They are never the issuing platform's: who holds them can say how a check went, not what a
certificate says.
"""

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class SigningKeys:
    """The current key signs; every key listed is published."""

    def __init__(self, current: str, keys: Mapping[str, Ed25519PrivateKey]) -> None:
        if current not in keys:
            raise ValueError("the current signing key is not among the keys")
        self.current = current
        self._keys = dict(keys)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read ``{"current": kid, "keys": {kid: PEM of an Ed25519 private key}}``."""
        raw = json.loads(path.read_text())
        keys = {}
        for key_id, pem in raw["keys"].items():
            key = serialization.load_pem_private_key(pem.encode(), password=None)
            if not isinstance(key, Ed25519PrivateKey):
                raise TypeError(f"{path}: signing keys must be Ed25519")
            keys[key_id] = key
        return cls(raw["current"], keys)

    def sign(self, message: bytes) -> bytes:
        """Return the current key's signature."""
        return self._keys[self.current].sign(message)

    def jws(self, kind: str, claims: Mapping[str, Any]) -> str:
        """Return ``claims`` as a compact JWS (RFC 7515, EdDSA) whose ``typ`` is ``kind``."""
        header = {"alg": "EdDSA", "kid": self.current, "typ": kind}
        signed = ".".join((_encoded(_json(header)), _encoded(_json(claims))))
        return f"{signed}.{_encoded(self.sign(signed.encode()))}"

    def published(self) -> dict[str, Any]:
        """Return the JSON Web Key Set: public parts only."""
        return {
            "keys": [
                {
                    "kty": "OKP",
                    "crv": "Ed25519",
                    "alg": "EdDSA",
                    "use": "sig",
                    "kid": key_id,
                    "x": _encoded(key.public_key().public_bytes_raw()),
                }
                for key_id, key in self._keys.items()
            ]
        }


def claims_of(jws: str) -> dict[str, Any]:
    """Return what a JWS of our own says; its signature is for others to check."""
    part = jws.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return claims


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
