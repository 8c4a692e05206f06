"""What happens to a printed code between the printer and the eye, done again the same each time.

A page is rendered at the resolution of an office scanner, shrunk as browsers shrink A4, turned,
blurred and compressed. ``docs/qr-legibility.md`` has the table of what is still read.
"""

import io
import re
import subprocess
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

RESOLUTION = 150
PRINT_SCALES = (100, 96)
TURNS = (0, 3, 7, 15, 45, 90, 180)
# Standard deviation in pixels at 150 dpi; a module of the densest code has 2.8 of them.
BLURS = (0.0, 0.6, 0.9, 1.2, 1.5)
# Quality; none is a lossless scan.
JPEGS = (None, 60, 30, 10)
_POINTS = 72
# The code with its quiet zone and a finger's width of paper around it, in millimetres.
_CODE_BOX = (15, 200, 71, 250)


class Cell(NamedTuple):
    """One way in which a page may reach a reader."""

    print_scale: int
    turn: int
    blur: float
    jpeg: int | None


def cells() -> Iterator[Cell]:
    yield from map(Cell._make, product(PRINT_SCALES, TURNS, BLURS, JPEGS))


def page(pdf: bytes, print_scale: int) -> Image.Image:
    """Return the page in grey as a scanner of this resolution sees it."""
    document = pypdfium2.PdfDocument(pdf)
    scale = RESOLUTION * print_scale / 100 / _POINTS
    picture = document[0].render(scale=scale, may_draw_forms=False).to_pil().convert("L")
    document.close()
    return picture


def code_on(whole: Image.Image) -> Image.Image:
    """Return the part of the page that somebody holds a camera to."""
    pixels = whole.width / 210
    return whole.crop(tuple(round(edge * pixels) for edge in _CODE_BOX))


def seen(code: Image.Image, cell: Cell) -> Image.Image:
    """Return what reaches the reader: turned, out of focus, compressed, in that order."""
    picture = code.rotate(cell.turn, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    if cell.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(cell.blur))
    if cell.jpeg is None:
        return picture
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=cell.jpeg)
    return Image.open(packed)


def read_by_zxing(pictures: Mapping[Cell, Image.Image]) -> dict[Cell, str]:
    """Return what zxing-cpp, the library of many telephones' readers, finds in each."""
    return {cell: text for cell, picture in pictures.items() if (text := _zxing(picture))}


def read_nearer(pictures: Mapping[Cell, Image.Image]) -> dict[Cell, str]:
    """Return what zxing-cpp finds when it looks again from half the distance."""
    nearer = {
        cell: one.resize((one.width * 2, one.height * 2), Image.Resampling.BICUBIC)
        for cell, one in pictures.items()
    }
    return read_by_zxing(nearer)


def _zxing(picture: Image.Image) -> str | None:
    codes = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    return codes[0].text if len(codes) == 1 else None


def read_by_zbar(pictures: Mapping[Cell, Image.Image], folder: Path) -> dict[Cell, str]:
    """Return what zbar, another family of readers, finds in each."""
    names = {}
    for number, (cell, picture) in enumerate(pictures.items()):
        names[str(folder / f"{number}.png")] = cell
        picture.save(folder / f"{number}.png")
    command = ["zbarimg", "--quiet", "--xml", "-Sdisable", "-Sqrcode.enable", *names]
    # 4 means that some picture had no code.
    answer = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    if answer.returncode not in (0, 4):
        raise RuntimeError(answer.stderr[-500:])
    found = {}
    for name, codes in re.findall(r"<source href='(.*?)'>(.*?)</source>", answer.stdout, re.DOTALL):
        texts = re.findall(r"<!\[CDATA\[(.*?)\]\]>", codes, re.DOTALL)
        if len(texts) == 1:
            found[names[name]] = texts[0]
    return found
