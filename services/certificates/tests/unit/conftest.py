"""One rendered and one sealed certificate for all document tests, and a throw-away PKI."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from certificates import fonts
from certificates.qr import QRSigner, TokenKeys, certificate_url, signed_payload
from certificates.record import CertificateRecord, CreditTenths
from certificates.rendering import Renderer
from certificates.sealing.appearance import SealImage, draw_seal
from certificates.sealing.gate import GateExpectation
from certificates.sealing.prepare import PreparedDocument, assemble, prepare

ROOT = Path(__file__).parents[4]
HOST = "https://www.hnzjgl.gov.cn"
TOKEN = "05W11QBSZFNKYF83GW5G5RNPBWWF70C0ZAVG"
SIGNED_AT = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Signer:
    """A key with its certificate, and its issuer with its key."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate
    issuer_key: ec.EllipticCurvePrivateKey
    issuer: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    def sign(self, message: bytes) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(message, ec.ECDSA(hashes.SHA256()))


def _certificate(name, key, issuer_name, issuer_key, *, authority):
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    builder = x509.CertificateBuilder(
        subject_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]),
        issuer_name=x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer_name)]),
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=datetime(2026, 1, 1, tzinfo=UTC),
        not_valid_after=datetime(2029, 1, 1, tzinfo=UTC),
    )
    builder = builder.add_extension(x509.BasicConstraints(authority, None), critical=True)
    builder = builder.add_extension(
        x509.KeyUsage(
            digital_signature=not authority,
            content_commitment=not authority,
            key_cert_sign=authority,
            crl_sign=authority,
            **usage,
        ),
        critical=True,
    )
    return builder.sign(issuer_key, hashes.SHA256())


@pytest.fixture(scope="session")
def root_key():
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="session")
def root(root_key) -> x509.Certificate:
    return _certificate("测试根", root_key, "测试根", root_key, authority=True)


@pytest.fixture(scope="session")
def signer_of(root, root_key) -> Callable[..., Signer]:
    def make(key=None, name="郑州市签章") -> Signer:
        key = key or ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate(name, key, "测试根", root_key, authority=False)
        return Signer(key, certificate, root_key, root)

    return make


@pytest.fixture
def responder_of(root, root_key) -> Callable[..., Signer]:
    """Make somebody who answers for the root, allowed to or not."""

    def make(*, allowed: bool) -> Signer:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "状态查询")])
        builder = x509.CertificateBuilder(
            subject_name=name,
            issuer_name=root.subject,
            public_key=key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=datetime(2026, 1, 1, tzinfo=UTC),
            not_valid_after=datetime(2029, 1, 1, tzinfo=UTC),
        )
        use = ExtendedKeyUsageOID.OCSP_SIGNING if allowed else ExtendedKeyUsageOID.CLIENT_AUTH
        builder = builder.add_extension(x509.ExtendedKeyUsage([use]), critical=False)
        return Signer(key, builder.sign(root_key, hashes.SHA256()), root_key, root)

    return make


@pytest.fixture(scope="session")
def signer(signer_of) -> Signer:
    return signer_of()


@pytest.fixture(scope="session")
def fonts_dir() -> Path:
    directory = ROOT / ".local" / "fonts"
    fonts.build(directory)
    return directory


@pytest.fixture(scope="session")
def renderer(fonts_dir) -> Renderer:
    return Renderer(fonts_dir)


@pytest.fixture(scope="session")
def record() -> CertificateRecord:
    return CertificateRecord(
        certificate_id=UUID("0199d1f0-5c2a-7e31-9b1d-3f0a5d6c7b80"),
        number="41002345678917",
        year=2026,
        version=1,
        name="欧阳䶮",
        sex="male",
        identity_masked="410105********0020",
        employer="郑州市第一人民医院",
        level="intermediate",
        credit_tenths=CreditTenths(total=905, public=300, professional=605),
        rule_id=UUID("0199d1f0-0000-7000-8000-000000000001"),
        rule_version=1,
        office_id=UUID("e0c3c1a6-6a5b-5d0e-8a51-0a5a5c5d5e5f"),
        office_name="郑州市人力资源和社会保障局",
        issued_on=date(2026, 11, 23),
        template_version="2026.1",
    )


@pytest.fixture(scope="session")
def token_keys() -> TokenKeys:
    return TokenKeys(2, {1: b"1" * 32, 2: b"2" * 32})


@pytest.fixture(scope="session")
def qr_signer() -> QRSigner:
    return QRSigner("2026-1", Ed25519PrivateKey.from_private_bytes(b"q" * 32))


@pytest.fixture(scope="session")
def qr_url(record, qr_signer) -> str:
    return certificate_url(HOST, TOKEN, signed_payload(record, TOKEN, 4_000_000, qr_signer))


@pytest.fixture(scope="session")
def rendered(renderer, record, qr_url) -> bytes:
    return renderer.render(record, qr_url)


@pytest.fixture(scope="session")
def seal(fonts_dir) -> SealImage:
    return draw_seal("郑州市专业技术人员继续教育专用章", fonts_dir, development=True)


@pytest.fixture(scope="session")
def prepared(rendered, seal, signer) -> PreparedDocument:
    return prepare(rendered, seal, signer.der, (), signed_at=SIGNED_AT)


@pytest.fixture(scope="session")
def sealed(prepared, signer) -> bytes:
    return assemble(prepared, signer.sign(prepared.signed_attributes))


@pytest.fixture(scope="session")
def signed_at() -> datetime:
    return SIGNED_AT


@pytest.fixture(scope="session")
def seal_document(seal, signer, signed_at) -> Callable[..., bytes]:
    """Seal any PDF as the service would."""

    def run(pdf: bytes, by: Signer = signer) -> bytes:
        waiting = prepare(pdf, seal, by.der, (), signed_at=signed_at)
        return assemble(waiting, by.sign(waiting.signed_attributes))

    return run


@pytest.fixture
def expectation(rendered, record, signer, signed_at):
    authorities = [signer.issuer.public_bytes(Encoding.DER)]
    return GateExpectation(rendered, record, [signer.der], signed_at, authorities=authorities)


@pytest.fixture
def seal_after(rendered, seal_document) -> Callable[..., bytes]:
    """Add a revision of somebody else's before the seal, then seal the result honestly."""

    def run(change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(rendered))
        change(writer)
        output = io.BytesIO()
        writer.write(output)
        return seal_document(output.getvalue())

    return run
