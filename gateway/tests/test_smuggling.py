"""Requests whose end two readers could see in different places: nothing hidden gets through."""

import asyncio

import pytest
from gateway.tests.support import Gateway

HIDDEN = b"GET /internal/hidden HTTP/1.1\r\nhost: gateway\r\n\r\n"
POST = b"POST /api/identity/v1/tokens HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n"
GET = b"GET /v/ABC HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n"


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


# What the gateway must not even begin to pass on.
REFUSED = {
    "both lengths, the first counts": POST
    + b"content-length: %d\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n" % (len(HIDDEN) + 5)
    + HIDDEN,
    "both lengths, the second counts": POST
    + b"transfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n"
    + chunked(HIDDEN),
    "two lengths that differ": POST
    + b"content-length: 0\r\ncontent-length: %d\r\n\r\n" % len(HIDDEN)
    + HIDDEN,
    "two lengths in one": POST + b"content-length: 0, %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "length with a sign": POST + b"content-length: +%d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "negative length": POST + b"content-length: -1\r\n\r\n" + HIDDEN,
    "length in another base": POST + b"content-length: 0x10\r\n\r\n" + HIDDEN,
    "length beyond all numbers": POST + b"content-length: 99999999999999999999999\r\n\r\n",
    "unknown coding": POST + b"transfer-encoding: xchunked\r\n\r\n" + chunked(HIDDEN),
    "chunked and not last": POST
    + b"transfer-encoding: chunked, identity\r\n\r\n"
    + chunked(HIDDEN),
    "coding after a tab and a letter": POST + b"transfer-encoding:\tx chunked\r\n\r\n" + HIDDEN,
    "blank before the colon": POST + b"content-length : %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "header without a name": GET + b": 1\r\n\r\n",
    "zero byte in a value": GET + b"x-a: 1\x002\r\n\r\n",
    "zero byte in the path": b"GET /v/A\x00BC HTTP/1.1\r\nhost: gateway\r\n\r\n",
    "blank in the path": b"GET /v/A BC HTTP/1.1\r\nhost: gateway\r\n\r\n",
    "chunk length with a sign": POST
    + b"transfer-encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
    "chunk length beyond all numbers": POST
    + b"transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello\r\n0\r\n\r\n",
    "no host": b"GET /v/ABC HTTP/1.1\r\nconnection: close\r\n\r\n",
    "method of no kind": b"GE,T /v/ABC HTTP/1.1\r\nhost: gateway\r\n\r\n",
    "version of yesterday": b"GET /v/ABC HTTP/1.0\r\nhost: gateway\r\n\r\n",
    "version of no kind": b"GET /v/ABC HTTP/9.9\r\nhost: gateway\r\n\r\n",
    "no version": b"GET /v/ABC\r\n\r\n",
    "not HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),
}


async def test_ambiguous_requests_are_refused_whole(gateway: Gateway) -> None:
    heard = len(gateway.requests)
    # At once, for the gateway lets a client it has refused read on for a second.
    async with asyncio.TaskGroup() as group:
        said = {kind: group.create_task(gateway.say(sent)) for kind, sent in REFUSED.items()}
    for kind, task in said.items():
        statuses = [part[:3] for part in task.result().split(b"HTTP/1.1 ")[1:]]
        assert all(one.startswith(b"4") or one == b"501" for one in statuses), kind
    assert gateway.requests[heard:] == []


# What has one meaning once the gateway has read it: it may pass, and what is hidden stays hidden.
HARMLESS = {
    "coding hidden by a fold": POST + b"transfer-encoding:\r\n chunked\r\n\r\n" + chunked(HIDDEN),
    "folded header": GET + b"x-a: 1\r\n folded: 2\r\n\r\n",
    "bare carriage return in a value": GET + b"x-a: 1\rcontent-length: 5\r\n\r\n",
    "chunk longer than it says": POST
    + b"transfer-encoding: chunked\r\n\r\n1\r\nhello\r\n0\r\n\r\n",
    "two hosts": GET + b"host: other\r\n\r\n",
    "lines that end in a line feed alone": (GET + b"\r\n").replace(b"\r\n", b"\n"),
    "one length said twice": POST + b"content-length: 5\r\ncontent-length: 5\r\n\r\nhello",
    "hidden in a body": POST + b"content-length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
    "hidden in a chunk": POST + b"transfer-encoding: chunked\r\n\r\n" + chunked(HIDDEN),
    "hidden in a chunk's extension": POST
    + b"transfer-encoding: chunked\r\n\r\n5;a=/internal/hidden\r\nhello\r\n0\r\n\r\n",
    "hidden in a trailer": POST
    + b"transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-jwt-payload: e30\r\n\r\n",
    "another address in the request line": b"GET http://evil.example/v/ABC HTTP/1.1\r\n"
    b"host: gateway\r\nconnection: close\r\n\r\n",
}


@pytest.mark.parametrize("kind", HARMLESS)
async def test_odd_request_is_one_request_at_most(gateway: Gateway, kind: str) -> None:
    heard = len(gateway.requests)
    said = await gateway.say(HARMLESS[kind])
    assert said.count(b"HTTP/1.1 ") == 1, said
    passed = gateway.requests[heard:]
    assert len(passed) <= 1
    for request in passed:
        assert request["path"] in ("/v/ABC", "/api/identity/v1/tokens")
        # The gateway says again, in one way only, where the body ends.
        framing = {"content-length", "transfer-encoding"} & request["headers"].keys()
        assert len(framing) <= 1
        assert "x-jwt-payload" not in request["headers"]
        assert not any(sign in value for value in request["headers"].values() for sign in "\r\n")


async def test_second_request_after_a_refused_one_is_never_read(gateway: Gateway) -> None:
    heard = len(gateway.requests)
    said = await gateway.say(REFUSED["both lengths, the first counts"] + GET + b"\r\n")
    assert said.count(b"HTTP/1.1 ") == 1
    assert len(gateway.requests) == heard


@pytest.mark.parametrize("protocol", ["websocket", "h2c", "TLS/1.0", "anything"])
async def test_no_other_protocol_is_spoken_through_the_gateway(
    gateway: Gateway, protocol: str
) -> None:
    heard = len(gateway.requests)
    answer = await gateway.say(
        b"GET /v/ABC HTTP/1.1\r\nhost: gateway\r\nconnection: upgrade\r\n"
        b"sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n"
        b"upgrade: " + protocol.encode() + b"\r\n\r\n" + GET + b"\r\n"
    )
    assert b"101 Switching" not in answer
    for request in gateway.requests[heard:]:
        assert "upgrade" not in request["headers"]


async def test_gateway_is_no_proxy_for_other_places(gateway: Gateway) -> None:
    heard = len(gateway.requests)
    said = await gateway.say(
        b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nhost: 127.0.0.1:22\r\nconnection: close\r\n\r\n"
    )
    assert said.startswith(b"HTTP/1.1 4")
    traced = await gateway.ask("/api/hours/v1/claims", method="TRACE", token=gateway.token())
    assert traced.status == 404
    assert len(gateway.requests) == heard
