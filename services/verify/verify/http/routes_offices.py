"""Look-ups of offices: logged in, with a purpose, within their subtree, counted and audited."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from chassis.errors import Forbidden, Unauthenticated
from chassis.http import Caller, responses
from verify.errors import (
    CouldNotCheck,
    IdentityUnavailable,
    OfficeLookupNotFound,
    QuestionAmbiguous,
    QuotaExceeded,
)
from verify.http.deps import Config, Deps, Identity
from verify.http.schemas_lookups import LookupView, Year, certificate_view, receipt_view
from verify.usecases.give_receipt import give_receipt
from verify.usecases.look_up_for_office import Purpose, Question, look_up_for_office

router = APIRouter(prefix="/api/verify/v1", tags=["offices"])
_Text = Annotated[str | None, Field(min_length=1, max_length=100)]


class OfficeLookupRequest(BaseModel):
    """ID number or management number, one of them; the name opens what lies elsewhere."""

    purpose: Purpose = Field(description="查询目的，写入审计")
    id_number: _Text = None
    management_number: _Text = None
    name: _Text = None
    year: Year = None
    receipt: bool = Field(default=False, description="同时出具核验回执")


@router.post(
    "/office-lookups",
    summary="单位按身份证件号码或证书管理号查验",
    responses=responses(
        QuestionAmbiguous,
        Unauthenticated,
        Forbidden,
        OfficeLookupNotFound,
        QuotaExceeded,
        IdentityUnavailable,
        CouldNotCheck,
    ),
)
async def find_for_office(
    body: OfficeLookupRequest, caller: Caller, deps: Deps, people: Identity, config: Config
) -> LookupView:
    if (body.id_number is None) == (body.management_number is None):
        raise QuestionAmbiguous(field="/id_number")
    question = Question(body.purpose, body.id_number, body.management_number, body.name, body.year)
    limit = config.office_lookups_per_day
    found = await look_up_for_office(deps, people, caller, question, limit=limit)
    receipt = await give_receipt(deps, how="office", checked=found) if body.receipt else None
    return LookupView(
        certificates=[certificate_view(one) for one in found],
        official_host=deps.official_host,
        receipt=receipt_view(receipt) if receipt else None,
    )
