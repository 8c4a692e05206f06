"""A seal service on a real SoftHSM token and a real database, for each test."""

import asyncio
import hashlib
import json
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from services.seal.tests.running import Caller, Live, Service, until_ready
from tests.kit.databases import migrated_database
from tests.kit.pki import ZHENGZHOU, SealSigner, throw_away_pki
from tests.kit.stack import ROOT

from chassis.clock import FrozenClock, SystemClock
from seal.app import build_app
from seal.keys.pkcs11 import TokenAddress, ensure_key_pair
from seal.settings import SealSettings

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
SECRET = "a-secret-made-by-a-machine-0123456789"
OTHER_SECRET = "another-secret-made-by-a-machine-987"
TOKEN_LABEL = "seal-test"


@pytest.fixture(scope="session")
def softhsm_conf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make this session's token store; SoftHSM reads its address once for each process."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    conf = folder / "softhsm2.conf"
    conf.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
    for label in (TOKEN_LABEL, "seal-spare"):
        command = ["softhsm2-util", "--init-token", "--free", "--label", label]
        command += ["--pin", "1234", "--so-pin", "5678"]
        subprocess.run(
            command, check=True, env={"SOFTHSM2_CONF": str(conf)}, stdout=subprocess.DEVNULL
        )
    return conf


@pytest.fixture(scope="session")
def pin_file(softhsm_conf: Path) -> Path:
    path = softhsm_conf.with_name("pin")
    path.write_text("1234\n")
    return path


@pytest.fixture(scope="session")
def make_settings(
    softhsm_conf: Path, pin_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., SealSettings]:
    folder = tmp_path_factory.mktemp("settings")
    clients = {
        name: {"secrets_sha256": [hashlib.sha256(secret.encode()).hexdigest()]}
        for name, secret in (("certificates", SECRET), ("auditor", OTHER_SECRET))
    }
    (folder / "clients.json").write_text(json.dumps(clients))

    def make(**changes: Any) -> SealSettings:
        usual = {
            "api_port": 1,
            "worker_port": 2,
            "database_url": "postgresql+asyncpg://nobody@127.0.0.1:1/nothing",
            "office_name": ZHENGZHOU,
            "pkcs11_module": MODULE,
            "pkcs11_token_label": TOKEN_LABEL,
            "pkcs11_pin_file": pin_file,
            "softhsm_conf": softhsm_conf,
            "certificate_chain_file": folder / "chain.pem",
            "clients_file": folder / "clients.json",
        }
        return SealSettings(**(usual | changes))

    return make


@pytest.fixture(scope="session")
def token(make_settings: Callable[..., SealSettings]) -> TokenAddress:
    """Make the key pair in the seal's token."""
    address = make_settings().token
    ensure_key_pair(address)
    return address


@pytest.fixture(scope="session")
def signer(token: TokenAddress, make_settings: Callable[..., SealSettings]) -> SealSigner:
    """Zhengzhou's certificate over the key in the token."""
    issued = throw_away_pki().issue(public_key=ensure_key_pair(token))
    make_settings().certificate_chain_file.write_text(issued.chain_pem)
    return issued


ServiceMaker = Callable[..., AbstractAsyncContextManager[Service]]


@pytest.fixture
def start(make_settings: Callable[..., SealSettings], signer: SealSigner) -> ServiceMaker:
    """Start a service with changed settings."""

    @asynccontextmanager
    async def starting(**changes: Any) -> AsyncIterator[Service]:
        settings, clock = make_settings(**changes), FrozenClock(SystemClock().now())
        app = build_app(settings, clock)
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://seal.test") as http,
        ):
            yield Service(
                app=app,
                settings=settings,
                clock=clock,
                signer=signer,
                certificates=Caller(http, SECRET),
                auditor=Caller(http, OTHER_SECRET, "auditor"),
            )

    return starting


@pytest.fixture(scope="session")
async def shared_database_url() -> AsyncIterator[str]:
    """Make one database for the tests that do not mind what others left in it."""
    async with migrated_database("seal") as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
async def database_url() -> AsyncIterator[str]:
    async with migrated_database("seal") as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture
async def service(start: ServiceMaker, database_url: str) -> AsyncIterator[Service]:
    """Run the service with both clients logged in."""
    async with start(database_url=database_url) as running:
        await running.certificates.log_in()
        await running.auditor.log_in()
        yield running


@pytest.fixture
def hashes() -> Callable[..., list[bytes]]:
    """Make distinct SHA-256 digests; ``first`` tells two lists apart."""
    return lambda count, first=0: [
        hashlib.sha256(f"signed attributes {number}".encode()).digest()
        for number in range(first, first + count)
    ]


@pytest.fixture(scope="session")
def environment_of() -> Callable[[SealSettings], dict[str, str]]:
    """Spell settings as the environment of a process of its own."""

    def spell(settings: SealSettings) -> dict[str, str]:
        given = settings.model_dump(exclude_unset=True, mode="json")
        return {f"SEAL_{name.upper()}": str(value) for name, value in given.items() if value}

    return spell


@pytest.fixture
def launch(
    make_settings: Callable[..., SealSettings],
    environment_of: Callable[[SealSettings], dict[str, str]],
    signer: SealSigner,
    database_url: str,
) -> Callable[[], AbstractAsyncContextManager[Live]]:
    """Run ``python -m seal api`` on this test's database, once or again."""

    @asynccontextmanager
    async def launching() -> AsyncIterator[Live]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = make_settings(database_url=database_url, api_port=port, log_level="error")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "seal", "api", env=environment_of(settings), cwd=ROOT
        )
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as http:
            running = Live(process, Caller(http, SECRET))
            try:
                await until_ready(http)
                await running.certificates.log_in()
                yield running
            finally:
                await running.stop()

    return launching


@pytest.fixture
async def live(launch: Callable[[], AbstractAsyncContextManager[Live]]) -> AsyncIterator[Live]:
    async with launch() as running:
        yield running
    assert running.process.returncode == 0
