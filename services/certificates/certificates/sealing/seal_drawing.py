"""How a seal looks on certificates, decided once: drawn from its name or from its impression.

Runs in a document process: an impression comes from outside.
"""

import zlib
from pathlib import Path

from certificates.sealing.appearance import (
    DEVELOPMENT_BAND,
    SealImage,
    draw_impression,
    draw_seal,
)
from certificates.sealing.impression import examine
from certificates.sealing.impression_errors import ImpressionIllegible
from certificates.sealing.tracing import TRACED_PIXELS, traced

# Bytes a seal may add to every certificate; a clean impression takes 6 to 9 thousand.
_MOST_PACKED_BYTES = 12_000


def draw_from_name(title: str, fonts_dir: Path, *, development: bool) -> bytes:
    """Return the operators of a seal drawn from its name; ``SealTextUnprintable``."""
    return draw_seal(title, fonts_dir, development=development).operators


def draw_from_impression(
    title: str, content: bytes, fonts_dir: Path, *, development: bool
) -> tuple[bytes, bytes]:
    """Return the impression as it is kept (JPEG) and the operators of the seal traced from it.

    Raises one of ``impression_errors``. The same upload gives the same bytes.
    """
    impression = examine(content)
    path = traced(impression.ink, without=DEVELOPMENT_BAND if development else None)
    image: SealImage = draw_impression(
        title, path, TRACED_PIXELS, fonts_dir, development=development
    )
    if len(zlib.compress(image.operators, 9)) > _MOST_PACKED_BYTES:
        raise ImpressionIllegible("印迹过于杂乱，无法描摹成清晰的图形。")
    return impression.picture, image.operators
