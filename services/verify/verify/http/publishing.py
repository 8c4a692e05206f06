"""Signed statements that anybody may fetch and keep: one answer for everybody, with a tag."""

import hashlib

from fastapi import Request, Response

# Who reads a statement checks its signature, wherever the page that fetched it came from.
_ANYBODY = {"access-control-allow-origin": "*"}


def published(
    request: Request,
    body: bytes,
    *,
    media_type: str,
    max_age: int,
    compressed: bytes | None = None,
) -> Response:
    """Return the statement, or 304 to a reader who has it; no body for HEAD.

    ``compressed`` is the same under gzip, for a reader who takes it.
    """
    headers = {"cache-control": f"public, max-age={max_age}, must-revalidate", **_ANYBODY}
    if compressed is not None:
        headers["vary"] = "accept-encoding"
        if _takes_gzip(request.headers.get("accept-encoding", "")):
            headers["content-encoding"] = "gzip"
            body = compressed
    etag = headers["etag"] = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    if _has(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    if request.method == "HEAD":
        headers["content-length"] = str(len(body))
        return Response(headers=headers, media_type=media_type)
    return Response(body, headers=headers, media_type=media_type)


def _takes_gzip(accept_encoding: str) -> bool:
    for part in accept_encoding.lower().split(","):
        name, _, weight = part.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _has(if_none_match: str, etag: str) -> bool:
    # A proxy that compresses may have made our strong tag a weak one.
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag in tags or "*" in tags
