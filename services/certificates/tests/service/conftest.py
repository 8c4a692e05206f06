"""A certificates service on a real database, sealed for by real seal services."""

import base64
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from services.certificates.tests.service.office import Office
from services.certificates.tests.service.seal_server import SealServer
from services.certificates.tests.service.settings_of import settings_with
from tests.kit.contracts import KEYRING
from tests.kit.databases import migrated_database
from tests.kit.pki import LUOYANG, ZHENGZHOU, throw_away_pki
from tests.kit.stack import ROOT

from certificates.settings import Settings
from certificates.usecases import Bench
from certificates.worker import build_bench
from certificates.workshop import Workshop
from chassis.clock import FrozenClock, SystemClock
from chassis.db import Database


@pytest.fixture(scope="session")
def fonts_dir() -> Path:
    return ROOT / ".local" / "fonts"


@pytest.fixture(scope="session")
async def seal_servers(tmp_path_factory) -> AsyncIterator[dict[str, SealServer]]:
    """Run the seal services of two bureaus, each with its own token, key and database."""
    servers = {
        "zhengzhou": SealServer(tmp_path_factory.mktemp("zhengzhou"), ZHENGZHOU),
        "luoyang": SealServer(tmp_path_factory.mktemp("luoyang"), LUOYANG),
    }
    async with migrated_database("seal") as first, migrated_database("seal") as second:
        for server, url in zip(servers.values(), (first, second), strict=True):
            await server.prepare(url)
            await server.start()
        yield servers
        for server in servers.values():
            await server.stop()


@pytest.fixture(autouse=True)
async def _seal_servers_run(request) -> AsyncIterator[None]:
    """Bring back what a test has stopped."""
    yield
    if "seal_servers" in request.fixturenames:
        for server in request.getfixturevalue("seal_servers").values():
            await server.start()


@pytest.fixture(scope="session")
def workshop(fonts_dir) -> Iterator[Workshop]:
    """Document processes for all tests: starting them takes seconds."""
    shared = Workshop(fonts_dir, processes=2, documents_per_process=500, timeout_seconds=30)
    yield shared
    shared.close()


@pytest.fixture(scope="session")
def secret_files(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("secrets")
    ring = {"current": 1, "keys": {"1": "MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTE="}}
    pem = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    contents = {
        "token_mac_keys_file": json.dumps(ring),
        "bus_keys_file": json.dumps(
            {"current": 1, "keys": {"1": base64.b64encode(KEYRING.keys[1]).decode()}}
        ),
        "qr_keys_file": json.dumps({"current": "test", "keys": {"test": pem.decode()}}),
        "log_keys_file": json.dumps({"current": "log-test", "keys": {"log-test": pem.decode()}}),
        "share_keys_file": json.dumps(ring),
        "trust_roots_file": throw_away_pki().root.pem,
    }
    for name, content in contents.items():
        (folder / name).write_text(content)
    return {name: folder / name for name in contents}


@pytest.fixture
async def settings(seal_servers, secret_files, fonts_dir, tmp_path) -> AsyncIterator[Settings]:
    codes = {"zhengzhou": "410100", "luoyang": "410300"}
    endpoints = {name: server.endpoint(codes[name]) for name, server in seal_servers.items()}
    async with settings_with(endpoints, tmp_path, secret_files, fonts_dir) as made:
        yield made


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock(SystemClock().now())


@pytest.fixture
async def new_bench(settings, clock, workshop) -> AsyncIterator[Callable[[], Bench]]:
    """Make the worker's tools anew, as a process that has just started has them."""
    made: list[Bench] = []

    def make() -> Bench:
        database = Database(settings.database, pool_size=5)
        bench = replace(build_bench(settings, database, clock), workshop=workshop)
        made.append(bench)
        return bench

    yield make
    for bench in made:
        await bench.seal_services.close()
        await bench.authorities.close()
        await bench.database.close()


@pytest.fixture
def bench(new_bench) -> Bench:
    return new_bench()


@pytest.fixture
async def office(bench, settings, clock) -> AsyncIterator[Office]:
    """Tell of the province as identity does, and open the API to its people."""
    async with Office.open(bench, settings, clock) as opened:
        yield opened
