"""A platform whose codes check on a device: root, key list, codes printed by certificates' code."""

import io
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from browser_kit import WEB
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image
from sealed_files import RECORD
from tests.kit.ports import free_port
from verify_kit import NOW, Certificate, make_settings, mint

from certificates.qr import QRSigner, certificate_url, signed_payload
from certificates.qr.symbol import qr_png
from certificates.record import CertificateRecord, digest
from chassis.ids import uuid7
from chassis.key_list import KeyList, ListedKey, sign_key_list
from chassis.statements import public_text
from verify.settings import VerifySettings

LONG_AGO = NOW - timedelta(days=300)
_PUBLIC_PEM = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


@dataclass
class Platform:
    """Keys of one test; its key list lies where the settings say."""

    folder: Path
    root: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    port: int = field(default_factory=free_port)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def settings(self, database_url, redis_url) -> VerifySettings:
        root = self.write_root()
        settings = make_settings(
            self.folder,
            database_url.render_as_string(hide_password=False),
            redis_url,
            api_port=self.port,
            official_host=self.host,
            web_dir=WEB / "built",
            root_public_key_file=root,
            key_list_file=self.folder / "keys.jwt",
        )
        self.status = settings.status_signing.keys.public
        self.publish(sequence=1)
        return settings

    def write_root(self) -> Path:
        """Write the root's public key where the service reads it at its start."""
        root = self.folder / "root.pem"
        root.write_bytes(self.root.public_key().public_bytes(*_PUBLIC_PEM))
        return root

    def publish(self, *, sequence: int, days: int = 92, **payload_key: object) -> None:
        """Write the key list; ``payload_key`` is what it says otherwise of the payload key."""
        key = ListedKey("2026-1", "payload", public_text(self.key.public_key()), LONG_AGO)
        status = [
            ListedKey(key_id, "status", public_text(public), LONG_AGO)
            for key_id, public in self.status.items()
        ]
        keys = (replace(key, **payload_key), *status)
        signed = KeyList(sequence, NOW, NOW + timedelta(days=days), keys)
        (self.folder / "keys.jwt").write_text(sign_key_list(signed, self.root))

    def issued(self, index: int = 0, **more: object) -> "Issued":
        """Return a certificate with its code; ``more`` is what its record says otherwise."""
        record, token = replace(RECORD, certificate_id=uuid7(), **more), mint()
        return Issued(self, record, token, index)


@dataclass(frozen=True)
class Issued:
    """One certificate, as it is registered and as its code is printed."""

    platform: Platform
    record: CertificateRecord
    token: str
    index: int

    @property
    def certificate(self) -> Certificate:
        more = {"status_index": self.index, "record_digest": digest(self.record).hex()}
        more |= {"year": self.record.year, "issued_on": self.record.issued_on}
        return Certificate(self.token, self.record.certificate_id, name=self.record.name, more=more)

    def address(self, *, key: Ed25519PrivateKey | None = None, host: str | None = None) -> str:
        """Return what the code says; signed by another key, or of another host, if asked for."""
        signer = QRSigner("2026-1", key or self.platform.key)
        payload = signed_payload(self.record, self.token, self.index, signer)
        return certificate_url(f"http://{host or self.platform.host}", self.token, payload)


def photograph(address: str) -> bytes:
    """Return a code as a camera might see it: grey, a little turned, in the middle of a page."""
    code = Image.open(io.BytesIO(qr_png(address, scale=8))).convert("L")
    page = Image.new("L", (1280, 960), 190)
    turned = code.rotate(7, expand=True, fillcolor=190)
    page.paste(turned, ((1280 - turned.width) // 2, (960 - turned.height) // 2))
    output = io.BytesIO()
    page.save(output, "JPEG", quality=70)
    return output.getvalue()


def film(address: str, path: Path) -> Path:
    """Write what a camera sees, for the browser to take as its camera (YUV4MPEG2)."""
    frame = Image.open(io.BytesIO(photograph(address))).convert("L")
    colours = bytes([128]) * (frame.width * frame.height // 2)
    head = f"YUV4MPEG2 W{frame.width} H{frame.height} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + (b"FRAME\n" + frame.tobytes() + colours) * 3)
    return path
