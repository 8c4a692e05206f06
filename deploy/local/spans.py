"""`python -m deploy.local.spans --port N --output FILE`: traces in, one JSON line per span out.

Receives OTLP over HTTP (protobuf; chunked and compressed bodies too). The file is kept below a
bound: when it is full it becomes FILE.1, replacing the one before, and a new one begins.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from aiohttp import web
from google.protobuf.message import DecodeError  # type: ignore[import-untyped] # no stubs
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

# About 100,000 spans: a demonstration writes a few hundred, a load run should not fill the disk.
LARGEST_FILE_BYTES = 64 * 1024 * 1024
LARGEST_BODY_BYTES = 16 * 1024 * 1024
PROTOBUF = "application/x-protobuf"


class SpanFile:
    """An append-only file with a bound."""

    def __init__(self, path: Path, largest_bytes: int = LARGEST_FILE_BYTES) -> None:
        self._path = path
        self._largest_bytes = largest_bytes

    def append(self, spans: Iterable[Mapping[str, Any]]) -> None:
        """Write whole lines in one call, so that a reader never sees half a span."""
        text = "".join(f"{json.dumps(span, ensure_ascii=False)}\n" for span in spans)
        if self._path.exists() and self._path.stat().st_size > self._largest_bytes:
            self._path.replace(self._path.with_name(f"{self._path.name}.1"))
        with self._path.open("a", encoding="utf-8") as file:
            file.write(text)


def flatten(request: ExportTraceServiceRequest) -> Iterator[Mapping[str, Any]]:
    """Every span with the name of the service that reported it."""
    for resource_spans in request.resource_spans:
        resource = attributes(resource_spans.resource.attributes)
        for scope_spans in resource_spans.scope_spans:
            for span in scope_spans.spans:
                yield describe(span, str(resource.get("service.name", "")))


def describe(span: Span, service: str) -> Mapping[str, Any]:
    """One line of the file; ids in hexadecimal, instants in nanoseconds since 1970."""
    return {
        "trace_id": span.trace_id.hex(),
        "span_id": span.span_id.hex(),
        "parent_span_id": span.parent_span_id.hex(),
        "service": service,
        "name": span.name,
        "kind": Span.SpanKind.Name(span.kind).removeprefix("SPAN_KIND_").lower(),
        "start": span.start_time_unix_nano,
        "end": span.end_time_unix_nano,
        "error": span.status.code == span.status.STATUS_CODE_ERROR,
        "attributes": attributes(span.attributes),
    }


def attributes(pairs: Iterable[KeyValue]) -> dict[str, Any]:
    """Attributes as plain values."""
    return {pair.key: plain(pair.value) for pair in pairs}


def plain(value: AnyValue) -> Any:
    """Return the one value that is set; lists item by item, anything rarer as text."""
    kind = value.WhichOneof("value")
    if kind is None:
        return None
    if kind == "array_value":
        return [plain(item) for item in value.array_value.values]
    if kind in {"kvlist_value", "bytes_value"}:
        return str(getattr(value, kind))
    return getattr(value, kind)


def make_app(file: SpanFile) -> web.Application:
    """Return the receiver; it refuses a body it cannot read, so a faulty exporter is noticed."""

    async def receive(request: web.Request) -> web.Response:
        try:
            message = ExportTraceServiceRequest.FromString(await request.read())
        except DecodeError as error:
            raise web.HTTPBadRequest(text="not an OTLP protobuf message") from error
        file.append(flatten(message))
        body = ExportTraceServiceResponse().SerializeToString()
        return web.Response(body=body, content_type=PROTOBUF)

    async def health(_: web.Request) -> web.Response:
        return web.Response(text="ready")

    app = web.Application(client_max_size=LARGEST_BODY_BYTES)
    app.add_routes([web.post("/v1/traces", receive), web.get("/health", health)])
    return app


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    app = make_app(SpanFile(options.output))
    web.run_app(app, host="127.0.0.1", port=options.port, access_log=None, print=None)


if __name__ == "__main__":
    main()
