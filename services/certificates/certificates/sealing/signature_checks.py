"""Gate checks on the signature: coverage, digest, value, signer, revocation."""

import hashlib

from asn1crypto import cms as asn1
from cryptography import x509
from cryptography.x509 import ocsp

from certificates.sealing import cms, revocation
from certificates.sealing.development import is_development
from certificates.sealing.sealed_file import (
    HEXADECIMAL,
    CheckFailed,
    GateExpectation,
    SealedFile,
    require,
)


def one_signature_covers_everything(file: SealedFile, _: GateExpectation) -> None:
    """Check that there is one signature, and only its own value lies outside of what it covers."""
    start, first, second, last = file.byte_range
    require(start == 0, "the covered range does not start at the first byte")
    require(second + last == len(file.data), "bytes behind the covered range")
    gap = file.data[first:second]
    require(HEXADECIMAL.fullmatch(gap), "the uncovered gap is not one hexadecimal string")
    dictionary = file.signature_dictionary
    require(dictionary.SubFilter == "/ETSI.CAdES.detached", "not a PAdES signature")
    holders = [o for o in file.pdf.objects if _holds(o, "/ByteRange")]
    require(len(holders) == 1, f"{len(holders)} signatures in the file")
    certification = file.pdf.Root.Perms.DocMDP
    require(certification.objgen == dictionary.objgen, "the seal is not the certification")
    parameters = dictionary.Reference[0].TransformParams
    require(int(parameters.P) == 1, "the seal permits changes")


def digest_is_right(file: SealedFile, _: GateExpectation) -> None:
    """Check that the signed digest is the SHA-256 of the covered bytes."""
    first, second, length = file.byte_range[1:]
    require(
        file.signer_info["digest_algorithm"]["algorithm"].native == "sha256", "not a SHA-256 digest"
    )
    found = hashlib.sha256(file.data[:first])
    found.update(file.data[second : second + length])
    signed = file.signed_attributes["message_digest"].native
    require(signed == found.digest(), "the signed digest is not that of the covered bytes")


def signature_is_right(file: SealedFile, _: GateExpectation) -> None:
    """Check that the signature value was made by the key of the certificate in the file."""
    require(file.signed_attributes["content_type"].native == "data", "wrong content type")
    # Signed is the SET itself, not the context-tagged form inside SignerInfo.
    attributes = asn1.CMSAttributes(list(file.signer_info["signed_attrs"])).dump()
    value = file.signer_info["signature"].native
    require(
        cms.signature_is_right(file.signer_certificate, attributes, value),
        "the signature value is wrong",
    )


def signer_is_filed_and_valid(file: SealedFile, expectation: GateExpectation) -> None:
    """Check that the signer's certificate is filed for the office, bound in and in date."""
    der = file.signer_certificate
    require(der in expectation.certificates, "the certificate is not filed for the office")
    bound = file.signed_attributes["signing_certificate_v2"]["certs"][0]
    require(
        bound["hash_algorithm"]["algorithm"].native == "sha256"
        and bound["cert_hash"].native == hashlib.sha256(der).digest(),
        "the signature names another certificate",
    )
    certificate = x509.load_der_x509_certificate(der)
    inside = certificate.not_valid_before_utc <= expectation.at <= certificate.not_valid_after_utc
    require(inside, "the certificate is not in its validity period")


def signer_is_not_for_tests(file: SealedFile, expectation: GateExpectation) -> None:
    """Check that in production nothing is sealed with a development seal, whoever filed it."""
    certificate = x509.load_der_x509_certificate(file.signer_certificate)
    refused = expectation.production and is_development(certificate)
    require(not refused, "a development seal, which is worth nothing")


def signer_is_not_revoked(file: SealedFile, expectation: GateExpectation) -> None:
    """Check that no list or OCSP answer names the signer, and that one is fresh where required."""
    certificate = x509.load_der_x509_certificate(file.signer_certificate)
    given = [*map(x509.load_der_x509_crl, expectation.crls)]
    answers = [*map(ocsp.load_der_ocsp_response, expectation.ocsp_responses)]
    oldest = expectation.revocation_max_age
    if not given and not answers and oldest is None:
        return
    issuer = revocation.issuer_among(certificate, _authorities(file, expectation))
    if issuer is None:
        raise CheckFailed("the signer's authority is not known")
    try:
        found = [
            revocation.evidence_of_list(one, certificate, issuer, expectation.at) for one in given
        ]
        found += [
            revocation.evidence_of_answer(one, certificate, issuer, expectation.at)
            for one in answers
        ]
    except revocation.RevocationProblem as problem:
        raise CheckFailed(str(problem)) from problem
    if oldest is not None:
        fresh = any(one and one.is_fresh(expectation.at, oldest) for one in found)
        require(fresh, "nothing fresh says that the certificate is not revoked")


def _authorities(file: SealedFile, expectation: GateExpectation) -> list[x509.Certificate]:
    """Return who may have issued the signer: as filed, then as the file says."""
    pinned = [x509.load_der_x509_certificate(der) for der in expectation.authorities]
    embedded = [choice.chosen.dump() for choice in file.signed_data["certificates"]]
    return pinned + [x509.load_der_x509_certificate(der) for der in embedded]


def _holds(item: object, key: str) -> bool:
    return bool(hasattr(item, "keys") and key in item.keys())  # noqa: SIM118 - pikepdf objects
