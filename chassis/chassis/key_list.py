"""The key list: which public keys are the platform's, from when to when (contracts/qr/keys.md).

An offline root signs it. The list is its own state: every change reads the list before it, checks
that list's signature and counts one further.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from chassis import statements

TYPE = "yuzheng-keys+jwt"
PROFILE = "yuzheng-keys-1"
ROOT_KEY_ID = "root-1"
# What a key may sign: QR payloads, status lists, receipts of checks, roots of the public log.
USES = ("payload", "status", "receipt", "log")


class KeyListRefused(ValueError):
    """The list is not signed by the root, or the change asked for makes no sense."""


class Standing(StrEnum):
    """What the list says of a key and something it signed."""

    GOOD = "good"
    UNKNOWN = "key_unknown"
    OUT_OF_TIME = "key_out_of_time"
    REVOKED = "key_revoked"


@dataclass(frozen=True, slots=True)
class ListedKey:
    """One public key; ``revoked_at`` ends all trust in it, whatever date its signatures name."""

    key_id: str
    use: str
    public_key: str
    valid_from: datetime
    valid_until: datetime | None = None
    revoked_at: datetime | None = None

    @property
    def public(self) -> Ed25519PublicKey:
        """The key itself; ``ValueError`` if what is listed is none."""
        text = self.public_key
        return Ed25519PublicKey.from_public_bytes(
            base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        )


@dataclass(frozen=True, slots=True)
class KeyList:
    """All keys there ever were; a later list has a higher sequence."""

    sequence: int
    issued_at: datetime
    expires_at: datetime
    keys: tuple[ListedKey, ...] = ()

    def find(self, key_id: str) -> ListedKey | None:
        """Return the key of that id, whatever it is for."""
        return next((one for one in self.keys if one.key_id == key_id), None)

    def key(self, key_id: str, use: str) -> ListedKey | None:
        """Return the key of that id, if it is listed for that use."""
        found = self.find(key_id)
        return found if found and found.use == use else None

    def of_use(self, use: str) -> dict[str, Ed25519PublicKey]:
        """Return the keys of a use that are not revoked, for checking signatures with."""
        return {k.key_id: k.public for k in self.keys if k.use == use and not k.revoked_at}

    def standing(
        self, key_id: str, use: str, *, signed_from: datetime, signed_until: datetime
    ) -> Standing:
        """Tell whether what a key signed at some time between the two instants is to be trusted.

        Of a revoked key nothing is, whatever its date: whoever has the key writes the date too.
        """
        key = self.key(key_id, use)
        if key is None:
            return Standing.UNKNOWN
        if key.revoked_at:
            return Standing.REVOKED
        ended = key.valid_until is not None and key.valid_until < signed_from
        if ended or signed_until < key.valid_from:
            return Standing.OUT_OF_TIME
        return Standing.GOOD

    def with_key(self, key: ListedKey) -> "KeyList":
        """Return the list with one key more; an id is given once and for ever."""
        if key.use not in USES:
            raise KeyListRefused(f"a key is for one of {', '.join(USES)}")
        if self.find(key.key_id):
            raise KeyListRefused(f"{key.key_id} is on the list already")
        return replace(self, keys=(*self.keys, key))

    def ended(self, key_id: str, at: datetime) -> "KeyList":
        """Return the list with a key retired: what it signed until ``at`` stays good."""
        return self._changed(key_id, lambda key: replace(key, valid_until=at))

    def revoked(self, key_id: str, at: datetime) -> "KeyList":
        """Return the list with a key revoked: it may be in foreign hands since ``at``."""
        return self._changed(key_id, lambda key: replace(key, revoked_at=at))

    def _changed(self, key_id: str, change: Callable[[ListedKey], ListedKey]) -> "KeyList":
        if not self.find(key_id):
            raise KeyListRefused(f"{key_id} is not on the list")
        keys = (change(key) if key.key_id == key_id else key for key in self.keys)
        return replace(self, keys=tuple(keys))


def sign_key_list(key_list: KeyList, root: Ed25519PrivateKey) -> str:
    """Return the signed list."""
    claims = {
        "profile": PROFILE,
        "sequence": key_list.sequence,
        "iat": _seconds(key_list.issued_at),
        "exp": _seconds(key_list.expires_at),
        "keys": [_claims(key) for key in key_list.keys],
    }
    return statements.sign(claims, typ=TYPE, key_id=ROOT_KEY_ID, key=root)


def read_key_list(text: str, root: Ed25519PublicKey) -> KeyList:
    """Return the list that the root has signed; raise ``KeyListRefused`` for any other text."""
    try:
        claims = statements.read(text, typ=TYPE, keys={ROOT_KEY_ID: root})
    except statements.StatementRefused as error:
        raise KeyListRefused("not a key list signed by this root") from error
    if claims["profile"] != PROFILE:
        raise KeyListRefused(f"profile {claims['profile']} is unknown")
    return KeyList(
        claims["sequence"],
        _instant(claims["iat"]),
        _instant(claims["exp"]),
        tuple(_listed(key) for key in claims["keys"]),
    )


def _claims(key: ListedKey) -> dict[str, Any]:
    claims = {"kid": key.key_id, "use": key.use, "x": key.public_key}
    times = {"nbf": key.valid_from, "exp": key.valid_until, "revoked_at": key.revoked_at}
    return claims | {name: _seconds(time) for name, time in times.items() if time}


def _listed(claims: Mapping[str, Any]) -> ListedKey:
    until, revoked = claims.get("exp"), claims.get("revoked_at")
    return ListedKey(
        claims["kid"],
        claims["use"],
        claims["x"],
        _instant(claims["nbf"]),
        _instant(until) if until else None,
        _instant(revoked) if revoked else None,
    )


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
