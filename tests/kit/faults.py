"""Stopping a process at an exact point: a trigger that waits for a lock the test holds.

The database itself holds the line: whoever reaches the statement waits there, the test sees it
wait, kills it, and lets go. Nothing in the product knows of it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from tests.kit.stack import stack

_LOCK = 7_140_001


# Of an advisory lock the number, of a table its oid: in this database, and kept waiting.
_WAITING = """
    SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE d.datname = current_database() AND locktype = :kind AND NOT granted
      AND coalesce(objid, relation) = :what
"""


class Gate:
    """A statement of one table that nobody passes while the gate is shut."""

    def __init__(
        self, engine: AsyncEngine, kind: str, what: int, opening: Callable[[], Awaitable[object]]
    ) -> None:
        self._engine = engine
        self._kind = kind
        self._what = what
        self._opening = opening

    async def reached(self, *, seconds: float = 60) -> None:
        """Wait until a process stands at the gate."""
        waiting = {"kind": self._kind, "what": self._what}
        async with asyncio.timeout(seconds), self._engine.connect() as connection:
            while not await connection.scalar(text(_WAITING), waiting):
                await asyncio.sleep(0.02)

    async def open(self) -> None:
        """Let everybody pass."""
        await self._opening()


@asynccontextmanager
async def gate(
    database: str, table: str, operation: str, *, when: str = "true", number: int = 1
) -> AsyncIterator[Gate]:
    """Shut a gate before ``operation`` (INSERT, UPDATE, DELETE) on ``table`` of the running stack.

    ``when`` is a trigger condition on OLD or NEW. The gate is gone after the block. Two gates of
    one database at a time need a ``number`` each.
    """
    url = make_url(stack().postgres_admin).set(database=database)
    engine = create_async_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    row = "OLD" if operation == "DELETE" else "NEW"
    name, lock = f"test_gate_{number}", _LOCK + number
    async with engine.connect() as holder:
        await holder.execute(text(f"SELECT pg_advisory_lock({lock})"))
        for statement in (
            (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
                f" BEGIN PERFORM pg_advisory_xact_lock_shared({lock}); RETURN {row}; END $$"
            ),
            (
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW"
                f" WHEN ({when}) EXECUTE FUNCTION {name}()"
            ),
        ):
            await holder.execute(text(statement))
        unlock = partial(holder.execute, text("SELECT pg_advisory_unlock_all()"))
        shut = Gate(engine, "advisory", lock, unlock)
        try:
            yield shut
        finally:
            await shut.open()
            await holder.execute(text(f"DROP TRIGGER IF EXISTS {name} ON {table}"))
            await holder.execute(text(f"DROP FUNCTION IF EXISTS {name}()"))
    await engine.dispose()


@asynccontextmanager
async def closed_table(database: str, table: str) -> AsyncIterator[Gate]:
    """Let nobody read or write ``table`` of the running stack: for steps that only look."""
    url = make_url(stack().postgres_admin).set(database=database)
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as holder:
        oid = await holder.scalar(text(f"SELECT '{table}'::regclass::oid::int"))
        await holder.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
        shut = Gate(engine, "relation", oid, holder.rollback)
        try:
            yield shut
        finally:
            await shut.open()
    await engine.dispose()


async def tamper(database: str, statement: str, **values: object) -> None:
    """Change the running stack's data behind the services, past every trigger."""
    url = make_url(stack().postgres_admin).set(database=database)
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        await connection.execute(text(statement), values)
    await engine.dispose()


async def rows(database: str, query: str, **values: object) -> list[dict[str, object]]:
    """Read the running stack's database as administrator: what a checker sees, not a service."""
    url = make_url(stack().postgres_admin).set(database=database)
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.connect() as connection:
        found = [dict(row) for row in (await connection.execute(text(query), values)).mappings()]
    await engine.dispose()
    return found
