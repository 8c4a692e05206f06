"""How a seal looks on certificates, decided once: drawn from its name or from its impression.

Runs in a document process: an impression comes from outside.
"""

import zlib
from pathlib import Path

from certificates.sealing.appearance import (
    SealImage,
    draw_impression,
    draw_seal,
    mark_band,
)
from certificates.sealing.impression import examine
from certificates.sealing.impression_errors import ImpressionIllegible
from certificates.sealing.tracing import TRACED_PIXELS, foot_of_mark, traced

# Bytes an impression may add to every certificate; clean and scanned ones take 8 to 11 thousand.
_MOST_PACKED_BYTES = 12_500


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
    foot = foot_of_mark(impression.ink) if development else None
    path = traced(impression.ink, without=None if foot is None else mark_band(foot))
    if len(zlib.compress(path.encode(), 9)) > _MOST_PACKED_BYTES:
        raise ImpressionIllegible("印迹过于杂乱，无法描摹成清晰的图形。")
    image: SealImage = draw_impression(title, path, TRACED_PIXELS, fonts_dir, mark_foot=foot)
    return impression.picture, image.operators
