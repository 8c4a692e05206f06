"""The status list: two bits for each certificate, signed, for devices without a network.

``contracts/status/profile.md`` says it for every checker: a profile of the IETF's Token Status
List. Pure: bytes in, bytes out.
"""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chassis.clock import legal_date
from chassis.statements import SigningKeys, StatementRefused, read

TYPE = "statuslist+jwt"
MEDIA_TYPE = f"application/{TYPE}"
# Slots of one list. Some 25 KB to fetch for one certificate, and twenty lists for five million;
# an issue or a revocation compresses and signs this much again, not the whole province.
SLOTS = 1 << 18
_BITS = 2
_PER_BYTE = 8 // _BITS
_MASK = (1 << _BITS) - 1
# What a slot says; the first three are the standard's, the fourth is left to profiles.
CODES = {"valid": 0, "revoked": 1, "suspended": 2, "superseded": 3}
INVALID = CODES["revoked"]
_ALL_INVALID = bytes([0b01010101]) * (SLOTS // _PER_BYTE)
# Asked for again after this, by a device that has a network.
TTL = timedelta(seconds=60)
# More costs twenty times the processor for a thirteenth of the size.
_COMPRESSION = 6
_ADDRESS = "/v/status/"


class StatusListRefused(ValueError):
    """Not a status list of this profile, or not signed by a key for it."""


def place(index: int) -> tuple[int, int]:
    """Return the number of the list that has a certificate's index, and the slot in it."""
    return divmod(index, SLOTS)


def address(official_host: str, number: int) -> str:
    """Return the address that identifies a list."""
    return f"https://{official_host}{_ADDRESS}{number}"


class Slots:
    """The slots of one list, packed as the standard packs them: the lowest bits first."""

    def __init__(self, packed: bytes = _ALL_INVALID) -> None:
        if len(packed) != SLOTS // _PER_BYTE:
            raise StatusListRefused("not the length of a list")
        self._packed = bytearray(packed)

    @property
    def packed(self) -> bytes:
        return bytes(self._packed)

    @property
    def digest(self) -> str:
        return digest(self._packed)

    def __getitem__(self, slot: int) -> int:
        return self._packed[slot // _PER_BYTE] >> _shift(slot) & _MASK

    def __setitem__(self, slot: int, code: int) -> None:
        at = slot // _PER_BYTE
        cleared = self._packed[at] & ~(_MASK << _shift(slot))
        self._packed[at] = cleared | code << _shift(slot)

    @classmethod
    def of(cls, members: Mapping[int, Iterable[int]]) -> "Slots":
        """Return a list of the slots given for each code; every other one is invalid."""
        codes = bytearray([INVALID]) * SLOTS
        for code, slots in members.items():
            for slot in slots:
                codes[slot] = code
        quarters = (codes[first::_PER_BYTE] for first in range(_PER_BYTE))
        packed = (a | b << 2 | c << 4 | d << 6 for a, b, c, d in zip(*quarters, strict=True))
        return cls(bytes(packed))

    def deflated(self) -> str:
        """Return the slots compressed (zlib) in base64url, as the claim ``lst`` has them."""
        return _base64url(zlib.compress(self._packed, _COMPRESSION))


def digest(data: bytes | bytearray) -> str:
    """Return a short name of bytes, to see whether they are the same ones."""
    return hashlib.blake2b(data, digest_size=12).hexdigest()


def _shift(slot: int) -> int:
    return slot % _PER_BYTE * _BITS


@dataclass(frozen=True)
class StatusList:
    """What a signed list says: how each of its certificates stood at ``as_of``."""

    number: int
    as_of: datetime
    expires_at: datetime
    key_id: str
    slots: Slots


class Outcome(StrEnum):
    """What a device says of a genuine code, by the list alone."""

    VALID = "valid"
    INVALID = "invalid"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"
    # Issued on the day of the list or later: it may not have been entered yet.
    NEWER_THAN_LIST = "newer_than_list"
    LIST_EXPIRED = "list_expired"
    # This list is not the one that has the index.
    OTHER_LIST = "other_list"


_SAID = (Outcome.VALID, Outcome.INVALID, Outcome.SUSPENDED, Outcome.SUPERSEDED)


def outcome(held: StatusList, index: int, issued_on: date, *, now: datetime) -> Outcome:
    """Return how a certificate stood as of the list."""
    number, slot = place(index)
    if number != held.number:
        return Outcome.OTHER_LIST
    if now > held.expires_at:
        return Outcome.LIST_EXPIRED
    said = _SAID[held.slots[slot]]
    if said is Outcome.INVALID and legal_date(held.as_of) <= issued_on:
        return Outcome.NEWER_THAN_LIST
    return said


@dataclass(frozen=True)
class Signing:
    """Who signs, for which host, and how long a list may be used without a network."""

    keys: SigningKeys
    official_host: str
    good_for: timedelta

    def token(self, number: int, lst: str, *, as_of: datetime) -> str:
        """Return the signed list.

        ``iat`` is the instant up to which the list is complete, never the later one of signing,
        and the end counts from it: signing again what is old cannot make it look new.
        """
        claims = {
            "sub": address(self.official_host, number),
            "iat": int(as_of.timestamp()),
            "exp": int((as_of + self.good_for).timestamp()),
            "ttl": int(TTL.total_seconds()),
            "status_list": {"bits": _BITS, "lst": lst},
        }
        return self.keys.sign(claims, typ=TYPE)


def read_status_list(token: str, keys: Mapping[str, Ed25519PublicKey]) -> StatusList:
    """Return the list of a token that one of ``keys`` has signed, else ``StatusListRefused``.

    Whether it is too old is for the caller to say.
    """
    try:
        claims = read(token, typ=TYPE, keys=keys)
        found = re.fullmatch(rf"https://[^/?#]+{_ADDRESS}(0|[1-9][0-9]{{0,9}})", claims["sub"])
        if found is None or claims["status_list"]["bits"] != _BITS:
            raise StatusListRefused("not a list of this profile")
        return StatusList(
            int(found[1]),
            datetime.fromtimestamp(claims["iat"], UTC),
            datetime.fromtimestamp(claims["exp"], UTC),
            key_of(token),
            Slots(_inflated(claims["status_list"]["lst"])),
        )
    except (StatementRefused, KeyError, TypeError, ValueError, OverflowError, zlib.error) as error:
        raise StatusListRefused(str(error) or type(error).__name__) from error


def key_of(token: str) -> str:
    """Return the key id in the header of a token that has been read."""
    return str(json.loads(_bytes(token.split(".", 1)[0]))["kid"])


def _inflated(lst: str) -> bytes:
    """Return the slots; what unpacks to more than a list is refused before it is unpacked."""
    unpacking = zlib.decompressobj()
    packed = unpacking.decompress(_bytes(lst), SLOTS // _PER_BYTE + 1)
    if unpacking.unconsumed_tail or not unpacking.eof or unpacking.unused_data:
        raise StatusListRefused("not the length of a list")
    return packed


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
