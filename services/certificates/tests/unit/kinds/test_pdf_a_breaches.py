"""Each clause's check finds a breach of it."""

import io
import re

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from services.certificates.tests.unit.kinds.inspected import REQUIREMENTS, Inspected
from services.certificates.tests.unit.kinds.test_pdf_a import MODULES


def _font(pdf):
    return next(one for one in pdf.objects if _is(one, "/Type0") and "YuzhengFields" in str(one))


def _is(one, subtype):
    return isinstance(one, Dictionary | pikepdf.Stream) and str(one.get("/Subtype", "")) == subtype


def _append(pdf, operators):
    page = pdf.pages[0]
    page.contents_add(pdf.make_stream(operators))


def _set(get, key, value):
    def change(pdf):
        one = get(pdf)
        if value is None:
            del one[key]
        else:
            one[key] = value

    return change


def _each(subtype, key, value):
    def change(pdf):
        for one in pdf.objects:
            if _is(one, subtype):
                one[key] = value

    return change


def _character_without_glyph(pdf):
    name = next(iter(pdf.pages[0].Resources.Font.keys()))
    _append(pdf, b"BT %s 9 Tf <fffe> Tj ET" % name.encode())


def _metadata(old, new):
    def change(pdf):
        packet = pdf.Root.Metadata.read_bytes()
        assert old in packet
        pdf.Root.Metadata.write(packet.replace(old, new, 1))

    return change


def _image(pdf):
    return next(one for one in pdf.objects if _is(one, "/Image"))


def _state(pdf):
    return pdf.pages[0].Resources.ExtGState


def _widget(pdf):
    return pdf.pages[0].obj.Annots[0]


def _file(pdf):
    return next(iter(pdf.Root.AF))


DOCUMENTS = {
    "6.1.7.2": _set(_image, "/Filter", Name.LZWDecode),
    "6.1.8": _set(_font, "/BaseFont", Name("/\x01")),
    "6.1.10": lambda pdf: _append(pdf, b"BI /W 1 /H 1 /BPC 8 /CS /G ID x EI"),
    "6.1.12": _set(lambda pdf: pdf.Root.Perms, "/Other", Dictionary()),
    "6.1.13": _set(lambda pdf: pdf.Root, "/Long", String("x" * 40_000)),
    "6.2.2": lambda pdf: _append(pdf, b"/Nobody gs"),
    "6.2.3": _set(lambda pdf: pdf.Root, "/OutputIntents", Array()),
    "6.2.4": lambda pdf: _append(pdf, b"0 0 0 1 k"),
    "6.2.5": _set(_state, "/Bad", Dictionary(TR=Name.Identity)),
    "6.2.6": _set(_image, "/Intent", Name.Pretty),
    "6.2.8": _set(_image, "/Interpolate", True),
    "6.2.9": _each("/Form", "/Ref", Dictionary()),
    "6.2.10": _set(_state, "/Bad", Dictionary(BM=Name.Glow)),
    "6.2.11.2": _each("/CIDFontType0", "/Subtype", Name.Type3),
    "6.2.11.3": _set(_font, "/Encoding", Name("/GBK-EUC-H")),
    "6.2.11.4": _set(lambda pdf: _font(pdf).DescendantFonts[0].FontDescriptor, "/FontFile3", None),
    "6.2.11.5": _each("/CIDFontType0", "/W", Array([0, 60_000, 123])),
    "6.2.11.7": _set(_font, "/ToUnicode", None),
    "6.2.11.8": _character_without_glyph,
    "6.3": _set(_widget, "/F", 2),
    "6.4.1": _set(lambda pdf: pdf.Root.AcroForm, "/NeedAppearances", True),
    "6.4.2": _set(lambda pdf: pdf.Root.AcroForm, "/XFA", Array()),
    "6.5.1": _set(lambda pdf: pdf.Root, "/OpenAction", Dictionary(S=Name.JavaScript)),
    "6.5.2": _set(_widget, "/AA", Dictionary()),
    "6.6.2": _metadata(b"<xmp:ModifyDate>", b"<o:ours xmlns:o='urn:ours'/><xmp:ModifyDate>"),
    "6.6.4": _metadata(b"U", b"B"),
    "6.7": _set(lambda pdf: pdf.Root, "/MarkInfo", None),
    "6.8": _set(_file, "/AFRelationship", None),
    "6.9": _set(lambda pdf: pdf.Root, "/OCProperties", Dictionary()),
    "6.10": _set(lambda pdf: pdf.pages[0].obj, "/PresSteps", Dictionary()),
    "6.11": _set(lambda pdf: pdf.Root, "/Requirements", Array()),
}
BYTES = {
    "6.1.2": (rb"\A%PDF-1\.7", b"%PDF-2.0"),
    "6.1.3": (rb"%%EOF\s*\Z", b"%%EOF\nmore"),
    "6.1.4": (rb"startxref\s+\d+", b"startxref\n0"),
    "6.1.6": (rb"/Contents <[0-9a-f]", b"/Contents <"),
    "6.1.7.1": (rb"endstream", b"\n\nendstream"),
    "6.1.9": (rb"\nendobj", b" endobj"),
    "6.4.3": (rb"/ByteRange ?\[0 ", b"/ByteRange [1 "),
}


def test_every_clause_has_its_breach():
    assert len(MODULES) == 3
    assert set(DOCUMENTS) | set(BYTES) == set(REQUIREMENTS)


@pytest.mark.parametrize("clause", DOCUMENTS)
def test_breach_in_the_document_is_found(clause, kinds):
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(kinds["compiled"])) as pdf:
        DOCUMENTS[clause](pdf)
        # As it stands: the library would mend some of it.
        pdf.save(
            changed, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
        )
    assert list(REQUIREMENTS[clause](Inspected(changed.getvalue())))


@pytest.mark.parametrize("clause", BYTES)
def test_breach_in_the_bytes_is_found(clause, kinds):
    old, new = BYTES[clause]
    changed, count = re.subn(old, new, kinds["compiled"], count=1)
    assert count == 1
    assert list(REQUIREMENTS[clause](Inspected(changed)))
