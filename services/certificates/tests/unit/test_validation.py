"""Revisions with validation material, and the checks that each must pass."""

import hashlib
import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from services.certificates.tests.unit.stamping import StampAuthority

from certificates.sealing.material import Material, RevisionExpectation
from certificates.sealing.revision_checks import REVISION_CHECKS
from certificates.sealing.validation import check_revision, complete, extend

AT = datetime(2026, 11, 23, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority(root, root_key) -> StampAuthority:
    return StampAuthority(root, root_key)


@pytest.fixture(scope="module")
def material(root, root_key, signer, authority) -> Material:
    builder = x509.CertificateRevocationListBuilder(
        issuer_name=root.subject, last_update=AT, next_update=AT + timedelta(days=1)
    )
    crl = builder.sign(root_key, hashes.SHA256()).public_bytes(Encoding.DER)
    stamper = authority.certificate.public_bytes(Encoding.DER)
    return Material((signer.der, stamper), (), (crl,))


@pytest.fixture(scope="module")
def expectation(root, material) -> RevisionExpectation:
    return RevisionExpectation(material, (root.public_bytes(Encoding.DER),), AT)


@pytest.fixture(scope="module")
def revise(authority, expectation):
    """Make the next revision of a file."""

    def run(file, material=expectation.material, by=authority, at=AT, expectation=expectation):
        extension = extend(file, material)
        return complete(file, extension, by.token(extension.digest, at), expectation)

    return run


@pytest.fixture(scope="module")
def revised(sealed, revise) -> bytes:
    done = revise(sealed)
    assert done.passed, done.checks
    return done.file


def failed(report) -> set[str]:
    assert report.passed == all(check.passed for check in report.checks)
    return {check.name for check in report.checks if not check.passed}


def told_by(*command) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout


def saved(file: bytes, change) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(file))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def test_honest_revision_passes_every_check(sealed, revised, expectation):
    report = check_revision(sealed, revised, expectation)
    assert [check.name for check in report.checks] == list(REVISION_CHECKS)
    assert failed(report) == set()


def test_sealed_bytes_are_its_exact_beginning(sealed, revised):
    assert revised.startswith(sealed)
    assert hashlib.sha256(revised[: len(sealed)]).digest() == hashlib.sha256(sealed).digest()


def test_same_file_and_material_extend_to_the_same_bytes(sealed, material):
    assert extend(sealed, material) == extend(sealed, material)


def test_revision_can_be_stamped_again_and_again(revised, revise):
    again = revise(revised)
    assert failed(again) == set()
    assert failed(revise(again.file)) == set()
    with pikepdf.open(io.BytesIO(again.file)) as pdf:
        assert len(pdf.Root.AcroForm.Fields) == 3
        assert len(pdf.Root.DSS.CRLs) == 1


def test_pdfsig_finds_the_seal_as_valid_as_before(revised, tmp_path):
    path = tmp_path / "revised.pdf"
    path.write_bytes(revised)
    assert "Signature is Valid" in told_by("pdfsig", path).split("Signature #2")[0]
    assert "No syntax or stream encoding errors" in told_by("qpdf", "--check", path)


class TestPrefix:
    def test_revision_of_another_file_is_refused(self, sealed, revised, expectation):
        assert "prefix" in failed(check_revision(sealed + b" ", revised, expectation))

    def test_rewritten_file_is_refused(self, sealed, revised, expectation):
        output = io.BytesIO()
        with pikepdf.open(io.BytesIO(revised)) as pdf:
            pdf.save(output)
        assert "prefix" in failed(check_revision(sealed, output.getvalue(), expectation))


class TestTimestamp:
    def test_bytes_behind_the_timestamp_are_refused(self, sealed, revised, expectation):
        report = check_revision(sealed, revised + b"\n%more\n", expectation)
        assert failed(report) == {"coverage", "timestamp"}

    def test_timestamp_of_something_else_is_refused(self, sealed, authority, expectation):
        extension = extend(sealed, expectation.material)
        token = authority.token(hashlib.sha256(b"else").digest(), AT)
        assert failed(complete(sealed, extension, token, expectation)) == {"timestamp"}

    def test_altered_byte_is_refused(self, sealed, revised, expectation):
        altered = revised[:-10] + revised[-10:].replace(b"%%EOF", b"%%EOG")
        assert "timestamp" in failed(check_revision(sealed, altered, expectation))

    def test_authority_of_strangers_is_refused(self, sealed, revise, signer_of):
        stranger = signer_of()
        by = StampAuthority(stranger.certificate, stranger.key)
        assert failed(revise(sealed, by=by)) == {"timestamp"}

    def test_certificate_for_another_purpose_is_refused(self, sealed, revise, root, root_key):
        by = StampAuthority(root, root_key, ExtendedKeyUsageOID.CODE_SIGNING)
        assert failed(revise(sealed, by=by)) == {"timestamp"}

    def test_revoked_authority_is_refused(self, sealed, revise, signer, authority, material):
        root, root_key = signer.issuer, signer.issuer_key
        entry = x509.RevokedCertificateBuilder(authority.certificate.serial_number, AT).build()
        builder = x509.CertificateRevocationListBuilder(root.subject, AT, AT + timedelta(days=1))
        crl = builder.add_revoked_certificate(entry).sign(root_key, hashes.SHA256())
        listed = replace(material, revocation_lists=(crl.public_bytes(Encoding.DER),))
        assert "timestamp" in failed(revise(sealed, material=listed))

    @pytest.mark.parametrize("minutes", [-11, 11])
    def test_clock_far_from_ours_is_refused(self, sealed, revise, minutes):
        assert failed(revise(sealed, at=AT + timedelta(minutes=minutes))) == {"timestamp"}

    def test_time_of_the_stamp_is_not_asked_when_an_old_file_is_checked(
        self, sealed, revised, expectation
    ):
        assert failed(check_revision(sealed, revised, replace(expectation, at=None))) == set()

    def test_token_that_is_too_long_is_refused(self, sealed, expectation):
        extension = extend(sealed, expectation.material)
        assert failed(complete(sealed, extension, b"0" * 20_000, expectation)) == {"token_fits"}


class TestMaterial:
    def test_missing_piece_is_refused(self, sealed, revise, material):
        less = replace(material, revocation_lists=())
        assert failed(revise(sealed, material=less)) == {"material"}


class TestStructure:
    """What is slipped in before the timestamp is covered by it, and is still refused."""

    @pytest.fixture
    def slipped(self, sealed, revise, expectation):
        def run(change) -> set[str]:
            done = revise(saved(sealed, change))
            return failed(check_revision(sealed, done.file, expectation))

        return run

    def test_changed_page_is_refused(self, slipped):
        def change(writer):
            page = writer.root["/Pages"]["/Kids"][0].get_object()
            page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
            writer.update_container(page)

        assert slipped(change) == {"structure"}

    def test_action_is_refused(self, slipped):
        def change(writer):
            script = {
                pdf_name("/S"): pdf_name("/JavaScript"),
                pdf_name("/JS"): generic.pdf_string("x"),
            }
            writer.root["/OpenAction"] = generic.DictionaryObject(script)
            writer.update_root()

        assert slipped(change) == {"structure"}

    def test_annotation_is_refused(self, slipped):
        def change(writer):
            page = writer.root["/Pages"]["/Kids"][0].get_object()
            note = generic.DictionaryObject({pdf_name("/Subtype"): pdf_name("/FreeText")})
            page["/Annots"].append(writer.add_object(note))
            writer.update_container(page["/Annots"])

        assert slipped(change) == {"structure"}

    def test_object_that_belongs_to_nothing_is_refused(self, slipped):
        def change(writer):
            writer.add_object(generic.StreamObject(stream_data=b"carried along"))

        assert slipped(change) == {"structure"}

    def test_changed_seal_is_refused(self, slipped):
        def change(writer):
            field = writer.root["/AcroForm"]["/Fields"][0].get_object()
            field["/F"] = generic.NumberObject(2)
            writer.update_container(field)

        assert slipped(change) == {"structure"}
