"""A throw-away PKI for tests: root, issuing CA and seal signers with P-256 keys, all in memory.

Nothing here is written to disk unless a test asks for it, and nothing needs the network:
revocation is told by the two CRLs (`crls`), which a validator is given instead of fetching them
(the certificates do name a distribution point, so that a validator insists on having them).

    pki = throw_away_pki()              # one per test run
    pki.good.sign_digest(digest)        # DER ECDSA over a raw SHA-256 digest
    pki.good.chain_pem                  # signer first, then the issuing CA
    pki.expired, pki.revoked, pki.other_office, pki.stranger
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.x509.oid import NameOID

from chassis.clock import SystemClock

ZHENGZHOU = "郑州市人力资源和社会保障局"
LUOYANG = "洛阳市人力资源和社会保障局"
SEAL_UNIT = "专业技术人员继续教育专用章"
DEVELOPMENT_MARK = "(测试)"
# Never fetched: the top-level domain is reserved for names that do not exist (RFC 6761).
CRL_ADDRESS = "http://pki.invalid/latest.crl"
NO_OTHER_USE = dict.fromkeys(
    (
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "encipher_only",
        "decipher_only",
    ),
    False,
)


@dataclass(frozen=True)
class Authority:
    """A certification authority that tests may ask for anything."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> str:
        return pem_of(self.certificate)


@dataclass(frozen=True)
class SealSigner:
    """A bureau's seal: certificate, the private key, and the authorities below the root."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    authorities: tuple[x509.Certificate, ...]

    def sign_digest(self, digest: bytes) -> bytes:
        """Return the DER ECDSA signature over a raw SHA-256 digest, as a seal service would."""
        return self.key.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256())))

    @property
    def chain_pem(self) -> str:
        return "".join(pem_of(link) for link in (self.certificate, *self.authorities))

    @property
    def key_pem(self) -> str:
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()


@dataclass(frozen=True)
class ThrowAwayPki:
    """Root and issuing CA, and the signers a seal-return gate has to tell apart."""

    root: Authority
    issuing: Authority
    instant: datetime

    def issue(
        self,
        office_name: str = ZHENGZHOU,
        *,
        not_before: datetime | None = None,
        not_after: datetime | None = None,
        mark: str = DEVELOPMENT_MARK,
        public_key: ec.EllipticCurvePublicKey | None = None,
    ) -> SealSigner:
        """Issue a seal certificate; for a foreign `public_key` the signer's key is unusable."""
        key = ec.generate_private_key(ec.SECP256R1())
        certified = public_key or key.public_key()
        issuer = self.issuing.certificate.subject
        builder = _builder(seal_name(office_name, mark), issuer, certified)
        builder = builder.not_valid_before(not_before or self.instant - timedelta(days=1))
        builder = builder.not_valid_after(not_after or self.instant + timedelta(days=365))
        usage = x509.KeyUsage(
            digital_signature=True,
            content_commitment=True,
            key_cert_sign=False,
            crl_sign=False,
            **NO_OTHER_USE,
        )
        builder = builder.add_extension(usage, critical=True)
        builder = _identified(builder, certified, self.issuing.key.public_key())
        return SealSigner(
            builder.sign(self.issuing.key, hashes.SHA256()), key, (self.issuing.certificate,)
        )

    @cached_property
    def good(self) -> SealSigner:
        """Zhengzhou's seal, in force."""
        return self.issue()

    @cached_property
    def other_office(self) -> SealSigner:
        """Luoyang's seal, in force: right authority, wrong bureau."""
        return self.issue(LUOYANG)

    @cached_property
    def expired(self) -> SealSigner:
        """Zhengzhou's seal of years ago."""
        return self.issue(
            not_before=self.instant - timedelta(days=800),
            not_after=self.instant - timedelta(days=70),
        )

    @cached_property
    def revoked(self) -> SealSigner:
        """Zhengzhou's seal, revoked an hour ago by the issuing CA's CRL."""
        return self.issue()

    @cached_property
    def stranger(self) -> SealSigner:
        """A seal that names Zhengzhou but comes from somebody else's authority."""
        return _new_pki(self.instant).issue()

    @cached_property
    def crls(self) -> tuple[bytes, bytes]:
        """The CRLs of root and issuing CA, DER; the second revokes `revoked`."""
        return (
            _crl(self.root, self.instant, ()),
            _crl(self.issuing, self.instant, (self.revoked.certificate,)),
        )

    def write_roots(self, path: Path) -> Path:
        """Write the trust root as PEM and return the path."""
        path.write_text(self.root.pem)
        return path


def seal_name(office_name: str, mark: str = DEVELOPMENT_MARK) -> x509.Name:
    """Return the subject of a seal certificate; development seals carry the mark."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.STATE_OR_PROVINCE_NAME, "河南省"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, office_name),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, SEAL_UNIT),
            # At most 64 bytes: longer common names make the X.509 library warn at every reading.
            x509.NameAttribute(NameOID.COMMON_NAME, f"{office_name}{mark}"),
        ]
    )


def pem_of(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


@cache
def throw_away_pki() -> ThrowAwayPki:
    """Return the PKI of this test run; made once, in about ten milliseconds."""
    return _new_pki(SystemClock().now().astimezone(UTC).replace(microsecond=0))


def _new_pki(instant: datetime) -> ThrowAwayPki:
    root_key = ec.generate_private_key(ec.SECP256R1())
    issuing_key = ec.generate_private_key(ec.SECP256R1())
    root_name = _authority_name("豫证测试根证书")
    root = _authority(root_name, root_name, root_key, root_key, instant)
    issuing_name = _authority_name("豫证测试签发证书")
    issuing = _authority(issuing_name, root_name, issuing_key, root_key, instant)
    return ThrowAwayPki(Authority(root, root_key), Authority(issuing, issuing_key), instant)


def _authority_name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _authority(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    instant: datetime,
) -> x509.Certificate:
    builder = _builder(subject, issuer, key.public_key())
    # Older than every signer, so that a signer of years ago once had a valid chain.
    builder = builder.not_valid_before(instant - timedelta(days=3650))
    builder = builder.not_valid_after(instant + timedelta(days=3650))
    usage = x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_cert_sign=True,
        crl_sign=True,
        **NO_OTHER_USE,
    )
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    builder = builder.add_extension(usage, critical=True)
    return _identified(builder, key.public_key(), issuer_key.public_key()).sign(
        issuer_key, hashes.SHA256()
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer)
    return builder.public_key(public_key).serial_number(x509.random_serial_number())


def _identified(
    builder: x509.CertificateBuilder,
    public_key: ec.EllipticCurvePublicKey,
    issuer_key: ec.EllipticCurvePublicKey,
) -> x509.CertificateBuilder:
    subject_key = x509.SubjectKeyIdentifier.from_public_key(public_key)
    authority_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key)
    builder = builder.add_extension(subject_key, critical=False)
    builder = builder.add_extension(authority_key, critical=False)
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(CRL_ADDRESS)], None, None, None)
    return builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)


def _crl(authority: Authority, instant: datetime, revoked: tuple[x509.Certificate, ...]) -> bytes:
    builder = x509.CertificateRevocationListBuilder().issuer_name(authority.certificate.subject)
    builder = builder.last_update(instant - timedelta(minutes=1))
    builder = builder.next_update(instant + timedelta(days=30))
    builder = builder.add_extension(x509.CRLNumber(1), critical=False)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()),
        critical=False,
    )
    for certificate in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number)
        entry = entry.revocation_date(instant - timedelta(hours=1))
        entry = entry.add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(authority.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
