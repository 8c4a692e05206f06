"""A bureau's real seal service as a process of its own, on a throw-away SoftHSM token."""

import asyncio
import hashlib
import json
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from sqlalchemy.engine import URL
from tests.kit.pki import throw_away_pki
from tests.kit.stack import ROOT

SECRET = "a-secret-made-by-a-machine-0123456789"
# From the office's name and its public key to the chain of its seal certificate, PEM.
Issue = Callable[[str, Any], str]


def _throw_away(office_name: str, key: Any) -> str:
    return throw_away_pki().issue(office_name, public_key=key).chain_pem


class SealServer:
    """Starts, stops and starts again at the same address."""

    def __init__(self, folder: Path, office_name: str) -> None:
        self._folder = folder
        self._office_name = office_name
        self._process: asyncio.subprocess.Process | None = None
        self._environment: dict[str, str] = {}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def endpoint(self, office_code: str) -> dict[str, str]:
        return {
            "office_code": office_code,
            "base_url": self.url,
            "client_id": "certificates",
            "client_secret_file": str(self._folder / "secret"),
            "credential_id": "seal",
        }

    async def prepare(self, database: URL, issue: Issue | None = None) -> None:
        """Make token, key, certificate (by ``issue``, else the throw-away PKI) and clients."""
        folder = self._folder
        (folder / "tokens").mkdir()
        conf = folder / "softhsm2.conf"
        conf.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
        (folder / "pin").write_text("1234\n")
        (folder / "secret").write_text(SECRET)
        digest = hashlib.sha256(SECRET.encode()).hexdigest()
        (folder / "clients.json").write_text(
            json.dumps({"certificates": {"secrets_sha256": [digest]}})
        )
        self._environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "SOFTHSM2_CONF": str(conf),
            "SEAL_OFFICE_NAME": self._office_name,
            "SEAL_PKCS11_TOKEN_LABEL": "seal",
            "SEAL_PKCS11_PIN_FILE": str(folder / "pin"),
            "SEAL_SOFTHSM_CONF": str(conf),
            "SEAL_CREDENTIAL_ID": "seal",
            "SEAL_CERTIFICATE_CHAIN_FILE": str(folder / "chain.pem"),
            "SEAL_CLIENTS_FILE": str(folder / "clients.json"),
            "SEAL_DATABASE_URL": database.render_as_string(hide_password=False),
            "SEAL_API_PORT": str(self.port),
            "SEAL_WORKER_PORT": "1",
            "SEAL_LOG_LEVEL": "error",
            "SEAL_CONTRACTS_DIR": str(ROOT / "contracts"),
        }
        await asyncio.to_thread(self._make_token)
        await asyncio.to_thread(self._run, "keygen", "--public-key", str(folder / "key.pem"))
        key: Any = load_pem_public_key((folder / "key.pem").read_bytes())
        chain = (issue or _throw_away)(self._office_name, key)
        (folder / "chain.pem").write_text(chain)

    def _make_token(self) -> None:
        command = ["softhsm2-util", "--init-token", "--free", "--label", "seal"]
        command += ["--pin", "1234", "--so-pin", "5678"]
        subprocess.run(command, check=True, env=self._environment, stdout=subprocess.DEVNULL)

    def _run(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "seal", *arguments], check=True, env=self._environment, cwd=ROOT
        )

    async def start(self) -> None:
        """Run the service unless it runs."""
        if self._process and self._process.returncode is None:
            return
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "seal", "api", env=self._environment, cwd=ROOT
        )
        async with httpx.AsyncClient(base_url=self.url) as http, asyncio.timeout(20):
            while True:
                try:
                    if (await http.get("/health/ready")).status_code == 200:
                        return
                except httpx.TransportError:
                    await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """End the service, as a bureau's power cut would."""
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
