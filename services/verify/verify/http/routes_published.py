"""What devices fetch beforehand, to check codes without a network."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response

from chassis.http import responses
from verify.errors import KeyListUnavailable
from verify.http.publishing import published
from verify.key_file import KeyFile

router = APIRouter(tags=["public"])

KEYS = "/v/keys"
KEYS_TYPE = "application/yuzheng-keys+jwt"
# So long a key withdrawn in an emergency may still be believed by a device that is online.
_KEYS_SECONDS = 300


def statement_responses(media_type: str, description: str) -> dict[int | str, dict[str, Any]]:
    """Return how the API document describes a published statement."""
    return {
        200: {
            "description": description,
            "content": {media_type: {"schema": {"type": "string"}}},
            "headers": {
                "ETag": {"description": "内容不变则不变", "schema": {"type": "string"}},
                "Cache-Control": {"description": "可保存的秒数", "schema": {"type": "string"}},
            },
        },
        304: {"description": "与 If-None-Match 所示相同"},
    }


def _key_file(request: Request) -> KeyFile:
    key_file: KeyFile = request.app.state.key_file
    return key_file


@router.head(KEYS, include_in_schema=False)
@router.get(
    KEYS,
    summary="平台公钥清单（由离线根密钥签名）",
    response_class=Response,
    responses={
        **statement_responses(KEYS_TYPE, "JWS，见 contracts/qr/keys.md"),
        **responses(KeyListUnavailable),
    },
)
async def show_key_list(
    request: Request,
    key_file: Annotated[KeyFile, Depends(_key_file)],
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    del if_none_match  # read from the request
    return published(request, key_file.text.encode(), media_type=KEYS_TYPE, max_age=_KEYS_SECONDS)
