"""The gate on a file that was written with its signature field: each check refuses its own kind."""

import hashlib
import io
import re
import time
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from certificates.sealing import cms
from certificates.sealing.gate import CHECKS, GateExpectation, GateRefused, check_sealed
from certificates.sealing.prepare import PreparedDocument, assemble


@pytest.fixture
def expectation(written, usual, signer, signed_at):
    authorities = [signer.issuer.public_bytes(Encoding.DER)]
    return GateExpectation(
        written.rendered, usual, [signer.der], signed_at,
        authorities=authorities, one_revision=True,
    )  # fmt: skip


def failed(sealed: bytes, expectation: GateExpectation) -> set[str]:
    try:
        check_sealed(sealed, expectation)
    except GateRefused as refusal:
        return {check.name for check in refusal.failed}
    return set()


def sign_again(document: bytes, signer) -> bytes:
    """Sign a document that somebody altered, as if the seal service were in league with him."""
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", document)
    start, end, length = map(int, found.groups())
    grown = len(document) - end - length
    if grown:
        changed = b"/ByteRange [0 %010d %010d %010d]" % (start, end, length + grown)
        document = document.replace(found[0], changed)
    digest = hashlib.sha256(document[:start] + document[end:]).digest()
    attributes = cms.signed_attributes(digest, signer.der)
    prepared = PreparedDocument(
        document, len(document), (0, start, end, len(document) - end), attributes,
        hashlib.sha256(attributes).digest(), signer.der, (),
    )  # fmt: skip
    return assemble(prepared, signer.sign(attributes))


def test_honest_file_passes_every_check(fast, expectation):
    assert [check.name for check in check_sealed(fast, expectation)] == list(CHECKS)


def test_gate_is_fast(fast, expectation):
    spent = []
    for _ in range(5):
        start = time.process_time()
        check_sealed(fast, expectation)
        spent.append(time.process_time() - start)
    # Processor time, some 3 ms: no library lays out the page.
    assert min(spent) < 0.01


def test_stored_file_passes_again_without_the_prepared_bytes(fast, expectation):
    assert failed(fast, replace(expectation, rendered=fast)) == set()


def test_file_without_signature_is_refused(written, expectation):
    assert {"digest", "signature"} <= failed(written.document, expectation)


def test_altered_page_is_refused_even_with_a_right_signature(write, usual, signer, expectation):
    other = write(replace(usual, name="欧阳询"))
    sealed = assemble(other, signer.sign(other.signed_attributes))
    assert {"prefix", "structure", "record", "text"} <= failed(sealed, expectation)


def test_other_signing_time_is_refused_even_with_a_right_signature(written, signer, expectation):
    earlier = written.document.replace(b"/M (D:2026", b"/M (D:2025")
    assert failed(sign_again(earlier, signer), expectation) == {"prefix", "structure"}


def test_permission_to_change_is_refused(written, signer, expectation):
    lax = written.document.replace(b"/V /1.2 /P 1", b"/V /1.2 /P 2")
    sealed = sign_again(lax, signer)
    assert "one_signature" in failed(sealed, replace(expectation, rendered=sealed))


def test_bytes_behind_the_signature_are_refused(fast, expectation):
    assert {"prefix", "one_signature"} <= failed(fast + b"\n%hidden\n", expectation)


def test_bytes_behind_that_are_signed_are_refused(written, signer, expectation):
    sealed = sign_again(written.document + b"\n%hidden\n", signer)
    assert {"prefix", "structure"} <= failed(sealed, expectation)


def test_later_revision_is_refused(fast, expectation):
    writer = IncrementalPdfFileWriter(io.BytesIO(fast))
    writer.root["/OpenAction"] = pdf_name("/Nothing")
    writer.update_root()
    output = io.BytesIO()
    writer.write(output)
    refused = failed(output.getvalue(), expectation)
    assert {"prefix", "one_signature", "structure"} <= refused
    assert "structure" in failed(
        output.getvalue(), replace(expectation, rendered=output.getvalue())
    )


def test_rewritten_file_is_refused(fast, expectation):
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(fast)) as pdf:
        pdf.save(output, static_id=True)
    assert {"prefix", "structure", "digest"} <= failed(output.getvalue(), expectation)


def test_another_office_is_refused(written, signer_of, expectation):
    stranger = signer_of()
    sealed = sign_again(written.document, stranger)
    assert failed(sealed, expectation) == {"signer"}


def test_signer_out_of_date_is_refused(fast, expectation):
    late = replace(expectation, at=datetime(2031, 1, 1, tzinfo=UTC))
    assert failed(fast, late) == {"signer"}


def test_wrong_signature_value_is_refused(written, signer, expectation):
    content = cms.signed_data(
        written.signed_attributes, signer.sign(b"something else"), signer.der, ()
    )
    _, start, end, _ = written.byte_range
    text = content.hex().encode().ljust(end - start - 2, b"0")
    sealed = written.document[: start + 1] + text + written.document[end - 1 :]
    assert failed(sealed, expectation) == {"signature"}


def test_seal_outside_its_box_is_refused(fast, expectation):
    elsewhere = replace(expectation, seal_box=(10, 10, 129, 129))
    assert failed(fast, elsewhere) == {"seal_box"}


def test_truncated_file_is_refused(fast, expectation):
    assert {"prefix", "digest"} <= failed(fast[:-400], expectation)


def test_unsealed_full_rendering_is_not_taken_for_it(rendered, record, expectation):
    asked = replace(expectation, rendered=rendered, record=record)
    assert {"prefix", "one_signature", "structure"} <= failed(rendered, asked)
