"""Packing: one setting for all streams, and small objects together."""

import zlib


def packed(data: bytes) -> bytes:
    """Deflate."""
    return zlib.compress(data, 9)


def object_stream(number: int, objects: list[tuple[int, bytes]]) -> bytes:
    """Return an object stream (ISO 32000-1, 7.5.7)."""
    offsets, at = [], 0
    for inner, body in objects:
        offsets.append(f"{inner} {at}")
        at += len(body) + 1
    head = " ".join(offsets).encode() + b"\n"
    data = packed(head + b"\n".join(body for _, body in objects))
    return (
        b"%d 0 obj\n<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\n"
        b"stream\n%b\nendstream\nendobj\n" % (number, len(objects), len(head), len(data), data)
    )
