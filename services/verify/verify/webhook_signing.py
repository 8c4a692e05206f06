"""How deliveries are signed: as Standard Webhooks has it, so that clients need no code of ours."""

import base64
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

_PREFIX = "whsec_"
_SECRET_BYTES = 32


def new_secret() -> str:
    """Return a secret that is shown to the client once."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def headers(delivery_id: UUID, body: bytes, now: datetime, keys: Sequence[str]) -> dict[str, str]:
    """Return id, instant and one signature for each secret that is good now.

    The instant is in what is signed, so that a delivery caught on the way cannot be played again
    later; the id is the same in every attempt, so that a client can tell a repetition.
    """
    message_id, instant = f"msg_{delivery_id.hex}", str(int(now.timestamp()))
    signed = b".".join((message_id.encode(), instant.encode(), body))
    return {
        "webhook-id": message_id,
        "webhook-timestamp": instant,
        "webhook-signature": " ".join(f"v1,{_mac(key, signed)}" for key in keys),
    }


def _mac(secret: str, message: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    return base64.b64encode(hmac.digest(key, message, "sha256")).decode()
