"""Identifiers: time-ordered and unguessable enough to be shown, never meaningful."""

import secrets
import time
from uuid import UUID

_VERSION_7 = 0x7000
_VARIANT = 0x8000_0000_0000_0000


def uuid7() -> UUID:
    """Return a UUID version 7 (RFC 9562): 48 bits of milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    high = (milliseconds << 16) | _VERSION_7 | secrets.randbits(12)
    low = _VARIANT | secrets.randbits(62)
    return UUID(int=(high << 64) | low)
