"""A test PKI that answers over HTTP: timestamps, OCSP and revocation lists, as a process."""

import asyncio
import itertools
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from string import Template
from typing import Any

import httpx
import yaml
from asn1crypto import pem
from certomancer.integrations.animator import FAKE_TIME_HEADER
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from deploy.local.pki.create import TEMPLATE
from services.certificates.tests.service.seal_server import SealServer
from tests.kit.databases import migrated_database
from tests.kit.pki import ZHENGZHOU
from tests.kit.stack import ROOT

from chassis.clock import Clock, SystemClock

_MARK = "(测试)"
_serials = itertools.count(70_001)


class ServedPki:
    """The local stack's PKI, with keys and addresses of its own; starts and stops."""

    def __init__(self, folder: Path, *, stamps_until: datetime | None = None) -> None:
        self._folder = folder
        self._process: asyncio.subprocess.Process | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{probe.getsockname()[1]}"
        (folder / "keys").mkdir(parents=True)
        (folder / "certs").mkdir()
        for name in ("root", "issuing", "ocsp", "tsa"):
            self._make_key(name)
        now = SystemClock().now()
        text = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
            url=self.url,
            valid_from=_moment(now - timedelta(days=1)),
            authorities_until=_moment(now + timedelta(days=3650)),
            seals_until=_moment(now + timedelta(days=900)),
        )
        self._configuration: dict[str, Any] = yaml.safe_load(text)
        self._certificates = self._architecture["certs"]
        self._seal = self._certificates.pop("seal")
        if stamps_until:
            self._stamp_until(stamps_until)
        self._issue(*list(self._certificates))

    @property
    def root(self) -> Path:
        return self._folder / "certs" / "root.pem"

    @property
    def timestamps(self) -> str:
        return f"{self.url}/ca/tsa/tsa"

    def certificate(self, label: str) -> bytes:
        """Return a certificate as DER."""
        return pem.unarmor((self._folder / "certs" / f"{label}.pem").read_bytes())[2]

    # The first seal that is issued, as the configuration calls it.
    first_seal = "seal-4"

    def issue(self, office_name: str, key: Any) -> str:
        """Issue a seal certificate and return its chain, PEM."""
        label = f"seal-{len(self._certificates)}"
        public = key.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        (self._folder / "keys" / f"{label}.pem").write_bytes(public)
        keys = self._configuration["keysets"]["keys"]["keys"]
        keys[label] = {"path": f"{label}.pem", "public-only": True}
        self._architecture["entities"][label] = {
            "organization-name": office_name,
            "common-name": f"{office_name}{_MARK}",
        }
        self._certificates[label] = {**self._seal, "subject": label}
        self._issue(label)
        return "".join(
            (self._folder / "certs" / f"{one}.pem").read_text() for one in (label, "issuing")
        )

    @asynccontextmanager
    async def revoked(self, label: str) -> AsyncIterator[None]:
        """Have the authority say that a certificate is revoked, for a while."""
        since = _moment(SystemClock().now() - timedelta(minutes=1))
        self._certificates[label]["revocation"] = {"revoked-since": since}
        await self.stop()
        await self.start()
        yield
        del self._certificates[label]["revocation"]
        await self.stop()
        await self.start()

    async def stamp_with_another(self, until: datetime) -> None:
        """Let the timestamp authority have another key and certificate, as it does in time."""
        self._make_key("tsa")
        self._stamp_until(until)
        del self._certificates["tsa"]["certificate-file"]
        # A number of its own: by issuer and number is how certificates are told apart.
        self._certificates["tsa"]["serial"] = next(_serials)
        self._issue("tsa")
        await self.stop()
        await self.start()

    async def start(self) -> None:
        """Serve unless it serves."""
        if self._process and self._process.returncode is None:
            return
        path = self._folder / "certomancer.yml"
        path.write_text(yaml.safe_dump(self._configuration, allow_unicode=True, sort_keys=False))
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "deploy.local.pki.serve", str(path)),
            self.url.rsplit(":", maxsplit=1)[1],
            cwd=ROOT,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        async with httpx.AsyncClient() as http, asyncio.timeout(30):
            while True:
                try:
                    await http.get(f"{self.url}/ca/crls/issuing/latest.crl")
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
                else:
                    return

    async def stop(self) -> None:
        """Be away, as an authority sometimes is."""
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    @property
    def _architecture(self) -> dict[str, Any]:
        found: dict[str, Any] = self._configuration["pki-architectures"]["ca"]
        return found

    def _stamp_until(self, until: datetime) -> None:
        validity = {**self._certificates["tsa"]["validity"], "valid-to": _moment(until)}
        self._certificates["tsa"]["validity"] = validity

    def _make_key(self, name: str) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        text = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        (self._folder / "keys" / f"{name}.pem").write_bytes(text)

    def _issue(self, *labels: str) -> None:
        folder = str(self._folder)
        loaded = CertomancerConfig(
            self._configuration, key_search_dir=folder, config_search_dir=folder
        )
        architecture = loaded.get_pki_arch(ArchLabel("ca"))
        made = {label: architecture.get_cert(CertLabel(label)).dump() for label in labels}
        for label, der in made.items():
            path = self._folder / "certs" / f"{label}.pem"
            path.write_bytes(pem.armor("CERTIFICATE", der))
            # Served as issued here: made anew, it would differ in its signature's randomness.
            self._certificates[label]["certificate-file"] = str(path)


@asynccontextmanager
async def asked_bureau(folder: Path, pki: ServedPki) -> AsyncIterator[dict[str, SealServer]]:
    """Run a bureau whose seal certificate says where to ask about it."""
    server = SealServer(folder, ZHENGZHOU)
    async with migrated_database("seal") as url:
        await server.prepare(url, pki.issue)
        # The authority answers about certificates it knew when it started.
        await pki.stop()
        await pki.start()
        await server.start()
        yield {"zhengzhou": server}
        await server.stop()


def asking_at(clock: Clock) -> httpx.AsyncClient:
    """Return a client for whom the authorities live at the time of ``clock``."""

    async def tell(request: httpx.Request) -> None:
        request.headers[FAKE_TIME_HEADER] = clock.now().replace(microsecond=0).isoformat()

    return httpx.AsyncClient(event_hooks={"request": [tell]}, timeout=5)


def _moment(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%S+0000")
