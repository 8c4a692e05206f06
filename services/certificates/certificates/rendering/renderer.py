"""The WeasyPrint adapter: one instance per worker process, CPU-bound, about 40 ms a document."""

from pathlib import Path
from typing import ClassVar

from certificates.record import CertificateRecord
from chassis.errors import Category, ServiceError

TEMPLATE_VERSION = "2026.1"


class RenderingUnavailable(ServiceError):
    """The machine cannot render: a library or a font is missing."""

    code: ClassVar[str] = "certificates.rendering_unavailable"
    category: ClassVar[Category] = Category.UNAVAILABLE
    detail = "证书生成组件不可用。"


class Renderer:
    """Renders certificates with the fonts in ``fonts_dir`` (``python -m certificates.fonts``)."""

    def __init__(self, fonts_dir: Path) -> None:
        self._fonts_dir = fonts_dir

    def render(
        self, record: CertificateRecord, qr_url: str, portrait: bytes | None = None
    ) -> bytes:
        """Return the PDF/A-3u: tagged, the record attached, the same bytes for the same input.

        Glyph coverage must have been checked before (``fonts.Coverage``). Not thread-safe.
        """
        raise NotImplementedError
