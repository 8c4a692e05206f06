"""What goes with every answer: safety, compression, and whose pages may read it."""

import asyncio
import gzip
import re
from typing import Any

import brotli
import pytest
from gateway.tests.configuration import public_filters, public_routes
from gateway.tests.support import Gateway, exchange

BROWSER = ("accept-encoding", "gzip, deflate, br")
OWN = [
    ("/nowhere/../internal", 404),
    ("/api/hours/v1/claims", 401),
    ("/v/a%2fb", 400),
    ("/health", 200),
]


@pytest.mark.parametrize(("target", "status"), OWN)
async def test_own_answer_may_load_nothing_and_is_kept_nowhere(
    gateway: Gateway, target: str, status: int
) -> None:
    answer = await gateway.ask(target)
    assert answer.status == status
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["server"] == "yuzheng"


async def test_answers_of_services_keep_their_own_policy(gateway: Gateway) -> None:
    answer = await gateway.ask("/v/ABC")
    assert "content-security-policy" not in answer.headers
    assert "cache-control" not in answer.headers


async def test_who_scans_a_code_gets_a_page_that_loads_nothing(tight_gateway: Gateway) -> None:
    answer = await tight_gateway.ask(
        "/v/slow", headers=[("accept", "text/html")], address="127.0.40.1"
    )
    assert answer.status == 504
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["retry-after"] == "5"


@pytest.mark.parametrize("target", ["/api/hours/v1/claims", "/v/ABC", "/login"])
async def test_no_other_site_reads_an_answer(gateway: Gateway, target: str) -> None:
    origin = [("origin", "https://evil.example"), ("x-say", "access-control-allow-origin: *")]
    answer = await gateway.ask(target, headers=origin, token=gateway.token())
    assert answer.status == 200
    assert not [name for name in answer.headers if name.startswith("access-control-allow")]
    asked = [*origin, ("access-control-request-method", "POST")]
    preflight = await gateway.ask(target, method="OPTIONS", headers=asked)
    assert preflight.status in (401, 404)
    assert not [name for name in preflight.headers if name.startswith("access-control-allow")]


@pytest.mark.parametrize("target", ["/v/keys", "/v/status", "/v/status/1"])
async def test_signed_statements_are_for_any_site(gateway: Gateway, target: str) -> None:
    answer = await gateway.ask(target, headers=[("origin", "https://school.example")])
    assert answer.headers["access-control-allow-origin"] == "*"


LONG = "/api/identity/v1/organisations?q=" + "a" * 2000


async def test_public_data_is_compressed(gateway: Gateway) -> None:
    answer = await gateway.ask(LONG, headers=[BROWSER])
    assert answer.headers["content-encoding"] == "br"
    assert b"organisations" in brotli.decompress(answer.body)
    older = await gateway.ask(LONG, headers=[("accept-encoding", "gzip")])
    assert older.headers["content-encoding"] == "gzip"
    assert b"organisations" in gzip.decompress(older.body)
    assert "accept-encoding" in older.headers["vary"].lower()
    plain = await gateway.ask(LONG)
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", "/api/identity/v1/sessions"),
        ("POST", "/api/identity/v1/tokens"),
        ("GET", "/api/identity/v1/me"),
        ("GET", "/api/hours/v1/claims"),
        ("GET", "/api/certificates/v1/shares/0123456789AB"),
        ("POST", "/v/ABC"),
        ("GET", "/v/ABC"),
    ],
)
async def test_answer_to_somebody_is_never_compressed(
    gateway: Gateway, method: str, target: str
) -> None:
    answer = await gateway.ask(
        f"{target}?q={'a' * 2000}", method=method, headers=[BROWSER], token=gateway.token()
    )
    assert answer.status == 200
    assert "content-encoding" not in answer.headers


def test_only_these_routes_are_compressed() -> None:
    compressed = {
        route["name"]
        for route in public_routes()
        if {"brotli", "gzip"} & route.get("typed_per_filter_config", {}).keys()
    }
    public = {"identity.keys", "identity.organisations", "certificates.log"}
    assert compressed == public


def test_check_runs_through_as_few_filters_as_it_can() -> None:
    always = {one["name"] for one in public_filters() if not one.get("disabled")}
    for route in public_routes():
        if route["name"] != "verify.check":
            continue
        chain = dict.fromkeys(always, True)
        for name, how in route["typed_per_filter_config"].items():
            chain[name] = not how.get("disabled", False)
        run = {name for name, runs in chain.items() if runs}
        assert run == {"headers", "limit.check", "body", "envoy.filters.http.router"}


async def _statistics(gateway: Gateway, target: str, method: str = "GET") -> Any:
    request = f"{method} {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
    return await exchange(gateway.ports["statistics"], request.encode(), "127.0.0.1")


async def test_statistics_name_each_service_and_each_limit(gateway: Gateway) -> None:
    await gateway.ask("/v/ABC")
    answer = await _statistics(gateway, "/stats/prometheus")
    text = answer.body.decode()
    assert answer.status == 200
    for cluster in ("identity", "hours", "certificates", "verify", "verify-check", "portal"):
        assert f'envoy_cluster_name="{cluster}"' in text, cluster
    counted = r'envoy_http_local_rate_limit_ok\{envoy_local_http_ratelimit_prefix="check"\} [1-9]'
    assert re.search(counted, text)


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/quitquitquit",
        "/config_dump",
        "/certs",
        "/logging?level=trace",
        "/stats",
        "/stats/prometheus/../../config_dump",
        "/stats/prometheus/",
        "/stats/prometheus%2f..%2fcerts",
        "//config_dump",
    ],
)
async def test_nothing_else_of_the_administration_is_reached(gateway: Gateway, target: str) -> None:
    for method in ("GET", "POST"):
        answer = await _statistics(gateway, target, method)
        assert answer.status in (400, 404), method
    await asyncio.sleep(0)
    assert (await gateway.ask("/health")).status == 200
