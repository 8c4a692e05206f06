"""The fast path prints what the full rendering prints, in a sound file that is sealed at once."""

import hashlib
import io
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from asn1crypto import cms as asn1_cms
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from PIL import Image, ImageChops
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import ModificationLevel, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates.layout import SEAL_BOX
from certificates.record import CreditTenths, canonical_bytes, digest
from certificates.rendering.compiled import (
    ShellUnusable,
    compile_shell,
    goes_fast,
)
from certificates.sealing.prepare import PreparedDocument, assemble

HOST = "https://www.hnzjgl.gov.cn"
# Different widths wherever the line depends on them.
VARIATIONS = (
    {},
    {"name": "欧阳修", "sex": "female", "employer": "开封市祥符区第二高级中学（南校区）"},
    {"name": "阿卜杜·买买提", "office_name": "新郑市人社局", "issued_on": date(2027, 1, 3)},
    {"year": 2031, "version": 12, "credit_tenths": CreditTenths(900, 300, 600)},
    {"employer": "郑州3M材料ABC有限公司", "credit_tenths": CreditTenths(12345, 5, 12340)},
)
_WRITE_AGAIN = """
import hashlib, sys
from datetime import datetime, UTC
from pathlib import Path
from certificates.record import parse_record
from certificates.rendering import Renderer
from certificates.rendering.compiled import *
from certificates.sealing.appearance import draw_seal
fonts, record = Path(sys.argv[1]), parse_record(bytes.fromhex(sys.argv[2]))
shell = compile_shell(Renderer(fonts).render, "2026.1", sys.argv[4])
image = draw_seal("郑州市专业技术人员继续教育专用章", fonts, development=True)
stamp = SealStamp.of(image, bytes.fromhex(sys.argv[5]), ())
written = write_prepared(shell, Lettering(fonts), record, sys.argv[3], stamp,
    signed_at=datetime(2026, 11, 23, 6, tzinfo=UTC))
print(hashlib.sha256(written.to_bytes()).hexdigest())
"""


def _run(*command: object, stdin: bytes = b"") -> bytes:
    done = subprocess.run(
        [str(part) for part in command], input=stdin, capture_output=True, check=True, timeout=120
    )
    return done.stdout


def _pdfium(pdf: bytes, *, seal: bool = False) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    if seal:
        document.init_forms()
    picture = document[0].render(scale=100 / 72, may_draw_forms=seal).to_pil()
    document.close()
    return picture.convert("RGB")


def _pdfium_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(document[0].get_textpage().get_text_range().split())
    finally:
        document.close()


@pytest.mark.parametrize("change", VARIATIONS, ids=lambda change: ",".join(change) or "usual")
class TestLikeTheFullRendering:
    def test_looks_the_same(self, renderer, write, usual, qr_url, change):
        record = replace(usual, **change)
        full, fast = _pdfium(renderer.render(record, qr_url)), _pdfium(write(record).document)
        scale = full.width / 210
        qr = tuple(round(edge * scale) for edge in (27, 205, 63, 241))  # one bit a module there
        for picture in (full, fast):
            picture.paste((255, 255, 255), qr)
        difference = ImageChops.difference(full.convert("L"), fast.convert("L"))
        assert sum(difference.histogram()[48:]) == 0

    def test_reads_the_same(self, renderer, write, usual, qr_url, change):
        record = replace(usual, **change)
        full, fast = renderer.render(record, qr_url), write(record).document
        assert _pdfium_text(fast) == _pdfium_text(full)
        poppler = ("pdftotext", "-layout", "-", "-")
        assert _run(*poppler, stdin=fast).split() == _run(*poppler, stdin=full).split()

    def test_says_the_same_of_itself(self, renderer, write, usual, qr_url, change):
        record = replace(usual, **change)
        said = []
        for data in (renderer.render(record, qr_url), write(record).document):
            with pikepdf.open(io.BytesIO(data)) as pdf:
                information = {key: str(value) for key, value in pdf.docinfo.items()}
                said.append((information, pdf.Root.Metadata.read_bytes()))
        assert said[0] == said[1]


class TestFile:
    def test_is_tagged_pdf_a_with_the_record(self, fast, usual):
        with pikepdf.open(io.BytesIO(fast)) as pdf:
            assert pdf.open_metadata().pdfa_status == "3U"
            assert bool(pdf.Root.MarkInfo.Marked)
            assert str(pdf.Root.Lang) == "zh-CN"
            assert pdf.Root.StructTreeRoot is not None
            attachment = pdf.attachments["certificate.json"]
            assert attachment.get_file().read_bytes() == canonical_bytes(usual)
            assert str(attachment.obj.AFRelationship) == "/Data"
            assert str(pdf.docinfo["/YuzhengRecordDigest"]) == digest(usual).hex()
            assert "/Prev" not in pdf.trailer

    def test_every_tag_of_the_full_rendering_is_there(self, renderer, fast, usual, qr_url):
        tags = [_tags(data) for data in (renderer.render(usual, qr_url), fast)]
        assert len(tags[0]) > 20
        assert tags[0] == tags[1]

    def test_file_stays_small(self, fast):
        assert len(fast) <= 50_000

    def test_every_font_is_embedded_with_its_text(self, fast):
        rows = _run("pdffonts", "-", stdin=fast).decode().splitlines()[2:]
        assert len(rows) == 4
        assert all(" yes yes yes " in row for row in rows)

    def test_qpdf_and_pdfsig_accept_it(self, fast, tmp_path):
        path = tmp_path / "c.pdf"
        path.write_bytes(fast)
        assert b"No syntax or stream encoding errors" in _run("qpdf", "--check", path)
        report = subprocess.run(
            ["pdfsig", path],
            capture_output=True, check=False, timeout=60).stdout.decode()  # fmt: skip
        assert "Signature is Valid" in report
        assert "Total document signed" in report

    @pytest.mark.parametrize("kind", ["ec", "rsa"])
    async def test_pyhanko_trusts_it(self, kind, write, usual, signer, signer_of, root):  # noqa: PLR0917 - fixtures
        by = signer if kind == "ec" else signer_of(rsa.generate_private_key(65537, 2048))
        written = write(usual, by)
        reader = PdfFileReader(io.BytesIO(assemble(written, by.sign(written.signed_attributes))))
        context = ValidationContext(
            trust_roots=[asn1.Certificate.load(root.public_bytes(Encoding.DER))],
            moment=datetime(2026, 11, 23, 7, tzinfo=UTC),
        )
        signature = reader.embedded_signatures[0]
        status = await async_validate_pdf_signature(signature, context)
        assert status.bottom_line
        assert status.trusted
        assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        assert status.modification_level is ModificationLevel.NONE
        assert signature.docmdp_level is MDPPerm.NO_CHANGES
        assert tuple(map(int, signature.sig_field["/Rect"])) == SEAL_BOX

    def test_signature_is_strict_der(self, written, fast):
        _, start, end, _ = written.byte_range
        der = bytes.fromhex(fast[start + 1 : end - 1].decode())
        content = asn1_cms.ContentInfo.load(der)
        assert der.startswith(content.dump(force=True))

    @pytest.mark.parametrize("resolution", [144, 150])
    def test_qr_code_decodes(self, fast, qr_url, resolution):
        picture = Image.open(
            io.BytesIO(_run("pdftoppm", "-r", resolution, "-png", "-", stdin=fast))
        )
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [qr_url]


def _tags(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        objects = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        return sorted(str(o.S) for o in objects if o.get("/Type") == "/StructElem")


class TestDeterminism:
    def test_two_writings_are_equal(self, write, usual, written):
        assert write(usual) == written

    def test_survives_storage(self, written):
        assert PreparedDocument.from_bytes(written.to_bytes()) == written

    def test_another_process_writes_the_same_bytes(self, fonts_dir, usual, qr_url, written, signer):
        output = _run(sys.executable, "-c", _WRITE_AGAIN, fonts_dir, canonical_bytes(usual).hex(),
                      qr_url, HOST, signer.der.hex())  # fmt: skip
        assert output.decode().strip() == hashlib.sha256(written.to_bytes()).hexdigest()


class TestRoute:
    def test_usual_record_goes_fast(self, usual, lettering):
        assert goes_fast(usual, lettering.printable)

    @pytest.mark.parametrize(
        "change",
        [
            {"name": "欧阳\U00030edd"},
            {"name": "阿卜杜热依木江·买买提"},
            {"name": "欧 阳"},
            {"name": ""},
            {"employer": "某" * 23},
            {"office_name": "某" * 14},
        ],
        ids=str,
    )
    def test_unusual_record_does_not(self, usual, lettering, change):
        assert not goes_fast(replace(usual, **change), lettering.printable)

    def test_page_without_the_known_fields_is_not_compiled(self, renderer):
        def render(record, url):
            return renderer.render(replace(record, name="另外"), url)

        with pytest.raises(ShellUnusable):
            compile_shell(render, "2026.1", HOST)
