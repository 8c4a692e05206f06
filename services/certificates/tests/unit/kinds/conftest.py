"""One file of every kind that leaves the service, made as its processes make it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from services.certificates.tests import impressions
from services.certificates.tests.unit.stamping import StampAuthority
from tests.kit.stack import ROOT

from certificates.forms import render_form
from certificates.forms.seal_picture import encoded
from certificates.press import Press
from certificates.sealing.appearance import SealFace
from certificates.sealing.material import Material, RevisionExpectation
from certificates.sealing.prepare import assemble
from certificates.sealing.seal_drawing import draw_from_impression
from certificates.sealing.validation import complete, extend

AT = datetime(2026, 11, 23, 6, 1, tzinfo=UTC)
FACE = SealFace("郑州市专业技术人员继续教育专用章", development=True)


@pytest.fixture(scope="session")
def seal_record(fonts_dir, qr_url, signer, signed_at):
    """Print and seal a record, on the path that it takes or on the full one."""
    press = Press(fonts_dir)

    def run(record, *, may_be_fast: bool = True, face: SealFace = FACE) -> bytes:
        prepared = press.prepare(
            record, qr_url, face, (signer.der, ()), signed_at=signed_at, may_be_fast=may_be_fast
        )
        assert prepared.one_revision == (may_be_fast and record.name != "欧阳䶮")
        return assemble(prepared, signer.sign(prepared.signed_attributes))

    return run


@pytest.fixture(scope="session")
def stamp(root, root_key, signer):
    """Give a file its next revision."""
    authority = StampAuthority(root, root_key)
    builder = x509.CertificateRevocationListBuilder(
        issuer_name=root.subject, last_update=AT, next_update=AT + timedelta(days=1)
    )
    revocations = builder.sign(root_key, hashes.SHA256()).public_bytes(Encoding.DER)
    stamper = authority.certificate.public_bytes(Encoding.DER)
    material = Material((signer.der, stamper), (), (revocations,))
    expectation = RevisionExpectation(material, (root.public_bytes(Encoding.DER),), AT)

    def run(file: bytes) -> bytes:
        extension = extend(file, material)
        token = authority.token(extension.digest, AT)
        done = complete(file, extension, token, expectation)
        assert done.passed, done.checks
        return done.file

    return run


@pytest.fixture(scope="session")
def printed(fonts_dir):
    """Print a form with its contract's first example and perhaps more."""

    def run(form: str, **more: str) -> bytes:
        schema = json.loads((ROOT / "contracts" / "forms" / f"{form}.json").read_text())
        data = {**schema["examples"][0], **more}
        return render_form(form, data, fonts_dir=fonts_dir, contracts_dir=ROOT / "contracts")

    return run


@pytest.fixture(scope="session")
def traced(fonts_dir) -> tuple[bytes, SealFace]:
    """Return an impression as it is kept, and the face traced from it."""
    title, content = impressions.TITLE, impressions.scanned()
    picture, drawing = draw_from_impression(title, content, fonts_dir, development=True)
    return picture, SealFace(title, development=True, drawing=drawing)


@pytest.fixture(scope="session")
def kinds(record, seal_record, stamp, printed, traced) -> dict[str, bytes]:
    """Return every kind of file by its name; those in SEALED have so many signatures."""
    usual = replace(record, name="欧阳修")
    compiled, full = seal_record(usual), seal_record(usual, may_be_fast=False)
    validated = stamp(compiled)
    picture, face = traced
    return {
        "compiled": compiled,
        "full": full,
        "full, rare character": seal_record(record),
        "compiled, traced seal": seal_record(usual, face=face),
        "annex-2, impression": printed("annex-2", impression=encoded(picture, b"")),
        "reissued": seal_record(replace(usual, version=2, employer="郑州市第二人民医院")),
        "compiled, validated": validated,
        "full, validated": stamp(full),
        "compiled, stamped again": stamp(validated),
        **{form: printed(form) for form in ("annex-2", "annex-3", "extract")},
    }
