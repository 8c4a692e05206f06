"""What the gateway does to requests and answers on their way through."""

import pytest
from gateway.tests.support import Gateway

MEBIBYTE = 1024 * 1024
CLAIMED = [
    ("forwarded", "for=203.0.113.9"),
    ("x-forwarded-for", "203.0.113.9"),
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-prefix", "/internal"),
    ("x-real-ip", "203.0.113.9"),
    ("x-original-url", "/internal/tokens"),
    ("x-correlation-id", "chosen-by-the-client"),
    ("x-jwt-payload", "e30"),
    ("x-envoy-original-path", "/internal/tokens"),
    ("x-request-id", "chosen-by-the-client"),
]


async def test_client_cannot_speak_as_a_proxy_or_a_service(gateway: Gateway) -> None:
    heard = (await gateway.ask("/v/ABC", headers=CLAIMED)).json()["headers"]
    assert heard["x-forwarded-for"] == "127.0.0.1"
    for name, value in CLAIMED:
        assert heard.get(name) != value


async def test_every_answer_carries_the_request_id_that_the_service_saw(gateway: Gateway) -> None:
    answer = await gateway.ask("/v/ABC")
    assert answer.headers["x-request-id"] == answer.json()["headers"]["x-request-id"]
    refused = await gateway.ask("/api/hours/v1/claims")
    assert refused.headers["x-request-id"] == refused.json()["request_id"]


@pytest.mark.parametrize("target", ["/v/ABC", "/api/hours/v1/claims", "/nowhere", "/v/a%2fb"])
async def test_security_headers_are_on_every_answer(gateway: Gateway, target: str) -> None:
    answer = await gateway.ask(target)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_largest_evidence_file_passes(gateway: Gateway) -> None:
    answer = await gateway.ask(
        "/api/hours/v1/evidence", method="POST", body=bytes(11 * MEBIBYTE), token=gateway.token()
    )
    assert (answer.status, answer.json()["body_bytes"]) == (200, 11 * MEBIBYTE)


async def test_body_is_refused_when_it_is_over_the_limit(gateway: Gateway) -> None:
    heard = len(gateway.requests)
    answer = await gateway.ask(
        "/api/hours/v1/evidence",
        method="POST",
        body=bytes(12 * MEBIBYTE + 1),
        token=gateway.token(),
    )
    assert (answer.status, answer.code) == (413, "gateway.body_too_large")
    assert len(gateway.requests) == heard


async def test_headers_are_refused_when_they_are_too_many_or_ambiguous(gateway: Gateway) -> None:
    many = await gateway.ask("/v/ABC", headers=[(f"x-{n}", "1") for n in range(80)])
    large = await gateway.ask("/v/ABC", headers=[("x-large", "a" * 40_000)])
    underscore = await gateway.ask("/v/ABC", headers=[("x_forwarded_for", "203.0.113.9")])
    assert (many.status, large.status, underscore.status) == (431, 431, 400)


async def test_trace_goes_on_in_the_service(gateway: Gateway) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    answer = await gateway.ask(
        "/v/ABC", headers=[("traceparent", f"00-{trace}-00f067aa0ba902b7-01")]
    )
    assert answer.json()["headers"]["traceparent"].split("-")[1] == trace
