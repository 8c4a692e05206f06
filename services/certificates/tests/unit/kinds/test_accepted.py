"""qpdf, pdfsig (poppler) and pyHanko accept every kind of file that leaves the service."""

import io
import subprocess
from datetime import UTC, datetime

import pytest
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.status import ModificationLevel, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from services.certificates.tests.unit.kinds.test_pdf_a import KINDS

# Document timestamps beside the seal; the forms of the annexes are not sealed.
TIMESTAMPS = {
    "compiled": 0,
    "compiled, traced seal": 0,
    "full": 0,
    "full, rare character": 0,
    "reissued": 0,
    "compiled, validated": 1,
    "full, validated": 1,
    "compiled, stamped again": 2,
}
LATER = datetime(2026, 11, 23, 7, tzinfo=UTC)


@pytest.fixture
def path(kind, kinds, tmp_path):
    file = tmp_path / "file.pdf"
    file.write_bytes(kinds[kind])
    return file


@pytest.fixture
def context(root):
    trusted = [asn1.Certificate.load(root.public_bytes(Encoding.DER))]
    return ValidationContext(trust_roots=trusted, moment=LATER)


def _said_by(*command) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return done.stdout + done.stderr


@pytest.mark.parametrize("kind", KINDS)
def test_qpdf(path):
    said = _said_by("qpdf", "--check", path)
    assert "No syntax or stream encoding errors" in said
    assert "WARNING" not in said


@pytest.mark.parametrize("kind", KINDS)
def test_poppler_reads_it_without_a_word(path):
    assert "rror" not in _said_by("pdftotext", path, "-").partition("\f")[2]


@pytest.mark.parametrize("kind", TIMESTAMPS)
def test_pdfsig(kind, path):
    said = _said_by("pdfsig", "-nocert", path)
    first, *others = said.split("Signature #")[1:]
    assert "Signature is Valid" in first
    assert "ETSI.CAdES.detached" in first
    # Which cannot check timestamps, but sees how far the last one reaches.
    assert len(others) == TIMESTAMPS[kind]
    assert "- Total document signed" in (others or [first])[-1]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(TIMESTAMPS)))
def test_pdfsig_finds_no_signature_on_a_form(path):
    assert "does not contain any signatures" in _said_by("pdfsig", path)


@pytest.mark.parametrize("kind", TIMESTAMPS)
async def test_pyhanko(kind, kinds, context):
    reader = PdfFileReader(io.BytesIO(kinds[kind]))
    seal, *timestamps = reader.embedded_signatures
    status = await async_validate_pdf_signature(seal, context)
    assert status.bottom_line
    assert status.trusted
    expected = ModificationLevel.LTA_UPDATES if timestamps else ModificationLevel.NONE
    assert status.modification_level is expected
    assert len(timestamps) == TIMESTAMPS[kind]
    for stamp in timestamps:
        stamped = await async_validate_pdf_timestamp(stamp, context)
        assert stamped.valid
        assert stamped.trusted
    assert (
        reader.embedded_signatures[-1].evaluate_signature_coverage()
        is SignatureCoverageLevel.ENTIRE_FILE
    )
    if timestamps:
        assert list(DocumentSecurityStore.read_dss(reader).load_certs())


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(TIMESTAMPS)))
def test_pyhanko_reads_a_form(kind, kinds):
    reader = PdfFileReader(io.BytesIO(kinds[kind]))
    assert reader.embedded_signatures == []
    assert reader.trailer.flatten()["/Root"]
