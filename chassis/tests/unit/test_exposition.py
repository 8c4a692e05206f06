"""What a scraper reads: names, units, labels, and the trace of a request in its bucket."""

import pytest
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.trace import TracerProvider
from prometheus_client.openmetrics.parser import text_string_to_metric_families as families

from chassis.exposition import Exposition

OPEN_METRICS = "application/openmetrics-text; version=1.0.0"


@pytest.fixture
def exposition() -> Exposition:
    return Exposition()


@pytest.fixture
def meter(exposition: Exposition):
    provider = MeterProvider(metric_readers=[exposition.begin(service_name="hours", process="api")])
    yield provider.get_meter("yuzheng")
    provider.shutdown()


def samples(exposition: Exposition, name: str):
    body, media_type = exposition.answer(OPEN_METRICS)
    assert media_type.startswith("application/openmetrics-text")
    found = [one for family in families(body.decode()) for one in family.samples]
    return [one for one in found if one.name == name]


def test_counter_has_its_suffix_and_says_whose_it_is(exposition, meter):
    meter.create_counter("yuzheng.some.count").add(2, {"http.route": "/a", "outcome": "done"})
    (one,) = samples(exposition, "yuzheng_some_count_total")
    assert one.value == 2
    assert one.labels == {
        "service_name": "hours",
        "process": "api",
        "http_route": "/a",
        "outcome": "done",
    }


def test_gauge_in_bytes_has_its_unit(exposition, meter):
    def tell(_: CallbackOptions):
        yield Observation(7)

    meter.create_observable_gauge("yuzheng.some.size", callbacks=[tell], unit="By")
    assert [one.value for one in samples(exposition, "yuzheng_some_size_bytes")] == [7]


def test_bucket_names_the_trace_of_a_request_that_fell_into_it(exposition, meter):
    times = meter.create_histogram(
        "yuzheng.some.time", unit="s", explicit_bucket_boundaries_advisory=[0.1, 1]
    )
    tracer = TracerProvider().get_tracer("test")
    with tracer.start_as_current_span("slow") as span:
        times.record(0.5)
    times.record(5.0)  # outside of any trace
    buckets = samples(exposition, "yuzheng_some_time_seconds_bucket")
    assert [(one.labels["le"], one.value) for one in buckets] == [
        ("0.1", 0),
        ("1.0", 1),
        ("+Inf", 2),
    ]
    assert [bool(one.exemplar) for one in buckets] == [False, True, False]
    assert buckets[1].exemplar.value == 0.5
    assert buckets[1].exemplar.labels == {"trace_id": f"{span.get_span_context().trace_id:032x}"}


def test_scraper_that_knows_only_the_old_text_gets_it_without_traces(exposition, meter):
    times = meter.create_histogram("yuzheng.some.time", unit="s")
    with TracerProvider().get_tracer("test").start_as_current_span("slow"):
        times.record(0.5)
    body, media_type = exposition.answer("text/plain")
    assert media_type.startswith("text/plain")
    assert b"yuzheng_some_time_seconds_count" in body
    assert b"trace_id" not in body


def test_series_without_a_label_of_others_leaves_it_empty(exposition, meter):
    count = meter.create_counter("yuzheng.some.count")
    count.add(1, {"outcome": "done"})
    count.add(1, {"reason": "Broken"})
    found = samples(exposition, "yuzheng_some_count_total")
    assert {(one.labels["outcome"], one.labels["reason"]) for one in found} == {
        ("done", ""),
        ("", "Broken"),
    }


def test_processs_own_figures_are_told_with_its_name(exposition, meter):
    (one,) = samples(exposition, "process_resident_memory_bytes")
    assert one.labels["process"] == "api"
    assert one.value > 1_000_000


def test_what_libraries_measure_by_themselves_is_left_out(exposition):
    provider = MeterProvider(metric_readers=[exposition.begin()])
    provider.get_meter("fastapi").create_counter("http.server.requests", unit="{request}").add(1)
    assert samples(exposition, "http_server_requests_total") == []
    provider.shutdown()
