"""TLS at the gateway, with certificates made here; and the way to it for who comes without."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from deploy.local.checkout import Checkout
from deploy.local.servers.envoy import render
from gateway.tests.support import Answer, Gateway, eventually, exchange, running_gateway
from tests.kit.server_certificates import write_certificate

HOST = "gateway.example"


@dataclass
class Certificates:
    """A folder as Kubernetes mounts a secret: the files are behind one link that is exchanged."""

    folder: Path
    made: int = field(default=0)

    def renew(self) -> bytes:
        """Put a new certificate in place at once; return it in DER."""
        self.made += 1
        version = self.folder / f"..{self.made}"
        certificate = write_certificate(version, HOST)
        link = self.folder / "..next"
        link.symlink_to(version.name)
        link.replace(self.folder / "..data")
        for file in ("tls.crt", "tls.key"):
            if not (self.folder / file).is_symlink():
                (self.folder / file).symlink_to(f"..data/{file}")
        return certificate.public_bytes(Encoding.DER)


@dataclass
class SecureGateway:
    """A gateway that speaks TLS, and what it shows."""

    gateway: Gateway
    certificates: Certificates

    def greeted(self, settings: ssl.SSLContext) -> ssl.SSLSocket:
        """Return a connection after its handshake; raise ``ssl.SSLError`` when it fails."""
        plain = socket.create_connection(("127.0.0.1", self.gateway.port), timeout=10)
        return settings.wrap_socket(plain, server_hostname=HOST)

    def shown(self) -> bytes | None:
        """Return the certificate that a new connection is shown."""
        with self.greeted(trusting()) as connection:
            return connection.getpeercert(binary_form=True)


def trusting() -> ssl.SSLContext:
    """Return settings of a client that takes any certificate."""
    settings = ssl.create_default_context()
    settings.check_hostname = False
    settings.verify_mode = ssl.CERT_NONE
    return settings


@pytest.fixture(scope="module")
async def secure(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SecureGateway]:
    folder = tmp_path_factory.mktemp("secure")
    certificates = Certificates(folder / "tls")
    certificates.renew()
    file = folder / "certificate.yaml"
    places = {"CERTIFICATE_FOLDER": str(certificates.folder)}
    file.write_text(render(Checkout.from_environment(), places, "certificate.yaml"))
    async with running_gateway(
        folder, secure=trusting(), TRANSPORT="tls", CERTIFICATE_FILE=str(file)
    ) as running:
        yield SecureGateway(running, certificates)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_tls_of_today_is_spoken(secure: SecureGateway, version: ssl.TLSVersion) -> None:
    settings = trusting()
    settings.minimum_version = settings.maximum_version = version
    with secure.greeted(settings) as connection:
        assert connection.version() == version.name.replace("v1_", "v1.")


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
async def test_tls_of_yesterday_is_refused(secure: SecureGateway) -> None:
    settings = trusting()
    settings.minimum_version = settings.maximum_version = ssl.TLSVersion.TLSv1_1
    settings.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.raises(ssl.SSLError, match=r"(?i)protocol.version"):
        secure.greeted(settings)


@pytest.mark.parametrize("cipher", ["AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA", "AES256-SHA"])
async def test_cipher_without_forward_secrecy_or_authentication_is_refused(
    secure: SecureGateway, cipher: str
) -> None:
    settings = trusting()
    settings.maximum_version = ssl.TLSVersion.TLSv1_2
    settings.set_ciphers(f"{cipher}:@SECLEVEL=0")
    with pytest.raises(ssl.SSLError, match=r"(?i)handshake.failure"):
        secure.greeted(settings)


async def test_http_2_is_offered(secure: SecureGateway) -> None:
    settings = trusting()
    settings.set_alpn_protocols(["h2", "http/1.1"])
    with secure.greeted(settings) as connection:
        assert connection.selected_alpn_protocol() == "h2"


async def test_browser_is_told_to_come_by_tls_only(secure: SecureGateway, gateway: Gateway) -> None:
    for target in ("/v/ABC", "/api/hours/v1/claims", "/nowhere"):
        answer = await secure.gateway.ask(target)
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
    # Said without TLS it would be a lie, and a browser would not believe it.
    assert "strict-transport-security" not in (await gateway.ask("/v/ABC")).headers


async def test_access_log_names_the_version(secure: SecureGateway) -> None:
    answer = await secure.gateway.ask("/v/ABC")
    entry = await secure.gateway.logged(answer.headers["x-request-id"])
    assert entry["tls"] == "TLSv1.3"


async def test_plain_request_to_the_secure_port_gets_nothing(secure: SecureGateway) -> None:
    heard = len(secure.gateway.requests)
    assert await secure.gateway.say(b"GET /v/ABC HTTP/1.1\r\nhost: a\r\n\r\n") == b""
    assert len(secure.gateway.requests) == heard


async def test_renewed_certificate_is_shown_without_a_restart(secure: SecureGateway) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", secure.gateway.port, ssl=trusting())
    before = secure.shown()
    renewed = secure.certificates.renew()
    assert before != renewed
    await eventually(lambda: secure.shown() == renewed)
    # Who was there before goes on undisturbed.
    writer.write(b"GET /health HTTP/1.1\r\nhost: a\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    writer.close()


async def redirected(gateway: Gateway, method: str, target: str, host: str) -> Answer:
    request = f"{method} {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n"
    return await exchange(gateway.ports["redirect"], request.encode(), "127.0.0.1")


async def test_page_asked_for_without_tls_is_at_our_own_name_with_it(gateway: Gateway) -> None:
    answer = await redirected(gateway, "GET", "/v/ABC?lang=zh", "evil.example:8080")
    assert answer.status == 308
    assert answer.headers["location"] == f"https://{HOST}/v/ABC?lang=zh"


@pytest.mark.parametrize(
    ("method", "target"),
    [("POST", "/v/ABC"), ("POST", "/api/identity/v1/tokens"), ("GET", "/api/identity/v1/me")],
)
async def test_program_that_sends_secrets_without_tls_is_not_helped(
    gateway: Gateway, method: str, target: str
) -> None:
    answer = await redirected(gateway, method, target, HOST)
    assert answer.status == 403
    assert "location" not in answer.headers
