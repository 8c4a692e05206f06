"""Tokens of the QR code, checked before anything is looked up (contracts/qr/profile.md)."""

import hashlib
import hmac
from collections.abc import Mapping

from chassis.settings import Keyring

_LENGTH = 36  # characters
_FILL = 0b1111  # 36 characters carry 180 bits, 22 bytes take 176
_MAC_BYTES = 5
_CONTEXT = b"yuzheng-qr-token-1"
_ALPHABET = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# What people mistype is folded first; the result is the only spelling that is ever hashed.
_FOLD = bytes.maketrans(b"OILabcdefghijklmnopqrstuvwxyz", b"011ABCDEFGH1JK1MN0PQRSTUVWXYZ")
# Crockford's digits written in those that int(…, 32) reads, so that C decodes, not a loop here.
_TO_INT = bytes.maketrans(_ALPHABET, b"0123456789ABCDEFGHIJKLMNOPQRSTUV")


class TokenKeys:
    """The keys shared with the issuing service; every version listed still checks."""

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        if not keys or any(not 0 < version < 256 for version in keys):  # noqa: PLR2004 - a byte
            raise ValueError("token keys need versions from 1 to 255")
        self._keys = dict(keys)

    def hash_of(self, token: str) -> bytes | None:
        """Return the hash a genuine token is known by, or None for any other text. No I/O."""
        if len(token) != _LENGTH or not token.isascii():
            return None
        text = token.encode().translate(_FOLD)
        if text.translate(None, _ALPHABET):
            return None
        number = int(text.translate(_TO_INT), 32)
        if number & _FILL:
            return None
        data = (number >> 4).to_bytes(22)
        body, mac = data[:-_MAC_BYTES], data[-_MAC_BYTES:]
        key = self._keys.get(body[0])
        if key is None:
            return None
        expected = hmac.digest(key, _CONTEXT + body, "sha256")[:_MAC_BYTES]
        if not hmac.compare_digest(expected, mac):
            return None
        return hashlib.sha256(text).digest()


def mint(keyring: Keyring, secret: bytes) -> str:
    """Return the genuine token around 16 secret bytes: for load and tests, never for issuing."""
    body = bytes([keyring.current]) + secret
    mac = hmac.digest(keyring.keys[keyring.current], _CONTEXT + body, "sha256")[:_MAC_BYTES]
    number = int.from_bytes(body + mac) << 4
    digits = bytes(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
    return digits.decode()
