"""Figures that are counted in a service's own tables: what waits, how old it is, how much there is.

The worker counts at an interval and keeps the last figures in memory; a scrape reads those and
asks no database. Each count is one statement with a bound of its own, ended by the server when it
takes too long. A count that fails shows nothing until it succeeds again: an old figure would look
like a calm one. With several workers each tells the same, so whoever reads takes the largest.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any

import structlog
from opentelemetry import metrics
from opentelemetry.metrics import CallbackOptions, Observation
from sqlalchemy import (
    ColumnElement,
    Executable,
    Label,
    Select,
    Table,
    Text,
    column,
    extract,
    func,
    select,
    text,
    values,
)
from sqlalchemy.exc import SQLAlchemyError

from chassis.db import Database, Transaction

_log = structlog.get_logger()
_OFTEN_SECONDS = 15.0
_LONGEST_MILLISECONDS = 5000
# More than this is shown as this: a queue so long needs no exact figure.
MOST_COUNTED = 100_000


@dataclass(frozen=True, slots=True)
class Gauge:
    """A figure that goes up and down."""

    name: str
    unit: str = "1"


@dataclass(frozen=True, slots=True)
class Total:
    """A figure of the server's that only grows until it is started afresh."""

    name: str
    unit: str = "1"


@dataclass(frozen=True)
class Count:
    """One bounded statement: a column for each figure, the other columns are its labels."""

    statement: str | Executable
    figures: Mapping[str, Gauge | Total]
    values: Mapping[str, Any] = field(default_factory=dict)
    every_seconds: float = _OFTEN_SECONDS


class Figures:
    """Counts in turn and shows the last figures."""

    def __init__(self, database: Database, counts: Sequence[Count]) -> None:
        self._database = database
        self._counts = counts
        self._shown: dict[str, list[Observation]] = {}
        self._due = dict.fromkeys(range(len(counts)), 0.0)
        meter = metrics.get_meter("yuzheng")
        for figure in (one for count in counts for one in count.figures.values()):
            create = (
                meter.create_observable_gauge
                if isinstance(figure, Gauge)
                else meter.create_observable_counter
            )
            create(figure.name, callbacks=[partial(self._show, figure.name)], unit=figure.unit)

    async def run(self, stop: asyncio.Event) -> None:
        """Count until ``stop``."""
        while not stop.is_set():
            await self.turn()
            wait = min(self._due.values(), default=monotonic() + _OFTEN_SECONDS) - monotonic()
            try:
                await asyncio.wait_for(stop.wait(), max(wait, 0.0))
            except TimeoutError:
                continue

    async def turn(self) -> None:
        """Take every count that is due."""
        for place, count in enumerate(self._counts):
            if self._due[place] > monotonic():
                continue
            self._due[place] = monotonic() + count.every_seconds
            try:
                rows = await self._rows(count)
            except (SQLAlchemyError, OSError, TimeoutError) as error:
                names = [figure.name for figure in count.figures.values()]
                _log.warning("figures_not_counted", figures=names, error=type(error).__name__)
                rows = []
            for name, figure in count.figures.items():
                self._shown[figure.name] = list(_observed(rows, name, count.figures))

    async def _rows(self, count: Count) -> list[dict[str, Any]]:
        async with self._database.reading() as tx:
            await _limit(tx)
            statement = count.statement
            asked = text(statement) if isinstance(statement, str) else statement
            found = await tx.execute(asked, dict(count.values))
            return [dict(row) for row in found.mappings()]

    def _show(self, name: str, _: CallbackOptions) -> Iterable[Observation]:
        return self._shown.get(name, ())


async def _limit(tx: Transaction) -> None:
    await tx.execute(text(f"SET LOCAL statement_timeout = {_LONGEST_MILLISECONDS}"))


def _observed(
    rows: Sequence[Mapping[str, Any]], name: str, figures: Mapping[str, Gauge | Total]
) -> Iterable[Observation]:
    for row in rows:
        if row[name] is not None:
            labels = {key: str(value) for key, value in row.items() if key not in figures}
            yield Observation(float(row[name]), labels)


def of_database() -> list[Count]:
    """Return what PostgreSQL tells a service of its own database."""
    return [
        Count(
            "SELECT xact_commit AS commits, xact_rollback AS rollbacks, blks_hit AS hits,"
            " blks_read AS reads, deadlocks, pg_database_size(datname) AS size"
            " FROM pg_stat_database WHERE datname = current_database()",
            {
                "commits": Total("yuzheng.database.commits"),
                "rollbacks": Total("yuzheng.database.rollbacks"),
                "hits": Total("yuzheng.database.blocks.hit"),
                "reads": Total("yuzheng.database.blocks.read"),
                "deadlocks": Total("yuzheng.database.deadlocks"),
                "size": Gauge("yuzheng.database.size", "By"),
            },
        ),
        Count(
            "SELECT known.state, count(a.pid) AS sessions,"
            " COALESCE(max(extract(epoch FROM now() - a.xact_start)), 0) AS oldest"
            " FROM (VALUES ('active'), ('idle'), ('idle in transaction')) AS known (state)"
            " LEFT JOIN pg_stat_activity a ON a.state = known.state AND a.usename = current_user"
            " AND a.datname = current_database() AND a.pid <> pg_backend_pid()"
            " GROUP BY known.state",
            {
                "sessions": Gauge("yuzheng.database.sessions"),
                "oldest": Gauge("yuzheng.database.transaction.age", "s"),
            },
        ),
        Count(
            "SELECT (SELECT sum(numbackends) FROM pg_stat_database) AS used,"
            " current_setting('max_connections')::int AS most,"
            " (SELECT COALESCE(sum(n_dead_tup), 0) FROM pg_stat_user_tables) AS dead,"
            " (SELECT COALESCE(sum(n_live_tup), 0) FROM pg_stat_user_tables) AS live",
            {
                "used": Gauge("yuzheng.database.server.connections"),
                "most": Gauge("yuzheng.database.server.connections.limit"),
                "dead": Gauge("yuzheng.database.rows.dead"),
                "live": Gauge("yuzheng.database.rows.live"),
            },
        ),
    ]


def of_messages(outbox: Table, parked: Table, queues: Sequence[str]) -> list[Count]:
    """Return what waits to be published, and what is parked of each queue."""
    return [
        Count(
            _waiting(outbox),
            {"waiting": Gauge("yuzheng.outbox.waiting"), "age": Gauge("yuzheng.outbox.age", "s")},
        ),
        Count(
            _parked(parked, queues),
            {"parked": Gauge("yuzheng.bus.parked"), "age": Gauge("yuzheng.bus.parked.age", "s")},
        ),
    ]


def _waiting(outbox: Table) -> Select[Any]:
    of = outbox.c
    first = select(of.created_at).order_by(of.available_at, of.id).limit(MOST_COUNTED).subquery()
    return select(func.count().label("waiting"), _age(first.c.created_at)).select_from(first)


def _parked(parked: Table, queues: Sequence[str]) -> Select[Any]:
    # Each queue by name, so that one without parked messages says so.
    known = values(column("queue", Text), name="known").data([(queue,) for queue in queues])
    of = parked.c
    first = select(of.queue, of.parked_at).order_by(of.queue, of.parked_at).limit(MOST_COUNTED)
    found = first.subquery()
    return (
        select(
            known.c.queue, func.count(found.c.parked_at).label("parked"), _age(found.c.parked_at)
        )
        .select_from(known.outerjoin(found, found.c.queue == known.c.queue))
        .group_by(known.c.queue)
    )


def _age(since: ColumnElement[Any]) -> Label[Any]:
    return func.coalesce(extract("epoch", func.now() - func.min(since)), 0).label("age")
