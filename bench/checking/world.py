"""A verify of the bench's own: database with invented certificates, Redis, vhost, settings."""

import asyncio
import base64
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import httpx
from bench.checking import servers
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.kit.broker import collecting, vhost
from tests.kit.contracts import KEYRING
from tests.kit.databases import migrated_database
from tests.kit.ports import free_port

from chassis.clock import SystemClock
from chassis.db import Database
from chassis.settings import Keyring
from verify.cache import FactCache
from verify.names import NameKeys
from verify.seeding import Seeder, seeded_token

_TTL_SECONDS = 30 * 24 * 3600


@dataclass
class World:
    """Where everything is, and how its processes are told."""

    folder: Path
    database: Database
    environment: dict[str, str]
    redis_port: int
    api_port: int
    worker_port: int
    broker: str
    keys: Keyring
    names: NameKeys

    @property
    def tokens(self) -> Path:
        return self.folder / "tokens"

    @property
    def redis_url(self) -> str:
        return f"redis://127.0.0.1:{self.redis_port}/0"

    @asynccontextmanager
    async def cache(self) -> AsyncIterator[FactCache]:
        """Yield the cache as the worker has it."""
        cache = FactCache(self.redis_url, timeout_seconds=5, ttl_seconds=_TTL_SECONDS)
        try:
            yield cache
        finally:
            await cache.close()

    def redis(self) -> servers.Running:
        return servers.redis(self.redis_port, self.folder)

    def api(self) -> servers.Running:
        """Run the API process as it is deployed."""
        return self._service("api", self.api_port)

    def worker(self) -> servers.Running:
        """Run the worker process as it is deployed."""
        return self._service("worker", self.worker_port)

    def _service(self, role: str, port: int) -> servers.Running:
        command = [sys.executable, "-m", "verify", role]
        return servers.process(command, port=port, environment=self.environment)

    async def seed(self, certificates: int) -> float:
        """Write the certificates by the projection's code, and their tokens; return seconds."""
        began = perf_counter()
        async with self.cache() as cache:
            seeder = Seeder(
                self.database, cache, tokens=self.keys, names=self.names, clock=SystemClock()
            )
            async for done in seeder.run(certificates):
                if done % 100_000 == 0:
                    print(f"\r{done:,} certificates", end="", flush=True)
        with self.tokens.open("w", encoding="ascii") as file:
            file.writelines(seeded_token(self.keys, one) for one in range(certificates))
        print()
        return perf_counter() - began

    async def page(self) -> httpx.Response:
        """Return the default page of a valid certificate, as our API sends it."""
        async with httpx.AsyncClient() as client:
            headers = {"accept": "text/html", "accept-language": "zh-CN"}
            address = f"http://127.0.0.1:{self.api_port}/v/{seeded_token(self.keys, 0)}"
            answer = await client.get(address, headers=headers)
        return answer.raise_for_status()


def _keyring(folder: Path, name: str, keyring: Keyring) -> Path:
    keys = {str(v): base64.b64encode(key).decode() for v, key in keyring.keys.items()}
    path = folder / name
    path.write_text(json.dumps({"current": keyring.current, "keys": keys}), encoding="ascii")
    return path


def _signing_keys(folder: Path, name: str) -> Path:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / name
    path.write_text(json.dumps({"current": "bench", "keys": {"bench": pem.decode()}}))
    return path


def _random_keys() -> Keyring:
    return Keyring(current=1, keys={1: os.urandom(32)})


@asynccontextmanager
async def world(folder: Path) -> AsyncIterator[World]:
    """Make it all; nothing of it stays."""
    keys, names = _random_keys(), _random_keys()
    redis_port, api_port, worker_port = (free_port() for _ in range(3))
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(migrated_database("verify"))
        broker = await stack.enter_async_context(vhost())
        # The worker tells who was checked; where nobody takes that in, it would try again for ever.
        await stack.enter_async_context(collecting(broker, ["verify.certificate.checked.v1"]))
        database = Database(url, pool_size=4)
        stack.push_async_callback(database.close)
        environment = {
            "DATABASE_URL": url.render_as_string(hide_password=False),
            "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0",
            "BROKER_URL": broker,
            "BUS_KEYS_FILE": _keyring(folder, "bus-keys", KEYRING),
            "TOKEN_MAC_KEYS_FILE": _keyring(folder, "token-keys", keys),
            "NAME_KEYS_FILE": _keyring(folder, "name-keys", names),
            "RECORDS_KEYS_FILE": _keyring(folder, "records-keys", _random_keys()),
            "SIGNING_KEYS_FILE": _signing_keys(folder, "signing-keys"),
            "STATUS_KEYS_FILE": _signing_keys(folder, "status-keys"),
            "OFFICIAL_HOST": "www.example.gov.cn",
            "API_PORT": api_port,
            "WORKER_PORT": worker_port,
            # Invented certificates have one heartbeat, made when they are written.
            "STALE_AFTER_SECONDS": 24 * 3600,
        }
        told = {f"VERIFY_{name}": str(value) for name, value in environment.items()}
        yield World(
            folder,
            database,
            told,
            redis_port,
            api_port,
            worker_port,
            broker,
            keys,
            NameKeys(names),
        )


def load() -> str:
    """Return what else the machine was doing, for the record."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {SystemClock().now():%Y-%m-%d}"


async def settled(seconds: float = 2.0) -> None:
    """Let the process's memory of the last second run out before the next figure is taken."""
    await asyncio.sleep(seconds)
