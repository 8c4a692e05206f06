"""The WeasyPrint adapter: one instance per worker process, CPU-bound, about 40 ms a document."""

import html
import logging
import warnings
from datetime import UTC, datetime, time
from pathlib import Path
from string import Template
from typing import Any, ClassVar
from urllib.parse import urlsplit

import weasyprint
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration

from certificates import fonts
from certificates.qr import qr_png
from certificates.record import ATTACHMENT_NAME, CertificateRecord, canonical_bytes, digest
from certificates.rendering.fetcher import MemoryFetcher, OnlyTheseFiles
from certificates.rendering.finish import finisher
from chassis.errors import Category, ServiceError

TEMPLATE_VERSION = "2026.1"
_TEMPLATES = Path(__file__).parent / "templates"
_SEXES = {"male": "男", "female": "女"}
# Beyond these lengths (code points) a smaller size keeps the text inside its place.
_LONG_NAME, _LONG_EMPLOYER, _LONG_OFFICE = 9, 22, 13

# A warning would quote the text that caused it, and the text is somebody's name.
logging.getLogger("weasyprint").setLevel(logging.ERROR)


class RenderingUnavailable(ServiceError):
    """The machine cannot render: a library or a font is missing."""

    code: ClassVar[str] = "certificates.rendering_unavailable"
    category: ClassVar[Category] = Category.UNAVAILABLE
    detail = "证书生成组件不可用。"


class Renderer:
    """Renders certificates with the fonts in ``fonts_dir`` (``python -m certificates.fonts``)."""

    def __init__(self, fonts_dir: Path) -> None:
        if harfbuzz_subset is None:
            # WeasyPrint would fall back to a path 70 times slower without a word.
            raise RenderingUnavailable("缺少 libharfbuzz-subset，无法生成证书。")
        # Kept for life: a new configuration scans every font of the system again.
        self._font_configuration = FontConfiguration()
        self._page = Template((_TEMPLATES / "certificate.html").read_text())
        self._style = self._load_style(fonts_dir)

    def render(
        self, record: CertificateRecord, qr_url: str, portrait: bytes | None = None
    ) -> bytes:
        """Return the PDF/A-3u: tagged, the record attached, the same bytes for the same input.

        Glyph coverage must have been checked before (``fonts.Coverage``). Not thread-safe.
        ``portrait`` is a JPEG or PNG in RGB, 5:7.
        """
        created = datetime.combine(record.issued_on, time(), UTC)
        images = {"yuzheng:qr": (qr_png(qr_url, scale=4), "image/png")}
        if portrait is not None:
            images["yuzheng:portrait"] = (portrait, "image/*")
        attachment = weasyprint.Attachment(
            string=canonical_bytes(record).decode(),
            name=ATTACHMENT_NAME,
            description="证书电子记录",
            created=created,
            modified=created,
            relationship="Data",
        )
        document = weasyprint.HTML(
            string=self._page.substitute(self._fields(record, qr_url, has_portrait=bool(portrait))),
            url_fetcher=MemoryFetcher(images),
        )
        with warnings.catch_warnings():
            # WeasyPrint leaves the file of its colour profile to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            pdf: bytes = document.write_pdf(
                stylesheets=[self._style],
                font_config=self._font_configuration,
                pdf_variant="pdf/a-3u",
                pdf_tags=True,
                pdf_identifier=digest(record)[:16],
                attachments=[attachment],
                finisher=finisher(record),
            )
        return pdf

    def _load_style(self, fonts_dir: Path) -> Any:
        built = fonts.installed(fonts_dir)
        addresses = {
            family: (fonts_dir / file_name).resolve().as_uri()
            for family, file_name in (built.text | built.display).items()
        }
        rules = "".join(
            f'@font-face {{ font-family: "{family}"; src: url("{address}") }}\n'
            for family, address in addresses.items()
        )
        families = ", ".join(f'"{family}"' for family in built.text)
        style = Template((_TEMPLATES / "certificate.css").read_text())
        return weasyprint.CSS(
            string=rules + style.substitute(families=families),
            font_config=self._font_configuration,
            url_fetcher=OnlyTheseFiles(addresses.values()),
        )

    def _fields(
        self, record: CertificateRecord, qr_url: str, *, has_portrait: bool
    ) -> dict[str, str]:
        host = urlsplit(qr_url).netloc
        day = record.issued_on
        fields = {
            "number": record.number,
            "name": record.name,
            "sex": _SEXES[record.sex],
            "identity_masked": record.identity_masked,
            "employer": record.employer,
            "year": str(record.year),
            "total": hours_text(record.credit_tenths.total),
            "public": hours_text(record.credit_tenths.public),
            "professional": hours_text(record.credit_tenths.professional),
            "office_name": record.office_name,
            "issued_on": f"{day.year}年{day.month}月{day.day}日",
            "created": f"{day.isoformat()}T00:00:00+00:00",
            "version": str(record.version),
            "template_version": record.template_version,
            "digest": digest(record).hex()[:32],
            "host": host,
            "qr_alt": host,
        }
        escaped = {key: html.escape(value) for key, value in fields.items()}
        escaped["portrait"] = _PORTRAIT if has_portrait else ""
        escaped["shape"] = _shape(record, has_portrait=has_portrait)
        return escaped


_PORTRAIT = '<img class="photo" src="yuzheng:portrait" alt="持证人照片">'


def hours_text(tenths: int) -> str:
    """Return credit hours as printed: 900 → 90, 905 → 90.5."""
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def _shape(record: CertificateRecord, *, has_portrait: bool) -> str:
    traits = {
        "portrait": has_portrait,
        "long-name": len(record.name) > _LONG_NAME,
        "long-employer": len(record.employer) > _LONG_EMPLOYER,
        "long-office": len(record.office_name) > _LONG_OFFICE,
    }
    return " ".join(trait for trait, present in traits.items() if present)
