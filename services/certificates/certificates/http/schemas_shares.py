"""Shapes of share codes: the holder's side and the reader's side."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from certificates.domain.entities import Certificate
from certificates.domain.states import CertificateState
from certificates.store.shares import Share, Use


class ShareOrder(BaseModel):
    years: list[int] = Field(min_length=1, max_length=60, description="出示哪些年度")
    ends_at: AwareDatetime = Field(description="有效至，最长 90 天")


class ShareMade(BaseModel):
    share_id: UUID
    code: str = Field(description="分享码，只显示这一次", examples=["7K3M9QX2ABCD"])
    ends_at: datetime


class ShareRevoked(BaseModel):
    share_id: UUID


class UseView(BaseModel):
    at: datetime
    what: str = Field(description="detail 看了内容；file 下载了文件")
    viewer: str = Field(description="phone 手机；computer 电脑；program 程序")


class ShareView(BaseModel):
    share_id: UUID
    years: list[int]
    ends_at: datetime
    revoked_at: datetime | None
    created_at: datetime
    uses: int = Field(description="被查看的次数")
    newest_uses: list[UseView]

    @classmethod
    def of(cls, share: Share, count: int, newest: list[Use]) -> Self:
        return cls(
            share_id=share.id,
            years=list(share.years),
            ends_at=share.ends_at,
            revoked_at=share.revoked_at,
            created_at=share.created_at,
            uses=count,
            newest_uses=[UseView(at=one.at, what=one.what, viewer=one.viewer) for one in newest],
        )


class SharePage(BaseModel):
    items: list[ShareView]
    next_cursor: UUID | None = Field(description="下一页的 cursor；没有更多时为空")


class SharedCertificate(BaseModel):
    """What is printed on the certificate, and its state now."""

    certificate_id: UUID
    management_number: str
    name: str
    sex: str
    identity_masked: str
    year: int
    version: int
    state: CertificateState
    employer_name: str
    title_level: str
    total_tenths: int = Field(description="学时合计（十分之一学时）")
    public_tenths: int
    professional_tenths: int
    office_name: str
    issued_on: date
    file_sha256: str

    @classmethod
    def of(cls, certificate: Certificate) -> Self:
        return cls(**{name: getattr(certificate, name) for name in cls.model_fields})


class Shared(BaseModel):
    ends_at: datetime
    certificates: list[SharedCertificate]
