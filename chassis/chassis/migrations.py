"""Alembic, told by the service's settings instead of an ini file's address.

It is imported where it is used: its 9 MB belong in no serving process, and every service's
``__main__`` knows this module.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, MetaData, pool, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine

if TYPE_CHECKING:
    from alembic.config import Config


def upgrade(url: URL, script_location: Path) -> None:
    """Bring the database to the newest revision; a second run changes nothing."""
    from alembic import command

    command.upgrade(_config(url, script_location), "head")


def check(url: URL, script_location: Path) -> None:
    """Raise when the tables declared in code differ from what the migrations build."""
    from alembic import command

    command.check(_config(url, script_location))


def _config(url: URL, script_location: Path) -> Config:
    from alembic.config import Config

    # Alembic's default is the standard output of whenever it was imported.
    config = Config(stdout=sys.stdout)
    config.set_main_option("script_location", str(script_location))
    config.attributes["url"] = url
    return config


def run_environment(metadata: MetaData) -> None:
    """Be the body of a service's ``migrations/env.py``."""
    from alembic import context

    url: URL = context.config.attributes["url"]
    asyncio.run(_run(url, metadata))


async def _run(url: URL, metadata: MetaData) -> None:
    engine = create_async_engine(url, poolclass=pool.NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(_migrate, metadata)
    await engine.dispose()


def _migrate(connection: Connection, metadata: MetaData) -> None:
    from alembic import context

    # Two jobs started at once must not both migrate; and a migration that waits long for a lock
    # would queue every reader behind it, so it gives up instead.
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('migrations', 0))"))
    connection.execute(text("SET LOCAL lock_timeout = '5s'"))
    connection.execute(text("SET LOCAL statement_timeout = '60s'"))
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        # Without it, tables outside the default schema are always reported as missing.
        include_schemas=any(table.schema for table in metadata.tables.values()),
    )
    with context.begin_transaction():
        context.run_migrations()
