"""The seal's certificate: what it says, whether it fits the key and the office, what it accepts."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
)
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from seal.errors import CertificateNotInForce, Misconfigured, SignatureNotVerified

# A development seal says so in its name, and production refuses it.
DEVELOPMENT_MARK = "测试"
_RAW_DIGEST = ECDSA(Prehashed(SHA256()))


@dataclass(frozen=True)
class SealCertificate:
    """The certificate of the seal's key, and its chain up to but without the root."""

    chain: tuple[x509.Certificate, ...]
    public_key: EllipticCurvePublicKey

    @classmethod
    def load(cls, path: Path) -> "SealCertificate":
        """Read a PEM chain, signer first; raise ``Misconfigured`` unless the key is P-256."""
        chain = tuple(x509.load_pem_x509_certificates(path.read_bytes()))
        return cls.of(chain)

    @classmethod
    def of(cls, chain: tuple[x509.Certificate, ...]) -> "SealCertificate":
        key = chain[0].public_key()
        if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
            raise Misconfigured("the seal's certificate is not for a P-256 key")
        return cls(chain, key)

    @property
    def leaf(self) -> x509.Certificate:
        return self.chain[0]

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.der).digest()

    @property
    def der(self) -> bytes:
        return self.leaf.public_bytes(Encoding.DER)

    def check_fits(
        self, key: EllipticCurvePublicKey, *, office_name: str, production: bool
    ) -> None:
        """Raise ``Misconfigured`` unless it is this office's, for this key, and fit for the place.

        A seal service started with a neighbour's certificate would hand out seals that no gate
        accepts, so it does not start at all.
        """
        if _spki(key) != _spki(self.public_key):
            raise Misconfigured("the certificate is for another key than the one in the token")
        organisations = self.leaf.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
        if [one.value for one in organisations] != [office_name]:
            raise Misconfigured(f"the certificate's organisation is not {office_name}")
        if production and DEVELOPMENT_MARK in self.leaf.subject.rfc4514_string():
            raise Misconfigured("production refuses a development certificate (测试)")

    def is_in_force(self, now: datetime) -> bool:
        return self.leaf.not_valid_before_utc <= now < self.leaf.not_valid_after_utc

    def check_in_force(self, now: datetime) -> None:
        if not self.is_in_force(now):
            raise CertificateNotInForce

    def verify(self, digests: Sequence[bytes], signatures: Sequence[bytes]) -> None:
        """Raise ``SignatureNotVerified`` unless each signature is the seal's over its digest."""
        for digest, signature in zip(digests, signatures, strict=True):
            try:
                self.public_key.verify(signature, digest, _RAW_DIGEST)
            except InvalidSignature as error:
                raise SignatureNotVerified from error


def _spki(key: EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
