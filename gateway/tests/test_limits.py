"""Rates, timeouts and absent services, at a gateway with small numbers."""

import pytest
from gateway.tests.support import Gateway

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


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", "/api/identity/v1/registrations"),
        ("POST", "/api/identity/v1/sessions"),
        ("POST", "/api/identity/v1/sessions/renewal"),
        ("DELETE", "/api/identity/v1/sessions/current"),
        ("POST", "/api/identity/v1/password"),
    ],
)
async def test_what_takes_a_secret_is_limited_per_address(
    tight_gateway: Gateway, method: str, target: str
) -> None:
    token = tight_gateway.token()
    answers = [
        await tight_gateway.ask(target, method=method, address="127.0.0.19", token=token)
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
    token = tight_gateway.token()
    answer = await tight_gateway.ask("/api/certificates/v1/certificates", token=token)
    assert (answer.status, answer.code) == (503, "gateway.unavailable")
    assert answer.headers["retry-after"] == "5"
    others = await tight_gateway.ask("/api/hours/v1/claims", token=token)
    assert others.status == 200
