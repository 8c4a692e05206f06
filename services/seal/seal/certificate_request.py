"""A PKCS#10 request for the seal's certificate, signed by the key in the token.

What a bureau hands to its certification authority; the authority's own rules on names prevail.
"""

from asn1crypto import algos, csr, keys, pem, x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from seal.keys import SealKey

SEAL_UNIT = "专业技术人员继续教育专用章"


async def build_request(key: SealKey, office_name: str) -> bytes:
    """Return the request in PEM; it proves that the asker holds the private key."""
    body = csr.CertificationRequestInfo(
        {
            "version": "v1",
            "subject": x509.Name.build(
                {
                    "country_name": "CN",
                    "organization_name": office_name,
                    "organizational_unit_name": SEAL_UNIT,
                    "common_name": office_name,
                }
            ),
            "subject_pk_info": keys.PublicKeyInfo.load(public_der(await key.public_key())),
            "attributes": [],
        }
    )
    digest = Hash(SHA256())
    digest.update(body.dump())
    [signature] = await key.sign([digest.finalize()])
    request = csr.CertificationRequest(
        {
            "certification_request_info": body,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": signature,
        }
    )
    armoured: bytes = pem.armor("CERTIFICATE REQUEST", request.dump())
    return armoured


def public_der(key: EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
