"""Who sends slowly, or more than there is room for, keeps nobody else waiting."""

import asyncio

import pytest
from gateway.tests.support import Gateway

POST = (
    b"POST /api/identity/v1/registrations HTTP/1.1\r\nhost: gateway\r\ncontent-length: 1000\r\n\r\n"
)
SLOW = (
    b"",
    b"GET /v/AB",
    b"GET /v/ABC HTTP/1.1\r\nhost: gateway\r\nx-a: ",
    POST + bytes(10),
)


async def ended(gateway: Gateway, first: bytes, then: bytes = b"") -> bytes:
    """Send the beginning, then again and again a little more, until the gateway has enough."""
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    answer = asyncio.create_task(reader.read())
    try:
        async with asyncio.timeout(20):
            writer.write(first)
            while not answer.done():
                writer.write(then)
                await asyncio.wait([answer], timeout=0.1)
            return await answer
    except ConnectionError:
        # It closes before it has read all that was sent.
        return b""
    finally:
        writer.close()


async def test_slow_request_is_ended_and_others_are_answered_meanwhile(
    tight_gateway: Gateway,
) -> None:
    heard = len(tight_gateway.requests)
    async with asyncio.TaskGroup() as group:
        for first in SLOW:
            group.create_task(ended(tight_gateway, first, b"a" if first else b""))
        others = [group.create_task(tight_gateway.ask("/health")) for _ in range(20)]
    assert {task.result().status for task in others} == {200}
    # Nothing of it has reached a service: a body is passed on whole or not at all.
    assert len(tight_gateway.requests) == heard


async def test_who_is_too_slow_is_told_so(tight_gateway: Gateway) -> None:
    answer = await ended(tight_gateway, POST)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b'"code":"gateway.too_slow"' in answer


OVERSIZED = [
    ("GET", "/v/" + "A" * 40_000, [], 0, 431),
    ("GET", "/v/ABC?" + "a" * 40_000, [], 0, 431),
    ("GET", "/v/ABC", [("cookie", "a" * 40_000)], 0, 431),
    ("GET", "/v/ABC", [(f"x-{n}", "1") for n in range(65)], 0, 431),
    ("GET", "/v/ABC", [], 65_537, 413),
    ("POST", "/v/ABC", [], 65_537, 413),
    ("POST", "/api/identity/v1/registrations", [], 65_537, 413),
    ("POST", "/api/identity/v1/sessions", [], 65_537, 413),
    ("POST", "/api/verify/v1/lookups", [], 65_537, 413),
    ("POST", "/api/hours/v1/claims", [], 1_048_577, 413),
    ("POST", "/api/verify/v1/client/checks", [], 1_048_577, 413),
    ("POST", "/api/verify/v1/batches", [], 12_582_913, 413),
    ("POST", "/api/certificates/v1/seal-returns/T", [], 12_582_913, 413),
]


@pytest.mark.parametrize("oversized", OVERSIZED)
async def test_oversized_request_is_refused(
    gateway: Gateway, oversized: tuple[str, str, list[tuple[str, str]], int, int]
) -> None:
    method, target, headers, body, status = oversized
    heard = len(gateway.requests)
    audience = "yuzheng-clients" if "/client/" in target else "yuzheng"
    answer = await gateway.ask(
        target, method=method, headers=headers, body=bytes(body), token=gateway.token(aud=audience)
    )
    assert answer.status == status
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert len(gateway.requests) == heard


async def test_body_without_a_length_is_refused_as_soon_as_it_is_too_long(gateway: Gateway) -> None:
    heard = len(gateway.requests)
    chunk = b"4000\r\n" + bytes(0x4000) + b"\r\n"
    said = await gateway.say(
        b"POST /api/identity/v1/registrations HTTP/1.1\r\nhost: gateway\r\n"
        b"transfer-encoding: chunked\r\n\r\n" + chunk * 5
    )
    assert said.startswith(b"HTTP/1.1 413")
    assert len(gateway.requests) == heard
