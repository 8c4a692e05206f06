"""Rates, timeouts and absent services, at a gateway with small numbers."""

from collections.abc import AsyncIterator
from ipaddress import ip_address
from typing import Any
from uuid import uuid4

import pytest
from gateway.tests.configuration import public_routes
from gateway.tests.support import Gateway, new_key, running_gateway

PERSON = [("accept", "text/html,application/xhtml+xml")]


async def test_checks_are_limited_per_address(tight_gateway: Gateway) -> None:
    first = [await tight_gateway.ask("/v/ABC", address="127.0.0.11") for _ in range(8)]
    statuses = [answer.status for answer in first]
    # One more may have been granted while the others were under way.
    assert statuses[:5] == [200] * 5
    assert statuses.count(429) >= 2
    other = await tight_gateway.ask("/v/ABC", address="127.0.0.12")
    assert other.status == 200


async def test_refusal_is_a_problem_that_says_when_to_come_back(tight_gateway: Gateway) -> None:
    answers = [
        await tight_gateway.ask("/api/identity/v1/tokens", method="POST", address="127.0.0.13")
        for _ in range(6)
    ]
    refused = answers[-1]
    assert (refused.status, refused.code) == (429, "gateway.too_many_requests")
    assert refused.headers["retry-after"] == "1"
    assert "频繁" in refused.json()["detail"]


async def test_limit_cannot_be_escaped_by_a_header(tight_gateway: Gateway) -> None:
    statuses = [
        (
            await tight_gateway.ask(
                "/v/ABC",
                headers=[("x-forwarded-for", f"203.0.113.{n}")],
                address="127.0.0.14",
            )
        ).status
        for n in range(10)
    ]
    assert 429 in statuses


SECRETS = [
    ("POST", "/api/identity/v1/registrations"),
    ("POST", "/api/identity/v1/tokens"),
    ("POST", "/api/identity/v1/client-tokens"),
    ("POST", "/api/identity/v1/sessions"),
    ("POST", "/api/identity/v1/sessions/renewal"),
    ("DELETE", "/api/identity/v1/sessions/current"),
    ("POST", "/api/identity/v1/password"),
]


@pytest.mark.parametrize(("method", "target"), SECRETS)
async def test_what_takes_a_secret_is_limited_per_address(
    tight_gateway: Gateway, method: str, target: str
) -> None:
    token = tight_gateway.token(sub=str(uuid4()))
    address = f"127.0.19.{SECRETS.index((method, target))}"
    answers = [
        await tight_gateway.ask(target, method=method, address=address, token=token)
        for _ in range(6)
    ]
    statuses = [answer.status for answer in answers]
    assert statuses[:3] == [200] * 3
    assert 429 in statuses


async def test_share_codes_cannot_be_found_by_trying(tight_gateway: Gateway) -> None:
    statuses = [
        (
            await tight_gateway.ask(
                f"/api/certificates/v1/shares/00000000000{n}", address="127.0.0.17"
            )
        ).status
        for n in range(6)
    ]
    # The service is absent here; whoever is within the limit hears that.
    assert statuses[:3] == [503] * 3
    assert 429 in statuses


async def test_numbers_cannot_be_tried_in_a_row(tight_gateway: Gateway) -> None:
    statuses = [
        (
            await tight_gateway.ask("/api/verify/v1/lookups", method="POST", address="127.0.0.18")
        ).status
        for _ in range(6)
    ]
    assert 429 in statuses


async def test_person_with_a_telephone_gets_a_page(tight_gateway: Gateway) -> None:
    answers = [
        await tight_gateway.ask("/v/ABC", headers=PERSON, address="127.0.0.15") for _ in range(8)
    ]
    refused = next(answer for answer in answers if answer.status == 429)
    assert refused.headers["content-type"] == "text/html; charset=utf-8"
    # It must not read as if the certificate were bad.
    assert "没有得出核验结果" in refused.body.decode()


async def test_slow_check_is_given_up_and_never_reads_as_invalid(tight_gateway: Gateway) -> None:
    answer = await tight_gateway.ask("/v/slow", headers=PERSON, address="127.0.0.16")
    assert answer.status == 504
    assert "这不表示证书有问题" in answer.body.decode()


async def test_absent_service_is_said_to_be_unavailable(tight_gateway: Gateway) -> None:
    token = tight_gateway.token(sub=str(uuid4()))
    answer = await tight_gateway.ask("/api/certificates/v1/certificates", token=token)
    assert (answer.status, answer.code) == (503, "gateway.unavailable")
    assert answer.headers["retry-after"] == "5"
    others = await tight_gateway.ask("/api/hours/v1/claims", token=token)
    assert others.status == 200


async def statuses_of(gateway: Gateway, count: int, target: str, **how: Any) -> list[int]:
    return [(await gateway.ask(target, **how)).status for _ in range(count)]


async def test_passwords_are_not_tried_by_way_of_other_routes(tight_gateway: Gateway) -> None:
    spent = await statuses_of(
        tight_gateway, 4, "/api/identity/v1/tokens", method="POST", address="127.0.20.1"
    )
    assert 200 in spent
    for target in ("/api/identity/v1/sessions", "/api/identity/v1/client-tokens"):
        answer = await tight_gateway.ask(target, method="POST", address="127.0.20.1")
        assert answer.status == 429, target


# What each class of route lets through from one address before it refuses.
BY_ADDRESS = [
    ("page", "GET", "/index.html", 3),
    ("page", "GET", "/login", 3),
    ("reference", "GET", "/api/identity/v1/organisations", 3),
    ("reference", "GET", "/v/status/1", 3),
    ("lookup", "POST", "/api/verify/v1/documents", 3),
    ("upload", "POST", "/api/certificates/v1/seal-returns/T", 3),
    ("api", "GET", "/api/hours/v1/claims", 6),
]


@pytest.mark.parametrize(("name", "method", "target", "burst"), BY_ADDRESS)
async def test_class_of_route_is_limited_per_address(
    tight_gateway: Gateway, name: str, method: str, target: str, burst: int
) -> None:
    place = BY_ADDRESS.index((name, method, target, burst))
    before = await tight_gateway.figure(rf"{name}\.http_local_rate_limit\.rate_limited")
    statuses = [
        (
            await tight_gateway.ask(
                target,
                method=method,
                # Each time somebody else, so that only the address counts.
                token=tight_gateway.token(sub=str(uuid4())),
                address=f"127.0.21.{place}",
            )
        ).status
        for _ in range(burst + 3)
    ]
    assert 429 not in statuses[:burst]
    assert 429 in statuses[burst:]
    after = await tight_gateway.figure(rf"{name}\.http_local_rate_limit\.rate_limited")
    assert after > before


BY_SUBJECT = [
    ("person", "GET", "/api/hours/v1/claims", 3),
    ("person_upload", "POST", "/api/hours/v1/evidence", 2),
    ("person_upload", "POST", "/api/verify/v1/batches", 2),
    ("client", "POST", "/api/verify/v1/client/checks", 3),
]


@pytest.mark.parametrize(("name", "method", "target", "burst"), BY_SUBJECT)
async def test_subject_of_a_token_is_limited_wherever_it_asks_from(
    tight_gateway: Gateway, name: str, method: str, target: str, burst: int
) -> None:
    network = f"127.0.{22 + BY_SUBJECT.index((name, method, target, burst))}"
    audience = "yuzheng-clients" if name == "client" else "yuzheng"
    subject = str(uuid4())
    before = await tight_gateway.figure(rf"{name}\.http_local_rate_limit\.rate_limited")
    statuses = []
    for number in range(burst + 3):
        answer = await tight_gateway.ask(
            target,
            method=method,
            # A new token is no new allowance, nor is another address.
            token=tight_gateway.token(sub=subject, aud=audience, jti=str(number)),
            address=f"{network}.{number}",
            headers=[("x-jwt-subject", str(uuid4()))],
        )
        statuses.append(answer.status)
    assert 429 not in statuses[:burst]
    assert 429 in statuses[burst:]
    after = await tight_gateway.figure(rf"{name}\.http_local_rate_limit\.rate_limited")
    assert after > before
    others = tight_gateway.token(sub=str(uuid4()), aud=audience)
    other = await tight_gateway.ask(target, method=method, token=others, address=f"{network}.200")
    assert other.status == 200


async def test_forged_token_uses_up_nobodys_allowance(tight_gateway: Gateway) -> None:
    subject = str(uuid4())
    forged = tight_gateway.token(new_key(), sub=subject)
    for number in range(6):
        refused = await tight_gateway.ask(
            "/api/hours/v1/claims", token=forged, address=f"127.0.30.{number}"
        )
        assert refused.status == 401
    answer = await tight_gateway.ask(
        "/api/hours/v1/claims", token=tight_gateway.token(sub=subject), address="127.0.30.9"
    )
    assert answer.status == 200


def test_every_route_to_a_service_has_a_limit() -> None:
    for route in public_routes():
        if "route" in route:
            chain = route["typed_per_filter_config"]
            assert any(name.startswith("limit.") for name in chain), route["name"]


@pytest.fixture(scope="module")
async def proxied_gateway(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Gateway]:
    async with running_gateway(
        tmp_path_factory.mktemp("proxied"), TRUSTED_HOPS=1, LOGIN_BURST=3, LOGIN_PER_SECOND=1
    ) as running:
        yield running


@pytest.mark.parametrize(
    ("addresses", "limited"),
    [
        # What the proxy before us says counts, and nothing that was there before.
        ([f"198.51.100.{n}, 203.0.113.9" for n in range(7)], True),
        ([f"203.0.113.10, 198.51.100.{n}" for n in range(7)], False),
        # A house has more addresses of IPv6 than can be counted.
        ([f"2001:db8:0:1::{n}" for n in range(7)], True),
        ([f"2001:db8:1:{n}::1" for n in range(7)], False),
    ],
)
async def test_limit_is_of_the_client_behind_a_trusted_proxy(
    proxied_gateway: Gateway, addresses: list[str], *, limited: bool
) -> None:
    answers = [
        await proxied_gateway.ask(
            "/api/identity/v1/tokens", method="POST", headers=[("x-forwarded-for", address)]
        )
        for address in addresses
    ]
    assert (429 in {answer.status for answer in answers}) is limited
    passed = next(answer for answer in answers if answer.status == 200)
    found = passed.json()["headers"]["x-forwarded-for"]
    assert ip_address(found) == ip_address(addresses[0].rpartition(", ")[2])
