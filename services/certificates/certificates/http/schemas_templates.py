"""Shapes of template versions and their comparisons."""

from datetime import datetime
from typing import Literal, Self

from pydantic import BaseModel, Field

from certificates.domain.entities import Comparison, RegisteredTemplate

Picture = Literal["before", "after", "difference"]
TemplateState = Literal["draft", "proposed", "live", "retired"]


class ComparisonView(BaseModel):
    sample: str
    against: str = Field(description="与之比较的版本")
    changed_pixels: int
    pixels: int
    before: str = Field(description="现用版本的图，PNG 下载地址")
    after: str = Field(description="新版本的图，PNG 下载地址")
    difference: str = Field(description="差异图，PNG 下载地址")

    @classmethod
    def of(cls, one: Comparison) -> Self:
        place = f"/api/certificates/v1/templates/{one.form}/{one.version}/comparisons/{one.sample}"
        return cls(
            sample=one.sample,
            against=one.against,
            changed_pixels=one.changed_pixels,
            pixels=one.pixels,
            before=f"{place}/before",
            after=f"{place}/after",
            difference=f"{place}/difference",
        )


class TemplateView(BaseModel):
    form: str
    version: str
    digest: str = Field(description="样式全部文件的 SHA-256")
    state: TemplateState
    live_since: datetime | None
    comparisons: list[ComparisonView]

    @classmethod
    def of(cls, one: RegisteredTemplate, comparisons: list[Comparison]) -> Self:
        mine = [
            each for each in comparisons if (each.form, each.version) == (one.form, one.version)
        ]
        return cls(
            form=one.form,
            version=one.version,
            digest=one.digest,
            state=one.state,
            live_since=one.live_since,
            comparisons=[ComparisonView.of(each) for each in mine],
        )


class TemplateList(BaseModel):
    items: list[TemplateView]
