"""Tokens that must not open anything."""

import base64
import json
import time
from collections.abc import Callable

import pytest
from gateway.tests.support import Gateway, new_key
from joserfc import jwt
from joserfc.jwk import OctKey

NOW = int(time.time())  # noqa: TID251 - Envoy's clock is the machine's


def encoded(part: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def unsigned(gateway: Gateway, algorithm: str) -> str:
    _, claims, _ = gateway.token().split(".")
    return f"{encoded({'alg': algorithm, 'kid': 'test-1', 'typ': 'at+jwt'})}.{claims}."


def altered(gateway: Gateway) -> str:
    header, claims, signature = gateway.token().split(".")
    content = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    return f"{header}.{encoded({**content, 'sub': 'somebody-else'})}.{signature}"


def signed_with_the_public_key(gateway: Gateway) -> str:
    claims = {"iss": "yuzheng-identity", "aud": "yuzheng", "sub": "x", "exp": NOW + 300}
    public = base64.urlsafe_b64decode(gateway.key.as_dict(private=False)["x"] + "=")
    return jwt.encode({"alg": "HS256", "kid": "test-1"}, claims, OctKey.import_key(public))


def own_key(gateway: Gateway) -> str:
    """Sign with a key that the token itself brings along."""
    key = new_key()
    return gateway.token(key=key, header={"jwk": key.as_dict(private=False), "kid": "mine"})


BAD_TOKENS: dict[str, Callable[[Gateway], str]] = {
    "forged": lambda gateway: gateway.token(key=new_key()),
    "altered": altered,
    "none": lambda gateway: unsigned(gateway, "none"),
    "unsigned": lambda gateway: unsigned(gateway, "EdDSA"),
    "public_key_as_secret": signed_with_the_public_key,
    "expired": lambda gateway: gateway.token(exp=NOW - 60),
    "without_end": lambda gateway: gateway.token(exp=None),
    "not_yet": lambda gateway: gateway.token(nbf=NOW + 600),
    "other_issuer": lambda gateway: gateway.token(iss="somebody"),
    "other_audience": lambda gateway: gateway.token(aud="somewhere"),
    "unknown_key_id": lambda gateway: gateway.token(header={"kid": "somebodys"}),
    "too_early_by_hours": lambda gateway: gateway.token(nbf=NOW + 7200, exp=NOW + 9000),
    "of_a_service": lambda gateway: gateway.token(sub="service:certificates"),
    "of_nobody": lambda gateway: gateway.token(sub=None),
    "key_of_its_own": own_key,
    "key_from_elsewhere": lambda gateway: gateway.token(
        key=new_key(), header={"jku": "https://evil.example/jwks.json"}
    ),
    "other_algorithm_s_name": lambda gateway: unsigned(gateway, "nOnE"),
    "long": lambda gateway: gateway.token(key=new_key(), filler="a" * 20_000),
    "empty": lambda _: "",
    "no_token_at_all": lambda _: "abc.def",
}


@pytest.mark.parametrize("kind", BAD_TOKENS)
async def test_request_is_refused_when_the_token_is_bad(gateway: Gateway, kind: str) -> None:
    heard = len(gateway.requests)
    answer = await gateway.ask("/api/hours/v1/claims", token=BAD_TOKENS[kind](gateway))
    assert (answer.status, answer.code) == (401, "gateway.unauthenticated")
    assert len(gateway.requests) == heard


async def test_token_counts_only_in_its_header(gateway: Gateway) -> None:
    # In an address it would end up in logs and histories.
    token = gateway.token()
    in_query = await gateway.ask(f"/api/hours/v1/claims?access_token={token}")
    in_cookie = await gateway.ask("/api/hours/v1/claims", headers=[("cookie", f"token={token}")])
    assert (in_query.status, in_cookie.status) == (401, 401)


async def test_problem_says_nothing_about_the_reason(gateway: Gateway) -> None:
    forged = await gateway.ask("/api/hours/v1/claims", token=gateway.token(key=new_key()))
    expired = await gateway.ask("/api/hours/v1/claims", token=gateway.token(exp=NOW - 60))
    without_id = [{**one.json(), "request_id": ""} for one in (forged, expired)]
    assert without_id[0] == without_id[1]


CLIENT_PATH = "/api/verify/v1/client/checks"


async def test_client_opens_what_is_for_clients_and_nothing_else(gateway: Gateway) -> None:
    token = gateway.token(aud="yuzheng-clients")
    assert (await gateway.ask(CLIENT_PATH, token=token)).status == 200
    for path in ("/api/verify/v1/batches", "/api/hours/v1/claims", "/api/identity/v1/me"):
        assert (await gateway.ask(path, token=token)).status == 401, path


async def test_nobody_else_opens_what_is_for_clients(gateway: Gateway) -> None:
    assert (await gateway.ask(CLIENT_PATH)).status == 401
    assert (await gateway.ask(CLIENT_PATH, token=gateway.token())).status == 401


async def test_what_the_token_says_goes_along_for_the_services(gateway: Gateway) -> None:
    claimed = [("x-jwt-payload", encoded({"sub": "x"})), ("x-jwt-subject", "somebody-else")]
    person = "0196b2f0-0000-7000-8000-000000000002"
    token = gateway.token(person=person, grants=[{"role": "operator", "organisation": person}])
    answer = await gateway.ask("/api/hours/v1/claims", headers=claimed, token=token)
    heard = answer.json()["headers"]
    assert heard["x-jwt-subject"] == "0196b2f0-0000-7000-8000-000000000001"
    payload = heard["x-jwt-payload"]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert (claims["person"], claims["grants"][0]["role"]) == (person, "operator")


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/v/ABC"),
        ("POST", "/api/identity/v1/tokens"),
        ("GET", "/api/certificates/v1/shares/0123456789AB"),
        ("GET", "/login"),
    ],
)
async def test_nobody_brings_claims_himself(gateway: Gateway, method: str, target: str) -> None:
    claimed = [("x-jwt-payload", encoded({"sub": "x"})), ("X-JWT-Subject", "somebody")]
    # A token that nobody asked for makes no claims either.
    answer = await gateway.ask(target, method=method, headers=claimed, token=gateway.token())
    assert not [name for name in answer.json()["headers"] if name.startswith("x-jwt")]


async def test_two_tokens_are_none(gateway: Gateway) -> None:
    token = gateway.token()
    second = [("authorization", f"Bearer {gateway.token(key=new_key())}")]
    answer = await gateway.ask("/api/hours/v1/claims", headers=second, token=token)
    assert answer.status == 401
