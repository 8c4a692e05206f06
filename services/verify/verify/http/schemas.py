"""The answer as a document; the hot route writes it, this module describes it."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from chassis.errors import ServiceError
from chassis.problems import problem
from verify.domain import Answer, Fact, NameMatch, State
from verify.errors import CertificateNotFound, CouldNotCheck, TokenInvalid

FAILURES: dict[State, type[ServiceError]] = {
    State.TOKEN_INVALID: TokenInvalid,
    State.NOT_FOUND: CertificateNotFound,
    State.COULD_NOT_CHECK: CouldNotCheck,
}


class Check(BaseModel):
    """One check and its own outcome."""

    check: Literal["token", "registry", "seal", "name"]
    outcome: str = Field(
        description="token: passed|failed · registry: the state · seal: active|suspended|unknown · "
        "name: match|differs|empty|limited|could_not_check"
    )


class Successor(BaseModel):
    """The certificate that has taken the place of this one. Its code is on its own paper only."""

    version: int = Field(description="版次")
    issued_on: str = Field(description="签发日期")


class CertificateCheck(BaseModel):
    """How a certificate stands, with what is needed to compare it with paper or file."""

    state: Literal["valid", "suspended", "superseded", "revoked"]
    as_of: datetime | None = Field(description="登记信息截至此刻完整；只有已撤销的结果可能为空")
    checks: list[Check]
    name_masked: str = Field(description="姓名，首字以外隐去")
    sex: str = Field(description="性别：male、female；未知为空")
    identity_masked: str = Field(description="证件号码，中间隐去，与证书所印一致")
    management_number: str = Field(description="证书管理号")
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
    successor: Successor | None = Field(description="已被新版取代的，新版的版次和签发日期")
    status_index: int | None = Field(description="在状态清单中的位置")
    record_digest: str = Field(description="电子证书数据摘要的前 8 字节，与二维码中所载比对")
    official_host: str = Field(description="官方核验网址")


def document(
    answer: Answer, *, official_host: str, request_id: str, match: NameMatch | None = None
) -> dict[str, Any]:
    """Return the JSON document of ``answer``: a ``CertificateCheck``, or a problem."""
    shared = {
        "state": answer.state.value,
        "as_of": answer.as_of.isoformat() if answer.as_of else None,
        "checks": _checks(answer, match),
    }
    fact = answer.fact
    if fact is None:
        return problem(FAILURES[answer.state](), request_id=request_id) | shared
    return {
        **shared,
        "name_masked": fact.name_masked,
        "sex": fact.sex,
        "identity_masked": fact.identity_masked,
        "management_number": fact.management_number,
        "year": fact.year,
        "version": fact.certificate_version,
        "title_level": fact.title_level,
        "total_tenths": fact.total_tenths,
        "public_tenths": fact.public_tenths,
        "professional_tenths": fact.professional_tenths,
        "employer_name": fact.employer_name,
        "office_name": fact.office_name,
        "office_name_now": answer.office_name_now,
        "issued_on": fact.issued_on,
        "successor": _successor(fact),
        "status_index": fact.status_index,
        "record_digest": fact.record_digest,
        "official_host": official_host,
    }


def _successor(fact: Fact) -> dict[str, Any] | None:
    if fact.state != State.SUPERSEDED or not fact.successor_version:
        return None
    return {"version": fact.successor_version, "issued_on": fact.successor_issued_on}


def _checks(answer: Answer, match: NameMatch | None) -> list[dict[str, str]]:
    genuine = answer.state is not State.TOKEN_INVALID
    outcomes = {
        "token": "passed" if genuine else "failed",
        "registry": answer.state.value if genuine else "not_checked",
        "seal": answer.seal.value,
    }
    if match:
        outcomes["name"] = match.value
    return [{"check": check, "outcome": outcome} for check, outcome in outcomes.items()]
