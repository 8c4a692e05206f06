"""What the pictures for an approval show: invented records, usual and extreme."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from PIL import Image

from certificates.forms.printing import render_form
from certificates.record import CertificateRecord, parse_record
from certificates.rendering import Renderer

Render = Callable[[str], bytes]

_URL = (
    "https://www.hnzjgl.gov.cn/v/05W11QBSZFNKYF83GW5G5RNPBWWF70C0ZAVG"
    "#SAMPLE0SAMPLE0SAMPLE0SAMPLE0SAMPLE0SAMPLE0SAMPLE0SAMPLE0SAMPLE0SAMPLE0SAMPLE"
)


def samples_of(form: str, fonts_dir: Path, contracts_dir: Path) -> dict[str, Render]:
    """Return for each sample of that form a function from version to PDF."""
    if form == "certificate":
        renderer = _renderer(fonts_dir)
        return {
            name: partial(_certificate, renderer, record, portrait)
            for name, (record, portrait) in _records(contracts_dir).items()
        }
    schema = json.loads((contracts_dir / "forms" / f"{form}.json").read_text())

    def render(data: dict[str, object], version: str) -> bytes:
        return render_form(
            form, data, version=version, fonts_dir=fonts_dir, contracts_dir=contracts_dir
        )

    return {
        f"example-{number}": partial(render, data)
        for number, data in enumerate(schema["examples"], 1)
    }


@cache
def _renderer(fonts_dir: Path) -> Renderer:
    return Renderer(fonts_dir)


def _certificate(
    renderer: Renderer, record: CertificateRecord, portrait: bytes | None, version: str
) -> bytes:
    return renderer.render(replace(record, template_version=version), _URL, portrait)


def _records(contracts_dir: Path) -> dict[str, tuple[CertificateRecord, bytes | None]]:
    schema = json.loads((contracts_dir / "record" / "certificate.json").read_text())
    canonical = json.dumps(
        schema["examples"][0], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    usual = parse_record(canonical.encode())
    long = replace(
        usual,
        name="阿卜杜热依木江·买买提吐尔逊伊明尼亚孜",
        employer="河南省" + "某某工程建设集团有限责任公司" * 4,
        office_name="河南省某某某某行业主管部门人力资源和社会保障管理办公室",
    )
    return {"usual": (usual, None), "portrait": (usual, _portrait()), "long": (long, None)}


def _portrait() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (250, 350), (208, 224, 238)).save(written, "PNG")
    return written.getvalue()
