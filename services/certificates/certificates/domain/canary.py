"""Canaries: marked non-certificates that a lane has sealed each day to show that it still can.

The mark is the beginning of the request key (``clientData`` / ``Idempotency-Key``), which stands in
the seal service's log. It proves itself: what is signed is derived from the key, so that nobody
hides a signature over anything else behind it. docs/bureau-seal-services.md states the derivation.
"""

import hashlib
from datetime import datetime
from uuid import UUID

CANARY_MARK = "canary-"
TEXT = "豫证签章自检，不是证书，不证明任何事项"
# The most digests a seal service takes in one call.
_MOST = 1000


def canary_key(seal_id: UUID, at: datetime) -> str:
    """Return the request key of a seal's canary of that instant."""
    return f"{CANARY_MARK}{seal_id}-{at.isoformat(timespec='milliseconds')}"


def canary_digest(request_key: str, place: int = 0) -> bytes:
    """Return what is sealed: the digest of a sentence that says what it is not, and of the key.

    It is no digest of signed attributes, so no document can ever be built around its signature.
    """
    return hashlib.sha256(f"{TEXT}\n{request_key}\n{place}\n".encode()).digest()


def is_canary(request_key: str, digest: bytes) -> bool:
    """Tell whether a request to a seal service was for this marked non-certificate."""
    return request_key.startswith(CANARY_MARK) and any(
        canary_digest(request_key, place) == digest for place in range(_MOST)
    )
