"""Web hooks, deliveries and changes as they go over the wire."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from verify.webhook_addresses import LONGEST

DeliveryState = Literal["recorded", "pending", "delivered", "dead"]
_URL = "https://review.example.gov.cn/hooks/yuzheng"


class WebhookRequest(BaseModel):
    url: str = Field(max_length=LONGEST, description="接收通知的 https 地址", examples=[_URL])


class WebhookSecretRequest(BaseModel):
    overlap_hours: int = Field(default=24, ge=0, le=24 * 30, description="新旧密钥同时签名的小时数")


class WebhookView(BaseModel):
    url: str = Field(examples=[_URL])
    changed_at: datetime
    previous_secret_until: datetime | None = Field(description="在此之前同时用旧密钥签名")


class WebhookKept(BaseModel):
    url: str
    secret: str | None = Field(
        description="签名密钥（Standard Webhooks，HMAC-SHA256），只给出一次；未更换时为空",
        examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="],
    )


class DeliveryQueued(BaseModel):
    id: UUID


class Retried(BaseModel):
    count: int = Field(description="重新发送的通知数")


class ChangeData(BaseModel):
    """Nothing personal: the client knows which certificate it asked about."""

    certificate_id: UUID = Field(description="核验时返回的证书标识")
    state: Literal["valid", "suspended", "superseded", "revoked"]
    previous_state: str = Field(description="上次告知的状态")
    version: int = Field(description="只增不减；收到更小的版本应当忽略")


class ChangeView(BaseModel):
    id: str = Field(description="与通知的 webhook-id 相同", examples=["msg_0190a1b2c3d47e5f8a"])
    number: int
    type: str = Field(examples=["certificate.revoked"])
    timestamp: datetime
    data: ChangeData


class ChangePage(BaseModel):
    changes: list[ChangeView]
    next: int = Field(description="下次查询的 since")
    more: bool = Field(description="还有更多，请立即再查")


class DeliveryView(BaseModel):
    id: UUID
    type: str
    certificate_id: UUID | None
    state: DeliveryState = Field(
        description="recorded 未设通知地址，仅供查询 · pending 待发送或待重试 · delivered 已送达 · "
        "dead 多次失败，不再自动重试"
    )
    attempts: int
    next_at: datetime
    last_problem: str | None = Field(
        description="timeout、connection、tls、address_refused、status_500 等"
    )
    created_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        body = json.loads(row["body"])
        shown = {name: row[name] for name in cls.model_fields if name in row}
        identifier = body["data"].get("certificate_id")
        return cls.model_validate(shown | {"type": body["type"], "certificate_id": identifier})


class DeliveryPage(BaseModel):
    items: list[DeliveryView]
    next_cursor: UUID | None

    @classmethod
    def of(cls, rows: Sequence[Mapping[Any, Any]], *, limit: int) -> Self:
        items = [DeliveryView.of(row) for row in rows]
        return cls(items=items, next_cursor=items[-1].id if len(items) == limit else None)


def change_page(rows: Sequence[Mapping[Any, Any]], *, since: int, limit: int) -> ChangePage:
    found = [
        ChangeView.model_validate(
            json.loads(row["body"]) | {"id": f"msg_{row['id'].hex}", "number": row["number"]}
        )
        for row in rows
    ]
    last = found[-1].number if found else since
    return ChangePage(changes=found, next=last, more=len(found) == limit)
