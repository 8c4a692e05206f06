"""A server of the remote signing API that we did not write: certomancer-csc-dummy, in its own venv.

It signs for anybody, without login, with every key of its configuration; it is for trials only.
"""

import asyncio
import hashlib
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.kit.stack import ROOT

LOCK = Path(__file__).parents[1] / "csc-dummy-requirements.txt"
VENV = ROOT / ".local" / "csc-dummy"
_CONFIGURATION = """
keysets:
  keys:
    path-prefix: keys
    keys:
      root: {path: root.pem}
      seal: {path: seal.pem}
      seal-rsa: {path: seal-rsa.pem}
pki-architectures:
  ca:
    keyset: keys
    entity-defaults: {country-name: CN}
    entities:
      root: {common-name: 测试根证书}
      seal: {organization-name: 郑州市人力资源和社会保障局, common-name: 测试签章}
      seal-rsa: {organization-name: 郑州市人力资源和社会保障局, common-name: 测试签章二}
    certs:
      root:
        issuer: root
        validity: &validity
          valid-from: "2020-01-01T00:00:00+0000"
          valid-to: "2099-01-01T00:00:00+0000"
        extensions:
          - {id: basic_constraints, critical: true, value: {ca: true}}
          - id: key_usage
            critical: true
            smart-value: {schema: key-usage, params: [key_cert_sign, crl_sign]}
      seal:
        issuer: root
        validity: *validity
        extensions: &signs
          - id: key_usage
            critical: true
            smart-value: {schema: key-usage, params: [digital_signature, non_repudiation]}
      seal-rsa:
        issuer: root
        validity: *validity
        extensions: *signs
"""


def make_environment() -> Path:
    """Return its interpreter; installs what the lock says unless that is there."""
    python, stamp = VENV / "bin" / "python", VENV / "installed-lock"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        for command in (
            [sys.executable, "-m", "venv", "--clear", VENV],
            [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", LOCK],
        ):
            subprocess.run(command, check=True)
        stamp.write_text(wanted)
    return python


def write_configuration(folder: Path) -> Path:
    """Make throw-away keys and the configuration that uses them."""
    (folder / "keys").mkdir()
    keys = {
        "root": ec.generate_private_key(ec.SECP256R1()),
        "seal": ec.generate_private_key(ec.SECP256R1()),
        "seal-rsa": rsa.generate_private_key(65537, 2048),
    }
    for name, key in keys.items():
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "keys" / f"{name}.pem").write_bytes(pem)
    path = folder / "certomancer.yml"
    path.write_text(_CONFIGURATION, encoding="utf-8")
    return path


@asynccontextmanager
async def csc_dummy(folder: Path) -> AsyncIterator[str]:
    """Run the server with hash pinning (SCAL 2); yields its address."""
    python = await asyncio.to_thread(make_environment)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        python,
        *("-m", "csc_dummy", write_configuration(folder), str(port), "2"),
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://localhost:{port}"
    try:
        async with httpx.AsyncClient(base_url=url) as http, asyncio.timeout(20):
            while True:
                try:
                    await http.post("/csc/v1/info", json={})
                    break
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
        yield url
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
