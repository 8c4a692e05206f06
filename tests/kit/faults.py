"""Stopping a process at an exact point: a trigger that waits for a lock the test holds.

The database itself holds the line: whoever reaches the statement waits there, the test sees it
wait, kills it, and lets go. Nothing in the product knows of it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from tests.kit.stack import stack

_LOCK = 7_140_001


class Gate:
    """A statement of one table that nobody passes while the gate is shut."""

    def __init__(self, engine: AsyncEngine, holder: AsyncConnection) -> None:
        self._engine = engine
        self._holder = holder

    async def reached(self, *, seconds: float = 60) -> None:
        """Wait until a process stands at the gate."""
        query = text(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE d.datname = current_database() AND locktype = 'advisory'"
            " AND objid = :lock AND NOT granted"
        )
        async with asyncio.timeout(seconds), self._engine.connect() as connection:
            while not await connection.scalar(query, {"lock": _LOCK}):
                await asyncio.sleep(0.02)

    async def open(self) -> None:
        """Let everybody pass."""
        await self._holder.execute(text("SELECT pg_advisory_unlock_all()"))


@asynccontextmanager
async def gate(
    database: str, table: str, operation: str, *, when: str = "true"
) -> AsyncIterator[Gate]:
    """Shut a gate before ``operation`` (INSERT, UPDATE, DELETE) on ``table`` of the running stack.

    ``when`` is a trigger condition on OLD or NEW. The gate is gone after the block.
    """
    url = make_url(stack().postgres_admin).set(database=database)
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    row = "OLD" if operation == "DELETE" else "NEW"
    async with engine.connect() as holder:
        await holder.execute(text(f"SELECT pg_advisory_lock({_LOCK})"))
        for statement in (
            (
                "CREATE OR REPLACE FUNCTION test_gate() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN PERFORM pg_advisory_xact_lock_shared({_LOCK}); RETURN {row}; END $$"
            ),
            (
                f"CREATE TRIGGER test_gate BEFORE {operation} ON {table} FOR EACH ROW"
                f" WHEN ({when}) EXECUTE FUNCTION test_gate()"
            ),
        ):
            await holder.execute(text(statement))
        shut = Gate(engine, holder)
        try:
            yield shut
        finally:
            await shut.open()
            await holder.execute(text(f"DROP TRIGGER IF EXISTS test_gate ON {table}"))
            await holder.execute(text("DROP FUNCTION IF EXISTS test_gate()"))
    await engine.dispose()


async def rows(database: str, query: str, **values: object) -> list[dict[str, object]]:
    """Read the running stack's database as administrator: what a checker sees, not a service."""
    url = make_url(stack().postgres_admin).set(database=database)
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        found = [dict(row) for row in (await connection.execute(text(query), values)).mappings()]
    await engine.dispose()
    return found
