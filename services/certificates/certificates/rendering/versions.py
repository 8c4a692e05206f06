"""Template versions: a folder of files for each form and version, shipped with the program.

A version that was once in use is never changed: old certificates are rendered and audited with
the very files they were made from. Which version is live is data (``store/templates.py``).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

from chassis.errors import NotFound

TEMPLATES = Path(__file__).parent / "templates"
# The version with which every form began; what comes later is approved by two people.
FOUNDING = "2026.1"
# Raise it when renderer or forms change what they print from the same files: every version then
# counts as altered, and the change has to come as new versions instead.
RECIPE = 1


class TemplateVersionUnknown(NotFound):
    """This build does not ship that version of that form."""

    code: ClassVar[str] = "certificates.template_version_unknown"
    detail = "没有这个版本的样式。"


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """One shipped version of one form."""

    form: str
    version: str

    @property
    def folder(self) -> Path:
        """Return the folder of its files; raise ``TemplateVersionUnknown`` if it is not shipped."""
        if self not in shipped():
            raise TemplateVersionUnknown
        return TEMPLATES / self.form / self.version

    def read(self, file_name: str) -> str:
        """Return one of its files."""
        return (self.folder / file_name).read_text()


@cache
def shipped() -> tuple[TemplateVersion, ...]:
    """Return every version in this build, in order."""
    return tuple(_found(TEMPLATES))


def _found(templates: Path) -> Iterator[TemplateVersion]:
    for page in sorted(templates.glob("*/*/page.html")):
        yield TemplateVersion(page.parts[-3], page.parts[-2])


def digest_of_folder(folder: Path, *drawn: bytes) -> str:
    """Return the SHA-256 over the files' names and contents and over what is drawn beside them."""
    parts = [f"{RECIPE}".encode(), *drawn]
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        parts += [path.relative_to(folder).as_posix().encode(), path.read_bytes()]
    # Lengths first: two different sets of files must never give the same bytes.
    framed = b"".join(len(part).to_bytes(8) + part for part in parts)
    return hashlib.sha256(framed).hexdigest()


@cache
def digest_of(template: TemplateVersion) -> str:
    """Return the digest of everything that shapes the form beside its data and the fonts."""
    return digest_of_folder(template.folder, *_drawn(template.form))


def _drawn(form: str) -> list[bytes]:
    """Return what the program draws on that form itself: ornament and place of the seal."""
    if form != "certificate":
        return []
    from certificates.layout import SEAL_BOX  # noqa: PLC0415 - other forms have neither
    from certificates.rendering.ornament import page_ornament  # noqa: PLC0415 - see above

    drawing = page_ornament()
    tiles = [
        repr((name, box)).encode() + code for name, (box, code) in sorted(drawing.tiles.items())
    ]
    return [repr(SEAL_BOX).encode(), drawing.operators, *tiles]
