"""Logs, traces and metrics of a process, set up by one call.

Log event names are static snake_case, everything variable is a keyword; no personal data, no
objects, only ids. Trace context crosses HTTP in ``traceparent`` and AMQP in the envelope.
"""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

import structlog
from opentelemetry import metrics as otel_metrics
from opentelemetry import propagate, trace
from opentelemetry.context import attach, detach
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind

from chassis.envelope import Context
from chassis.exposition import exposition
from chassis.ids import uuid7

tracer = trace.get_tracer("yuzheng")
_meter = otel_metrics.get_meter("yuzheng")
_correlation: ContextVar[str] = ContextVar("correlation_id", default="")
_causation: ContextVar[str] = ContextVar("causation_id", default="")
_ROW_VALUES = re.compile(r"DETAIL:.*?(?=\n\n|\Z)", re.DOTALL)


# Bounds of histograms: of what somebody waits for, and of what is done in its own time.
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
LONG_SECONDS = (0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400)


class _Metrics:
    """The instruments of the chassis; names are declared in contracts/telemetry."""

    request_seconds = _meter.create_histogram(
        "yuzheng.http.request.duration", unit="s", explicit_bucket_boundaries_advisory=SECONDS
    )
    outbox_published = _meter.create_counter("yuzheng.outbox.published")
    outbox_failed = _meter.create_counter("yuzheng.outbox.failed")
    messages = _meter.create_counter("yuzheng.bus.messages")
    message_seconds = _meter.create_histogram(
        "yuzheng.bus.message.duration", unit="s", explicit_bucket_boundaries_advisory=SECONDS
    )
    loop_lag_seconds = _meter.create_histogram(
        "yuzheng.loop.lag", unit="s", explicit_bucket_boundaries_advisory=SECONDS
    )
    pool_wait_seconds = _meter.create_histogram(
        "yuzheng.pool.wait", unit="s", explicit_bucket_boundaries_advisory=SECONDS
    )


metrics = _Metrics()


def configure(*, service: str, process: str, otlp_endpoint: str | None, log_level: str) -> None:
    """Set up JSON logs on standard error, spans to the collector, metrics for Prometheus."""
    _configure_logs(service, process, log_level)
    resource = Resource.create({"service.name": service, "service.instance.id": process})
    provider = TracerProvider(resource=resource)
    if otlp_endpoint:
        exporter = OTLPSpanExporter(endpoint=f"{otlp_endpoint}/v1/traces", timeout=5)
        provider.add_span_processor(BatchSpanProcessor(exporter, schedule_delay_millis=500))
    trace.set_tracer_provider(provider)
    otel_metrics.set_meter_provider(
        MeterProvider(
            resource=resource,
            metric_readers=[exposition.begin(service_name=service, process=process)],
        )
    )


def _configure_logs(service: str, process: str, log_level: str) -> None:
    def add_context(
        _: Any, __: str, entry: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        span = trace.get_current_span().get_span_context()
        if span.is_valid:
            entry["trace_id"] = trace.format_trace_id(span.trace_id)
            entry["span_id"] = trace.format_span_id(span.span_id)
        if correlation := _correlation.get():
            entry["correlation_id"] = correlation
        entry["service"], entry["process"] = service, process
        return entry

    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        add_context,
        structlog.processors.format_exc_info,
        _hide_row_values,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=log_level.upper(), force=True)
    # Libraries that narrate each request at info would drown the events that matter; some of
    # them (httpx) would also write whole URLs.
    for chatty in ("httpx", "httpcore", "aio_pika", "aiormq", "fontTools", "weasyprint", "pyhanko"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def _hide_row_values(
    _: Any, __: str, entry: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    # PostgreSQL quotes the failing row in an error's DETAIL, and rows hold personal data.
    if isinstance(text := entry.get("exception"), str):
        entry["exception"] = _ROW_VALUES.sub("DETAIL:  hidden", text)
    return entry


def current_context() -> Context:
    """Return the correlation, causation and trace of what runs now; a new story if none does."""
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    correlation = _correlation.get() or str(uuid7())
    return Context(
        correlation_id=correlation,
        causation_id=_causation.get() or correlation,
        traceparent=carrier.get("traceparent", ""),
    )


@contextmanager
def story(
    *,
    name: str,
    kind: SpanKind,
    traceparent: str,
    correlation_id: str,
    causation_id: UUID | str,
    attributes: dict[str, str] | None = None,
) -> Iterator[Span]:
    """Run the block as a span that continues ``traceparent``, within the given correlation."""
    parent = propagate.extract({"traceparent": traceparent} if traceparent else {})
    token = attach(parent)
    correlation_token = _correlation.set(correlation_id)
    causation_token = _causation.set(str(causation_id))
    try:
        with tracer.start_as_current_span(name, kind=kind, attributes=attributes) as span:
            yield span
    finally:
        _causation.reset(causation_token)
        _correlation.reset(correlation_token)
        detach(token)


def outgoing_headers() -> dict[str, str]:
    """Return the headers that carry the present trace and correlation to another service."""
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    if correlation := _correlation.get():
        carrier["x-correlation-id"] = correlation
    return carrier
