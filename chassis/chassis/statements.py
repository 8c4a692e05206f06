"""Signed statements: JSON that anybody can check with a public key (JWS compact, Ed25519).

The type in the header says what a statement is, so one that was signed as a receipt can never be
passed off as a key list.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key


class StatementRefused(Exception):
    """Not a statement of this type, signed by an unknown key, or altered."""


def sign(claims: Mapping[str, Any], *, typ: str, key_id: str, key: Ed25519PrivateKey) -> str:
    """Return the statement. Equal claims give equal text."""
    header = {"alg": "EdDSA", "kid": key_id, "typ": typ}
    signed = f"{_encode(_dump(header))}.{_encode(_dump(claims))}"
    return f"{signed}.{_encode(key.sign(signed.encode()))}"


class SigningKeys:
    """Keys of one signer: the current one signs, every one listed is published."""

    def __init__(self, current: str, keys: Mapping[str, Ed25519PrivateKey]) -> None:
        if current not in keys:
            raise ValueError("the current signing key is not among the keys")
        self.current = current
        self._keys = dict(keys)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read ``{"current": kid, "keys": {kid: PEM of an Ed25519 private key}}``."""
        document = json.loads(path.read_text())
        return cls(
            document["current"],
            {key_id: _private_key(path, pem) for key_id, pem in document["keys"].items()},
        )

    @property
    def key(self) -> Ed25519PrivateKey:
        """The current key."""
        return self._keys[self.current]

    @property
    def public(self) -> dict[str, Ed25519PublicKey]:
        """The public key of each."""
        return {key_id: key.public_key() for key_id, key in self._keys.items()}

    def sign(self, claims: Mapping[str, Any], *, typ: str) -> str:
        """Return the statement, signed by the current key."""
        return sign(claims, typ=typ, key_id=self.current, key=self.key)

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
                    "x": public_text(key),
                }
                for key_id, key in self.public.items()
            ]
        }


def public_text(key: Ed25519PublicKey) -> str:
    """Return the 32 bytes of a public key in base64url, as key sets and key lists have them."""
    return _encode(key.public_bytes_raw())


def claims_of(text: str) -> dict[str, Any]:
    """Return what a statement of our own says; its signature is for others to check."""
    claims: dict[str, Any] = json.loads(_decode(text.split(".")[1]))
    return claims


def read(text: str, *, typ: str, keys: Mapping[str, Ed25519PublicKey]) -> dict[str, Any]:
    """Return the claims of a statement signed by one of ``keys``, else ``StatementRefused``.

    Only the signature is checked: whether the claims still hold is for the caller to say.
    """
    try:
        return _checked(text.strip(), typ, keys)
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature) as error:
        raise StatementRefused from error


def _checked(text: str, typ: str, keys: Mapping[str, Ed25519PublicKey]) -> dict[str, Any]:
    head, body, signature = text.split(".")
    header = json.loads(_decode(head))
    if header.get("alg") != "EdDSA" or header.get("typ") != typ or "crit" in header:
        raise ValueError("not of this type")
    keys[header["kid"]].verify(_decode(signature), f"{head}.{body}".encode())
    claims = json.loads(_decode(body))
    if not isinstance(claims, dict):
        raise TypeError("claims are an object")
    return claims


def _private_key(path: Path, pem: str) -> Ed25519PrivateKey:
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path}: signing keys must be Ed25519")
    return key


def load_private_key(path: Path) -> Ed25519PrivateKey:
    """Return the Ed25519 private key of a PEM file."""
    return _private_key(path, path.read_text())


def load_public_key(path: Path) -> Ed25519PublicKey:
    """Return the Ed25519 public key of a PEM file."""
    key = load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError(f"{path}: the key must be Ed25519")
    return key


def _dump(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if _encode(data) != text:
        raise ValueError("not the only spelling of these bytes")
    return data
