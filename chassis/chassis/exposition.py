"""What a process has measured, as Prometheus reads it.

OpenTelemetry's own exporter leaves exemplars out; here a histogram's bucket names the trace of one
request that fell into it, where the reader understands OpenMetrics. Every sample says which
service and which of its processes it is from, whatever the scraper adds. What libraries measure by
themselves is left out: the names of ``contracts/telemetry`` are what is told.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from opentelemetry.sdk.metrics.export import (
    Histogram,
    HistogramDataPoint,
    InMemoryMetricReader,
    Metric,
    NumberDataPoint,
    Sum,
)
from opentelemetry.trace import format_trace_id
from prometheus_client import REGISTRY
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
)
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.samples import Exemplar

METER = "yuzheng"
_UNITS = {"1": "", "s": "seconds", "By": "bytes"}
_NANOSECONDS = 1e9
Bucket = tuple[str, float] | tuple[str, float, Exemplar]


class Exposition:
    """A process's metrics: OpenTelemetry's instruments, and Python's and the system's figures."""

    def __init__(self) -> None:
        self._reader = InMemoryMetricReader()
        self._labels: dict[str, str] = {}

    def begin(self, **labels: str) -> InMemoryMetricReader:
        """Forget what was, and return the reader for a meter provider; ``labels`` go with all."""
        self._reader, self._labels = InMemoryMetricReader(), labels
        return self._reader

    def collect(self) -> Iterator[Family]:
        """Yield everything as Prometheus' library knows it."""
        for family in (*REGISTRY.collect(), *_measured(self._reader)):
            family.samples = [
                sample._replace(labels={**self._labels, **sample.labels})
                for sample in family.samples
            ]
            yield family

    def answer(self, accept: str) -> tuple[bytes, str]:
        """Return body and media type for a scraper that accepts ``accept``."""
        encode, media_type = choose_encoder(accept)
        return encode(self), media_type


exposition = Exposition()


def _measured(reader: InMemoryMetricReader) -> Iterator[Family]:
    data = reader.get_metrics_data()
    for resource in data.resource_metrics if data else ():
        for scope in resource.scope_metrics:
            if scope.scope.name == METER:
                yield from map(_family, scope.metrics)


def _family(metric: Metric) -> Family:
    name, unit = metric.name.replace(".", "_"), _UNITS[metric.unit or "1"]
    told = metric.description or ""
    keys = sorted({key for point in metric.data.data_points for key in point.attributes or {}})
    labels = [key.replace(".", "_") for key in keys]
    if isinstance(metric.data, Histogram):
        histogram = HistogramMetricFamily(name, told, labels=labels, unit=unit)
        for one in _histogram_points(metric):
            histogram.add_metric(_values(keys, one.attributes), list(_buckets(one)), one.sum)
        return histogram
    counts = isinstance(metric.data, Sum) and metric.data.is_monotonic
    kind = CounterMetricFamily if counts else GaugeMetricFamily
    family = kind(name, told, labels=labels, unit=unit)
    for point in metric.data.data_points:
        if isinstance(point, NumberDataPoint):
            family.add_metric(_values(keys, point.attributes), point.value)
    return family


def _histogram_points(metric: Metric) -> Iterable[HistogramDataPoint]:
    return (one for one in metric.data.data_points if isinstance(one, HistogramDataPoint))


def _values(keys: list[str], attributes: Mapping[str, object] | None) -> list[str]:
    return [str((attributes or {}).get(key, "")) for key in keys]


def _buckets(point: HistogramDataPoint) -> Iterator[Bucket]:
    """Yield the upper bounds with how many were at or below each, and one of those between."""
    exemplars = _exemplars(point)
    total = 0
    bounds = [*(str(float(bound)) for bound in point.explicit_bounds), "+Inf"]
    for place, (bound, count) in enumerate(zip(bounds, point.bucket_counts, strict=True)):
        total += count
        exemplar = exemplars.get(place)
        yield (bound, total, exemplar) if exemplar else (bound, total)


def _exemplars(point: HistogramDataPoint) -> dict[int, Exemplar]:
    """Return the traces by the number of their bucket."""
    return {
        bisect_left(point.explicit_bounds, one.value): Exemplar(
            {"trace_id": format_trace_id(one.trace_id)},
            one.value,
            one.time_unix_nano / _NANOSECONDS,
        )
        for one in point.exemplars
        if one.trace_id
    }
