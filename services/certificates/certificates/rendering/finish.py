"""What WeasyPrint leaves to do: the shared ornament, the digest in the metadata."""

from collections.abc import Callable
from typing import Any

import pydyf  # type: ignore[import-untyped]  # no types exist for it

from certificates.layout import PAGE_HEIGHT, PAGE_WIDTH
from certificates.record import CertificateRecord, digest
from certificates.rendering.ornament import page_ornament

Finisher = Callable[[Any, Any], None]


def finisher(record: CertificateRecord) -> Finisher:
    """Return the function that WeasyPrint calls before it writes the file."""

    def finish(_: Any, pdf: Any) -> None:
        _put_behind_page(pdf, _add_ornament(pdf))
        pdf.info["YuzhengRecordDigest"] = pydyf.String(digest(record).hex())
        pdf.info["YuzhengTemplate"] = pydyf.String(record.template_version)
        # WeasyPrint lists an attachment twice: as a name and as a file specification.
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))

    return finish


def _add_ornament(pdf: Any) -> Any:
    drawing = page_ornament()
    tiles = pydyf.Dictionary()
    pdf.add_object(tiles)
    for name, (box, operators) in drawing.tiles.items():
        tiles[name] = _add_form(pdf, box, operators, tiles)
    return _add_form(pdf, (0.0, 0.0, PAGE_WIDTH, PAGE_HEIGHT), drawing.operators, tiles)


def _add_form(
    pdf: Any, box: tuple[float, float, float, float], operators: bytes, tiles: Any
) -> Any:
    extra = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": pydyf.Array([round(edge, 2) for edge in box]),
        "Resources": pydyf.Dictionary({"XObject": tiles.reference}),
    }
    form = pydyf.Stream([operators], extra, compress=True)
    pdf.add_object(form)
    return form.reference


def _put_behind_page(pdf: Any, ornament: Any) -> None:
    """Draw the form first, marked as decoration so that reading aloud skips it."""
    for page in pdf.objects:
        if not (isinstance(page, pydyf.Dictionary) and page.get("Type") == "/Page"):
            continue
        stream = pdf.objects[int(page["Contents"].split()[0])]
        resources = pdf.objects[int(page["Resources"].split()[0])]
        resources["XObject"]["Ornament"] = ornament
        stream.stream.insert(0, b"/Artifact BMC q /Ornament Do Q EMC")
