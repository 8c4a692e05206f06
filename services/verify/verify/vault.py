"""What is kept for a time and may be personal is kept encrypted, bound to its place."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chassis.settings import Keyring

_NONCE_BYTES = 12


class CannotOpen(Exception):
    """The bytes were not sealed with these keys in this place."""


class Vault:
    """AES-256-GCM over whole files; the first byte names the key's version."""

    def __init__(self, keyring: Keyring) -> None:
        self._current = keyring.current
        self._ciphers = {version: AESGCM(key) for version, key in keyring.keys.items()}

    def seal(self, content: bytes, place: str) -> bytes:
        """Return ``content`` encrypted under the current key and bound to ``place``."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._ciphers[self._current].encrypt(nonce, content, place.encode())
        return bytes([self._current]) + nonce + sealed

    def open(self, sealed: bytes, place: str) -> bytes:
        """Return the content; raise ``CannotOpen`` for another key, place or altered bytes."""
        nonce, rest = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._ciphers[sealed[0]].decrypt(nonce, rest, place.encode())
        except (IndexError, KeyError, ValueError, InvalidTag) as reason:
            raise CannotOpen(place) from reason
