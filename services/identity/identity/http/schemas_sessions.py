"""What goes over the wire about sessions and passwords."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from identity.domain.organisations import Role
from identity.domain.sessions import Browser, Session, System
from identity.http.schemas import GrantView, Password, TokenView, Wire
from identity.usecases.keep_sessions import OpenSession


class OpenSessionView(TokenView):
    session_id: UUID
    ends_at: datetime = Field(description="最迟到此时须重新登录")
    account_id: UUID
    username: str | None
    name: str | None
    person_id: UUID | None
    management_number: str | None
    roles: list[Role] = Field(description="专业技术人员本人及所任管理员的类别")
    grants: list[GrantView]
    must_change_password: bool = Field(description="密码由他人设置，首次登录须修改")


class SessionView(Wire):
    session_id: UUID
    browser: Browser
    system: System
    begun_at: datetime
    last_used_at: datetime
    current: bool = Field(description="是否本次登录")


class SessionPage(Wire):
    items: list[SessionView]
    next_cursor: str | None


class PasswordRequest(Wire):
    old_password: Password
    new_password: Password = Field(description="至少 10 个字符")


class PasswordView(Wire):
    sessions_ended: int = Field(description="已退出的其他登录数")


def open_session_view(one: OpenSession) -> OpenSessionView:
    grants = [GrantView(**row) for row in one.grants]
    own = [Role.TECHNICIAN] if one.person else []
    return OpenSessionView(
        access_token=one.access.access_token,
        expires_in=one.access.expires_in,
        session_id=one.session.id,
        ends_at=one.ends_at,
        account_id=one.account.id,
        username=one.account.username,
        name=one.person.name if one.person else one.account.display_name,
        person_id=one.person.id if one.person else None,
        management_number=one.person.management_number if one.person else None,
        roles=list(dict.fromkeys([*own, *(grant.role for grant in grants)])),
        grants=grants,
        must_change_password=one.account.password_initial,
    )


def session_view(one: Session, *, current: UUID | None) -> SessionView:
    return SessionView(
        session_id=one.id,
        browser=one.browser,
        system=one.system,
        begun_at=one.begun_at,
        last_used_at=one.last_used_at,
        current=one.id == current,
    )
