"""Two documents as pictures, and a third that shows where they differ."""

import io

import pypdfium2
from PIL import Image, ImageChops

_SCALE = 100 / 72  # 100 dpi: a moved hairline is seen, a page stays a megapixel
# Below this difference in any colour a pixel counts as the same: edges are smoothed.
_SEEN = 24
_GAP = 12


def compare(before: bytes, after: bytes) -> tuple[bytes, bytes, bytes, int, int]:
    """Return both PDFs as PNG, the difference as PNG, how many pixels changed, and of how many."""
    first, second = _picture(before), _picture(after)
    size = (max(first.width, second.width), max(first.height, second.height))
    first, second = _padded(first, size), _padded(second, size)
    mask = _changed(first, second)
    changed = mask.histogram()[255]
    return _png(first), _png(second), _png(_marked(second, mask)), changed, size[0] * size[1]


def _picture(pdf: bytes) -> Image.Image:
    """Return the pages below each other."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.render(scale=_SCALE).to_pil().convert("RGB") for page in document]
    finally:
        document.close()
    height = sum(page.height + _GAP for page in pages) - _GAP
    whole = Image.new("RGB", (max(page.width for page in pages), height), "grey")
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height + _GAP
    return whole


def _padded(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    whole = Image.new("RGB", size, "white")
    whole.paste(image, (0, 0))
    return whole


def _changed(first: Image.Image, second: Image.Image) -> Image.Image:
    bands = ImageChops.difference(first, second).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    return most.point([0] * _SEEN + [255] * (256 - _SEEN))


def _marked(image: Image.Image, mask: Image.Image) -> Image.Image:
    """Return the page paled, with what changed in red."""
    pale = Image.blend(image, Image.new("RGB", image.size, "white"), 0.75)
    pale.paste((214, 0, 0), mask=mask)
    return pale


def _png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
