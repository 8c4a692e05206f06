"""What a form's data becomes: escaped words and pieces of markup for its template."""

import base64
import binascii
import html
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PIL import Image, UnidentifiedImageError

from certificates.forms.errors import FormDataInvalid
from certificates.rendering.typesetting import Images

# Enough for 50 mm at 600 dpi; a picture that unpacks to more is not an impression.
_MOST_PIXELS = 1600
# Content and media type.
Picture = tuple[bytes, str]
_BLANK_DAY = "　　　年　　月　　日"


@dataclass(frozen=True, slots=True)
class Filling:
    """Words are escaped by the printer, ``markup`` is not: only fixed pieces of ours go there.

    Each of ``rows`` fills the version's ``row.html`` once.
    """

    words: Mapping[str, str]
    rows: Sequence[Mapping[str, str]] = ()
    markup: Mapping[str, str] = field(default_factory=dict)
    images: Images = field(default_factory=dict)
    day: date | None = None


def day_of(data: Mapping[str, Any], key: str) -> date | None:
    """Return the date under ``key``, or None for a blank to be filled in by hand."""
    value = data.get(key)
    try:
        return date.fromisoformat(value) if value else None
    except (TypeError, ValueError) as error:
        raise FormDataInvalid("日期无效。", field=f"/{key}") from error


def day_text(day: date | None) -> str:
    """Return the day as forms print it; a blank one leaves room for the pen."""
    return f"{day.year}年{day.month}月{day.day}日" if day else _BLANK_DAY


def escaped(text: str) -> str:
    """Return text that is markup no longer; line ends stay line ends."""
    return html.escape(text).replace("\n", "<br>")


def picture(data: Mapping[str, Any], key: str) -> Picture | None:
    """Return the picture under ``key`` in plain RGB on white, or None."""
    if not (encoded := data.get(key)):
        return None
    try:
        with Image.open(io.BytesIO(base64.b64decode(encoded, validate=True))) as image:
            if image.format not in {"PNG", "JPEG"} or max(image.size) > _MOST_PIXELS:
                raise FormDataInvalid(
                    "印模图片应为不超过1600×1600像素的PNG或JPEG。", field=f"/{key}"
                )
            return _plain(image)
    except (binascii.Error, UnidentifiedImageError, OSError, ValueError) as error:
        raise FormDataInvalid("印模图片无法读取。", field=f"/{key}") from error


def _plain(image: Image.Image) -> Picture:
    """Drop transparency, profiles and comments: the archive format wants plain colour.

    A JPEG stays one: unpacked it would make the form ten times as large.
    """
    if image.format == "JPEG":
        written = io.BytesIO()
        image.convert("RGB").save(written, "JPEG", quality=92, subsampling=0)
        return written.getvalue(), "image/jpeg"
    coloured = image.convert("RGBA")
    plain = Image.new("RGB", coloured.size, "white")
    plain.paste(coloured, mask=coloured.getchannel("A"))
    written = io.BytesIO()
    plain.save(written, "PNG")
    return written.getvalue(), "image/png"
