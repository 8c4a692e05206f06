"""Forms and comparisons, made in the document processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from certificates.errors import DocumentWorkFailed
from certificates.forms.errors import FormPrintingFailed
from certificates.workshop import Shipped, Workshop


@dataclass(frozen=True, slots=True)
class Pictures:
    """One sample page by page: in one version, in the other, and where they differ (PNG)."""

    sample: str
    before: bytes
    after: bytes
    difference: bytes
    changed_pixels: int
    pixels: int


class Printshop:
    """What use cases ask of the document processes about templates and forms."""

    def __init__(self, workshop: Workshop, fonts_dir: Path, contracts_dir: Path) -> None:
        self._workshop = workshop
        self._places = (fonts_dir, contracts_dir)

    async def shipped(self) -> Shipped:
        """Return every template version of this build with its digest."""
        return await self._workshop.templates()

    async def print_form(self, form: str, data: Mapping[str, Any], version: str) -> bytes:
        """Return the form's PDF; raises what ``forms.render_form`` raises."""
        try:
            return await self._workshop.run(_print_form, *self._places, form, dict(data), version)
        except DocumentWorkFailed as error:
            raise FormPrintingFailed from error

    async def compare(self, form: str, before: str, after: str) -> list[Pictures]:
        """Return the pictures of every sample of that form in both versions."""
        try:
            return await self._workshop.run(_compare, *self._places, form, before, after)
        except DocumentWorkFailed as error:
            raise FormPrintingFailed from error


# Imported by the document processes only, as in workshop.py.
def _print_form(
    fonts_dir: Path, contracts_dir: Path, form: str, data: dict[str, Any], version: str
) -> bytes:
    from certificates.forms import render_form

    return render_form(
        form, data, version=version, fonts_dir=fonts_dir, contracts_dir=contracts_dir
    )


def _compare(
    fonts_dir: Path, contracts_dir: Path, form: str, before: str, after: str
) -> list[Pictures]:
    from certificates.forms.comparing import compare
    from certificates.forms.samples import samples_of

    return [
        Pictures(name, *compare(render(before), render(after)))
        for name, render in samples_of(form, fonts_dir, contracts_dir).items()
    ]
