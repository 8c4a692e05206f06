"""Look-ups that anybody may make, and the receipts of checks."""

from typing import Annotated

from fastapi import APIRouter, Path

from chassis.http import responses
from verify.errors import (
    CertificateNotFound,
    CouldNotCheck,
    LookupNotFound,
    LookupsLimited,
    ReceiptNotFound,
    TokenInvalid,
)
from verify.http.deps import Address, Deps, Tokens, floor
from verify.http.schemas_lookups import (
    KeySetView,
    LookupRequest,
    LookupView,
    ReceiptRequest,
    ReceiptView,
    certificate_view,
    receipt_view,
)
from verify.usecases.give_receipt import give_receipt, read_receipt
from verify.usecases.look_up import look_up
from verify.usecases.look_up_token import look_up_token

router = APIRouter(prefix="/api/verify/v1", tags=["public"])


@router.post(
    "/lookups",
    summary="按证书管理号和姓名查验",
    responses=responses(LookupNotFound, LookupsLimited, CouldNotCheck),
)
async def find_by_number(body: LookupRequest, deps: Deps, address: Address) -> LookupView:
    async with floor():
        found = await look_up(
            deps, number=body.management_number, name=body.name, year=body.year, address=address
        )
        receipt = None
        if body.receipt:
            receipt = await give_receipt(deps, how="lookup", checked=found.certificates)
    return LookupView(
        certificates=[certificate_view(one) for one in found.certificates],
        official_host=deps.official_host,
        receipt=receipt_view(receipt) if receipt else None,
    )


@router.post(
    "/receipts",
    status_code=201,
    summary="为二维码查验出具核验回执",
    responses=responses(TokenInvalid, CertificateNotFound, LookupsLimited, CouldNotCheck),
)
async def issue_receipt(
    body: ReceiptRequest, deps: Deps, tokens: Tokens, address: Address
) -> ReceiptView:
    checked = await look_up_token(deps, tokens, token=body.token, address=address)
    return receipt_view(await give_receipt(deps, how="qr", checked=[checked]))


@router.get(
    "/receipts/{code}",
    summary="查阅核验回执",
    responses=responses(ReceiptNotFound, LookupsLimited),
)
async def show_receipt(
    code: Annotated[str, Path(max_length=40, description="回执编号")], deps: Deps
) -> ReceiptView:
    return receipt_view(await read_receipt(deps, code))


@router.get("/receipt-keys", summary="核验回执的公钥")
async def show_keys(deps: Deps) -> KeySetView:
    return KeySetView.model_validate(deps.signing.published())
