"""The WeasyPrint adapter that all forms share: our fonts, no network, PDF/A-3u with tags."""

import logging
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any, ClassVar

import weasyprint
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration

from certificates import fonts
from certificates.rendering.fetcher import MemoryFetcher, OnlyTheseFiles
from certificates.rendering.versions import TemplateVersion
from chassis.errors import Category, ServiceError

# A warning would quote the text that caused it, and the text is somebody's name.
logging.getLogger("weasyprint").setLevel(logging.ERROR)

Images = Mapping[str, tuple[bytes, str]]
Finisher = Callable[[Any, Any], None]


class RenderingUnavailable(ServiceError):
    """The machine cannot render: a library or a font is missing."""

    code: ClassVar[str] = "certificates.rendering_unavailable"
    category: ClassVar[Category] = Category.UNAVAILABLE
    detail = "证书生成组件不可用。"


class Typesetter:
    """Sets pages with the fonts in ``fonts_dir`` (``python -m certificates.fonts``).

    One per process; not thread-safe.
    """

    def __init__(self, fonts_dir: Path) -> None:
        if harfbuzz_subset is None:
            # WeasyPrint would fall back to a path 70 times slower without a word.
            raise RenderingUnavailable("缺少 libharfbuzz-subset，无法生成证书。")
        # Kept for life: a new configuration scans every font of the system again.
        self._font_configuration = FontConfiguration()
        self._styles: dict[TemplateVersion, Any] = {}
        built = fonts.installed(fonts_dir)
        self._addresses = {
            family: (fonts_dir / file_name).resolve().as_uri()
            for family, file_name in (built.text | built.display).items()
        }
        self._families = ", ".join(f'"{family}"' for family in built.text)

    def style(self, template: TemplateVersion) -> Any:
        """Return the style sheet of that version; read once, because the fonts come with it."""
        if template not in self._styles:
            self._styles[template] = self._load(template.read("style.css"))
        return self._styles[template]

    def write(
        self,
        page: str,
        template: TemplateVersion,
        *,
        identifier: bytes,
        finisher: Finisher,
        images: Images | None = None,
        attachments: Sequence[Any] = (),
    ) -> bytes:
        """Return the PDF of an HTML page; the same input gives the same bytes."""
        document = weasyprint.HTML(string=page, url_fetcher=MemoryFetcher(images or {}))

        def finish(made: Any, pdf: Any) -> None:
            _leave_pixels(pdf)
            finisher(made, pdf)

        with warnings.catch_warnings():
            # WeasyPrint leaves the file of its colour profile to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            pdf: bytes = document.write_pdf(
                stylesheets=[self.style(template)],
                font_config=self._font_configuration,
                pdf_variant="pdf/a-3u",
                pdf_tags=True,
                pdf_identifier=identifier[:16],
                attachments=list(attachments) or None,
                finisher=finish,
            )
        return pdf

    def _load(self, style: str) -> Any:
        rules = "".join(
            f'@font-face {{ font-family: "{family}"; src: url("{address}") }}\n'
            for family, address in self._addresses.items()
        )
        return weasyprint.CSS(
            string=rules + Template(style).substitute(families=self._families),
            font_config=self._font_configuration,
            url_fetcher=OnlyTheseFiles(self._addresses.values()),
        )


def _leave_pixels(pdf: Any) -> None:
    """Let viewers show pictures as they are: the archive format has no smoothing."""
    for one in pdf.objects:
        if "Interpolate" in getattr(one, "extra", ()):
            one.extra["Interpolate"] = "false"
