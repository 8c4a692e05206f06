"""Uploaded files: whether it is the file that was sealed."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Response, UploadFile
from pydantic import BaseModel, Field

from chassis.errors import BodyTooLarge
from chassis.http import responses
from verify.comparing import Finding, Outcome
from verify.errors import CouldNotCheck, DocumentTooLarge, ExaminerBusy, LookupsLimited
from verify.fields import FieldOutcome
from verify.http.deps import Address, Deps, Examining, Tokens
from verify.http.schemas_lookups import (
    FoundCertificate,
    ReceiptView,
    certificate_view,
    receipt_view,
)
from verify.usecases.examine_document import MOST_BYTES, Examination, Verdict, examine_document
from verify.usecases.give_receipt import give_receipt

router = APIRouter(prefix="/api/verify/v1", tags=["public"])
CheckName = Literal["code", "signature", "chain", "seal", "coverage", "file", "record", "text"]
_REASONS = {
    "encrypted": "文件已加密，不是系统签发的证书文件。",
    "damaged": "文件不完整或已损坏，不能检验。",
    "too_many_pages": "文件页数过多，不是单份证书文件。",
    "too_large_a_page": "页面过大，不是证书文件。",
    "too_many_signatures": "文件所含签名过多，不是证书文件。",
    "too_slow": "文件结构异常，未能在限定时间内检验完毕。",
}
_VERDICTS = {
    "genuine": "文件与签发时一致，盖章后未被改动。",
    "altered": "文件与登记不符，或盖章后被改动，不是原件。",
    "foreign": "登记库中没有与此文件对应的证书。",
    "unreadable": "不能检验。",
}


class DocumentForm(BaseModel):
    """What is handed in; nothing of it is kept."""

    file: UploadFile = Field(description="PDF，不超过 2 MB")
    receipt: bool = Field(default=False, description="同时出具核验回执")
    pictures: bool = Field(default=False, description="同时返回前两页的图像，供在图上标出")


class DocumentCheck(BaseModel):
    check: CheckName = Field(
        description="code 二维码 · signature 签章完整 · chain 证书链 · seal 发证单位备案的专用章 · "
        "coverage 盖章后无改动 · file 与登记的文件一致 · record 所附电子记录 · text 版面文字"
    )
    outcome: Outcome


class Difference(BaseModel):
    """One fact that the file says differently from the registry."""

    field: str
    label: str
    file: str = Field(description="文件所写")
    registry: str = Field(description="登记内容；姓名隐去")
    source: Literal["page", "record"] = Field(description="page 版面文字 · record 所附电子记录")
    page: int | None = Field(description="第几页，从 0 起")
    box: tuple[float, float, float, float] | None = Field(
        description="左、下、右、上，单位磅，自页面左下角"
    )
    sentence: str


class PlaceView(BaseModel):
    """One line of a fact on a page as shown."""

    page: int = Field(description="第几页，从 0 起")
    box: tuple[float, float, float, float] = Field(
        description="左、上、右、下，单位磅，自所示页面左上角"
    )


class ComparedField(BaseModel):
    """One fact of the registry, compared with what the file shows."""

    field: str
    label: str
    outcome: FieldOutcome = Field(description="same 一致 · differs 不一致 · not_found 版面上未读到")
    file: str | None = Field(description="文件所写；未读到时为空")
    registry: str = Field(description="登记内容；姓名隐去")
    places: list[PlaceView] = Field(description="在版面上的位置，一行一处")


class PageView(BaseModel):
    """One page as shown."""

    width: float = Field(description="宽，磅")
    height: float = Field(description="高，磅")
    picture: str | None = Field(description="页面图像，JPEG，base64；不超过 300 KB，仅前两页")


class DocumentView(BaseModel):
    verdict: Verdict
    detail: str
    checks: list[DocumentCheck]
    differences: list[Difference]
    fields: list[ComparedField] = Field(description="逐项比对；登记库中无此证书时为空")
    pages: list[PageView]
    certificate: FoundCertificate | None = Field(description="登记中的这份证书")
    official_host: str
    receipt: ReceiptView | None


@router.post(
    "/documents",
    summary="上传证书文件检验真伪",
    responses=responses(
        DocumentTooLarge, BodyTooLarge, LookupsLimited, ExaminerBusy, CouldNotCheck
    ),
)
async def check_document(
    sent: Annotated[DocumentForm, Form(media_type="multipart/form-data")],
    deps: Deps,
    examining: Examining,
    tokens: Tokens,
    address: Address,
    *,
    response: Response,
) -> DocumentView:
    if (sent.file.size or 0) > MOST_BYTES:
        raise DocumentTooLarge
    pdf = await sent.file.read(MOST_BYTES + 1)
    found = await examine_document(
        deps, examining, tokens, pdf=pdf, address=address, pictures=sent.pictures
    )
    # Whoever stands between shall not keep what somebody handed in.
    response.headers["cache-control"] = "no-store"
    given = None
    if sent.receipt:
        given = await give_receipt(
            deps,
            how="document",
            checked=[found.certificate] if found.certificate else [],
            findings=[
                {"verdict": found.verdict, "checks": found.checks},
                *(_difference(one).model_dump() for one in found.findings),
            ],
        )
    return DocumentView(
        verdict=found.verdict,
        detail=_detail(found),
        checks=[
            DocumentCheck.model_validate({"check": name, "outcome": outcome})
            for name, outcome in found.checks.items()
        ],
        differences=[_difference(one) for one in found.findings],
        fields=[ComparedField.model_validate(one, from_attributes=True) for one in found.fields],
        pages=[PageView.model_validate(one, from_attributes=True) for one in found.pages],
        certificate=certificate_view(found.certificate) if found.certificate else None,
        official_host=deps.official_host,
        receipt=receipt_view(given) if given else None,
    )


def _detail(found: Examination) -> str:
    if found.reason:
        return _REASONS.get(found.reason, _REASONS["damaged"])
    return "；".join([_VERDICTS[found.verdict], *(one.sentence for one in found.findings)])


def _difference(one: Finding) -> Difference:
    return Difference(
        field=one.field,
        label=one.label,
        file=one.file,
        registry=one.registry,
        source=one.source,
        page=one.page,
        box=one.box,
        sentence=one.sentence,
    )
