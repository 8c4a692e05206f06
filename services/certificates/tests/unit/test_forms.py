"""Annexes 2 and 3 and the extract: words, pages, determinism, and what is refused."""

import base64
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
from PIL import Image

from certificates.forms import render_form
from certificates.forms.catalogue import FORMS
from certificates.forms.errors import (
    FormDataInvalid,
    FormGlyphMissing,
    FormTooLong,
    FormUnknown,
)
from certificates.rendering.versions import TemplateVersionUnknown

CONTRACTS = Path(__file__).parents[4] / "contracts"
ANNEX_2_WORDS = (
    "附件2《河南省专业技术人员继续教育证书》电子签章启用申请河南省人力资源和社会保障厅："
    "根据《河南省专业技术人员继续教育证书管理办法》，经研究，决定启用本地区专业技术人员继续教育"
    "证书专用章。特此申请。专业技术人员继续教育证书专用章（备案）申请单位：（公章）年月日"
)
ANNEX_3_WORDS = (
    "附件3",
    "河南省专业技术人员继续教育证书管理员信息备案表",
    "单位名称",
    "行业类别",
    "单位组织机构代码",
    "管理员姓名",
    "性别",
    "工作部门",
    "职务",
    "联系电话",
    "传真",
    "电子信箱",
    "邮编",
    "邮寄地址",
    "管理员职责",
    "1.指导所属单位管理员及专业技术人员进行注册登记。",
    "2.审核本单位专业技术人员继续教育学时。",
    "3.制定并报备本单位年度专业技术人员培训计划。",
    "4.做好本单位专业技术人员继续教育信息查询、统计分析等工作。",
    "单位意见",
    "（盖章）",
    "说明：此表一式二份，一份单位留存，一份报送备案。",
)
_RENDER_AGAIN = """
import hashlib, json, sys
from pathlib import Path
from certificates.forms import render_form
pdf = render_form(sys.argv[1], json.loads(sys.argv[2]), fonts_dir=Path(sys.argv[3]),
                  contracts_dir=Path(sys.argv[4]))
print(hashlib.sha256(pdf).hexdigest())
"""


def example(form: str, number: int = 0) -> dict:
    schema = json.loads((CONTRACTS / "forms" / f"{form}.json").read_text())
    return schema["examples"][number]


@pytest.fixture
def print_form(fonts_dir):
    def run(form: str, data: dict | None = None, version: str = "2026.1") -> bytes:
        return render_form(
            form,
            example(form) if data is None else data,
            version=version,
            fonts_dir=fonts_dir,
            contracts_dir=CONTRACTS,
        )

    return run


def poppler_text(pdf: bytes) -> str:
    command = ["pdftotext", "-raw", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=60)
    return "".join(done.stdout.decode().split())


def pdfium_pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def pdfium_text(pdf: bytes) -> str:
    return "".join(pdfium_pages(pdf))


def impression(size: tuple[int, int] = (300, 300)) -> str:
    written = io.BytesIO()
    Image.new("RGBA", size, (200, 0, 0, 128)).save(written, "PNG")
    return base64.b64encode(written.getvalue()).decode()


class TestEveryForm:
    @pytest.mark.parametrize("form", FORMS)
    def test_extracts_the_same_text_in_two_readers(self, print_form, form):
        pdf = print_form(form)
        assert sorted(poppler_text(pdf)) == sorted(pdfium_text(pdf))

    @pytest.mark.parametrize(("form", "pages"), [("annex-2", 1), ("annex-3", 2), ("extract", 1)])
    def test_has_its_pages_all_a4(self, print_form, form, pages):
        with pikepdf.open(io.BytesIO(print_form(form))) as pdf:
            sizes = [[round(float(edge)) for edge in page.mediabox] for page in pdf.pages]
        assert sizes == [[0, 0, 595, 842]] * pages

    @pytest.mark.parametrize("form", FORMS)
    def test_is_tagged_pdf_a_3u_with_template_and_digest_inside(self, print_form, form):
        with pikepdf.open(io.BytesIO(print_form(form))) as pdf:
            assert pdf.open_metadata().pdfa_status == "3U"
            assert bool(pdf.Root.MarkInfo.Marked)
            assert str(pdf.docinfo["/YuzhengTemplate"]) == f"{form}/2026.1"
            assert len(str(pdf.docinfo["/YuzhengDataDigest"])) == 64

    @pytest.mark.parametrize("form", FORMS)
    def test_gives_the_same_bytes_in_another_process(self, print_form, fonts_dir, form):
        arguments = [form, json.dumps(example(form)), str(fonts_dir), str(CONTRACTS)]
        command = [sys.executable, "-c", _RENDER_AGAIN, *arguments]
        done = subprocess.run(command, capture_output=True, check=True, timeout=60, text=True)
        assert done.stdout.strip() == hashlib.sha256(print_form(form)).hexdigest()

    @pytest.mark.parametrize("form", FORMS)
    def test_embeds_every_font(self, print_form, form):
        done = subprocess.run(
            ["pdffonts", "-"],
            input=print_form(form),
            capture_output=True,
            check=True,
            timeout=60,
        )
        rows = done.stdout.decode().splitlines()[2:]
        assert rows
        assert all(" yes yes yes " in row for row in rows)

    @pytest.mark.parametrize("name", ["㛃𬀩", "𫖯𬱖𫓧", "\U00030edd\U00030ede", "阿卜杜·买买提"])
    @pytest.mark.parametrize(
        ("form", "field"),
        [("annex-2", "office_name"), ("annex-3", "administrator_name"), ("extract", "name")],
    )
    def test_prints_rare_characters(self, print_form, form, field, name):
        pdf = print_form(form, {**example(form), field: name})
        assert name in poppler_text(pdf)
        assert name in pdfium_text(pdf)

    @pytest.mark.parametrize(
        ("form", "field"),
        [("annex-2", "office_name"), ("annex-3", "administrator_name"), ("extract", "name")],
    )
    def test_names_a_character_that_no_font_has(self, print_form, form, field):
        with pytest.raises(FormGlyphMissing) as refused:
            print_form(form, {**example(form), field: "王\U0003fffd"})
        assert refused.value.field == f"/{field}"
        assert "U+3FFFD" in refused.value.detail

    @pytest.mark.parametrize("form", FORMS)
    def test_prints_markup_instead_of_obeying_it(self, print_form, form):
        field = "office_name" if form != "annex-3" else "organisation_name"
        hostile = '<img src="file:///etc/passwd">$dates&amp;'
        assert "".join(hostile.split()) in pdfium_text(
            print_form(form, {**example(form), field: hostile})
        )


class TestAnnex2:
    def test_says_what_the_notice_says_word_for_word(self, print_form):
        blank = pdfium_text(print_form("annex-2", {"office_name": "甲"}))
        assert blank.partition("样式")[0] == ANNEX_2_WORDS.replace("单位：", "单位：甲")

    def test_is_dated_when_the_day_is_known(self, print_form):
        assert "2026年11月23日" in pdfium_text(print_form("annex-2"))

    def test_shows_the_impression_in_its_cell(self, print_form):
        pdf = print_form("annex-2", {**example("annex-2"), "impression": impression()})
        document = pypdfium2.PdfDocument(pdf)
        image = document[0].render(scale=1).to_pil().convert("RGB")
        document.close()
        red, green, _ = image.getpixel((370, 480))
        assert red > green + 50

    @pytest.mark.parametrize("encoded", ["bm90IGEgcGljdHVyZQ==", "***", impression((1700, 10))])
    def test_refuses_what_is_no_impression(self, print_form, encoded):
        with pytest.raises(FormDataInvalid) as refused:
            print_form("annex-2", {**example("annex-2"), "impression": encoded})
        assert refused.value.field == "/impression"


class TestAnnex3:
    @pytest.mark.parametrize("words", ANNEX_3_WORDS, ids=lambda words: words[:6])
    def test_has_every_field_on_both_copies(self, print_form, words):
        assert all(words in page for page in pdfium_pages(print_form("annex-3")))

    def test_prints_every_value_on_both_copies(self, print_form):
        shown = {**example("annex-3"), "sex": "女", "signed_on": "2026年11月23日"}
        for page in pdfium_pages(print_form("annex-3")):
            assert [value for value in shown.values() if value not in page] == []

    def test_says_which_copy_each_is(self, print_form):
        first, second = pdfium_pages(print_form("annex-3"))
        assert "单位留存）" in first
        assert "报送备案）" in second

    def test_takes_the_longest_entries_of_the_contract(self, print_form):
        schema = json.loads((CONTRACTS / "forms/annex-3.json").read_text())
        long = {
            name: ("某" * spec["maxLength"])
            for name, spec in schema["properties"].items()
            if "maxLength" in spec
        }
        pages = pdfium_pages(print_form("annex-3", {**example("annex-3"), **long}))
        assert len(pages) == 2
        assert all(long["opinion"] in page for page in pages)


class TestExtract:
    def test_lists_the_years_in_order_with_hours_and_state(self, print_form):
        data = example("extract")
        data["years"].reverse()
        text = pdfium_text(print_form("extract", data))
        rows = ("2024306090有效", "20253060.590.5已撤销", "2026153045未发证")
        places = [text.index(row) for row in rows]
        assert places == sorted(places)

    def test_has_the_address_beside_its_code(self, print_form):
        assert "www.hnzjgl.gov.cn" in pdfium_text(print_form("extract"))

    def test_of_forty_years_repeats_the_heading_and_counts_its_pages(self, print_form):
        year = {**example("extract")["years"][0], "office_name": "某" * 26}
        years = [{**year, "year": 2000 + number} for number in range(40)]
        pages = pdfium_pages(print_form("extract", {**example("extract"), "years": years}))
        assert len(pages) == 3
        assert all("证书状态" in page for page in pages)
        assert all(f"第{number}页/共3页" in page for number, page in enumerate(pages, 1))

    def test_of_the_longest_entries_is_printed(self, print_form):
        year = {**example("extract")["years"][0], "office_name": "某" * 64}
        years = [{**year, "year": 2000 + number} for number in range(40)]
        data = {**example("extract"), "years": years, "employer": "某" * 128, "name": "某" * 64}
        assert "2039306090有效" in pdfium_text(print_form("extract", data))

    def test_with_more_pages_than_the_form_has_is_refused(self, print_form, monkeypatch):
        monkeypatch.setitem(FORMS, "extract", replace(FORMS["extract"], most_pages=0))
        with pytest.raises(FormTooLong):
            print_form("extract")

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"total_tenths": 1}, "/years/0"), ({"year": 2025}, "/years")],
        ids=["sum", "twice"],
    )
    def test_refuses_what_does_not_add_up(self, print_form, change, field):
        data = example("extract")
        data["years"][0].update(change)
        with pytest.raises(FormDataInvalid) as refused:
            print_form("extract", data)
        assert refused.value.field == field

    def test_refuses_a_full_identity_number(self, print_form):
        with pytest.raises(FormDataInvalid) as refused:
            print_form("extract", {**example("extract"), "identity_masked": "410105198001010020"})
        assert refused.value.field == "/identity_masked"
        assert "1980" not in str(refused.value)


class TestRefusals:
    def test_unknown_form(self, print_form):
        with pytest.raises(FormUnknown):
            print_form("annex-9", {})

    def test_unknown_version(self, print_form):
        with pytest.raises(TemplateVersionUnknown):
            print_form("annex-2", version="2031.7")

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({}, "/office_name"),
            ({"office_name": ""}, "/office_name"),
            ({"office_name": "甲", "applied_on": "2026-02-30"}, "/applied_on"),
            ({"office_name": "甲\n乙"}, "/office_name"),
            ({"office_name": "甲", "more": 1}, "/"),
        ],
        ids=["missing", "empty", "no-such-day", "two-lines", "unknown"],
    )
    def test_data_against_the_contract_names_the_field(self, print_form, data, field):
        with pytest.raises(FormDataInvalid) as refused:
            print_form("annex-2", data)
        assert refused.value.field == field


def test_contracts_and_forms_are_the_same():
    assert {path.stem for path in (CONTRACTS / "forms").glob("*.json")} == set(FORMS)
