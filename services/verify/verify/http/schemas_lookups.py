"""Questions and answers of look-ups and receipts."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from verify.usecases.give_receipt import Receipt
from verify.usecases.judging import Judged

Name = Annotated[str, Field(min_length=1, max_length=100, description="证书所载姓名，全名")]
Number = Annotated[str, Field(min_length=1, max_length=40, description="证书管理号")]
Year = Annotated[int | None, Field(ge=2000, le=2100, description="只查这一年度")]


class LookupRequest(BaseModel):
    """A number alone opens nothing: the name is the second factor."""

    management_number: Number
    name: Name
    year: Year = None
    receipt: bool = Field(default=False, description="同时出具核验回执")


class FoundCertificate(BaseModel):
    """How one certificate stands, with what is needed to compare it with paper or file."""

    state: Literal["valid", "suspended", "superseded", "revoked"]
    as_of: datetime | None = Field(description="登记信息截至此刻完整")
    seal: Literal["active", "suspended", "unknown"] = Field(description="发证单位专用章状态")
    management_number: str = Field(description="证书管理号")
    name_masked: str = Field(description="姓名，首字以外隐去")
    sex: str = Field(description="性别：male、female；未知为空")
    identity_masked: str = Field(description="证件号码，中间隐去")
    year: int = Field(description="年度")
    version: int = Field(description="该年度证书的版次")
    title_level: str = Field(description="职称层级")
    total_tenths: int = Field(description="总学时，十分之一学时为单位")
    public_tenths: int = Field(description="其中公需科目")
    professional_tenths: int = Field(description="其中专业科目")
    employer_name: str = Field(description="工作单位")
    office_name: str = Field(description="发证单位，与证书所载一致")
    office_name_now: str | None = Field(description="发证单位现名，未更名时为空")
    issued_on: str = Field(description="发证日期")


class ReceiptView(BaseModel):
    """A signed statement of what a check found at one moment; it does not change afterwards."""

    code: str = Field(description="回执编号，凭此编号可随时查阅")
    signed: str = Field(description="JWS（EdDSA），公钥见 receipt-keys")
    says: dict[str, Any] = Field(description="签名内容")


class LookupView(BaseModel):
    certificates: list[FoundCertificate] = Field(description="新的在前")
    official_host: str = Field(description="官方核验网址")
    receipt: ReceiptView | None


class ReceiptRequest(BaseModel):
    token: str = Field(min_length=1, max_length=60, description="二维码中的查验码")


class KeySetView(BaseModel):
    """JSON Web Key Set."""

    keys: list[dict[str, str]]


def certificate_view(one: Judged) -> FoundCertificate:
    fact, answer = one.entry.fact, one.answer
    return FoundCertificate.model_validate(
        {
            "state": answer.state.value,
            "as_of": answer.as_of,
            "seal": answer.seal.value,
            "version": fact.certificate_version,
            "office_name_now": answer.office_name_now,
        }
        | {name: getattr(fact, name) for name in _SAME}
    )


_SAME = tuple(
    name
    for name in FoundCertificate.model_fields
    if name not in {"state", "as_of", "seal", "version", "office_name_now"}
)


def receipt_view(receipt: Receipt) -> ReceiptView:
    return ReceiptView(code=receipt.code, signed=receipt.signed, says=receipt.says)
