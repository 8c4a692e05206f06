"""A seal whose certificate its authority has revoked."""

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from tests.kit.pki import throw_away_pki

from certificates.usecases import revocation_lists
from certificates.usecases.render import render_due
from certificates.usecases.revocation_lists import refresh_revocation_lists
from certificates.usecases.seal import seal_due

pytestmark = pytest.mark.infra


def list_of(*serials, at, authority=None):
    """Return the issuing authority's list as of ``at``, DER."""
    issuing = authority or throw_away_pki().issuing
    builder = x509.CertificateRevocationListBuilder(
        issuing.certificate.subject, at, at + timedelta(days=1)
    )
    for serial in serials:
        entry = x509.RevokedCertificateBuilder().serial_number(serial)
        builder = builder.add_revoked_certificate(entry.revocation_date(at).build())
    return builder.sign(issuing.key, hashes.SHA256()).public_bytes(Encoding.DER)


@asynccontextmanager
async def published(content, monkeypatch):
    """Serve ``content`` over HTTP where the certificates are made to point to."""

    async def answer(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(content)}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode() + content)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with monkeypatch.context() as patch:
        addresses = [f"http://127.0.0.1:{port}/latest.crl"]
        patch.setattr(revocation_lists, "_addresses", lambda _: addresses)
        async with server:
            yield


@pytest.fixture
async def seal(office):
    """Activate a seal; return its id and its certificate's serial number."""
    seal_id = await office.activate_seal()
    (row,) = await office.rows("seals")
    return seal_id, x509.load_der_x509_certificate(row["signer_certificate"]).serial_number


async def state(office):
    (row,) = await office.rows("seals")
    return row["state"], row["state_reason"]


async def test_is_suspended_when_the_list_names_it(office, seal, monkeypatch):
    _, serial = seal
    async with published(list_of(serial, at=office.clock.now()), monkeypatch):
        assert await refresh_revocation_lists(office.bench) == 1

    assert await state(office) == ("suspended", "certificate_revoked")
    types = [row["type"] for row in await office.rows("outbox")]
    assert types.count("certificates.seal.suspended.v1") == 1


async def test_stays_active_when_the_list_names_others(office, seal, monkeypatch):
    _, serial = seal
    async with published(list_of(serial + 1, at=office.clock.now()), monkeypatch):
        assert await refresh_revocation_lists(office.bench) == 0

    assert await state(office) == ("active", None)
    assert len(await office.rows("revocation_lists")) == 1


async def test_list_of_somebody_else_is_not_believed(office, seal, monkeypatch):
    _, serial = seal
    root = throw_away_pki().root
    forged = list_of(serial, at=office.clock.now(), authority=root)
    async with published(forged, monkeypatch):
        assert await refresh_revocation_lists(office.bench) == 0

    assert await state(office) == ("active", None)
    assert await office.rows("revocation_lists") == []


async def test_authority_that_is_away_changes_nothing(office, seal):
    # The test PKI's address does not exist.
    assert await refresh_revocation_lists(office.bench) == 0
    assert await state(office) == ("active", None)


async def test_gate_quarantines_what_a_revoked_certificate_has_signed(office, seal, monkeypatch):
    seal_id, serial = seal
    technician = await office.technician()
    await office.complete_year(technician)
    await render_due(office.bench)
    at = office.clock.now()
    async with published(list_of(serial, at=at), monkeypatch):

        async def not_suspended(*_, **__):
            """Act as the moment between the list's arrival and the suspension."""

        with monkeypatch.context() as patch:
            patch.setattr(revocation_lists, "move_seal", not_suspended)
            await refresh_revocation_lists(office.bench)
        (kept,) = await office.rows("revocation_lists")
        with monkeypatch.context() as patch:
            patch.setattr("certificates.usecases.claim.addresses_of", lambda _: [kept["url"]])
            await seal_due(office.bench, seal_id)

    intent = await office.intent(technician)
    assert (intent["state"], intent["last_error"]) == (
        "quarantined",
        "certificates.gate_refused",
    )
    assert await office.rows("certificates") == []
