"""Preparing, interrupting, assembling; then what independent validators say of the result."""

import io
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.status import ModificationLevel, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from certificates.layout import SEAL_BOX
from certificates.sealing.prepare import (
    PreparedDocument,
    SignatureMismatch,
    assemble,
    prepare,
)

_ASSEMBLE = """
import sys
from certificates.sealing.prepare import PreparedDocument, assemble
stored, signature = sys.stdin.buffer.read(), bytes.fromhex(sys.argv[1])
sys.stdout.buffer.write(assemble(PreparedDocument.from_bytes(stored), signature))
"""


def test_prepared_document_survives_storage(prepared):
    assert PreparedDocument.from_bytes(prepared.to_bytes()) == prepared


def test_rendered_bytes_come_first(prepared, rendered):
    assert prepared.rendered == rendered
    assert prepared.document.startswith(rendered)


def test_same_input_prepares_the_same_bytes(prepared, rendered, seal, signer, signed_at):
    again = prepare(rendered, seal, signer.der, (), signed_at=signed_at)
    assert again == prepared


def test_another_signing_time_needs_another_signature(prepared, rendered, seal, signer):
    later = datetime(2026, 11, 24, tzinfo=UTC)
    other = prepare(rendered, seal, signer.der, (), signed_at=later)
    assert other.digest_to_sign != prepared.digest_to_sign


def test_another_process_finishes_the_signing(prepared, signer, sealed):
    signature = signer.sign(prepared.signed_attributes)
    done = subprocess.run(
        [sys.executable, "-c", _ASSEMBLE, signature.hex()],
        input=prepared.to_bytes(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == assemble(prepared, signature)
    assert len(done.stdout) == len(sealed)


@pytest.mark.parametrize("signature", [b"", os.urandom(70), bytes(64)])
def test_signature_that_is_none_is_not_embedded(prepared, signature):
    with pytest.raises(SignatureMismatch):
        assemble(prepared, signature)


def test_signature_of_another_key_is_not_embedded(prepared, signer_of):
    with pytest.raises(SignatureMismatch):
        assemble(prepared, signer_of().sign(prepared.signed_attributes))


def test_signature_of_another_document_is_not_embedded(prepared, signer):
    with pytest.raises(SignatureMismatch):
        assemble(prepared, signer.sign(b"something else"))


async def _validate(pdf: bytes, root):
    reader = PdfFileReader(io.BytesIO(pdf))
    context = ValidationContext(
        trust_roots=[asn1.Certificate.load(root.public_bytes(Encoding.DER))],
        moment=datetime(2026, 11, 23, 7, tzinfo=UTC),
    )
    signature = reader.embedded_signatures[0]
    return reader, await async_validate_pdf_signature(signature, context)


async def test_pyhanko_trusts_the_seal(sealed, root):
    reader, status = await _validate(sealed, root)
    assert status.bottom_line
    assert status.trusted
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level is ModificationLevel.NONE
    signature = reader.embedded_signatures[0]
    assert signature.field_name == "Seal"
    assert signature.docmdp_level is MDPPerm.NO_CHANGES
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert tuple(map(int, signature.sig_field["/Rect"])) == SEAL_BOX


async def test_rsa_seal_is_trusted_too(rendered, seal_document, signer_of, root):
    by = signer_of(rsa.generate_private_key(65537, 2048))
    _, status = await _validate(seal_document(rendered, by), root)
    assert status.bottom_line


def test_pades_forbids_the_signing_time_attribute(prepared):
    names = [attribute["type"].native for attribute in _attributes(prepared)]
    assert names == ["content_type", "message_digest", "signing_certificate_v2"]


def _attributes(prepared):
    from asn1crypto.cms import CMSAttributes  # noqa: PLC0415 - one use

    return CMSAttributes.load(prepared.signed_attributes)


def test_pdfsig_and_qpdf_accept_the_file(sealed, tmp_path):
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed)
    report = subprocess.run(
        ["pdfsig", path],
        capture_output=True,
        check=False,
        timeout=60,
    ).stdout.decode()
    assert "Signature is Valid" in report
    assert "Total document signed" in report
    assert "ETSI.CAdES.detached" in report
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)


def test_sealed_file_stays_small(sealed):
    assert len(sealed) < 90_000
