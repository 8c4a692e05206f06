"""What people and scanners see of a PDF, as PDFium draws it. Part of the examining process.

Every page is drawn once, seals and form fields included, as a reader would show it; codes are read
from that drawing and the picture for the report is made of it.
"""

import base64
import ctypes
import io
from typing import Any, NamedTuple

import pypdfium2
import zxingcpp
from pypdfium2 import raw

from verify.pictures import MOST_PICTURE_BYTES, MOST_PICTURES
from verify.placing import Box, Letter, fields_in

# A certificate is one page; a second leaf may be bound to it, a book is none.
MOST_PAGES = 4
_MOST_TEXT = 20_000
_MOST_RECTANGLES = 400
_DOTS_PER_INCH = 150
_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_MOST_PIXELS = 16_000_000
# A page on a screen, and still sharp enough to read small print; A4 comes to 1.2 megapixels.
_PICTURE_DOTS_PER_INCH = 110
_MOST_PICTURE_PIXELS = 2_000_000
_QUALITIES = (85, 70, 50, 30)
# PDFium places letters in whole units; this many are a point.
_UNITS = 20


class Unreadable(Exception):
    """The file is none that could be a certificate; the message is a stable word for why."""


class _Seen(NamedTuple):
    """What one page shows."""

    text: str
    letters: list[Letter]
    rectangles: list[list[Any]]
    codes: list[str]
    picture: str | None


def look(pdf: bytes, *, pictures: bool) -> dict[str, Any]:
    """Return text, codes, sizes and the places of the printed facts, and pictures when asked."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("encrypted" if "password" in str(error).lower() else "damaged") from error
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable("too_many_pages")
        document.init_forms()
        text, pages, letters, rectangles, codes = "", [], list[Letter](), [], []
        for number in range(len(document)):
            page = document[number]
            seen = _page(page, number, _MOST_TEXT - len(text), pictures=pictures)
            text += seen.text + "\n"
            letters += seen.letters
            rectangles += seen.rectangles
            codes += seen.codes
            width, height = page.get_size()
            size = {"width": round(width, 1), "height": round(height, 1)}
            pages.append(size | {"picture": seen.picture})
            page.close()
        lines = fields_in(letters)
        return {
            "pages": pages,
            "text": text,
            "rectangles": rectangles,
            "codes": codes,
            "ink": {
                field: [(one.page, [round(edge, 1) for edge in one.ink]) for one in found]
                for field, found in lines.items()
            },
            "places": {
                field: [(one.page, _as_shown(document[one.page], one.box)) for one in found]
                for field, found in lines.items()
            },
        }
    finally:
        document.close()


def _page(page: Any, number: int, most: int, *, pictures: bool) -> _Seen:
    drawn = _drawn(page)
    words = page.get_textpage()
    text = words.get_text_range()[:most]
    letters = _letters(words, number, most)
    rectangles = _rectangles(number, words)
    words.close()
    codes = zxingcpp.read_barcodes(drawn, formats=_CODES)
    wanted = pictures and number < MOST_PICTURES
    picture = _picture(drawn) if wanted else None
    return _Seen(text, letters, rectangles, [code.text[:1000] for code in codes[:8]], picture)


def _letters(words: Any, number: int, most: int) -> list[Letter]:
    found = []
    for index in range(min(words.count_chars(), most)):
        sign = chr(raw.FPDFText_GetUnicode(words, index))
        if not sign.isspace() and sign.isprintable():
            line, ink = words.get_charbox(index, loose=True), words.get_charbox(index)
            found.append(Letter(sign, number, line, ink))
    return found


def _as_shown(page: Any, box: Box) -> Box:
    """Return a box from the top left of the page as shown: cut to its size and turned with it."""
    width, height = (round(edge * _UNITS) for edge in page.get_size())
    x, y = ctypes.c_int(), ctypes.c_int()
    across, down = [], []
    for corner in (box[:2], box[2:]):
        raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, *corner, x, y)
        across.append(min(max(x.value, 0), width) / _UNITS)
        down.append(min(max(y.value, 0), height) / _UNITS)
    return min(across), min(down), max(across), max(down)


def _rectangles(number: int, words: Any) -> list[list[Any]]:
    count = min(words.count_rects(), _MOST_RECTANGLES)
    found = []
    for index in range(count):
        box = words.get_rect(index)
        found.append(
            [number, *(round(edge, 1) for edge in box), words.get_text_bounded(*box)[:200]]
        )
    return found


def _drawn(page: Any) -> Any:
    scale = _DOTS_PER_INCH / 72
    width, height = page.get_size()
    if width * height * scale * scale > _MOST_PIXELS:
        raise Unreadable("too_large_a_page")
    return page.render(scale=scale).to_pil()


def _picture(drawn: Any) -> str | None:
    """Return the page as JPEG in base64, or None when no quality is small enough."""
    smaller = min(
        _PICTURE_DOTS_PER_INCH / _DOTS_PER_INCH,
        (_MOST_PICTURE_PIXELS / (drawn.width * drawn.height)) ** 0.5,
    )
    size = [max(1, int(edge * smaller)) for edge in drawn.size]
    picture = drawn.convert("RGB").resize(size)
    for quality in _QUALITIES:
        output = io.BytesIO()
        picture.save(output, "JPEG", quality=quality)
        if output.tell() <= MOST_PICTURE_BYTES:
            return base64.b64encode(output.getvalue()).decode()
    return None
