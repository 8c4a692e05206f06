"""Fixtures: a database, a Redis and a served API for each test."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from tests.kit.databases import migrated_database
from verify_kit import NAME_KEYS, RedisServer, make_settings, served

from chassis.db import Database
from verify.cache import FactCache
from verify.freshness import Mirror
from verify.projection import Projection


@pytest.fixture
async def redis_server(tmp_path):
    server = RedisServer(tmp_path)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def database_url():
    async with migrated_database("verify") as url:
        yield url


@pytest.fixture
async def database(database_url):
    database = Database(database_url, pool_size=5)
    yield database
    await database.close()


@pytest.fixture
async def cache(redis_server):
    cache = FactCache(redis_server.url, timeout_seconds=0.5, ttl_seconds=3600)
    yield cache
    await cache.close()


@pytest.fixture
def mirror(database, cache):
    return Mirror(database, cache)


@pytest.fixture
def tell(database, cache):
    """Return a function that lets the projection handle an event, as its consumer would."""
    projection = Projection(database, cache, NAME_KEYS)
    handlers = {
        "CertificateState": (projection.on_certificate, projection.after_certificate),
        "SealRegistration": (projection.on_seal, None),
        "OrganisationState": (projection.on_organisation, None),
        "ClientState": (projection.on_client, None),
        "LedgerAdvanced": (projection.on_ledger_advanced, None),
    }

    async def tell_all(*events):
        for event in events:
            handle, after = handlers[type(event.data).__name__]
            async with database.transaction() as tx:
                await handle(tx, event)
            if after:
                await after(event)

    return tell_all


@pytest.fixture
def settings(tmp_path, database_url, redis_server):
    return make_settings(
        tmp_path, database_url.render_as_string(hide_password=False), redis_server.url
    )


@pytest.fixture
async def api(settings):
    async with served(settings) as running:
        yield running
