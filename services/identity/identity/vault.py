"""ID numbers at rest: encrypted for reading back, indexed by a keyed hash for finding.

There are only some billions of possible ID numbers, so an unkeyed hash would be as good as plain
text; both keys are outside the database. The ciphertext is bound to its person, so that it does
not decrypt in another row.
"""

import hashlib
import hmac
from dataclasses import dataclass

from chassis.cipher import ValueCipher
from chassis.settings import Keyring
from identity.domain.id_numbers import IdNumber
from identity.domain.ids import PersonId


@dataclass(frozen=True)
class BlindIndex:
    """What equal ID numbers have in common under one version of the index key."""

    key_version: int
    value: bytes


class Vault:
    """Seals, opens and indexes ID numbers."""

    def __init__(self, *, cipher_keys: Keyring, index_keys: Keyring) -> None:
        self._cipher = ValueCipher(cipher_keys)
        self._index_keys = index_keys
        self.sealed_prefix = ValueCipher.prefix(cipher_keys.current)
        self.index_version = index_keys.current

    def seal(self, number: IdNumber, person: PersonId) -> str:
        """Return the ciphertext that only ``person``'s row can hold."""
        return self._cipher.encrypt(number.value, _place(person))

    def open(self, sealed: str, person: PersonId) -> IdNumber:
        """Return the number; raise ``chassis.cipher.CannotDecrypt`` outside its row."""
        return IdNumber(self._cipher.decrypt(sealed, _place(person)))

    def index(self, number: IdNumber, key_version: int | None = None) -> BlindIndex:
        """Return the index under the given key version, the current one by default."""
        version = self._index_keys.current if key_version is None else key_version
        key = self._index_keys.keys[version]
        return BlindIndex(version, _keyed(key, "id-number", number.value))

    def indexes(self, number: IdNumber) -> list[BlindIndex]:
        """Return the index under every key version: rows of any of them must be found."""
        return [self.index(number, version) for version in self._index_keys.keys]

    def fingerprint(self, text: str) -> str:
        """Return a keyed hash of what must be recognised but not kept (logins, requests)."""
        return _keyed(self._index_keys.current_key, "fingerprint", text).hex()


def _place(person: PersonId) -> str:
    return f"id_documents/{person}"


def _keyed(key: bytes, purpose: str, text: str) -> bytes:
    return hmac.new(key, f"{purpose}\x00{text}".encode(), hashlib.sha256).digest()
