"""Connections that died while they lay in the pool are never handed out."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from tests.kit.databases import empty_database

from chassis import db
from chassis.db import Database


@pytest.fixture
async def database() -> AsyncIterator[Database]:
    async with empty_database() as url:
        opened = Database(url, pool_size=2)
        yield opened
        await opened.close()


async def backend(database: Database) -> int:
    async with database.transaction() as tx:
        return int(await tx.scalar(text("SELECT pg_backend_pid()")))


async def end(database: Database, victim: int) -> None:
    async with empty_database() as url:
        other = Database(url.set(database=database.engine.url.database), pool_size=1)
        async with other.transaction() as tx:
            await tx.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": victim})
        await other.close()


async def test_connection_that_died_at_rest_is_replaced(database, monkeypatch):
    monkeypatch.setattr(db, "_RESTED_SECONDS", 0)
    first = await backend(database)
    await end(database, first)

    assert await backend(database) != first


async def test_every_connection_that_died_at_rest_is_replaced(database, monkeypatch):
    monkeypatch.setattr(db, "_RESTED_SECONDS", 0)
    async with database.transaction() as one, database.transaction() as two:
        victims = [int(await tx.scalar(text("SELECT pg_backend_pid()"))) for tx in (one, two)]
    for victim in victims:
        await end(database, victim)

    async with database.transaction() as one, database.transaction() as two:
        pids = [int(await tx.scalar(text("SELECT pg_backend_pid()"))) for tx in (one, two)]
    assert not set(pids) & set(victims)


async def test_connection_in_use_is_not_asked_each_time(database, monkeypatch):
    asked = []
    dialect = database.engine.sync_engine.dialect
    ping = dialect.do_ping
    monkeypatch.setattr(dialect, "do_ping", lambda one: asked.append(one) or ping(one))
    await backend(database)
    await backend(database)
    assert not asked

    monkeypatch.setattr(db, "_RESTED_SECONDS", 0)
    await backend(database)
    assert len(asked) == 1
