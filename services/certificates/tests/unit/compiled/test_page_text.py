"""The quick look at the text finds what a PDF reader finds, and never more than that."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from certificates.record import CreditTenths
from certificates.sealing import content_checks
from certificates.sealing.gate import GateExpectation, check_sealed
from certificates.sealing.page_text import TextUnclear, text_of_page
from certificates.sealing.prepare import assemble

NAMES = ("李明", "欧阳建国", "阿卜杜拉·买买提", "诸葛静怡", "张伟")


def by_reader(file):
    document = pypdfium2.PdfDocument(file)
    try:
        return "".join(document[0].get_textpage().get_text_range().split())
    finally:
        document.close()


def by_tables(file):
    with pikepdf.open(io.BytesIO(file)) as pdf:
        return "".join(text_of_page(pdf.pages[0]).split())


def changed(file, content):
    """Return the file with another page content, as nobody could make it unnoticed."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(file)) as pdf:
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(content(page.Contents.read_bytes()))
        pdf.save(output)
    return output.getvalue()


@pytest.fixture
def expectation(written, usual, signer, signed_at):
    return GateExpectation(written.rendered, usual, [signer.der], signed_at, one_revision=True)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("serial", range(4))
def test_is_the_same_as_a_readers_for_every_document(write, usual, name, serial):
    record = replace(
        usual,
        name=name,
        number=f"41{serial:012d}",
        employer=("郑州市第一人民医院", "河南省水利勘测设计研究有限公司")[serial % 2],
        level=("senior_full", "intermediate", "junior", "unrated")[serial],
        credit_tenths=CreditTenths(total=900 + serial, public=300, professional=600 + serial),
    )
    document = write(record).document

    assert by_tables(document) == by_reader(document)
    assert name in by_tables(document)


@pytest.mark.parametrize(
    "content",
    [
        lambda old: old.replace(b"] TJ", b"] TJ (hidden) Tj", 1),
        lambda old: old.replace(b" Tf", b" Tf (x) '", 1),
        lambda old: old.replace(b"BT", b"BT /P <</MCID 9>> BDC", 1),
    ],
)
def test_unusual_content_is_left_to_a_reader(fast, content):
    with pytest.raises(TextUnclear):
        by_tables(changed(fast, content))


@pytest.mark.parametrize(
    ("table", "what"),
    [
        (b"1 beginbfrange\n<0001> <0002> <4e00>\nendbfrange", "ranges"),
        (b"0 beginbfchar\nendbfchar", "a code without"),
    ],
)
def test_a_font_without_a_plain_table_is_left_to_a_reader(fast, table, what):
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(fast)) as pdf:
        for font in pdf.pages[0].obj.Resources.Font.values():
            font.ToUnicode = pdf.make_stream(table)
        pdf.save(output)

    with pytest.raises(TextUnclear, match=what):
        by_tables(output.getvalue())


class TestGate:
    @pytest.fixture
    def readers(self, monkeypatch):
        """Count how often a PDF reader was asked."""
        asked = []
        honest = content_checks._text_by_reader
        monkeypatch.setattr(
            content_checks, "_text_by_reader", lambda file: asked.append(1) or honest(file)
        )
        return asked

    def test_asks_no_reader_for_a_file_of_ours(self, fast, expectation, readers):
        check_sealed(fast, expectation)

        assert readers == []

    def test_asks_one_for_the_auditor(self, fast, expectation, readers):
        check_sealed(fast, replace(expectation, independent_reader=True))

        assert readers == [1]

    def test_asks_one_before_it_refuses(self, write, usual, signer, expectation, readers):
        other = write(replace(usual, name="欧阳询"))
        sealed = assemble(other, signer.sign(other.signed_attributes))
        mixed_up = replace(expectation, rendered=other.rendered)

        with pytest.raises(Exception, match="gate_refused") as refusal:
            check_sealed(sealed, mixed_up)

        assert {check.name for check in refusal.value.failed} == {"record", "text"}
        assert readers == [1]

    def test_asks_one_when_a_byte_is_not_ours(self, write, usual, signer, expectation, readers):
        other = write(replace(usual, version=2))
        sealed = assemble(other, signer.sign(other.signed_attributes))

        with pytest.raises(Exception, match="gate_refused"):
            check_sealed(sealed, expectation)

        assert readers == [1]

    def test_asks_one_for_a_file_with_a_second_revision(
        self, sealed, rendered, record, expectation, readers
    ):
        check_sealed(
            sealed, replace(expectation, rendered=rendered, record=record, one_revision=False)
        )

        assert readers == [1]
