"""Canaries: marked non-certificates that a lane has sealed each day to show that it still can.

The mark is the beginning of the request key (``clientData`` / ``Idempotency-Key``) and stands in
the seal service's log; comparing that log with stored files leaves such entries out.
"""

import hashlib
from datetime import datetime
from uuid import UUID

CANARY_MARK = "canary-"
_TEXT = "豫证签章通道每日自检，不是证书，不证明任何事项"


def is_canary(request_key: str) -> bool:
    """Tell whether a request to a seal service was for a marked non-certificate."""
    return request_key.startswith(CANARY_MARK)


def canary_key(seal_id: UUID, at: datetime) -> str:
    """Return the request key of a seal's canary of that instant."""
    return f"{CANARY_MARK}{seal_id}-{_when(at)}"


def canary_digest(seal_id: UUID, at: datetime) -> bytes:
    """Return what is sealed: the digest of a sentence that says what it is not, and when.

    It is no digest of signed attributes, so no document can ever be built around its signature.
    """
    return hashlib.sha256(f"{_TEXT}\n{seal_id}\n{_when(at)}\n".encode()).digest()


def _when(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")
