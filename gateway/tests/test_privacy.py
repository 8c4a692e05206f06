"""What the gateway writes down: no token, no query, no address."""

import json

import pytest
from deploy.local.listeners import socket_owners, tcp_listeners
from gateway.tests.configuration import public_routes
from gateway.tests.support import LISTENERS, Gateway, eventually

TOKEN = "SECRETTOKEN7QX"
SESSION_ROUTES = (
    ("POST", "/api/identity/v1/sessions"),
    ("POST", "/api/identity/v1/sessions/renewal"),
    ("DELETE", "/api/identity/v1/sessions/current"),
)
# Every way in which a token may reach the gateway, well-formed or not.
WAYS = (
    f"/v/{TOKEN}",
    f"/v/{TOKEN}?lang=zh",
    f"//v//{TOKEN}",
    f"/v/{TOKEN}%2f",
    f"/v/./{TOKEN}",
    f"/x/../v/{TOKEN}",
    f"/V/{TOKEN}",
    f"/nowhere/{TOKEN}",
    f"/api/identity/v1/organisations?q={TOKEN}",
)


async def test_token_and_query_are_in_no_log_and_no_span(gateway: Gateway) -> None:
    for target in WAYS:
        answer = await gateway.ask(
            target, headers=[("referer", f"http://h/v/{TOKEN}"), ("user-agent", TOKEN)]
        )
        # What is refused for its form has no id yet.
        if request_id := answer.headers.get("x-request-id"):
            await gateway.logged(request_id)
    before = len(gateway.spans())
    last = await gateway.ask("/v/ABC")
    trace = (await gateway.logged(last.headers["x-request-id"]))["trace_id"]
    await eventually(lambda: any(span["trace_id"] == trace for span in gateway.spans()))
    assert len(gateway.spans()) > before
    for file in ("access.jsonl", "spans.jsonl", "envoy.log"):
        assert TOKEN not in (gateway.folder / file).read_text(encoding="utf-8"), file


async def test_access_log_tells_the_route_and_nothing_about_the_person(gateway: Gateway) -> None:
    answer = await gateway.ask(f"/v/{TOKEN}?lang=zh", address="127.0.0.77")
    entry = await gateway.logged(answer.headers["x-request-id"])
    assert (entry["route"], entry["path"]) == ("verify.check", "/v/{token}")
    assert (entry["method"], entry["status"]) == ("GET", 200)
    assert "127.0.0.77" not in json.dumps(entry)


async def test_span_names_the_service_and_the_route(gateway: Gateway) -> None:
    answer = await gateway.ask(f"/v/{TOKEN}", address="127.0.0.78")
    trace = (await gateway.logged(answer.headers["x-request-id"]))["trace_id"]
    spans = await eventually(lambda: [s for s in gateway.spans() if s["trace_id"] == trace])
    assert {span["service"] for span in spans} == {"gateway"}
    assert any(span["attributes"].get("http.route") == "/v/{token}" for span in spans)
    assert "127.0.0.78" not in json.dumps(spans)


async def test_cookie_reaches_the_session_routes(gateway: Gateway) -> None:
    for method, target in SESSION_ROUTES:
        answer = await gateway.ask(target, method=method, headers=[("cookie", f"a={TOKEN}")])
        assert answer.json()["headers"]["cookie"] == f"a={TOKEN}", target


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/v/ABC"),
        ("GET", "/v/keys"),
        ("POST", "/api/identity/v1/tokens"),
        ("POST", "/api/identity/v1/password"),
        ("GET", "/api/identity/v1/sessions"),
        ("GET", "/api/identity/v1/organisations"),
        ("POST", "/api/hours/v1/claims"),
        ("GET", "/api/certificates/v1/certificates"),
        ("POST", "/api/verify/v1/lookups"),
    ],
)
async def test_cookie_reaches_nothing_else(gateway: Gateway, method: str, target: str) -> None:
    answer = await gateway.ask(
        target, method=method, headers=[("cookie", f"a={TOKEN}")], token=gateway.token()
    )
    assert "cookie" not in answer.json()["headers"]


def test_every_other_route_drops_the_cookie() -> None:
    keeping = {
        one["name"]
        for one in public_routes()
        if "route" in one and one.get("request_headers_to_remove") != ["cookie"]
    }
    assert keeping == {
        "identity.session.begin",
        "identity.session.renew",
        "identity.session.end",
    }


async def test_gateway_listens_on_loopback_only(gateway: Gateway) -> None:
    mine = {inode for inode, pid in socket_owners().items() if pid == gateway.pid}
    listeners = [one for one in tcp_listeners() if one.inode in mine]
    assert {one.port for one in listeners} == {gateway.ports[name] for name in LISTENERS}
    assert all(one.address.is_loopback for one in listeners)
