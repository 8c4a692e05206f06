"""Questions and answers of API clients."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from verify.errors import CheckAmbiguous
from verify.http.schemas_lookups import FoundCertificate, ReceiptView, certificate_view
from verify.rows import Claim, Verdict
from verify.usecases.check_for_client import MOST_AT_ONCE, Asked, Result
from verify.usecases.look_up import folded

_BY_CODE: JsonDict = {"token": "T5X3M1N0V7Q2K8R4W9A6B0C1D2E3F4G5H6J7"}
_BY_NAME: JsonDict = {
    "reference": "2026-职称-000127",
    "management_number": "41038517264970",
    "name": "张三",
    "year": 2026,
    "total_tenths": 900,
    "employer_name": "郑州市第一人民医院",
}
_Text = Annotated[str | None, Field(min_length=1, max_length=100)]


class CertificateClaim(BaseModel):
    """A certificate by its code, or by number and name together, and what is claimed of it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_BY_NAME, _BY_CODE]})

    token: Annotated[str | None, Field(max_length=60, description="二维码中的查验码")] = None
    management_number: _Text = Field(default=None, description="证书管理号，须与姓名同时填写")
    name: _Text = Field(default=None, description="全名；填写查验码时可不填，填了就比对")
    year: Annotated[int | None, Field(ge=2000, le=2100, description="年度")] = None
    total_tenths: Annotated[
        int | None, Field(ge=0, le=99_999, description="所称总学时，十分之一学时为单位")
    ] = None
    employer_name: _Text = Field(default=None, description="所称工作单位")
    reference: Annotated[
        str | None, Field(max_length=64, description="调用方自己的编号，原样返回，不保存")
    ] = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        by_number = self.management_number is not None and self.name is not None
        if (self.token is None) == (not by_number) or (self.token and self.management_number):
            raise CheckAmbiguous
        return self

    def asked(self) -> Asked:
        """Return the question as the use case takes it."""
        hours = self.total_tenths
        claim = Claim(
            number=folded(self.management_number or ""),
            name=self.name or "",
            year=str(self.year or ""),
            hours="" if hours is None else f"{hours // 10}.{hours % 10}",
            employer=self.employer_name or "",
        )
        return Asked(self.token, claim)


class ChecksRequest(BaseModel):
    checks: list[CertificateClaim] = Field(min_length=1, max_length=MOST_AT_ONCE)
    receipt: bool = Field(default=False, description="同时出具核验回执")


class FieldVerdicts(BaseModel):
    """What is claimed against what is registered; ``not_given`` was not compared."""

    name: Verdict
    year: Verdict
    total_tenths: Verdict
    employer_name: Verdict


class CheckResult(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "reference": "2026-职称-000127",
                    "outcome": "valid",
                    "as_of": "2026-11-23T06:00:00Z",
                    "fields": {
                        "name": "match",
                        "year": "match",
                        "total_tenths": "differs",
                        "employer_name": "not_given",
                    },
                    "certificate_id": "0190a1b2-0000-7000-8000-000000000001",
                    "certificate": None,
                }
            ]
        }
    )

    reference: str | None
    outcome: Literal[
        "valid",
        "suspended",
        "superseded",
        "revoked",
        "not_found",
        "token_invalid",
        "could_not_check",
    ] = Field(description="could_not_check 不表示证书无效，请稍后重试")
    as_of: datetime | None = Field(description="登记信息截至此刻完整")
    fields: FieldVerdicts
    certificate_id: UUID | None = Field(description="证书标识；以后的变动通知以此指明证书")
    certificate: FoundCertificate | None


class CheckView(CheckResult):
    official_host: str


class ChecksView(BaseModel):
    results: list[CheckResult] = Field(description="与提交的顺序相同")
    official_host: str
    receipt: ReceiptView | None


def result_view(claim: CertificateClaim, result: Result) -> dict[str, Any]:
    row, shown = result
    return {
        "reference": claim.reference,
        "outcome": row.state.value,
        "as_of": row.as_of,
        "fields": {
            "name": row.name,
            "year": row.year,
            "total_tenths": row.hours,
            "employer_name": row.employer,
        },
        "certificate_id": row.entry.certificate_id if row.entry else None,
        "certificate": certificate_view(shown) if shown else None,
    }
