"""What is public, what needs a token, and what does not exist from outside."""

import pytest
from gateway.tests.support import Gateway

PUBLIC = [
    ("POST", "/api/identity/v1/registrations", "identity"),
    ("POST", "/api/identity/v1/tokens", "identity"),
    ("POST", "/api/identity/v1/sessions", "identity"),
    ("POST", "/api/identity/v1/sessions/renewal", "identity"),
    ("DELETE", "/api/identity/v1/sessions/current", "identity"),
    ("GET", "/api/identity/v1/organisations", "identity"),
    ("GET", "/api/identity/v1/organisations?q=%E9%83%91&kind=employer", "identity"),
    ("GET", "/api/certificates/v1/log/head", "certificates"),
    ("GET", "/api/certificates/v1/log/inclusion?aggregate_version=1", "certificates"),
    ("GET", "/api/certificates/v1/log/consistency?first=1&second=2", "certificates"),
    ("GET", "/api/certificates/v1/log/entries?start=0", "certificates"),
    ("GET", "/api/certificates/v1/shares/0123456789AB", "certificates"),
    ("GET", "/api/certificates/v1/shares/0123456789AB/certificates/1/file", "certificates"),
    ("POST", "/api/certificates/v1/seal-returns/TICKET", "certificates"),
    ("POST", "/api/verify/v1/lookups", "verify"),
    ("POST", "/api/verify/v1/documents", "verify"),
    ("POST", "/api/verify/v1/receipts", "verify"),
    ("GET", "/api/verify/v1/receipts/0123-4567-89AB", "verify"),
    ("GET", "/api/verify/v1/receipt-keys", "verify"),
    ("GET", "/v/ABCDEF", "check"),
    ("POST", "/v/ABCDEF", "check"),
    ("GET", "/v/keys", "check"),
    ("GET", "/v/status", "check"),
    ("GET", "/v/status/12", "check"),
]
PROTECTED = [
    ("GET", "/api/identity/v1/me", "identity"),
    ("POST", "/api/identity/v1/organisations", "identity"),
    ("GET", "/api/identity/v1/registrations", "identity"),
    ("GET", "/api/identity/v1/tokens", "identity"),
    ("GET", "/api/identity/v1/sessions", "identity"),
    ("GET", "/api/identity/v1/sessions/renewal", "identity"),
    ("DELETE", "/api/identity/v1/sessions/0196b2f0", "identity"),
    ("POST", "/api/identity/v1/sessions/current", "identity"),
    ("POST", "/api/identity/v1/password", "identity"),
    ("GET", "/api/identity/v1/messages/unread", "identity"),
    ("POST", "/api/hours/v1/claims", "hours"),
    ("GET", "/api/certificates/v1/certificates", "certificates"),
    ("GET", "/api/certificates/v1/log/other", "certificates"),
    ("POST", "/api/certificates/v1/log/entries", "certificates"),
    ("GET", "/api/certificates/v1/shares", "certificates"),
    ("POST", "/api/certificates/v1/shares", "certificates"),
    ("POST", "/api/certificates/v1/shares/1/revocation", "certificates"),
    ("GET", "/api/certificates/v1/downloads/1/file", "certificates"),
    ("GET", "/api/certificates/v1/seal-returns/TICKET", "certificates"),
    ("POST", "/api/certificates/v1/mass-revocations", "certificates"),
    ("POST", "/api/certificates/v1/seals/1/impression", "certificates"),
    ("POST", "/api/hours/v1/evidence", "hours"),
    ("POST", "/api/verify/v1/batches", "verify"),
    ("GET", "/api/verify/v1/batches/1/file", "verify"),
    ("GET", "/api/verify/v1/receipts", "verify"),
    ("GET", "/api/verify/v1/lookups", "verify"),
    ("POST", "/api/verify/v1/office-lookups", "verify"),
    ("POST", "/api/verify/v1/checks", "verify"),
    ("GET", "/api/portal/v1/dashboards", "portal"),
    ("GET", "/api/portal/v1/dashboards/yuzheng-overview/panels/1?minutes=60", "portal"),
]
NOT_THERE = [
    "/internal/tokens",
    "/internal/resolve",
    "/metrics",
    "/health/live",
    "/health/ready",
    "/api",
    "/api/portal",
    "/api/portal/v2/dashboards",
    "/csc/v1/info",
    "/oauth2/token",
    "/v",
    "/internal",
    "/health/",
    "/metrics/all",
    "/API/identity/v1/organisations",
]
# Ways to spell a path so that a router and a service could read it differently.
DISGUISED = {
    "/v/../internal/tokens": 404,
    "/v/%2e%2e/internal/tokens": 404,
    "/v/./.%2e/internal/tokens": 404,
    "//internal//tokens": 404,
    "/v/..%2finternal/tokens": 400,
    "/v/..%2Finternal/tokens": 400,
    "/v/..%5cinternal": 400,
    "/api/identity/v1/organisations/../../../../internal/tokens": 404,
    "/api/identity/v1/organisations/../me": 401,
    "/api/identity/v1/organisations/%2e%2e/me": 401,
    "/api//hours//v1//claims": 401,
    "/api/certificates/v1/shares/../certificates": 401,
    "/api/certificates/v1/shares/%2e%2e/certificates": 401,
    "/api/certificates/v1/log/entries/../../certificates": 401,
    "/api/identity/v1/organisations/": 401,
    "/api/identity/v1/organisations;x=1": 401,
    "/api/identity/v1/organisations%00": 400,
    "/api/identity/v1/tokens/../../../hours/v1/claims": 401,
    "/api/identity/v1/sessions/renewal/../../me": 401,
    "/api/identity/v1/sessions/current/": 401,
    "/login/../api/portal/v1/dashboards": 401,
}


@pytest.mark.parametrize(("method", "target", "service"), PUBLIC)
async def test_public_route_reaches_its_service_without_a_token(
    gateway: Gateway, method: str, target: str, service: str
) -> None:
    answer = await gateway.ask(target, method=method)
    assert (answer.status, answer.json()["service"]) == (200, service)
    assert answer.json()["path"] == target


async def test_signing_keys_are_public(gateway: Gateway) -> None:
    answer = await gateway.ask("/api/identity/v1/jwks.json")
    assert answer.json()["keys"][0]["kid"] == "test-1"
    assert "d" not in answer.json()["keys"][0]


@pytest.mark.parametrize(("method", "target", "service"), PROTECTED)
async def test_protected_route_needs_a_token(
    gateway: Gateway, method: str, target: str, service: str
) -> None:
    refused = await gateway.ask(target, method=method)
    assert (refused.status, refused.code) == (401, "gateway.unauthenticated")
    assert "登录" in refused.json()["detail"]
    token = gateway.token()
    allowed = await gateway.ask(target, method=method, token=token)
    assert (allowed.status, allowed.json()["service"]) == (200, service)
    # The service checks it again, so it must get it.
    assert allowed.json()["headers"]["authorization"] == f"Bearer {token}"


@pytest.mark.parametrize("target", NOT_THERE)
async def test_address_is_unknown_when_it_is_not_routed(gateway: Gateway, target: str) -> None:
    heard = len(gateway.requests)
    answer = await gateway.ask(target, token=gateway.token())
    assert (answer.status, answer.code) == (404, "gateway.not_found")
    assert len(gateway.requests) == heard


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("target", ["/", "/login?next=/technician", "/assets/a-1.js", "/verify"])
async def test_everything_else_is_the_portals_for_reading(
    gateway: Gateway, method: str, target: str
) -> None:
    answer = await gateway.ask(target, method=method)
    assert answer.status == 200
    assert (gateway.requests[-1]["service"], gateway.requests[-1]["path"]) == ("portal", target)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_nothing_is_sent_to_the_portal(gateway: Gateway, method: str) -> None:
    heard = len(gateway.requests)
    answer = await gateway.ask("/login", method=method, token=gateway.token())
    assert (answer.status, answer.code) == (404, "gateway.not_found")
    assert len(gateway.requests) == heard


@pytest.mark.parametrize(("target", "status"), DISGUISED.items())
async def test_disguised_path_opens_nothing(gateway: Gateway, target: str, status: int) -> None:
    heard = len(gateway.requests)
    answer = await gateway.ask(target)
    assert answer.status == status
    assert len(gateway.requests) == heard


async def test_internal_stays_closed_when_the_caller_has_a_token(gateway: Gateway) -> None:
    for target in ("/internal/resolve", "/v/../internal/resolve", "/api/identity/internal/resolve"):
        answer = await gateway.ask(target, method="POST", token=gateway.token())
        assert answer.status == 404


async def test_health_answers_for_the_gateway_itself(gateway: Gateway) -> None:
    answer = await gateway.ask("/health")
    assert (answer.status, answer.body) == (200, b"ok")
