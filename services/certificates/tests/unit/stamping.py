"""A timestamp authority without a network, and an authority's statements, for unit tests."""

import asyncio
from datetime import UTC, datetime

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore


class StampAuthority:
    """Makes real RFC 3161 tokens under a certificate of the given issuer."""

    def __init__(self, issuer: x509.Certificate, issuer_key, use=ExtendedKeyUsageOID.TIME_STAMPING):
        # pyHanko's authority for tests knows no other kind of key.
        key = rsa.generate_private_key(65537, 2048)
        builder = x509.CertificateBuilder(
            subject_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "时间戳")]),
            issuer_name=issuer.subject,
            public_key=key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=datetime(2026, 1, 1, tzinfo=UTC),
            not_valid_after=datetime(2029, 1, 1, tzinfo=UTC),
        )
        builder = builder.add_extension(x509.ExtendedKeyUsage([use]), critical=True)
        self.certificate = builder.sign(issuer_key, hashes.SHA256())
        der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self._private = asn1_keys.PrivateKeyInfo.load(der)

    def token(self, digest: bytes, at: datetime) -> bytes:
        """Return the token for a SHA-256 digest."""
        own = asn1_x509.Certificate.load(self.certificate.public_bytes(Encoding.DER))
        stamper = DummyTimeStamper(
            own, self._private, SimpleCertificateStore.from_certs([own]), fixed_dt=at
        )
        token = asyncio.run(stamper.async_timestamp(digest, "sha256"))
        return token.dump()
