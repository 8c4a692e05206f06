"""The CMS structure of a PAdES baseline signature, built around a signature made elsewhere."""

import hashlib
from collections.abc import Iterable
from typing import Any

from asn1crypto import algos, cms, tsp, x509
from cryptography import x509 as pyca
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

_STRUCTURE_BYTES = 768  # everything but certificates and signature value, with room to spare
_SIGNATURE_BYTES = 512  # RSA-4096


def reserved_bytes(certificate: bytes, chain: Iterable[bytes]) -> int:
    """Return how many DER bytes the finished structure takes at most."""
    return _STRUCTURE_BYTES + _SIGNATURE_BYTES + len(certificate) + sum(map(len, chain))


def signed_attributes(document_digest: bytes, certificate: bytes) -> bytes:
    """Return the DER of the signed attributes: content type, digest, signing certificate.

    PAdES forbids the signing-time attribute; the time is in the signature dictionary, which the
    document digest covers.
    """
    identifier = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(certificate).digest()})
    attributes = cms.CMSAttributes(
        [
            _attribute("content_type", "data"),
            _attribute("message_digest", document_digest),
            _attribute("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [identifier]})),
        ]
    )
    der: bytes = attributes.dump()
    return der


def signed_data(
    attributes: bytes, signature: bytes, certificate: bytes, chain: Iterable[bytes]
) -> bytes:
    """Return the DER of the CMS SignedData with everything a checker needs but the root."""
    signer = x509.Certificate.load(certificate)
    information = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": signer.issuer, "serial_number": signer.serial_number}
                    )
                }
            ),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "signed_attrs": cms.CMSAttributes.load(attributes),
            "signature_algorithm": _signature_algorithm(signer),
            "signature": signature,
        }
    )
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
            "encap_content_info": {"content_type": "data"},
            "certificates": [x509.Certificate.load(der) for der in (certificate, *chain)],
            "signer_infos": [information],
        }
    )
    content = cms.ContentInfo({"content_type": "signed_data", "content": data})
    der: bytes = content.dump()
    return der


def signature_is_right(certificate: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether ``signature`` over SHA-256 of ``message`` was made by the certificate's key."""
    key = pyca.load_der_x509_certificate(certificate).public_key()
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
