"""Opaque page marks: the position of the last row shown, so that pages never skip or repeat."""

import base64
import binascii
from datetime import datetime
from uuid import UUID

from hours.errors import CursorUnreadable

# A page of 100 keeps an answer below 100 kB.
MOST = 100
_SEPARATOR = "|"


def write_cursor(at: datetime, row_id: UUID) -> str:
    text = f"{at.isoformat()}{_SEPARATOR}{row_id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Return the position; raise ``CursorUnreadable`` for anything this service did not write."""
    if cursor is None:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        at, row_id = raw.split(_SEPARATOR)
        instant = datetime.fromisoformat(at)
        if instant.tzinfo is None:
            raise CursorUnreadable(field="/cursor")
        return instant, UUID(row_id)
    except (binascii.Error, ValueError) as error:
        raise CursorUnreadable(field="/cursor") from error
