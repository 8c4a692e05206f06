"""Names as this service knows them: never in clear, only by a keyed hash to compare with.

A full name arrives encrypted in an event, is hashed on its way into the projection and forgotten.
Whoever has the tables alone can neither read a name nor see that two people share one, because
the hash is bound to the management number; whoever has the key too can only try names one by one.
"""

import hmac
import unicodedata

from chassis.settings import Keyring

_CONTEXT = b"yuzheng-name-match-1"
_HASH_BYTES = 16
# One middle dot, as contracts/qr/profile.md says.
_DOTS = str.maketrans(dict.fromkeys("\u2022\u2027\u30fb\uff0e", "\u00b7"))
# No name in any register is longer; what is longer is not worth hashing.
MOST_CHARACTERS = 100


class NameKeys:
    """Makes and compares the hashes; keys are this service's own, old versions still compare."""

    def __init__(self, keyring: Keyring) -> None:
        if any(not 0 < version < 256 for version in keyring.keys):  # noqa: PLR2004 - one byte
            raise ValueError("name keys need versions from 1 to 255")
        self._keyring = keyring

    def digest(self, name: str, management_number: str) -> bytes:
        """Return what is stored instead of ``name``: key version and 16 bytes of HMAC."""
        return self._digest(self._keyring.current, name, management_number)

    def matches(self, name: str, management_number: str, held: bytes | None) -> bool:
        """Tell whether ``name`` is the one ``held`` was made of.

        Takes the same time for a right and a wrong name. False when nothing is held (a projection
        from before names were hashed) or when its key has been withdrawn.
        """
        version = held[0] if held else 0
        known = version in self._keyring.keys
        # Hashed in any case: that nothing is held must not show in the time it takes.
        expected = self._digest(
            version if known else self._keyring.current, name, management_number
        )
        return hmac.compare_digest(expected, held or b"") and known

    def _digest(self, version: int, name: str, management_number: str) -> bytes:
        message = b"\0".join(
            (_CONTEXT, management_number.encode(), normalised(name[:MOST_CHARACTERS]).encode())
        )
        mac = hmac.digest(self._keyring.keys[version], message, "sha256")
        return bytes([version]) + mac[:_HASH_BYTES]


def normalised(name: str) -> str:
    """Return the name for comparison (contracts/qr/profile.md): NFC, one middle dot, no space."""
    return "".join(unicodedata.normalize("NFC", name).translate(_DOTS).split())
