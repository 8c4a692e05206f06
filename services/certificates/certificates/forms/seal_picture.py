"""A drawn seal as a picture, for forms that show an impression."""

import base64
import io

import pikepdf
import pypdfium2

from certificates.layout import SEAL_DIAMETER

_PIXELS = 1000  # 42 mm at 600 dpi


def encoded(picture: bytes | None, operators: bytes) -> str:
    """Return the impression for a form's data: as handed in, or as drawn from the seal's name."""
    return base64.b64encode(picture or drawn(operators)).decode()


def drawn(operators: bytes) -> bytes:
    """Return the drawing as PNG on white; the same drawing gives the same picture."""
    size = round(SEAL_DIAMETER)
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(size, size))
        page.Contents = pdf.make_stream(operators)
        pdf.save(written)
    document = pypdfium2.PdfDocument(written.getvalue())
    try:
        image = document[0].render(scale=_PIXELS / size).to_pil().convert("RGB")
    finally:
        document.close()
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
