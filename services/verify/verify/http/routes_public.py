"""The public route as the API document describes it."""

from typing import Annotated

from fastapi import APIRouter, Form, Header, Path, Query

from chassis.http import responses
from verify.errors import CertificateNotFound, CouldNotCheck, TokenInvalid
from verify.http.checking import ROUTE
from verify.http.schemas import CertificateCheck

router = APIRouter(tags=["public"])

Token = Annotated[str, Path(description="二维码中的查验码，36 个字符")]
Language = Annotated[str | None, Query(description="zh 或 en，优先于 Accept-Language")]
Size = Annotated[str | None, Query(alias="type", description="large：大字版")]

_PAGE = {
    "description": "核验结果：网页（默认）或 JSON",
    "content": {"text/html": {"schema": {"type": "string"}}},
    "headers": {
        "ETag": {"description": "同一结果不变", "schema": {"type": "string"}},
        "Cache-Control": {
            "description": "no-cache：每次都要重新确认",
            "schema": {"type": "string"},
        },
    },
}


@router.get(
    ROUTE,
    operation_id="check_certificate",
    summary="扫描证书二维码核验",
    responses={
        200: _PAGE,
        303: {"description": "log=1：转到公开日志中的载入证明"},
        304: {"description": "与 If-None-Match 所示结果相同"},
        **responses(TokenInvalid, CertificateNotFound, CouldNotCheck),
    },
)
async def check_certificate(
    token: Token,
    lang: Language = None,
    size: Size = None,
    log: Annotated[str | None, Query(description="1：要公开日志中的载入证明")] = None,
    if_none_match: Annotated[str | None, Header()] = None,
) -> CertificateCheck:
    """Describe the route; ``Checking`` in front of this application has answered it."""
    del token, lang, size, log, if_none_match  # the hot route reads them itself
    raise AssertionError("the hot route is not in front of the application")


@router.post(
    ROUTE,
    operation_id="match_name",
    summary="扫描证书二维码后核对姓名全称",
    responses={
        200: {**_PAGE, "headers": {}},
        429: {"description": "核对次数已达上限；结果中 name 为 limited", "model": CertificateCheck},
        **responses(TokenInvalid, CertificateNotFound, CouldNotCheck),
    },
)
async def match_name(
    token: Token,
    name: Annotated[str, Form(max_length=100, description="姓名全称；不保存、不记录")] = "",
    lang: Language = None,
    size: Size = None,
) -> CertificateCheck:
    """Describe the form of the page; answered in front like the page itself."""
    del token, name, lang, size
    raise AssertionError("the hot route is not in front of the application")
