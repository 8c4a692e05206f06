"""From data to PDF: checked against the contract, checked for glyphs, typeset, counted."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import pydyf  # type: ignore[import-untyped]  # no types exist for it
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from certificates.fonts import DEFAULT_OUTPUT, Coverage
from certificates.forms.catalogue import FORMS, Form
from certificates.forms.errors import (
    FormDataInvalid,
    FormGlyphMissing,
    FormTooLong,
    FormUnknown,
)
from certificates.forms.filling import Filling, escaped
from certificates.rendering.typesetting import Finisher, Typesetter
from certificates.rendering.versions import FOUNDING, TemplateVersion

Data = Mapping[str, Any]


def render_form(
    form: str,
    data: Data,
    *,
    version: str = FOUNDING,
    fonts_dir: Path = DEFAULT_OUTPUT,
    contracts_dir: Path = Path("contracts"),
) -> bytes:
    """Return the form as PDF/A-3u; the same data and version give the same bytes.

    CPU-bound, about 0.1 s: in a service go through ``Workshop.print_form``. Raises
    ``FormUnknown``, ``FormDataInvalid`` or ``FormGlyphMissing`` (with the field), ``FormTooLong``.
    """
    if form not in FORMS:
        raise FormUnknown
    _check_data(form, data, contracts_dir)
    _check_glyphs(data, _coverage(fonts_dir))
    return _print(FORMS[form], data, TemplateVersion(form, version), _typesetter(fonts_dir))


@cache
def _typesetter(fonts_dir: Path) -> Typesetter:
    return Typesetter(fonts_dir)


@cache
def _coverage(fonts_dir: Path) -> Coverage:
    return Coverage(fonts_dir)


@cache
def _validator(form: str, contracts_dir: Path) -> Draft202012Validator:
    schema = json.loads((contracts_dir / "forms" / f"{form}.json").read_text())
    return Draft202012Validator(schema, format_checker=FormatChecker())


def _check_data(form: str, data: Data, contracts_dir: Path) -> None:
    validator = _validator(form, contracts_dir)
    error: ValidationError | None = next(validator.iter_errors(data), None)
    if error is None:
        return
    place = [str(step) for step in error.absolute_path]
    if error.validator == "required":
        wanted: Any = error.validator_value
        held: Any = error.instance
        place.append(next(name for name in wanted if name not in list(held)))
    # The value is never quoted: it may be somebody's telephone number.
    raise FormDataInvalid(f"表单数据不符合要求（{error.validator}）。", field="/" + "/".join(place))


def _check_glyphs(data: Data, coverage: Coverage) -> None:
    for place, text in _texts(data, ""):
        if missing := coverage.missing(text.replace("\n", "")):
            named = "、".join(f"“{one}”（U+{ord(one):04X}）" for one in missing)
            raise FormGlyphMissing(f"字库中没有：{named}。", field=place)


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, f"{place}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, f"{place}/{index}")


def _print(form: Form, data: Data, template: TemplateVersion, typesetter: Typesetter) -> bytes:
    filling = form.fill(data)
    digest = data_digest(data)
    page = _page(filling, template, digest)
    pages: list[int] = []
    pdf = typesetter.write(
        page,
        template,
        identifier=digest,
        finisher=_finisher(template, digest, pages),
        images=filling.images,
    )
    if sum(pages) > form.most_pages:
        raise FormTooLong
    return pdf


def _page(filling: Filling, template: TemplateVersion, digest: bytes) -> str:
    common = {
        "template": f"{template.form}/{template.version}",
        "digest": digest.hex()[:32],
        "dates": _dates(filling.day),
    }

    def put(file_name: str, words: Mapping[str, str], **more: str) -> str:
        shown = {key: escaped(word) for key, word in words.items()}
        return Template(template.read(file_name)).substitute(shown, **common, **more)

    rows = "".join(put("row.html", row) for row in filling.rows)
    return put("page.html", filling.words, **filling.markup, rows=rows)


def data_digest(data: Data) -> bytes:
    """Return the SHA-256 of the data in canonical JSON."""
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()


def _dates(day: date | None) -> str:
    """Return the date for the file's metadata; without one the file has none, never today's."""
    if day is None:
        return ""
    instant = f"{day.isoformat()}T00:00:00+00:00"
    names = ("dcterms.created", "dcterms.modified")
    return "\n".join(f'<meta name="{name}" content="{instant}">' for name in names)


def _finisher(template: TemplateVersion, digest: bytes, pages: list[int]) -> Finisher:
    def finish(document: Any, pdf: Any) -> None:
        pages.append(len(document.pages))
        pdf.info["YuzhengDataDigest"] = pydyf.String(digest.hex())
        pdf.info["YuzhengTemplate"] = pydyf.String(f"{template.form}/{template.version}")

    return finish
