"""Forms and comparisons, made in the document processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from certificates.errors import DocumentWorkFailed
from certificates.forms.errors import FormPrintingFailed
from certificates.sealing.impression_errors import ImpressionNotExamined
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

    async def print_application(
        self, data: Mapping[str, Any], version: str, *, picture: bytes | None, operators: bytes
    ) -> bytes:
        """Return annex 2 with the seal's impression, or without ``picture`` the seal as drawn."""
        order = partial(_print_application, self._places, dict(data), version)
        try:
            return await self._workshop.run(order, picture, operators)
        except DocumentWorkFailed as error:
            raise FormPrintingFailed from error

    async def trace_impression(
        self, content: bytes, title: str, *, development: bool
    ) -> tuple[bytes, bytes]:
        """Return an uploaded impression as it is kept, and the drawing traced from it.

        Raises one of ``sealing.impression_errors``. Unpacking what came from outside is done in a
        document process, which is given up when it takes too long.
        """
        trace = partial(_trace, self._places[0], title, development=development)
        try:
            return await self._workshop.run(trace, content)
        except DocumentWorkFailed as error:
            raise ImpressionNotExamined from error

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


def _print_application(
    places: tuple[Path, Path],
    data: dict[str, Any],
    version: str,
    picture: bytes | None,
    operators: bytes,
) -> bytes:
    from certificates.forms.seal_picture import encoded

    shown = {**data, "impression": encoded(picture, operators)}
    return _print_form(*places, "annex-2", shown, version)


def _trace(
    fonts_dir: Path, title: str, content: bytes, *, development: bool
) -> tuple[bytes, bytes]:
    from certificates.sealing.seal_drawing import draw_from_impression

    return draw_from_impression(title, content, fonts_dir, development=development)


def _compare(
    fonts_dir: Path, contracts_dir: Path, form: str, before: str, after: str
) -> list[Pictures]:
    from certificates.forms.comparing import compare
    from certificates.forms.samples import samples_of

    return [
        Pictures(name, *compare(render(before), render(after)))
        for name, render in samples_of(form, fonts_dir, contracts_dir).items()
    ]
