"""Packing: one setting for all streams, and small objects together."""

import zlib
from collections.abc import Callable

from zopfli.zlib import compress as _zopfli  # type: ignore[import-untyped]  # no types exist

_ITERATIONS = 5


def packed(data: bytes) -> bytes:
    """Deflate."""
    return zlib.compress(data, 9)


def tightly_packed(data: bytes) -> bytes:
    """Deflate with patience: a few hundredths smaller, a thousand times slower."""
    tight: bytes = _zopfli(data, numiterations=_ITERATIONS)
    return tight


def object_stream(
    number: int, objects: list[tuple[int, bytes]], pack: Callable[[bytes], bytes] = packed
) -> bytes:
    """Return an object stream (ISO 32000-1, 7.5.7)."""
    offsets, at = [], 0
    for inner, body in objects:
        offsets.append(f"{inner} {at}")
        at += len(body) + 1
    head = " ".join(offsets).encode() + b"\n"
    data = pack(head + b"\n".join(body for _, body in objects))
    return (
        b"%d 0 obj\n<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\n"
        b"stream\n%b\nendstream\nendobj\n" % (number, len(objects), len(head), len(data), data)
    )
