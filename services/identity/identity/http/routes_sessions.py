"""Sessions of the portal: log in, carry on, log out, see and end one's own; the password."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from chassis.errors import Forbidden, NotFound, Unauthenticated
from chassis.http import Caller, IdempotencyKey, responses
from identity import errors
from identity.http import cursors, schemas
from identity.http import schemas_sessions as shapes
from identity.http.cookies import own_pages_only
from identity.http.deps import Inside, Services
from identity.usecases.keep_sessions import OpenSession

router = APIRouter(prefix="/api/identity/v1", tags=["sessions"])
_OWN_PAGES = [Depends(own_pages_only)]


@router.post(
    "/sessions",
    summary="登录，开始一次会话；刷新令牌在 Cookie 中",
    status_code=201,
    dependencies=_OWN_PAGES,
    responses=responses(
        errors.LogInRefused, errors.LogInLocked, errors.TooBusy, errors.CrossSiteRefused
    ),
)
async def begin(
    body: schemas.TokenRequest, request: Request, response: Response, inside: Inside
) -> shapes.OpenSessionView:
    opened = await inside.sessions.begin(
        body.login,
        body.password,
        user_agent=request.headers.get("user-agent", ""),
        former=inside.cookie.read(request),
    )
    return _answer(opened, response, inside)


@router.post(
    "/sessions/renewal",
    summary="换取新的访问令牌，刷新令牌随之更换",
    dependencies=_OWN_PAGES,
    responses=responses(errors.SessionOver, errors.CrossSiteRefused),
)
async def renew(request: Request, response: Response, inside: Inside) -> shapes.OpenSessionView:
    opened = await inside.sessions.renew(inside.cookie.read(request))
    return _answer(opened, response, inside)


def _answer(opened: OpenSession, response: Response, inside: Services) -> shapes.OpenSessionView:
    inside.cookie.put(response, opened.refresh_token)
    response.headers["cache-control"] = "no-store"
    return shapes.open_session_view(opened)


@router.delete(
    "/sessions/current",
    summary="退出登录",
    status_code=204,
    dependencies=_OWN_PAGES,
    responses=responses(errors.CrossSiteRefused),
)
async def log_out(request: Request, response: Response, inside: Inside) -> None:
    await inside.sessions.end_current(inside.cookie.read(request))
    inside.cookie.take_back(response)


@router.get(
    "/sessions",
    summary="我的登录，新的在前",
    responses=responses(Unauthenticated, Forbidden, errors.CursorMalformed),
)
async def own(
    caller: Caller,
    inside: Inside,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> shapes.SessionPage:
    before = cursors.decode_id(cursor)
    async with inside.database.reading() as tx:
        found = await inside.sessions.own(tx, caller, before=before, limit=limit + 1)
    items = [shapes.session_view(one, current=caller.session) for one in found[:limit]]
    more = len(found) > limit
    return shapes.SessionPage(
        items=items, next_cursor=cursors.encode(items[-1].session_id) if more else None
    )


@router.delete(
    "/sessions/{session_id}",
    summary="退出我的某次登录",
    status_code=204,
    responses=responses(Unauthenticated, Forbidden, errors.SessionUnknown),
)
async def end(session_id: UUID, caller: Caller, inside: Inside) -> None:
    await inside.sessions.end(caller, session_id)


@router.post(
    "/password",
    summary="修改自己的密码，其他登录随即退出",
    response_model=shapes.PasswordView,
    responses=responses(
        Unauthenticated,
        Forbidden,
        NotFound,
        errors.OldPasswordWrong,
        errors.PasswordTooWeak,
        errors.PasswordUnchanged,
        errors.LogInLocked,
        errors.TooBusy,
    ),
)
async def change_password(
    body: shapes.PasswordRequest, caller: Caller, key: IdempotencyKey, inside: Inside
) -> Any:
    change = await inside.change_password.prepare(caller, body.old_password, body.new_password)
    async with inside.database.transaction() as tx:

        async def action() -> shapes.PasswordView:
            ended = await inside.change_password.make(tx, caller, change)
            return shapes.PasswordView(sessions_ended=ended)

        return await inside.once(
            tx, caller=caller, key=key, action_name="password", request=body, action=action
        )
