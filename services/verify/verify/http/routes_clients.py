"""Checks of API clients: a token of their own, a daily allowance, one certificate or a list."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Response

from chassis.errors import Forbidden, Unauthenticated
from chassis.http import responses
from verify.errors import (
    CheckAmbiguous,
    ChecksTooFast,
    ClientRevoked,
    ClientUnknown,
    CouldNotCheck,
    QuotaExceeded,
)
from verify.http.deps import ClientCaller, Deps, Tokens
from verify.http.schemas_clients import (
    CertificateClaim,
    ChecksRequest,
    ChecksView,
    CheckView,
    result_view,
)
from verify.http.schemas_lookups import ReceiptView, receipt_view
from verify.usecases import Dependencies
from verify.usecases.check_for_client import PACE, ChecksMade, Result, check_for_client
from verify.usecases.give_receipt import give_receipt
from verify.usecases.quota import Allowance

router = APIRouter(prefix="/api/verify/v1/client", tags=["clients"])
_FAILURES = responses(
    CheckAmbiguous,
    Unauthenticated,
    Forbidden,
    ClientRevoked,
    QuotaExceeded,
    ChecksTooFast,
    ClientUnknown,
    CouldNotCheck,
)
_ALLOWANCE: dict[str, Any] = {
    "headers": {
        "RateLimit-Policy": {
            "description": "每日次数（day）和瞬时次数（pace）",
            "schema": {"type": "string", "example": '"day";q=20000;w=86400, "pace";q=1200;w=120'},
        },
        "RateLimit": {
            "description": "当日剩余次数 r 和重新计数前的秒数 t",
            "schema": {"type": "string", "example": '"day";r=19873;t=31560'},
        },
    }
}


@router.post("/check", summary="核验一份证书", responses={200: _ALLOWANCE, **_FAILURES})
async def check_one(
    *, body: CertificateClaim, caller: ClientCaller, deps: Deps, tokens: Tokens, response: Response
) -> CheckView:
    made = await check_for_client(deps, tokens, caller, [body.asked()])
    _tell(response, made.allowance)
    shown = result_view(body, made.results[0])
    return CheckView(**shown, official_host=deps.official_host)


@router.post(
    "/checks", summary="核验一批证书（不超过 100 份）", responses={200: _ALLOWANCE, **_FAILURES}
)
async def check_many(
    *, body: ChecksRequest, caller: ClientCaller, deps: Deps, tokens: Tokens, response: Response
) -> ChecksView:
    made: ChecksMade = await check_for_client(
        deps, tokens, caller, [one.asked() for one in body.checks]
    )
    _tell(response, made.allowance)
    pairs = zip(body.checks, made.results, strict=True)
    shown = [result_view(claim, result) for claim, result in pairs]
    receipt = await _receipt(deps, made.results) if body.receipt else None
    return ChecksView.model_validate(
        {"results": shown, "official_host": deps.official_host, "receipt": receipt}
    )


async def _receipt(deps: Dependencies, results: Sequence[Result]) -> ReceiptView:
    checked = [one.certificate for one in results if one.certificate]
    return receipt_view(await give_receipt(deps, how="client", checked=checked))


def _tell(response: Response, allowance: Allowance) -> None:
    """Say what is left (draft-ietf-httpapi-ratelimit-headers)."""
    day = f'"day";q={allowance.limit};w=86400'
    pace = f'"pace";q={PACE.burst};w={PACE.burst * 3600 // PACE.per_hour}'
    response.headers["ratelimit-policy"] = f"{day}, {pace}"
    response.headers["ratelimit"] = f'"day";r={allowance.left};t={allowance.renewed_in}'
