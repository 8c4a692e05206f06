"""Who the simulator pretends to be: a throw-away authority and certificates, all in memory."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from seal.certificate import DEVELOPMENT_MARK
from seal.certificate_request import SEAL_UNIT

_NO_USE = dict.fromkeys(
    (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ),
    False,
)
_SEALS = _NO_USE | {"digital_signature": True, "content_commitment": True}
_ENCRYPTS = _NO_USE | {"key_encipherment": True}
_CERTIFIES = _NO_USE | {"key_cert_sign": True, "crl_sign": True}
_YEAR = timedelta(days=365)
OTHER_OFFICE = "另一家人力资源和社会保障局"


@dataclass(frozen=True)
class Authority:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Identity:
    """The simulator's key, another one, and the certificates it may show for the first."""

    root: Authority
    issuing: Authority
    stranger: Authority
    office_name: str
    key: ec.EllipticCurvePrivateKey
    other_key: ec.EllipticCurvePrivateKey
    made_at: datetime

    @classmethod
    def new(cls, office_name: str, now: datetime) -> "Identity":
        root, stranger = _root("测试模拟根证书", now), _root("测试模拟无关根证书", now)
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certify("测试模拟签发证书", root, key.public_key(), now, _CERTIFIES)
        return cls(
            root=root,
            issuing=Authority(certificate, key),
            stranger=stranger,
            office_name=office_name,
            key=ec.generate_private_key(ec.SECP256R1()),
            other_key=ec.generate_private_key(ec.SECP256R1()),
            made_at=now,
        )

    @property
    def root_pem(self) -> str:
        return self.root.certificate.public_bytes(Encoding.PEM).decode()

    @cached_property
    def certificate(self) -> x509.Certificate:
        """The seal's certificate: in force, for signing, marked 测试."""
        return self._seal(self.office_name, self.key)

    @cached_property
    def other_certificate(self) -> x509.Certificate:
        """Another office's certificate, for another key."""
        return self._seal(OTHER_OFFICE, self.other_key)

    @cached_property
    def expired_certificate(self) -> x509.Certificate:
        return self._seal(self.office_name, self.key, at=self.made_at - 3 * _YEAR)

    @cached_property
    def encryption_certificate(self) -> x509.Certificate:
        return self._seal(self.office_name, self.key, use=_ENCRYPTS)

    def _seal(
        self,
        office_name: str,
        key: ec.EllipticCurvePrivateKey,
        *,
        at: datetime | None = None,
        use: dict[str, bool] = _SEALS,
    ) -> x509.Certificate:
        return _certify(office_name, self.issuing, key.public_key(), at or self.made_at, use)


def sign(key: ec.EllipticCurvePrivateKey, digest: bytes) -> bytes:
    """Return the DER signature; a digest of a wrong length is digested again, as bad code would."""
    hasher = SHA256()
    if len(digest) == hasher.digest_size:
        return key.sign(digest, ec.ECDSA(Prehashed(hasher)))
    return key.sign(digest, ec.ECDSA(hasher))


def _root(name: str, now: datetime) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_name(name), _name(name), key.public_key(), now, _CERTIFIES)
    return Authority(builder.sign(key, SHA256()), key)


def _certify(
    name: str,
    issuer: Authority,
    key: ec.EllipticCurvePublicKey,
    now: datetime,
    use: dict[str, bool],
) -> x509.Certificate:
    builder = _builder(_name(name), issuer.certificate.subject, key, now, use)
    return builder.sign(issuer.key, SHA256())


def _name(name: str) -> x509.Name:
    values = (
        (NameOID.COUNTRY_NAME, "CN"),
        (NameOID.ORGANIZATION_NAME, name),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, SEAL_UNIT),
        (NameOID.COMMON_NAME, f"{name}({DEVELOPMENT_MARK})"),
    )
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in values])


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    now: datetime,
    use: dict[str, bool],
) -> x509.CertificateBuilder:
    authority = use["key_cert_sign"]
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - (2 * _YEAR if authority else timedelta(days=1)))
        .not_valid_after(now + (2 * _YEAR if authority else _YEAR))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**use), critical=True)
    )
