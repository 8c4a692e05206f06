"""What goes over the wire."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from identity.domain.id_numbers import Sex
from identity.domain.organisations import Kind, Role
from identity.domain.people import AffiliationState, Status, TitleLevel

Password = Annotated[str, StringConstraints(max_length=200)]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Wire(BaseModel):
    """Requests may not hold fields we do not know: a typing slip must not pass unseen."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


class RegistrationRequest(Wire):
    id_type: Literal["resident_identity_card"] = Field(
        default="resident_identity_card",
        description="居民身份证、港澳台居民居住证、外国人永久居留身份证（号码规则同 GB 11643）",
    )
    id_number: ShortText = Field(description="18 位证件号码；15 位旧号码自动升位")
    name: ShortText
    password: Password = Field(description="至少 10 个字符")
    employer_id: UUID
    title_level: TitleLevel
    title_series: ShortText | None = None
    starts_on: date | None = Field(default=None, description="入职日期，默认当天")


class AffiliationView(Wire):
    affiliation_id: UUID
    organisation_id: UUID
    state: AffiliationState
    title_level: TitleLevel
    starts_on: date
    ends_on: date | None


class RegistrationView(Wire):
    person_id: UUID
    management_number: str = Field(description="证书管理号，终身不变")
    status: Status
    affiliation: AffiliationView


class TokenRequest(Wire):
    login: ShortText = Field(description="证书管理号、证件号码或用户名")
    password: Password


class TokenView(Wire):
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a scheme, not a secret
    expires_in: int = Field(description="秒")


class KeySetView(Wire):
    keys: list[dict[str, Any]]


class PersonView(Wire):
    person_id: UUID
    management_number: str
    status: Status
    name: str
    identity_masked: str
    sex: Sex
    title_level: TitleLevel
    title_series: str | None


class OwnAffiliationView(AffiliationView):
    organisation_name: str
    reason: str | None = Field(description="退回或离职的原因")


class GrantView(Wire):
    role: Role
    organisation_id: UUID
    organisation_name: str
    organisation_kind: Kind


class ProfileView(Wire):
    account_id: UUID
    username: str | None
    name: str | None
    person: PersonView | None
    affiliations: Sequence[OwnAffiliationView]
    grants: Sequence[GrantView]


class OrganisationView(Wire):
    organisation_id: UUID
    parent_id: UUID | None
    parent_name: str | None
    kind: Kind
    name: str
    code: str | None


class OrganisationPage(Wire):
    items: list[OrganisationView]
    next_cursor: str | None


class OrganisationPlace(Wire):
    organisation: OrganisationView
    above: list[OrganisationView]


class OrganisationRequest(Wire):
    parent_id: UUID
    kind: Kind
    name: ShortText
    code: ShortText | None = Field(default=None, description="统一社会信用代码")
    confirm_code: bool = Field(default=False, description="校验位不符但确认无误")


class AdministratorRequest(Wire):
    organisation_id: UUID
    role: Role
    name: ShortText
    username: ShortText | None = None
    password: Password | None = None
    management_number: ShortText | None = Field(
        default=None, description="已注册人员兼任管理员时填写，不另设账号"
    )


class AdministratorView(Wire):
    account_id: UUID
    organisation_id: UUID
    role: Role


class AdministratorEntry(Wire):
    grant_id: UUID
    account_id: UUID
    role: Role
    name: str | None
    username: str | None = Field(description="以证书管理号登录的人员没有用户名")
    granted_at: datetime
    password_initial: bool = Field(description="尚未修改初始密码")
    own: bool = Field(description="是否本人")


class AdministratorPage(Wire):
    items: list[AdministratorEntry]
    next_cursor: str | None


class OfficialView(Wire):
    name: str
    organisation_name: str = Field(description="担任管理员的机构")


class EndAppointmentRequest(Wire):
    reason: ShortText


class AffiliationRequest(Wire):
    employer_id: UUID
    title_level: TitleLevel
    starts_on: date | None = None


class AffiliationEntry(OwnAffiliationView):
    person_id: UUID
    name: str
    identity_masked: str
    management_number: str
    requested_at: datetime


class AffiliationPage(Wire):
    items: list[AffiliationEntry]
    next_cursor: str | None


class AffiliationSearch(Wire):
    person: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)
    ] = Field(description="姓名的开头几个字，或证书管理号（可只填开头几位）")
    state: AffiliationState | None = None
    cursor: Annotated[str, StringConstraints(max_length=1000)] | None = None
    limit: int = Field(default=20, ge=1, le=50)


class RejectionRequest(Wire):
    reason: ShortText


class EndRequest(Wire):
    ends_on: date | None = Field(default=None, description="离职日期，默认当天")
    reason: ShortText | None = Field(default=None, description="本人可以看到")


class MessageView(Wire):
    message_id: UUID
    template: str
    year: int
    subject_id: UUID
    text: str
    created_at: datetime
    read_at: datetime | None


class MessagePage(Wire):
    items: list[MessageView]
    next_cursor: str | None


class ReadRequest(Wire):
    message_ids: list[UUID] | None = Field(
        default=None, max_length=100, description="已读的消息；不填表示全部"
    )


class UnreadView(Wire):
    unread: int = Field(description="未读消息数，最多数到 100")


class ResolveRequest(Wire):
    purpose: ShortText = Field(description="查询目的，写入审计")
    id_numbers: list[ShortText] = Field(description="最多 1000 个")


class ResolvedView(Wire):
    person_id: UUID | None
    problem: str | None


class ResolveView(Wire):
    people: list[ResolvedView] = Field(description="与请求同序")
