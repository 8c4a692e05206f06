"""Opaque positions in a keyset-paginated list."""

import base64
import binascii
import json
from uuid import UUID

from identity.errors import CursorMalformed


def encode(*parts: object) -> str:
    """Return the cursor of the last row shown."""
    text = json.dumps([str(part) for part in parts], ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_id(cursor: str | None) -> UUID | None:
    """Return the id a cursor stands for; raise ``CursorMalformed`` for anything we never gave."""
    return UUID(_decode(cursor, 1)[0]) if cursor else None


def decode_named(cursor: str | None) -> tuple[str, UUID] | None:
    """Return the (name, id) a cursor stands for."""
    if not cursor:
        return None
    name, last = _decode(cursor, 2)
    return name, UUID(last)


def _decode(cursor: str, length: int) -> list[str]:
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(parts, list) or len(parts) != length:
            raise CursorMalformed(field="/cursor")
        UUID(parts[-1])
        return [str(part) for part in parts]
    except (ValueError, binascii.Error, AttributeError, TypeError) as error:
        raise CursorMalformed(field="/cursor") from error
