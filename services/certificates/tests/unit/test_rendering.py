"""The rendered certificate: text, structure, determinism, and the same picture everywhere."""

import hashlib
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from weasyprint.urls import FatalURLFetchingError

from certificates.record import CreditTenths, canonical_bytes, digest
from certificates.rendering import RenderingUnavailable, typesetting
from certificates.rendering.fetcher import MemoryFetcher
from certificates.rendering.renderer import Renderer, hours_text

WORDS = (
    "证书管理号：41002345678917",
    "河南省专业技术人员继续教育证书",
    "参加专业技术人员继续教育学习，经审核，已完成2026年度专业技术人员继续教育学习任务",
    "学习任务，根据《河南省专业技术人员继续教育条例》，特发此证。",
    "发证单位：（盖章）",
    "发证时间：2026年11月23日",
    "河南省人力资源和社会保障厅监制",
    "姓名欧阳䶮",
    "性别男",
    "410105********0020",
    "工作单位郑州市第一人民医院",
    "90.5学时",
    "30学时",
    "60.5学时",
    "www.hnzjgl.gov.cn",
    "凭证书管理号和姓名查验",
)
RARE_NAMES = ("㛃𬀩", "𫖯𬱖𫓧", "𬴂𩽾𫄧", "𫠆𠅤", "\U00030edd\U00030ede", "阿卜杜·买买提", "䶮")

_RENDER_AGAIN = """
import hashlib, sys
from pathlib import Path
from certificates.record import parse_record
from certificates.rendering import Renderer
record = parse_record(bytes.fromhex(sys.argv[2]))
print(hashlib.sha256(Renderer(Path(sys.argv[1])).render(record, sys.argv[3])).hexdigest())
"""


def _run(*command: object, stdin: bytes = b"") -> bytes:
    done = subprocess.run(
        [str(part) for part in command], input=stdin, capture_output=True, check=True, timeout=60
    )
    return done.stdout


def poppler_text(pdf: bytes) -> str:
    return "".join(_run("pdftotext", "-layout", "-", "-", stdin=pdf).decode().split())


def pdfium_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(document[0].get_textpage().get_text_range().split())
    finally:
        document.close()


class TestText:
    @pytest.mark.parametrize("words", WORDS, ids=lambda words: words[:8])
    def test_every_word_of_the_form_is_there(self, rendered, words):
        assert words in pdfium_text(rendered)

    @pytest.mark.parametrize("name", RARE_NAMES)
    def test_rare_names_extract_equal_in_two_readers(self, renderer, record, qr_url, name):
        pdf = renderer.render(replace(record, name=name), qr_url)
        assert f"姓名{name}" in poppler_text(pdf)
        assert f"姓名{name}" in pdfium_text(pdf)

    def test_longest_fields_stay_on_one_page(self, renderer, record, qr_url):
        long = replace(
            record,
            name="阿卜杜热依木江·买买提吐尔逊伊明尼亚孜",
            employer="河南省" + "某某工程建设集团有限责任公司" * 4,
            office_name="河南省某某某某行业主管部门人力资源和社会保障管理办公室",
        )
        pdf = renderer.render(long, qr_url)
        document = pypdfium2.PdfDocument(pdf)
        assert len(document) == 1
        document.close()
        assert long.employer in pdfium_text(pdf)
        assert long.name in pdfium_text(pdf)

    def test_markup_in_a_field_is_printed_not_obeyed(self, renderer, record, qr_url):
        employer = '<img src="file:///etc/passwd">&amp;'
        pdf = renderer.render(replace(record, employer=employer), qr_url)
        assert "".join(employer.split()) in pdfium_text(pdf)

    @pytest.mark.parametrize(("tenths", "text"), [(900, "90"), (905, "90.5"), (0, "0"), (5, "0.5")])
    def test_hours_are_printed_without_needless_decimals(self, tenths, text):
        assert hours_text(tenths) == text


class TestFile:
    def test_is_pdf_a_3u_and_tagged(self, rendered):
        with pikepdf.open(io.BytesIO(rendered)) as pdf:
            metadata = pdf.open_metadata()
            assert metadata.pdfa_status == "3U"
            assert bool(pdf.Root.MarkInfo.Marked)
            assert str(pdf.Root.Lang) == "zh-CN"
            assert pdf.Root.StructTreeRoot is not None
            assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFA1"

    def test_record_is_attached_as_data(self, rendered, record):
        with pikepdf.open(io.BytesIO(rendered)) as pdf:
            attachment = pdf.attachments["certificate.json"]
            assert attachment.get_file().read_bytes() == canonical_bytes(record)
            assert str(attachment.obj.AFRelationship) == "/Data"
            assert str(attachment.get_file().obj.Subtype) == "/application/json"
            assert len(pdf.Root.AF) == 1

    def test_digest_and_template_are_inside(self, rendered, record):
        with pikepdf.open(io.BytesIO(rendered)) as pdf:
            assert str(pdf.docinfo["/YuzhengRecordDigest"]) == digest(record).hex()
            assert str(pdf.docinfo["/YuzhengTemplate"]) == "2026.1"

    def test_every_font_is_embedded(self, rendered):
        rows = _run("pdffonts", "-", stdin=rendered).decode().splitlines()[2:]
        assert rows
        assert all(" yes yes yes " in row for row in rows)

    def test_qpdf_finds_nothing_wrong(self, rendered, tmp_path):
        (tmp_path / "c.pdf").write_bytes(rendered)
        assert b"No syntax or stream encoding errors" in _run("qpdf", "--check", tmp_path / "c.pdf")

    def test_file_stays_small(self, rendered):
        assert len(rendered) < 75_000


class TestDeterminism:
    def test_two_renderings_are_equal(self, renderer, record, qr_url, rendered):
        assert renderer.render(record, qr_url) == rendered

    def test_another_process_makes_the_same_bytes(self, fonts_dir, record, qr_url, rendered):
        output = _run(
            sys.executable, "-c", _RENDER_AGAIN, fonts_dir, canonical_bytes(record).hex(), qr_url
        )
        assert output.decode().strip() == hashlib.sha256(rendered).hexdigest()

    def test_another_record_makes_other_bytes(self, renderer, record, qr_url, rendered):
        other = replace(record, credit_tenths=CreditTenths(900, 300, 600))
        assert renderer.render(other, qr_url) != rendered


class TestSafety:
    def test_nothing_is_fetched(self):
        fetcher = MemoryFetcher({"yuzheng:qr": (b"x", "image/png")})
        assert fetcher.fetch("yuzheng:qr").read() == b"x"
        for address in ("https://example.org/a.png", "file:///etc/passwd", "yuzheng:portrait"):
            with pytest.raises(FatalURLFetchingError):
                fetcher.fetch(address)

    def test_renderer_does_not_start_without_the_subsetter(self, fonts_dir, monkeypatch):
        monkeypatch.setattr(typesetting, "harfbuzz_subset", None)
        with pytest.raises(RenderingUnavailable):
            Renderer(fonts_dir)


def _ink(image: Image.Image, box: tuple[float, float, float, float]) -> float:
    """Return the share of dark pixels in a part of the page, given in millimetres."""
    scale = image.width / 210
    part = image.convert("L").crop([round(edge * scale) for edge in box])
    return sum(part.histogram()[:128]) / (part.width * part.height)


def _poppler(path: Path, target: Path) -> None:
    _run("pdftoppm", "-r", "100", "-singlefile", "-png", path, target.with_suffix(""))


def _mupdf(path: Path, target: Path) -> None:
    _run("mutool", "draw", "-q", "-r", "100", "-o", target, path, "1")


def _ghostscript(path: Path, target: Path) -> None:
    _run("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=png16m", "-r100",
         "-dTextAlphaBits=4", f"-sOutputFile={target}", path)  # fmt: skip


def _pdfium(path: Path, target: Path) -> None:
    document = pypdfium2.PdfDocument(path.read_bytes())
    document.init_forms()
    document[0].render(scale=100 / 72, may_draw_forms=True).to_pil().save(target)
    document.close()


@pytest.mark.parametrize("draw", [_poppler, _pdfium, _mupdf, _ghostscript])
def test_every_renderer_shows_text_and_seal(draw, sealed, tmp_path):
    (tmp_path / "c.pdf").write_bytes(sealed)
    draw(tmp_path / "c.pdf", tmp_path / "c.png")
    with Image.open(tmp_path / "c.png") as image:
        page = image.convert("RGB")
    places = {
        "title": (25, 48, 185, 62),
        "name": (64, 76, 100, 86),
        "rare character": (77, 78, 85, 85),
        "statement": (31, 124, 180, 160),
        "host": (63, 214, 110, 220),
        "office": (115, 213, 128, 219),
    }
    blank = [name for name, box in places.items() if _ink(page, box) < 0.02]
    assert blank == []
    scale = page.width / 210
    rim = page.getpixel((round((148.5 + 20.4) * scale), round(225 * scale)))
    star = page.getpixel((round(148.5 * scale), round(225 * scale)))
    for red, green, blue in (rim, star):
        assert red > 150
        assert max(green, blue) < 100


@pytest.mark.parametrize("resolution", [144, 150])
def test_qr_code_decodes_from_the_sealed_page(sealed, qr_url, resolution):
    # At 150 dpi and 96 % print scale, what a browser does to A4, the symbol is this large.
    for percent in (100, 96):
        png = _run("pdftoppm", "-r", resolution * percent // 100, "-png", "-", stdin=sealed)
        found = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))
        assert [code.text for code in found] == [qr_url]


def test_portrait_has_its_place(renderer, record, qr_url):
    picture = io.BytesIO()
    Image.new("RGB", (250, 350), (20, 60, 160)).save(picture, "JPEG")
    pdf = renderer.render(record, qr_url, picture.getvalue())
    png = _run("pdftoppm", "-r", "50", "-png", "-", stdin=pdf)
    page = Image.open(io.BytesIO(png))
    red, _, blue = page.getpixel((round(165 * page.width / 210), round(95 * page.width / 210)))
    assert blue > red + 80
    assert json.loads(canonical_bytes(record))["name"] in pdfium_text(pdf)
