"""Every count of every service is understood by its own tables, as the migrations build them."""

from collections.abc import Sequence
from importlib import import_module

import pytest
from opentelemetry import metrics as otel_metrics
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from structlog.testing import capture_logs
from tests.kit.databases import migrated_database

from chassis.db import Database
from chassis.figures import Count, Figures, of_database

# What a new database has nothing of: no heartbeat has come, no seal is active.
NOTHING_YET = {
    "verify": {"yuzheng.verify.freshness.age"},
    "certificates": {
        "yuzheng.lane.failing",
        "yuzheng.lane.canary.age",
        "yuzheng.lane.certificate.remaining",
        "yuzheng.lane.waiting",
        "yuzheng.lane.waiting.age",
    },
}


def counts_of(service: str) -> Sequence[Count]:
    if service == "seal":
        return of_database()
    found: Sequence[Count] = import_module(f"{service}.figures").counts()
    return found


def shown(reader: InMemoryMetricReader) -> set[str]:
    data = reader.get_metrics_data()
    return {
        metric.name
        for resource in (data.resource_metrics if data else ())
        for scope in resource.scope_metrics
        for metric in scope.metrics
        if metric.data.data_points
    }


@pytest.mark.parametrize("service", ["identity", "hours", "certificates", "verify", "seal"])
async def test_every_figure_is_counted_from_the_start(service: str, monkeypatch) -> None:
    reader = InMemoryMetricReader()
    provider = MeterProvider(metric_readers=[reader])
    monkeypatch.setattr(otel_metrics, "get_meter", provider.get_meter)
    counts = counts_of(service)
    async with migrated_database(service) as url:
        database = Database(url, pool_size=1)
        try:
            with capture_logs() as logs:
                await Figures(database, counts).turn()
        finally:
            await database.close()
    assert logs == []
    told = {figure.name for count in counts for figure in count.figures.values()}
    assert told - shown(reader) == NOTHING_YET.get(service, set())
