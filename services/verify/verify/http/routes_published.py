"""What devices fetch beforehand, to check codes without a network."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from pydantic import BaseModel, Field

from chassis.http import responses
from verify.errors import KeyListUnavailable, StatusListNotFound, StatusListUnavailable
from verify.http.publishing import published
from verify.key_file import KeyFile
from verify.status_list import MEDIA_TYPE, address
from verify.status_reading import StatusListsUnknown, StatusReader

router = APIRouter(tags=["public"])

KEYS = "/v/keys"
KEYS_TYPE = "application/yuzheng-keys+jwt"
# So long a key withdrawn in an emergency may still be believed by a device that is online.
_KEYS_SECONDS = 300
LISTS = "/v/status"
# Within a minute of a revocation a device that is online has it: half for signing, half for this.
_STATUS_SECONDS = 30


class StatusListsView(BaseModel):
    """Status List Aggregation of the standard."""

    status_lists: list[str] = Field(description="每份状态清单的地址（即其 sub）")


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


def _status_reader(request: Request) -> StatusReader:
    reader: StatusReader = request.app.state.status_reader
    return reader


StatusLists = Annotated[StatusReader, Depends(_status_reader)]


@router.get(LISTS, summary="有哪些状态清单", responses=responses(StatusListUnavailable))
async def show_status_lists(
    request: Request, response: Response, lists: StatusLists
) -> StatusListsView:
    try:
        numbers = await lists.numbers()
    except StatusListsUnknown as reason:
        raise StatusListUnavailable from reason
    response.headers["access-control-allow-origin"] = "*"
    response.headers["cache-control"] = f"public, max-age={_STATUS_SECONDS}"
    host: str = request.app.state.settings.official_host
    return StatusListsView(status_lists=[address(host, number) for number in numbers])


@router.head(LISTS + "/{number}", include_in_schema=False)
@router.get(
    LISTS + "/{number}",
    summary="证书状态清单（供离线核验）",
    response_class=Response,
    responses={
        **statement_responses(MEDIA_TYPE, "JWS，见 contracts/status/profile.md"),
        **responses(StatusListNotFound, StatusListUnavailable),
    },
)
async def show_status_list(
    request: Request,
    lists: StatusLists,
    number: Annotated[int, Path(ge=0, le=99_999, description="清单编号：状态序号除以 262144")],
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    del if_none_match  # read from the request
    try:
        found = await lists.find(number)
    except StatusListsUnknown as reason:
        raise StatusListUnavailable from reason
    if found is None:
        raise StatusListNotFound
    return published(
        request,
        found.token,
        media_type=MEDIA_TYPE,
        max_age=_STATUS_SECONDS,
        compressed=found.compressed,
    )
