"""Sealed certificates as the issuing service makes them, by a throw-away PKI; made once a run."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from services.certificates.tests.unit.stamping import StampAuthority
from tests.kit.pki import SealSigner, throw_away_pki
from tests.kit.stack import ROOT
from verify_kit import OFFICE_ID, OFFICE_NAME, Certificate, mint

from certificates import fonts
from certificates.qr import QRSigner, certificate_url, signed_payload
from certificates.record import CertificateRecord, CreditTenths, digest
from certificates.rendering import Renderer
from certificates.sealing.appearance import SealImage, draw_seal
from certificates.sealing.material import Material, RevisionExpectation
from certificates.sealing.prepare import assemble, prepare
from certificates.sealing.validation import complete, extend

SEALED_AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
RECORD = CertificateRecord(
    certificate_id=UUID("0199d1f0-5c2a-7e31-9b1d-3f0a5d6c7b80"),
    number="41038517264970",
    year=2026,
    version=1,
    name="张䶮",
    sex="female",
    identity_masked="4101**********0016",
    employer="郑州市第一人民医院",
    level="intermediate",
    credit_tenths=CreditTenths(total=900, public=300, professional=600),
    rule_id=UUID("0199d1f0-0000-7000-8000-000000000001"),
    rule_version=1,
    office_id=OFFICE_ID,
    office_name=OFFICE_NAME,
    issued_on=date(2026, 11, 20),
    template_version="2026.1",
)


@dataclass(frozen=True)
class SealedFile:
    """A sealed file, what it says, and the certificate the registry should know it by."""

    pdf: bytes
    record: CertificateRecord
    token: str
    signer: SealSigner


def fonts_dir() -> Path:
    directory = ROOT / ".local" / "fonts"
    fonts.build(directory)
    return directory


@cache
def renderer() -> Renderer:
    return Renderer(fonts_dir())


@cache
def seal_image() -> SealImage:
    return draw_seal("郑州市专业技术人员继续教育专用章", fonts_dir(), development=True)


def render(record: CertificateRecord, token: str) -> bytes:
    signer = QRSigner("dev1", Ed25519PrivateKey.from_private_bytes(b"q" * 32))
    payload = signed_payload(record, token, 0, signer)
    return renderer().render(record, certificate_url("http://www.example.gov.cn", token, payload))


def seal(pdf: bytes, by: SealSigner) -> bytes:
    der = by.certificate.public_bytes(Encoding.DER)
    above = [one.public_bytes(Encoding.DER) for one in by.authorities]
    waiting = prepare(pdf, seal_image(), der, above, signed_at=SEALED_AT)
    return assemble(waiting, _signed(by, waiting.signed_attributes))


@cache
def genuine() -> SealedFile:
    """Return a genuine file; what every attack starts from."""
    signer, token = throw_away_pki().issue(not_before=SEALED_AT - timedelta(days=30)), mint()
    return SealedFile(seal(render(RECORD, token), signer), RECORD, token, signer)


def _signed(by: SealSigner, message: bytes) -> bytes:
    return by.sign_digest(hashlib.sha256(message).digest())


def registered(file: SealedFile, **more: object) -> Certificate:
    """Return the certificate as its events would tell of it."""
    facts = {
        "file_sha256": hashlib.sha256(file.pdf).hexdigest(),
        "file_bytes": len(file.pdf),
        "record_digest": digest(file.record).hex(),
    }
    return Certificate(token=file.token, name=file.record.name, more=facts | more)


def trust_roots(folder: Path) -> Path:
    return throw_away_pki().write_roots(folder / "roots.pem")


def signer_digest(signer: SealSigner) -> bytes:
    return hashlib.sha256(signer.certificate.public_bytes(Encoding.DER)).digest()


def saved_after(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Return the file with a revision of somebody else's behind the seal."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def covered(pdf: bytes, colour: bytes = b"1 1 1") -> bytes:
    """Return the file with other hours drawn over its total in a later revision."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        resources = page["/Resources"]
        fonts = generic.DictionaryObject(dict(resources["/Font"].items()))
        fonts["/Evil"] = writer.add_object(
            generic.DictionaryObject(
                {
                    generic.pdf_name("/Type"): generic.pdf_name("/Font"),
                    generic.pdf_name("/Subtype"): generic.pdf_name("/Type1"),
                    generic.pdf_name("/BaseFont"): generic.pdf_name("/Helvetica"),
                }
            )
        )
        own = generic.DictionaryObject(dict(resources.items()))
        own["/Font"] = fonts
        page["/Resources"] = own
        drawn = generic.StreamObject(
            stream_data=b"Q q " + colour + b" rg 130 316 30 24 re f Q "
            b"BT /Evil 13 Tf 134 322 Td (120) Tj ET"
        )
        before = page.raw_get("/Contents")
        kept = list(before) if isinstance(before, generic.ArrayObject) else [before]
        first = writer.add_object(generic.StreamObject(stream_data=b"q "))
        page["/Contents"] = generic.ArrayObject([first, *kept, writer.add_object(drawn)])
        writer.update_container(page)

    return saved_after(pdf, change)


@cache
def revised() -> bytes:
    """Return the genuine file with validation material and timestamp behind the seal."""
    pki, file = throw_away_pki(), genuine()
    authority = StampAuthority(pki.root.certificate, pki.root.key)
    stamper = authority.certificate.public_bytes(Encoding.DER)
    der = file.signer.certificate.public_bytes(Encoding.DER)
    material = Material((der, stamper), (), pki.crls)
    at = SEALED_AT + timedelta(minutes=1)
    expectation = RevisionExpectation(
        material, (pki.root.certificate.public_bytes(Encoding.DER),), at
    )
    extension = extend(file.pdf, material)
    return complete(file.pdf, extension, authority.token(extension.digest, at), expectation).file
