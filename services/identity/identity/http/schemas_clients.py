"""What goes over the wire about API clients."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from identity.domain.api_clients import ApiClient, ClientSecret, Scope
from identity.http.schemas import Wire

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
PerDay = Annotated[int, Field(ge=1, le=1_000_000, description="每日核验次数上限")]
_MOST_OVERLAP_HOURS = 30 * 24


class ClientRequest(Wire):
    name: Name = Field(description="系统名称，持证人可以看到", examples=["河南省职称评审平台"])
    organisation_id: UUID = Field(description="主管单位")
    scopes: list[Scope] = Field(default=[Scope.VERIFY_CHECK], min_length=1, max_length=10)
    checks_per_day: PerDay = 20_000


class ClientChange(Wire):
    name: Name | None = None
    checks_per_day: PerDay | None = None


class SecretRequest(Wire):
    overlap_hours: int = Field(
        default=7 * 24,
        ge=0,
        le=_MOST_OVERLAP_HOURS,
        description="旧密钥继续有效的小时数；密钥泄露时填 0，旧密钥立即失效",
    )


class SecretView(Wire):
    id: UUID
    created_at: datetime
    ends_at: datetime | None = Field(description="到此时失效；为空表示长期有效")
    last_used_at: datetime | None


class ClientView(Wire):
    client_id: UUID
    name: str
    organisation_id: UUID
    scopes: list[Scope]
    checks_per_day: int
    active: bool
    registered_at: datetime


class ClientEntry(ClientView):
    organisation_name: str
    secrets: list[SecretView] = Field(description="目前有效的密钥，不含密钥本身")


class ClientPage(Wire):
    items: list[ClientEntry]
    next_cursor: str | None


class IssuedView(Wire):
    client_id: UUID
    secret_id: UUID
    client_secret: str | None = Field(
        description="只在第一次应答中给出，请立即保存；用同一个 Idempotency-Key 重试时为空",
        examples=["yzs_3lGd0Y6vMZ0o0m0Zc8bqj0oXr7dV1c2nT5yWfQk9H4s"],
    )


def client_view(client: ApiClient) -> ClientView:
    return ClientView(client_id=client.id, **_same(client))


def client_entry(
    client: ApiClient, secrets: list[ClientSecret], organisation_name: str
) -> ClientEntry:
    views = [SecretView.model_validate(one) for one in secrets]
    return ClientEntry(
        client_id=client.id,
        secrets=views,
        organisation_name=organisation_name,
        **_same(client),
    )


def _same(client: ApiClient) -> dict[str, object]:
    names = (name for name in ClientView.model_fields if name != "client_id")
    return {name: getattr(client, name) for name in names}
