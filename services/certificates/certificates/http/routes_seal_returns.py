"""Where a seal service delivers a sealed document that it had accepted for later."""

from fastapi import APIRouter, Request

from certificates.errors import SealReturnTooLarge, SealReturnUnknown, SealReturnUnreadable
from certificates.http.deps import Data, Deps
from certificates.sealing.whole_pdf import LARGEST_DOCUMENT
from certificates.usecases.seal_returns import require_expected, take_delivery
from chassis.http import responses

router = APIRouter(prefix="/api/certificates/v1/seal-returns", tags=["seal-returns"])


@router.post(
    "/{ticket}",
    summary="签章服务送回签章后的文件（凭地址中的一次性票据，无需令牌）",
    status_code=204,
    responses=responses(SealReturnUnknown, SealReturnUnreadable, SealReturnTooLarge),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def deliver(
    *,
    ticket: str,
    request: Request,
    database: Data,
    deps: Deps,
) -> None:
    async with database.reading() as tx:
        await require_expected(tx, ticket)
    file = await _read(request)
    async with database.transaction() as tx:
        await take_delivery(tx, deps, ticket, file)


async def _read(request: Request) -> bytes:
    """Return the body; stop reading as soon as it is too much. The request's own limit is time."""
    file = bytearray()
    async for piece in request.stream():
        file += piece
        if len(file) > LARGEST_DOCUMENT:
            raise SealReturnTooLarge
    return bytes(file)
