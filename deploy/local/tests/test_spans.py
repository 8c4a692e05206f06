"""The span collector takes what exporters send and keeps its file small."""

import gzip
import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from deploy.local.spans import SpanFile, make_app
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue
from opentelemetry.proto.resource.v1.resource_pb2 import Resource
from opentelemetry.proto.trace.v1.trace_pb2 import ResourceSpans, ScopeSpans, Span

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def export() -> bytes:
    """One span of the service `hours`, as an exporter sends it."""
    codes = ArrayValue(values=[AnyValue(int_value=1), AnyValue(int_value=2)])
    span = Span(
        trace_id=bytes.fromhex(TRACE),
        span_id=b"12345678",
        name="POST /claims",
        kind=Span.SPAN_KIND_SERVER,
        start_time_unix_nano=1,
        end_time_unix_nano=3,
        attributes=[
            KeyValue(key="http.route", value=AnyValue(string_value="/claims")),
            KeyValue(key="codes", value=AnyValue(array_value=codes)),
            KeyValue(key="unset", value=AnyValue()),
        ],
    )
    resource = Resource(
        attributes=[KeyValue(key="service.name", value=AnyValue(string_value="hours"))]
    )
    spans = ResourceSpans(resource=resource, scope_spans=[ScopeSpans(spans=[span])])
    return ExportTraceServiceRequest(resource_spans=[spans]).SerializeToString()


@pytest.fixture
async def collector(tmp_path: Path) -> AsyncIterator[str]:
    runner = web.AppRunner(make_app(SpanFile(tmp_path / "spans.jsonl")))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address, port = runner.addresses[0]
    yield f"http://{address}:{port}/v1/traces"
    await runner.cleanup()


async def send(url: str, data: object, **headers: str) -> int:
    async with aiohttp.ClientSession() as session:
        answer = await session.post(url, data=data, headers=headers)
        return answer.status


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "spans.jsonl").read_text().splitlines()]


async def test_span_becomes_one_line(collector: str, tmp_path: Path) -> None:
    assert await send(collector, export()) == 200
    (line,) = lines(tmp_path)
    assert line == {
        "trace_id": TRACE,
        "span_id": b"12345678".hex(),
        "parent_span_id": "",
        "service": "hours",
        "name": "POST /claims",
        "kind": "server",
        "start": 1,
        "end": 3,
        "error": False,
        "attributes": {"http.route": "/claims", "codes": [1, 2], "unset": None},
    }


async def test_chunked_and_compressed_bodies_are_read(collector: str, tmp_path: Path) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        body = export()
        yield body[:10]
        yield body[10:]

    assert await send(collector, chunks()) == 200
    headers = {"content-encoding": "gzip"}
    assert await send(collector, gzip.compress(export()), **headers) == 200
    assert len(lines(tmp_path)) == 2


async def test_body_is_refused_when_it_is_no_export(collector: str, tmp_path: Path) -> None:
    assert await send(collector, b"\xff\xff\xff") == 400
    assert not (tmp_path / "spans.jsonl").exists()


def test_file_starts_afresh_when_it_is_full(tmp_path: Path) -> None:
    file = SpanFile(tmp_path / "spans.jsonl", largest_bytes=100)
    for number in range(20):
        file.append([{"number": number}])
    kept = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(kept) == 2
    assert max(kept) <= 120
    assert lines(tmp_path)[-1] == {"number": 19}
