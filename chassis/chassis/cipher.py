"""Authenticated encryption of single values: AES-256-GCM with key version and bound context.

The context (additional data) binds a value to its place, so a ciphertext moved to another row or
event does not decrypt.
"""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chassis.settings import Keyring

_PREFIX = "enc:"
_NONCE_BYTES = 12


class CannotDecrypt(Exception):
    """The value was not encrypted with these keys in this context."""


class ValueCipher:
    """Encrypts short texts to ``enc:<key version>:<base64url>`` and back."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._ciphers = {version: AESGCM(key) for version, key in keyring.keys.items()}

    def encrypt(self, value: str, context: str) -> str:
        """Return the ciphertext of ``value`` bound to ``context``, under the current key."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        version = self._keyring.current
        sealed = self._ciphers[version].encrypt(nonce, value.encode(), context.encode())
        return f"{self.prefix(version)}{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def decrypt(self, value: str, context: str) -> str:
        """Return the text; raise ``CannotDecrypt`` for a wrong key, context or altered value."""
        try:
            _, version, encoded = value.split(":")
            raw = base64.urlsafe_b64decode(encoded)
            nonce, sealed = raw[:_NONCE_BYTES], raw[_NONCE_BYTES:]
            return self._ciphers[int(version)].decrypt(nonce, sealed, context.encode()).decode()
        except (ValueError, KeyError, InvalidTag) as error:
            raise CannotDecrypt(f"value bound to {context!r} cannot be decrypted") from error

    @staticmethod
    def prefix(version: int) -> str:
        """Return how everything begins that was encrypted under that key version."""
        return f"{_PREFIX}{version}:"

    @staticmethod
    def is_encrypted(value: object) -> bool:
        """Tell whether ``value`` has the form this cipher writes."""
        return isinstance(value, str) and value.startswith(_PREFIX)
