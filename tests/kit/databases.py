"""A database of its own for every test, built by the service's real migrations.

The migrations run once per test session into a template; each test gets a copy, so tests may
commit and still know nothing of each other.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from tests.kit.stack import ROOT, stack

from chassis import migrations

_numbers = count(1)
_templates: dict[str, URL] = {}
_lock = asyncio.Lock()


async def _administer(statement: str) -> None:
    engine = create_async_engine(
        stack().postgres_admin, poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()


async def _template(service: str) -> URL:
    async with _lock:
        if service not in _templates:
            name = f"test_{service}_{os.getpid()}_template"
            await _administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            await _administer(f"CREATE DATABASE {name}")
            url = make_url(stack().postgres_admin).set(database=name)
            folder = ROOT / "services" / service / "migrations"
            await asyncio.to_thread(migrations.upgrade, url, folder)
            _templates[service] = url
        return _templates[service]


@asynccontextmanager
async def empty_database(prefix: str = "chassis") -> AsyncIterator[URL]:
    """Yield the address of a new database without tables; drop it afterwards."""
    name = f"test_{prefix}_{os.getpid()}_{next(_numbers)}"
    await _administer(f"CREATE DATABASE {name}")
    try:
        yield make_url(stack().postgres_admin).set(database=name)
    finally:
        await _administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@asynccontextmanager
async def migrated_database(service: str) -> AsyncIterator[URL]:
    """Yield the address of a new database with the service's tables; drop it afterwards."""
    template = await _template(service)
    name = f"test_{service}_{os.getpid()}_{next(_numbers)}"
    await _administer(f"CREATE DATABASE {name} TEMPLATE {template.database}")
    try:
        yield template.set(database=name)
    finally:
        await _administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


async def drop_templates() -> None:
    """Drop this session's templates; the root conftest calls it at the end."""
    for url in _templates.values():
        await _administer(f"DROP DATABASE IF EXISTS {url.database} WITH (FORCE)")
    _templates.clear()
