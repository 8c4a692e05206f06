"""HTTP/2: streams opened to be dropped, and what HTTP/1 would say otherwise."""

import asyncio
import struct

from gateway.tests.support import Gateway

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
HEADERS, RESET, SETTINGS, GO_AWAY = 1, 3, 4, 7
END_STREAM, END_HEADERS = 1, 4
CANCEL = 8


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def header(name: bytes, value: bytes) -> bytes:
    """Encode one header literally, without the compression's tables (RFC 7541, 6.2.2)."""
    return b"\x00" + bytes([len(name)]) + name + bytes([len(value)]) + value


def request(stream: int, *more: tuple[bytes, bytes], flags: int = END_STREAM) -> bytes:
    named = [
        (b":method", b"GET"),
        (b":scheme", b"http"),
        (b":authority", b"gateway"),
        (b":path", b"/v/ABC"),
        *more,
    ]
    block = b"".join(header(name, value) for name, value in named)
    return frame(HEADERS, flags | END_HEADERS, stream, block)


async def answered(gateway: Gateway, sent: bytes) -> int | None:
    """Send these frames on a new connection; return the first frame's kind that decides.

    None when the connection is closed without one.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
    try:
        async with asyncio.timeout(20):
            writer.write(PREFACE + frame(SETTINGS, 0, 0) + sent)
            while True:
                head = await reader.readexactly(9)
                if head[3] in (HEADERS, RESET, GO_AWAY):
                    return head[3]
                await reader.readexactly(int.from_bytes(head[:3], "big"))
    except (ConnectionError, asyncio.IncompleteReadError):
        return None
    finally:
        writer.close()


async def test_connection_that_opens_streams_to_drop_them_is_dropped(
    tight_gateway: Gateway,
) -> None:
    before = await tight_gateway.figure(r"http\.gateway\.downstream_rq_too_many_premature_resets")
    dropped = b"".join(
        request(stream) + frame(RESET, 0, stream, struct.pack(">I", CANCEL))
        for stream in range(1, 2001, 2)
    )
    await tight_gateway.say(PREFACE + frame(SETTINGS, 0, 0) + dropped)
    after = await tight_gateway.figure(r"http\.gateway\.downstream_rq_too_many_premature_resets")
    assert after == before + 1
    assert (await tight_gateway.ask("/health")).status == 200


async def test_header_of_another_protocol_ends_the_connection(tight_gateway: Gateway) -> None:
    assert await answered(tight_gateway, request(1)) == HEADERS
    for ambiguous in (
        (b"transfer-encoding", b"chunked"),
        (b"connection", b"close"),
        (b"x-a", b"1\r\nx-jwt-subject: 2"),
        (b"X-Large", b"1"),
        (b":path", b"/internal/hidden"),
        (b"content-length", b"5"),
    ):
        heard = len(tight_gateway.requests)
        assert await answered(tight_gateway, request(1, ambiguous)) != HEADERS, ambiguous
        assert len(tight_gateway.requests) == heard, ambiguous


async def test_tunnel_by_http_2_is_refused(tight_gateway: Gateway) -> None:
    heard = len(tight_gateway.requests)
    block = b"".join(
        header(name, value)
        for name, value in (
            (b":method", b"CONNECT"),
            (b":protocol", b"websocket"),
            (b":scheme", b"http"),
            (b":path", b"/v/ABC"),
            (b":authority", b"gateway"),
        )
    )
    connect = frame(HEADERS, END_HEADERS, 1, block)
    assert await answered(tight_gateway, connect) != HEADERS
    assert len(tight_gateway.requests) == heard
