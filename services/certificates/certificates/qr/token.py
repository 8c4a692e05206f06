"""Tokens: unguessable, and recognisable as ours before anything is looked up.

Layout of the 22 bytes: key version (1), random (16), HMAC-SHA256 over both (first 5).
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from certificates.qr import base32

TOKEN_LENGTH = 36  # characters
_RANDOM_BYTES = 16
_MAC_BYTES = 5  # a guess passes the gate once in 2^40, and then still meets an unknown hash
_MAC_CONTEXT = b"yuzheng-qr-token-1"


@dataclass(frozen=True, slots=True)
class TokenKeys:
    """MAC keys of 32 bytes by version (1-255); ``current`` mints, all of them check."""

    current: int
    keys: Mapping[int, bytes]

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise ValueError("the current token key is missing")
        if any(not 0 < version < 256 for version in self.keys):  # noqa: PLR2004 - one byte
            raise ValueError("a token key version is one byte, from 1")
        if any(len(key) < 32 for key in self.keys.values()):  # noqa: PLR2004 - bytes of a key
            raise ValueError("a token key has at least 32 bytes")


@dataclass(frozen=True, slots=True)
class ParsedToken:
    """A token whose MAC is right; whether a certificate has it only the registry knows."""

    text: str
    key_version: int
    hash: bytes


def mint_token(keys: TokenKeys) -> str:
    """Return a new token of 36 upper-case characters."""
    body = bytes([keys.current]) + secrets.token_bytes(_RANDOM_BYTES)
    return base32.encode(body + _mac(keys.keys[keys.current], body))


def check_token(keys: TokenKeys, token: str) -> ParsedToken | None:
    """Return the token in its canonical spelling, or None if it is not one of ours. No I/O."""
    if len(token) != TOKEN_LENGTH:
        return None
    text = base32.canonical(token)
    try:
        data = base32.decode(text)
    except ValueError:
        return None
    key = keys.keys.get(data[0])
    body, mac = data[:-_MAC_BYTES], data[-_MAC_BYTES:]
    if key is None or not hmac.compare_digest(_mac(key, body), mac):
        return None
    return ParsedToken(text, data[0], token_hash(text))


def token_hash(token: str) -> bytes:
    """Return SHA-256 of the canonical spelling: the only form in which a token is stored."""
    return hashlib.sha256(base32.canonical(token).encode()).digest()


def _mac(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, _MAC_CONTEXT + body, "sha256")[:_MAC_BYTES]
