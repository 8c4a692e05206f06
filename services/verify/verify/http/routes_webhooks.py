"""How clients hear of changes: a web hook of theirs, or a list they fetch."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from chassis.auth import Principal
from chassis.db import Transaction
from chassis.errors import Forbidden, Unauthenticated
from chassis.http import Caller, IdempotencyKey, responses
from chassis.idempotency import once
from verify.errors import (
    ClientRevoked,
    ClientUnknown,
    DeliveryNotFound,
    WebhookMissing,
    WebhookRefused,
    WebhookTriesLimited,
)
from verify.http.deps import ClientCaller, Deps, Keeper, Keeping
from verify.http.schemas_webhooks import (
    ChangePage,
    DeliveryPage,
    DeliveryQueued,
    DeliveryState,
    Retried,
    WebhookKept,
    WebhookRequest,
    WebhookSecretRequest,
    WebhookView,
    change_page,
)
from verify.tables_of_records import idempotency
from verify.usecases.keep_webhook import (
    Kept,
    accept_address,
    change_secret,
    changes_after,
    list_deliveries,
    list_deliveries_of,
    put_webhook,
    remove_webhook,
    retry_of,
    retry_own,
    show_webhook,
    try_webhook,
)

router = APIRouter(prefix="/api/verify/v1", tags=["clients"])
_REFUSALS = (Unauthenticated, Forbidden, ClientRevoked, ClientUnknown)
Limit = Annotated[int, Query(ge=1, le=500)]
State = Annotated[DeliveryState | None, Query()]


@router.get(
    "/client/changes",
    summary="核验过的证书的变动（不便接收通知时定时查询，保存 90 天）",
    responses=responses(*_REFUSALS),
)
async def fetch_changes(
    *,
    caller: ClientCaller,
    deps: Deps,
    since: Annotated[int, Query(ge=0, description="上次返回的 next；第一次为 0")] = 0,
    limit: Limit = 100,
) -> ChangePage:
    async with deps.database.reading() as tx:
        rows = await changes_after(tx, caller, since, limit=limit)
    return change_page(rows, since=since, limit=limit)


@router.get("/client/webhook", summary="通知地址", responses=responses(*_REFUSALS, WebhookMissing))
async def show(caller: ClientCaller, deps: Deps) -> WebhookView:
    async with deps.database.reading() as tx:
        hook = await show_webhook(tx, caller)
    until = hook["previous_until"]
    current = until if until and until > deps.clock.now() else None
    return WebhookView(
        url=hook["url"], changed_at=hook["changed_at"], previous_secret_until=current
    )


@router.put(
    "/client/webhook",
    summary="设置通知地址",
    responses=responses(WebhookRefused, *_REFUSALS, WebhookTriesLimited),
)
async def put(body: WebhookRequest, caller: ClientCaller, keeping: Keeping) -> WebhookKept:
    deps = keeping.deps
    await accept_address(deps, keeping.address_rules, caller, body.url)
    async with deps.database.transaction() as tx:
        kept = await put_webhook(tx, deps, keeping.vault, caller, url=body.url)
    return WebhookKept(url=kept.url, secret=kept.secret)


@router.delete(
    "/client/webhook", status_code=204, summary="取消通知", responses=responses(*_REFUSALS)
)
async def remove(caller: ClientCaller, deps: Deps) -> None:
    async with deps.database.transaction() as tx:
        await remove_webhook(tx, deps, caller)


@router.post(
    "/client/webhook/secret",
    summary="更换签名密钥，过渡期内新旧密钥同时签名",
    responses=responses(*_REFUSALS, WebhookMissing),
)
async def rotate(
    body: WebhookSecretRequest, caller: ClientCaller, key: IdempotencyKey, keeping: Keeping
) -> WebhookKept:
    made: Kept | None = None

    async def act(tx: Transaction) -> dict[str, Any]:
        nonlocal made
        overlap = timedelta(hours=body.overlap_hours)
        made = await change_secret(tx, keeping.deps, keeping.vault, caller, overlap=overlap)
        # The secret itself is kept for nobody who repeats the request.
        return {"url": made.url}

    request = {"route": "webhook secret", "overlap_hours": body.overlap_hours}
    answer = await _once(keeping, caller, key, request=request, act=act)
    return WebhookKept(url=answer["url"], secret=made.secret if made else None)


@router.post(
    "/client/webhook/test",
    status_code=202,
    summary="发送一条测试通知",
    responses=responses(*_REFUSALS, WebhookMissing, WebhookTriesLimited),
)
async def test(caller: ClientCaller, key: IdempotencyKey, keeping: Keeping) -> DeliveryQueued:
    async def act(tx: Transaction) -> dict[str, Any]:
        return {"id": str(await try_webhook(tx, keeping.deps, caller))}

    request = {"route": "webhook test"}
    return DeliveryQueued(**await _once(keeping, caller, key, request=request, act=act))


@router.get("/client/deliveries", summary="通知的发送情况", responses=responses(*_REFUSALS))
async def show_deliveries(
    *,
    caller: ClientCaller,
    deps: Deps,
    state: State = None,
    cursor: UUID | None = None,
    limit: Limit = 50,
) -> DeliveryPage:
    async with deps.database.reading() as tx:
        rows = await list_deliveries(tx, caller, state=state, before=cursor, limit=limit)
    return DeliveryPage.of(rows, limit=limit)


@router.post(
    "/client/deliveries/retries",
    summary="重新发送全部失败的通知",
    responses=responses(*_REFUSALS, WebhookMissing),
)
async def retry_all(caller: ClientCaller, key: IdempotencyKey, keeping: Keeping) -> Retried:
    async def act(tx: Transaction) -> dict[str, Any]:
        return {"count": await retry_own(tx, keeping.deps, caller, None)}

    request = {"route": "retry all"}
    return Retried(**await _once(keeping, caller, key, request=request, act=act))


@router.post(
    "/client/deliveries/{delivery_id}/retry",
    summary="重新发送一条失败的通知",
    responses=responses(*_REFUSALS, WebhookMissing, DeliveryNotFound),
)
async def retry_one(
    delivery_id: UUID, caller: ClientCaller, key: IdempotencyKey, keeping: Keeping
) -> Retried:
    async def act(tx: Transaction) -> dict[str, Any]:
        return {"count": await retry_own(tx, keeping.deps, caller, delivery_id)}

    request = {"route": "retry", "delivery": str(delivery_id)}
    return Retried(**await _once(keeping, caller, key, request=request, act=act))


@router.get(
    "/clients/{client_id}/deliveries",
    summary="接口用户的通知发送情况（省级管理员、运维人员）",
    responses=responses(Unauthenticated, Forbidden),
)
async def show_deliveries_of(
    *,
    client_id: UUID,
    caller: Caller,
    deps: Deps,
    state: State = None,
    cursor: UUID | None = None,
    limit: Limit = 50,
) -> DeliveryPage:
    async with deps.database.reading() as tx:
        rows = await list_deliveries_of(
            tx, caller, client_id, state=state, before=cursor, limit=limit
        )
    return DeliveryPage.of(rows, limit=limit)


@router.post(
    "/clients/{client_id}/deliveries/retries",
    summary="为接口用户重新发送全部失败的通知",
    responses=responses(Unauthenticated, Forbidden, WebhookMissing),
)
async def retry_all_of(
    client_id: UUID, caller: Caller, key: IdempotencyKey, keeping: Keeping
) -> Retried:
    async def act(tx: Transaction) -> dict[str, Any]:
        return {"count": await retry_of(tx, keeping.deps, caller, client_id)}

    request = {"route": "retry all", "client": str(client_id)}
    return Retried(**await _once(keeping, caller, key, request=request, act=act))


async def _once(
    keeping: Keeper,
    caller: Principal,
    key: str,
    *,
    request: dict[str, Any],
    act: Callable[[Transaction], Awaitable[dict[str, Any]]],
) -> Any:
    deps = keeping.deps
    async with deps.database.transaction() as tx:

        async def action() -> dict[str, Any]:
            return await act(tx)

        return await once(
            tx,
            idempotency,
            caller=caller.actor,
            key=key,
            request=request,
            now=deps.clock.now(),
            action=action,
        )
