"""The page that a service for whole PDFs seals each day: it says of itself what it is not.

Not a form: nothing official, kept by nobody, so it has no versions that two people approve.
"""

import hashlib
import html
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from certificates.domain.canary import TEXT
from certificates.layout import MILLIMETRE, PAGE_HEIGHT, SEAL_BOX
from certificates.rendering.typesetting import Typesetter
from certificates.rendering.versions import TemplateVersion


class _Canary(TemplateVersion):
    __slots__ = ()

    @property
    def folder(self) -> Path:
        """Return where its files are: not among the forms."""
        return Path(__file__).parent


_CANARY = _Canary("canary", "1")


def render_canary(fonts_dir: Path, request_key: str) -> bytes:
    """Return the page as a PDF without signature field; the same key gives the same bytes."""
    left, low, right, top = (edge / MILLIMETRE for edge in SEAL_BOX)
    page = Template(_CANARY.read("page.html")).substitute(
        text=html.escape(TEXT),
        key=html.escape(request_key),
        left=f"{left:.2f}",
        top=f"{PAGE_HEIGHT / MILLIMETRE - top:.2f}",
        width=f"{right - left:.2f}",
        height=f"{top - low:.2f}",
    )
    identifier = hashlib.sha256(request_key.encode()).digest()
    return _typesetter(fonts_dir).write(
        page, _CANARY, identifier=identifier, finisher=_nothing_more
    )


@cache
def _typesetter(fonts_dir: Path) -> Typesetter:
    return Typesetter(fonts_dir)


def _nothing_more(_: Any, __: Any) -> None:
    return
