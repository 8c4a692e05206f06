"""Files as answers: names in Chinese, unchanged files not sent again, broken downloads resumed."""

import re
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Header, Response

from certificates.domain.entities import Certificate

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
PARTIAL: dict[int | str, dict[str, Any]] = {
    206: {"description": "所要求的部分（Range）"},
    304: {"description": "文件没有变化"},
    416: {"description": "没有所要求的部分"},
}


def _asked(
    if_none_match: Annotated[str | None, Header()] = None,
    range_: Annotated[str | None, Header(alias="Range", description="续传的部分")] = None,
    if_range: Annotated[str | None, Header(description="续传时所持文件的 ETag")] = None,
) -> dict[str, str]:
    given = {"if-none-match": if_none_match, "range": range_, "if-range": if_range}
    return {name: value for name, value in given.items() if value}


# What a reader says of the file he has already.
Asked = Annotated[Mapping[str, str], Depends(_asked)]


class RangeOutside(Exception):
    """Nothing of the file lies in the range that was asked for."""


def disposition(name: str, plain: str) -> str:
    """Return the file name for new and old browsers (RFC 6266 with RFC 5987)."""
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def certificate_disposition(certificate: Certificate) -> str:
    number = certificate.management_number
    return disposition(
        f"河南省专业技术人员继续教育证书_{certificate.year}_{number}.pdf",
        f"certificate_{certificate.year}_{number}.pdf",
    )


def unchanged(asked: Mapping[str, str], tag: str) -> bool:
    """Tell whether the reader has the file already (If-None-Match)."""
    return tag in {part.strip() for part in asked.get("if-none-match", "").split(",")}


def wanted_range(asked: Mapping[str, str], tag: str, size: int) -> tuple[int, int] | None:
    """Return the asked-for part as (first byte, byte after the last); None for the whole file.

    A range of another file (If-Range) or one that we do not understand is no range, as RFC 9110
    says; one that lies outside the file raises ``RangeOutside``.
    """
    found = _RANGE.fullmatch(asked.get("range", "").strip())
    if found is None or asked.get("if-range", tag) != tag:
        return None
    first, last = found.groups()
    if first:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < int(first):
            return None
    elif last:
        start, end = max(size - int(last), 0), size
    else:
        return None
    if start >= end:
        raise RangeOutside
    return start, end


def file_headers(tag: str, disposition_value: str) -> dict[str, str]:
    return {
        "ETag": tag,
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": disposition_value,
        "X-Content-Type-Options": "nosniff",
    }


def answer_file(
    asked: Mapping[str, str],
    content: bytes,
    *,
    sha256: str,
    disposition_value: str,
    media_type: str = "application/pdf",
) -> Response:
    """Return the whole of a small file, the part asked for, or nothing of it when it is known."""
    tag = f'"{sha256}"'
    headers = file_headers(tag, disposition_value)
    if unchanged(asked, tag):
        return Response(status_code=304, headers=headers)
    try:
        part = wanted_range(asked, tag, len(content))
    except RangeOutside:
        headers["Content-Range"] = f"bytes */{len(content)}"
        return Response(status_code=416, headers=headers)
    if part is None:
        return Response(content, media_type=media_type, headers=headers)
    start, end = part
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(content)}"
    return Response(content[start:end], status_code=206, media_type=media_type, headers=headers)
