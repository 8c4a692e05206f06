"""Whether a raw signature, as a seal service returns it, is good."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256


def raw_signature_is_right(certificate: bytes, digest: bytes, signature: bytes) -> bool:
    """Say whether ``signature`` over this SHA-256 digest was made by the certificate's key."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    hashed = Prehashed(SHA256())
    try:
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(signature, digest, ECDSA(hashed))
        elif isinstance(key, RSAPublicKey):
            key.verify(signature, digest, padding.PKCS1v15(), hashed)
        else:
            return False
    except InvalidSignature:
        return False
    return True
