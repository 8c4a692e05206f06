"""Certificates: one instance per worker process, CPU-bound, about 40 ms a document."""

import html
from datetime import UTC, datetime, time
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

import weasyprint

from certificates.qr import qr_png
from certificates.record import ATTACHMENT_NAME, CertificateRecord, canonical_bytes, digest
from certificates.rendering.finish import finisher
from certificates.rendering.typesetting import Typesetter
from certificates.rendering.versions import FOUNDING, TemplateVersion

TEMPLATE_VERSION = FOUNDING
_SEXES = {"male": "男", "female": "女"}
# Beyond these lengths (code points) a smaller size keeps the text inside its place.
_LONG_NAME, _LONG_EMPLOYER, _LONG_OFFICE = 9, 22, 13


class Renderer:
    """Renders certificates with the fonts in ``fonts_dir`` (``python -m certificates.fonts``).

    Each record is rendered with the template version it names.
    """

    def __init__(self, fonts_dir: Path) -> None:
        # All fonts are opened by the first style sheet: here, not at the first certificate.
        self._typesetter = Typesetter(fonts_dir)
        self._pages: dict[str, Template] = {}
        self._page(TEMPLATE_VERSION)

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
        page = self._page(record.template_version)
        return self._typesetter.write(
            page.substitute(self._fields(record, qr_url, has_portrait=bool(portrait))),
            TemplateVersion("certificate", record.template_version),
            identifier=digest(record),
            finisher=finisher(record),
            images=images,
            attachments=[attachment],
        )

    def _page(self, version: str) -> Template:
        if version not in self._pages:
            template = TemplateVersion("certificate", version)
            self._typesetter.style(template)
            self._pages[version] = Template(template.read("page.html"))
        return self._pages[version]

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
