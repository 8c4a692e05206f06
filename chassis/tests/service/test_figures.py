"""Figures counted in tables: what a scrape shows, and that no count can harm the database."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from opentelemetry import metrics as otel_metrics
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from sqlalchemy import insert
from structlog.testing import capture_logs
from tests.kit.bench import outbox_rows, parked_rows

from chassis import figures
from chassis.figures import Count, Figures, Gauge


@pytest.fixture
def reader(monkeypatch) -> InMemoryMetricReader:
    made = InMemoryMetricReader()
    provider = MeterProvider(metric_readers=[made])
    monkeypatch.setattr(otel_metrics, "get_meter", provider.get_meter)
    return made


def shown(reader: InMemoryMetricReader, name: str) -> dict[tuple[str, ...], float]:
    """Return the values of a metric by the values of its labels."""
    data = reader.get_metrics_data()
    return {
        tuple(str(value) for value in point.attributes.values()): point.value
        for resource in (data.resource_metrics if data else ())
        for scope in resource.scope_metrics
        for metric in scope.metrics
        if metric.name == name
        for point in metric.data.data_points
    }


async def park(parts, queue: str, *, minutes: int) -> None:
    row = {
        "id": uuid4(),
        "queue": queue,
        "body_digest": uuid4().bytes,
        "body": "",
        "reason": "test",
        "traceparent": "",
        "deliveries": 1,
        "replays": 0,
        "parked_at": parts.clock.now() - timedelta(minutes=minutes),
    }
    async with parts.database.transaction() as tx:
        await tx.execute(insert(parked_rows), row)


async def test_queue_without_parked_messages_says_so(parts, reader):
    counts = figures.of_messages(outbox_rows, parked_rows, ["a.b", "c.d"])
    counting = Figures(parts.database, counts)
    await park(parts, "a.b", minutes=2)
    await park(parts, "a.b", minutes=1)
    await counting.turn()
    assert shown(reader, "yuzheng.bus.parked") == {("a.b",): 2, ("c.d",): 0}
    age = shown(reader, "yuzheng.bus.parked.age")
    assert 119 < age[("a.b",)] < 180
    assert age[("c.d",)] == 0
    assert shown(reader, "yuzheng.outbox.waiting") == {(): 0}


async def test_postgresql_tells_of_the_own_database(parts, reader):
    await Figures(parts.database, figures.of_database()).turn()
    assert shown(reader, "yuzheng.database.size")[()] > 1_000_000
    assert shown(reader, "yuzheng.database.server.connections.limit")[()] >= 100
    assert set(shown(reader, "yuzheng.database.sessions")) == {
        ("active",),
        ("idle",),
        ("idle in transaction",),
    }


async def test_count_that_fails_shows_nothing_and_stops_no_other(parts, reader):
    counts = [
        Count("SELECT 1 / :divisor AS one", {"one": Gauge("test.first")}, {"divisor": 1}, 0),
        Count("SELECT 2 AS two", {"two": Gauge("test.second")}, every_seconds=0),
    ]
    counting = Figures(parts.database, counts)
    await counting.turn()
    assert shown(reader, "test.first") == {(): 1}
    counts[0].values["divisor"] = 0
    with capture_logs() as logs:
        await counting.turn()
    assert shown(reader, "test.first") == {}
    assert shown(reader, "test.second") == {(): 2}
    assert [one["figures"] for one in logs] == [["test.first"]]


async def test_count_that_takes_too_long_is_ended_by_the_server(parts, reader, monkeypatch):
    monkeypatch.setattr(figures, "_LONGEST_MILLISECONDS", 50)
    slow = Count("SELECT 1 AS one, pg_sleep(60)::text AS label", {"one": Gauge("test.slow")})
    counting = Figures(parts.database, [slow])
    async with asyncio.timeout(10):
        await counting.turn()
    assert shown(reader, "test.slow") == {}


async def test_count_cannot_write(parts, reader):
    figure = {"one": Gauge("test.writing")}
    writing = Count("DELETE FROM parked_messages RETURNING 1 AS one", figure)
    await park(parts, "a.b", minutes=1)
    counting = Figures(parts.database, [writing])
    await counting.turn()
    assert shown(reader, "test.writing") == {}


async def test_counting_goes_on_until_told_to_stop(parts, reader):
    stop = asyncio.Event()
    count = Count("SELECT 1 AS one", {"one": Gauge("test.again")}, every_seconds=0.01)
    counting = asyncio.create_task(Figures(parts.database, [count]).run(stop))
    async with asyncio.timeout(10):
        while not shown(reader, "test.again"):
            await asyncio.sleep(0.01)
    stop.set()
    async with asyncio.timeout(10):
        await counting
