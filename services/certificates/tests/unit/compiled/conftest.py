"""A compiled shell, and a certificate that was written with it."""

from dataclasses import replace

import pytest

from certificates.rendering.compiled import (
    Lettering,
    SealStamp,
    compile_shell,
    write_prepared,
)
from certificates.sealing.prepare import PreparedDocument, assemble

HOST = "https://www.hnzjgl.gov.cn"


@pytest.fixture(scope="module")
def shell(renderer):
    return compile_shell(renderer.render, "2026.1", HOST)


@pytest.fixture(scope="module")
def lettering(fonts_dir):
    return Lettering(fonts_dir)


@pytest.fixture(scope="module")
def usual(record):
    return replace(record, name="欧阳修")


@pytest.fixture(scope="module")
def write(shell, lettering, seal, signer, signed_at, qr_url):  # noqa: PLR0917 - fixtures
    def run(record, by=signer) -> PreparedDocument:
        stamp = SealStamp.of(seal, by.der, ())
        return write_prepared(shell, lettering, record, qr_url, stamp, signed_at=signed_at)

    return run


@pytest.fixture(scope="module")
def written(write, usual) -> PreparedDocument:
    return write(usual)


@pytest.fixture(scope="module")
def fast(written, signer) -> bytes:
    return assemble(written, signer.sign(written.signed_attributes))
