"""PostgreSQL access: one engine per process, explicit transactions, the only commit.

Application code never commits: it runs inside ``Database.transaction()``, which commits when the
block ends and rolls back when it raises, so that state, event and audit row stand or fall together.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any, cast

from sqlalchemy import MetaData, QueuePool, event, func, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from chassis.pools import Pool

Transaction = AsyncConnection
# A server that stopped and came back took longer. Asking each time would be four round trips
# before every transaction, a fifth of all that a busy worker sends.
_RESTED_SECONDS = 1.0

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def new_metadata() -> MetaData:
    """Return the metadata of one service, with the house's constraint names."""
    return MetaData(naming_convention=NAMING)


class Database:
    """The service's own database."""

    def __init__(self, url: URL | str, *, pool_size: int = 10, pool: str = "database") -> None:
        self.engine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,
            # A failed statement is logged; the values it carried may be personal.
            hide_parameters=True,
            connect_args={
                "timeout": 5,
                "server_settings": {
                    "timezone": "UTC",
                    "statement_timeout": "15000",
                    "idle_in_transaction_session_timeout": "60000",
                },
            },
        )
        _ask_rested_connections(self.engine)
        connections = cast("QueuePool", self.engine.sync_engine.pool)
        self._pool = Pool(pool, size=connections.size, used=connections.checkedout)
        self._by_itself = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._read_only = self.engine.execution_options(postgresql_readonly=True)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Open a transaction; commit at the end of the block, roll back on any exception."""
        async with self._connected(self.engine) as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def single(self) -> AsyncIterator[Transaction]:
        """Open a connection on which each statement is a transaction of its own.

        For one statement that says it all, such as claiming work: one round trip, not three.
        """
        async with self._connected(self._by_itself) as connection:
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """Open a read-only transaction: a write in it fails at the server."""
        async with (
            self._connected(self._read_only) as connection,
            connection.begin() as transaction,
        ):
            yield connection
            await transaction.rollback()

    @asynccontextmanager
    async def lease(self, name: str) -> AsyncIterator[bool]:
        """Hold the named lease for the block; yields False when another process has it.

        It is a transaction-level advisory lock, so a killed holder releases it at once.
        """
        async with self._connected(self.engine) as connection, connection.begin():
            key = func.hashtextextended(name, 0)
            yield bool(await connection.scalar(select(func.pg_try_advisory_xact_lock(key))))

    @asynccontextmanager
    async def _connected(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        began = monotonic()
        async with engine.connect() as connection:
            self._pool.waited(monotonic() - began)
            yield connection

    async def ping(self) -> None:
        """Raise unless the server answers."""
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Return every connection."""
        await self.engine.dispose()


def _ask_rested_connections(engine: AsyncEngine) -> None:
    """Let no connection be handed out that died while it lay in the pool."""
    dialect = engine.sync_engine.dialect

    def note(_: Any, record: Any) -> None:
        record.info["returned"] = monotonic()

    def ask(connection: Any, record: Any, _: Any) -> None:
        if monotonic() - record.info.get("returned", monotonic()) < _RESTED_SECONDS:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            # All of them are as old: the pool replaces each and tries again.
            raise InvalidatePoolError from error

    event.listen(engine.sync_engine, "checkin", note)
    event.listen(engine.sync_engine, "checkout", ask)


def within(path_column: str) -> str:
    """Return the SQL condition that ``path_column`` lies in one of the subtrees ``:scopes``.

    ``:scopes`` is an array of paths that end in ``/``; a path index with ``text_pattern_ops``
    serves it because each comparison is a prefix match.
    """
    return f"{path_column} LIKE ANY (SELECT s || '%' FROM unnest(CAST(:scopes AS text[])) AS s)"  # noqa: S608 - a column name from code


__all__ = ["Database", "Transaction", "new_metadata", "within"]
