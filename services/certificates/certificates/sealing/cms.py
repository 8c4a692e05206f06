"""The CMS structure of a PAdES baseline signature, built around a signature made elsewhere."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from asn1crypto import algos, cms, tsp, x509
from cryptography import x509 as pyca
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

_ECDSA_OVERHEAD = 9  # bytes of DER around the two numbers of a signature, at most
_ANY_DIGEST = b"\xaa" * 32
_SEQUENCE, _SET, _OCTETS, _CONTEXT_0 = 0x30, 0x31, 0x04, 0xA0


def reserved_bytes(certificate: bytes, chain: Iterable[bytes]) -> int:
    """Return how many DER bytes the finished structure takes at most."""
    key = _public_key(certificate)
    longest = (key.key_size + 7) // 8
    if isinstance(key, EllipticCurvePublicKey):
        longest = 2 * longest + _ECDSA_OVERHEAD
    attributes = signed_attributes(_ANY_DIGEST, certificate)
    return len(signed_data(attributes, bytes(longest), certificate, chain))


def signed_attributes(document_digest: bytes, certificate: bytes) -> bytes:
    """Return the DER of the signed attributes: content type, digest, signing certificate.

    PAdES forbids the signing-time attribute; the time is in the signature dictionary, which the
    document digest covers.
    """
    before, after = _around_digest(certificate)
    return before + document_digest + after


def signed_data(
    attributes: bytes, signature: bytes, certificate: bytes, chain: Iterable[bytes]
) -> bytes:
    """Return the DER of the CMS SignedData with everything a checker needs but the root.

    Only the attributes and the signature differ between documents of one seal, so they are put
    between parts that are encoded once.
    """
    parts = _constant_parts(certificate, tuple(chain))
    signed = _element(_CONTEXT_0, attributes[_head_length(attributes) :])
    value = _element(_OCTETS, signature)
    signer = _element(_SEQUENCE, parts.signer + signed + parts.algorithm + value)
    data = _element(_SEQUENCE, parts.data + _element(_SET, signer))
    return _element(_SEQUENCE, parts.kind + _element(_CONTEXT_0, data))


@lru_cache(maxsize=256)
def _around_digest(certificate: bytes) -> tuple[bytes, bytes]:
    identifier = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate).digest()})
    attributes = cms.CMSAttributes(
        [
            _attribute("content_type", "data"),
            _attribute("message_digest", _ANY_DIGEST),
            _attribute("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [identifier]})),
        ]
    )
    before, _, after = attributes.dump().partition(_ANY_DIGEST)
    return before, after


@dataclass(frozen=True, slots=True)
class _ConstantParts:
    """DER of what is the same in every signature of one certificate."""

    kind: bytes
    data: bytes  # SignedData up to the certificates
    signer: bytes  # SignerInfo up to the digest algorithm
    algorithm: bytes


@lru_cache(maxsize=256)
def _constant_parts(certificate: bytes, chain: tuple[bytes, ...]) -> _ConstantParts:
    signer = x509.Certificate.load(certificate)
    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    issuer = cms.IssuerAndSerialNumber(
        {"issuer": signer.issuer, "serial_number": signer.serial_number}
    )
    version = cms.CMSVersion("v1").dump()
    content = cms.EncapsulatedContentInfo({"content_type": "data"})
    certificates = cms.CertificateSet(
        [
            cms.CertificateChoices("certificate", x509.Certificate.load(der))
            for der in (certificate, *chain)
        ]
    ).dump()
    inside = certificates[_head_length(certificates) :]
    algorithms = _element(_SET, digest.dump())
    return _ConstantParts(
        kind=cms.ContentType("signed_data").dump(),
        data=version + algorithms + content.dump() + _element(_CONTEXT_0, inside),
        signer=version + issuer.dump() + digest.dump(),
        algorithm=_signature_algorithm(signer).dump(),
    )


def _element(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:  # noqa: PLR2004 - X.690, 8.1.3: the short form
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(length)]) + length + content


def _head_length(element: bytes) -> int:
    return 2 + (element[1] & 0x7F if element[1] & 0x80 else 0)


@lru_cache(maxsize=256)
def _public_key(certificate: bytes) -> Any:
    return pyca.load_der_x509_certificate(certificate).public_key()


def signature_is_right(certificate: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether ``signature`` over SHA-256 of ``message`` was made by the certificate's key."""
    key = _public_key(certificate)
    try:
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(signature, message, ECDSA(hashes.SHA256()))
        elif isinstance(key, RSAPublicKey):
            key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _attribute(kind: str, value: Any) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": [value]})


def _signature_algorithm(signer: x509.Certificate) -> algos.SignedDigestAlgorithm:
    name = "sha256_ecdsa" if signer.public_key.algorithm == "ec" else "sha256_rsa"
    return algos.SignedDigestAlgorithm({"algorithm": name})
