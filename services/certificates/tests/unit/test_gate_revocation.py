"""What the gate believes about revocation, and from whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from services.certificates.tests.unit.gating import failed

GOOD, REVOKED, UNKNOWN = (
    ocsp.OCSPCertStatus.GOOD,
    ocsp.OCSPCertStatus.REVOKED,
    ocsp.OCSPCertStatus.UNKNOWN,
)


class TestRevocation:
    def test_certificate_on_a_revocation_list_is_refused(self, sealed, signer, expectation):
        listed = replace(expectation, crls=[_crl(signer, signer.certificate.serial_number)])
        assert failed(sealed, listed) == {"revocation"}

    def test_list_of_others_is_no_obstacle(self, sealed, signer, expectation):
        other = replace(expectation, crls=[_crl(signer, 12345)])
        assert failed(sealed, other) == set()

    def test_revocation_after_the_seal_is_no_obstacle(self, sealed, signer, expectation):
        crl = _crl(signer, signer.certificate.serial_number)
        before = replace(expectation, crls=[crl], at=expectation.at - timedelta(days=30))
        assert failed(sealed, before) == set()

    def test_forged_list_is_refused(self, sealed, signer, signer_of, expectation):
        forged = _crl(signer, 12345, key=signer_of().key)
        assert failed(sealed, replace(expectation, crls=[forged])) == {"revocation"}

    def test_ocsp_answer_that_says_revoked_is_refused(self, sealed, signer, expectation):
        told = replace(expectation, ocsp_responses=[_ocsp(signer, REVOKED)])
        assert failed(sealed, told) == {"revocation"}

    def test_ocsp_answer_that_does_not_know_the_certificate_is_refused(
        self, sealed, signer, expectation
    ):
        told = replace(expectation, ocsp_responses=[_ocsp(signer, UNKNOWN)])
        assert failed(sealed, told) == {"revocation"}

    def test_forged_ocsp_answer_is_refused(self, sealed, signer, expectation):
        honest = _ocsp(signer, GOOD)
        # The signature is the last thing in it.
        forged = honest[:-1] + bytes([honest[-1] ^ 1])
        assert failed(sealed, replace(expectation, ocsp_responses=[forged])) == {"revocation"}

    def test_ocsp_answer_of_a_named_responder_is_believed(
        self, sealed, signer, responder_of, expectation
    ):
        fresh = replace(expectation, revocation_max_age=timedelta(days=30))
        for allowed, outcome in ((True, set()), (False, {"revocation"})):
            responder = responder_of(allowed=allowed)
            told = _ocsp(signer, GOOD, key=responder.key, by=responder.certificate)
            assert failed(sealed, replace(fresh, ocsp_responses=[told])) == outcome

    def test_nothing_known_is_refused_only_when_evidence_is_demanded(self, sealed, expectation):
        strict = replace(expectation, revocation_max_age=timedelta(days=2))
        assert failed(sealed, expectation) == set()
        assert failed(sealed, strict) == {"revocation"}

    @pytest.mark.parametrize("days", [20, 22])
    def test_evidence_may_be_so_old_and_no_older(self, sealed, signer, expectation, days):
        # The list and the answer are of 2 November 0:00, the seal of 23 November 6:00.
        strict = replace(expectation, revocation_max_age=timedelta(days=days))
        outcome = {"revocation"} if days < 21 else set()
        assert failed(sealed, replace(strict, crls=[_crl(signer, 12345)])) == outcome
        assert failed(sealed, replace(strict, ocsp_responses=[_ocsp(signer, GOOD)])) == outcome

    def test_list_of_another_authority_is_no_evidence(self, sealed, responder_of, expectation):
        stranger = responder_of(allowed=True)
        other = replace(stranger, issuer=stranger.certificate, issuer_key=stranger.key)
        strict = replace(expectation, revocation_max_age=timedelta(days=30))
        assert failed(sealed, replace(strict, crls=[_crl(other, 12345)])) == {"revocation"}


def _crl(signer, serial: int, key=None) -> bytes:
    revoked = x509.RevokedCertificateBuilder(serial, datetime(2026, 11, 1, tzinfo=UTC)).build()
    builder = x509.CertificateRevocationListBuilder(
        issuer_name=signer.issuer.subject,
        last_update=datetime(2026, 11, 2, tzinfo=UTC),
        next_update=datetime(2026, 12, 2, tzinfo=UTC),
        revoked_certificates=[revoked],
    )
    return builder.sign(key or signer.issuer_key, hashes.SHA256()).public_bytes(Encoding.DER)


def _ocsp(signer, status, key=None, by=None) -> bytes:
    """Return an answer about the signer, made by ``key`` in the name of ``by``."""
    revoked = status is REVOKED
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=signer.certificate,
        issuer=signer.issuer,
        algorithm=hashes.SHA256(),
        cert_status=status,
        this_update=datetime(2026, 11, 2, tzinfo=UTC),
        next_update=None,
        revocation_time=datetime(2026, 11, 1, tzinfo=UTC) if revoked else None,
        revocation_reason=x509.ReasonFlags.key_compromise if revoked else None,
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, by or signer.issuer)
    if by:
        builder = builder.certificates([by])
    answer = builder.sign(key or signer.issuer_key, hashes.SHA256())
    return answer.public_bytes(Encoding.DER)
