"""The cover of a merged download: whose certificates follow, and what the file is not.

Not a form: nothing official, kept by nobody, so it has no versions that two people approve.
"""

import hashlib
import html
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from certificates.rendering.typesetting import Typesetter
from certificates.rendering.versions import TemplateVersion

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Listed:
    """One line: as printed on the certificate that follows."""

    name: str
    number: str
    employer: str


class _Cover(TemplateVersion):
    __slots__ = ()

    @property
    def folder(self) -> Path:
        """Return where its files are: not among the forms."""
        return _FOLDER


_COVER = _Cover("cover", "1")


def render_cover(
    fonts_dir: Path, people: Sequence[Listed], *, title: str, notice: str, year: int, day: date
) -> bytes:
    """Return the cover as a PDF; the same list gives the same bytes."""
    row = Template(_COVER.read("row.html"))
    rows = "".join(
        row.substitute(
            place=place,
            name=html.escape(one.name),
            number=html.escape(one.number),
            employer=html.escape(one.employer),
        )
        for place, one in enumerate(people, start=1)
    )
    page = Template(_COVER.read("page.html")).substitute(
        title=title,
        notice=notice,
        year=year,
        count=len(people),
        day=f"{day.year}年{day.month}月{day.day}日",
        rows=rows,
    )
    listed = json.dumps([astuple(one) for one in people]).encode()
    return _typesetter(fonts_dir).write(
        page, _COVER, identifier=hashlib.sha256(listed).digest(), finisher=_nothing_more
    )


@cache
def _typesetter(fonts_dir: Path) -> Typesetter:
    return Typesetter(fonts_dir)


def _nothing_more(_: Any, __: Any) -> None:
    return
