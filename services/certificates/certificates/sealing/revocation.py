"""Whether a certificate is revoked, from lists and answers that are themselves checked first.

An unsigned or foreign list is no evidence in either direction, so it is refused, not skipped:
everything given here was checked when it was fetched, and one that fails now has been altered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID


class RevocationProblem(Exception):
    """The certificate is revoked, or what was given to tell is not what it should be."""


class CertificateRevoked(RevocationProblem):
    """Its authority says that the certificate is revoked."""

    def __init__(self) -> None:
        super().__init__("the certificate is revoked")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One verified statement that the certificate was not revoked."""

    issued_at: datetime
    valid_until: datetime | None

    def is_fresh(self, at: datetime, oldest: timedelta) -> bool:
        """Say whether the statement is young enough at ``at`` and not past its own end."""
        in_time = self.valid_until is None or at <= self.valid_until
        return in_time and at - self.issued_at <= oldest


def issuer_among(
    certificate: x509.Certificate, candidates: Iterable[x509.Certificate]
) -> x509.Certificate | None:
    """Return the candidate whose key really signed the certificate."""
    return next((one for one in candidates if is_issued_by(certificate, one)), None)


def is_issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Say whether name and signature lead from the certificate to this issuer."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def evidence_of_list(
    crl: x509.CertificateRevocationList,
    certificate: x509.Certificate,
    issuer: x509.Certificate,
    at: datetime,
) -> Evidence | None:
    """Return what the list says; None when it is another authority's.

    Raises ``RevocationProblem`` when the list is forged or names the certificate.
    """
    if crl.issuer != certificate.issuer:
        return None
    if not crl.is_signature_valid(issuer.public_key()):  # type: ignore[arg-type]  # CA keys only
        raise RevocationProblem("the revocation list is forged")
    entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is not None and entry.revocation_date_utc <= at:
        raise CertificateRevoked
    return Evidence(crl.last_update_utc, crl.next_update_utc)


def evidence_of_answer(
    answer: ocsp.OCSPResponse,
    certificate: x509.Certificate,
    issuer: x509.Certificate,
    at: datetime,
) -> Evidence | None:
    """Return what the OCSP answer says; None when it is about another certificate.

    Raises ``RevocationProblem`` when the answer is forged or says revoked. A certificate that its
    own authority does not know counts as revoked.
    """
    if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        return None
    if not _is_about(answer, certificate, issuer):
        return None
    if not _is_signed(answer, issuer):
        raise RevocationProblem("the OCSP answer is forged")
    if answer.certificate_status is ocsp.OCSPCertStatus.UNKNOWN:
        raise RevocationProblem("the authority does not know the certificate")
    if answer.certificate_status is ocsp.OCSPCertStatus.REVOKED:
        revoked_at = answer.revocation_time_utc
        if revoked_at is None or revoked_at <= at:
            raise CertificateRevoked
    return Evidence(answer.this_update_utc, answer.next_update_utc)


def ocsp_question(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
    """Return the DER of the OCSP request about one certificate."""
    # SHA-1 names the issuer here and protects nothing; it is what every responder knows.
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        certificate,
        issuer,
        hashes.SHA1(),  # noqa: S303 - as above
    )
    return builder.build().public_bytes(serialization.Encoding.DER)


def _is_about(
    answer: ocsp.OCSPResponse, certificate: x509.Certificate, issuer: x509.Certificate
) -> bool:
    if answer.serial_number != certificate.serial_number:
        return False
    name = hashes.Hash(answer.hash_algorithm)
    name.update(issuer.subject.public_bytes())
    return name.finalize() == answer.issuer_name_hash and _key_hash(
        issuer, answer.hash_algorithm
    ) == (answer.issuer_key_hash)


def _is_signed(answer: ocsp.OCSPResponse, issuer: x509.Certificate) -> bool:
    """Check the signature: by the issuer itself, or by a responder that the issuer has named."""
    responders = [issuer, *(one for one in answer.certificates if _may_answer(one, issuer, answer))]
    named = [one for one in responders if _is_responder(answer, one)]
    return any(_verifies(answer, one) for one in named)


def _may_answer(
    responder: x509.Certificate, issuer: x509.Certificate, answer: ocsp.OCSPResponse
) -> bool:
    try:
        usage = responder.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    in_force = (
        responder.not_valid_before_utc <= answer.produced_at_utc <= responder.not_valid_after_utc
    )
    return (
        ExtendedKeyUsageOID.OCSP_SIGNING in usage and in_force and is_issued_by(responder, issuer)
    )


def _is_responder(answer: ocsp.OCSPResponse, certificate: x509.Certificate) -> bool:
    if answer.responder_name is not None:
        return answer.responder_name == certificate.subject
    return answer.responder_key_hash == _key_hash(certificate, hashes.SHA1())  # noqa: S303 - RFC 6960 fixes it


def _verifies(answer: ocsp.OCSPResponse, certificate: x509.Certificate) -> bool:
    key, algorithm = certificate.public_key(), answer.signature_hash_algorithm
    if algorithm is None:
        return False
    try:
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, ECDSA(algorithm))
        elif isinstance(key, RSAPublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), algorithm)
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _key_hash(certificate: x509.Certificate, algorithm: hashes.HashAlgorithm) -> bytes:
    """Return the hash of the public key's bits, as OCSP names keys."""
    digest = hashes.Hash(algorithm)
    identifier = x509.SubjectKeyIdentifier.from_public_key(certificate.public_key())
    if isinstance(algorithm, hashes.SHA1):
        return identifier.digest
    digest.update(_public_bits(certificate))
    return digest.finalize()


def _public_bits(certificate: x509.Certificate) -> bytes:
    key = certificate.public_key()
    if isinstance(key, EllipticCurvePublicKey):
        return key.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
