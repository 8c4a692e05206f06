"""API clients: kept by the province; each gets its tokens with a secret of its own."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Header, Query, Response
from pydantic import BaseModel

from chassis.auth import Principal
from chassis.db import Transaction
from chassis.errors import Forbidden, Unauthenticated
from chassis.http import Caller, IdempotencyKey, responses
from identity import errors
from identity.http import cursors, schemas
from identity.http import schemas_clients as shapes
from identity.http.deps import Inside, Services
from identity.store import organisations
from identity.usecases.give_client_token import give_client_token
from identity.usecases.keep_api_clients import (
    Issued,
    NewClient,
    change_client,
    end_secret,
    issue_secret,
    list_clients,
    register_client,
    revoke_client,
)

router = APIRouter(prefix="/api/identity/v1", tags=["api clients"])
_REFUSALS = (Unauthenticated, Forbidden)
_MISSING = (*_REFUSALS, errors.ApiClientUnknown, errors.ApiClientRevoked)
Text = Annotated[str, Form(max_length=200)]


@router.post(
    "/client-tokens",
    summary="接口用户的访问令牌（OAuth 2.0 client credentials）",
    responses=responses(errors.ClientRefused, errors.ApiClientTokensLimited),
)
async def client_token(
    *,
    response: Response,
    inside: Inside,
    grant_type: Annotated[str, Form(max_length=40, examples=["client_credentials"])],
    client_id: Text = "",
    client_secret: Text = "",
    authorization: Annotated[str, Header(max_length=1000)] = "",
) -> schemas.TokenView:
    if grant_type != "client_credentials":
        raise errors.ClientRefused
    if not client_id:
        client_id, client_secret = _basic(authorization)
    async with inside.database.transaction() as tx:
        client = await give_client_token(tx, inside.deps, client_id=client_id, secret=client_secret)
    token = inside.issuer.for_client(client.id, client.scopes)
    response.headers["cache-control"] = "no-store"
    return schemas.TokenView(access_token=token.access_token, expires_in=token.expires_in)


def _basic(authorization: str) -> tuple[str, str]:
    """Return id and secret of an Authorization header (RFC 6749, 2.3.1)."""
    scheme, _, encoded = authorization.partition(" ")
    try:
        text = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, ValueError) as error:
        raise errors.ClientRefused from error
    client_id, separator, secret = text.partition(":")
    if scheme.lower() != "basic" or not separator:
        raise errors.ClientRefused
    return client_id, secret


@router.post(
    "/clients",
    summary="登记接口用户",
    status_code=201,
    response_model=shapes.IssuedView,
    responses=responses(*_REFUSALS, errors.OutsideYourArea, errors.OrganisationUnknown),
)
async def register(
    body: shapes.ClientRequest, caller: Caller, key: IdempotencyKey, inside: Inside
) -> Any:
    async def issue(tx: Transaction) -> Issued:
        new = NewClient(**body.model_dump() | {"scopes": tuple(dict.fromkeys(body.scopes))})
        return await register_client(tx, inside.deps, caller, new)

    return await _issued(inside, caller, key, name="register client", request=body, issue=issue)


@router.get(
    "/clients",
    summary="接口用户及其有效密钥",
    responses=responses(*_REFUSALS, errors.CursorMalformed),
)
async def show(
    caller: Caller,
    inside: Inside,
    cursor: Annotated[str | None, Query(max_length=1000)] = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> shapes.ClientPage:
    after = cursors.decode_id(cursor)
    async with inside.database.reading() as tx:
        found, held = await list_clients(tx, inside.deps, caller, after=after, limit=limit + 1)
        owners = await organisations.find_many(tx, [one.organisation_id for one in found])
    items = [
        shapes.client_entry(one, held[one.id], owners[one.organisation_id].name)
        for one in found[:limit]
    ]
    more = len(found) > limit
    return shapes.ClientPage(
        items=items, next_cursor=cursors.encode(items[-1].client_id) if more else None
    )


@router.patch(
    "/clients/{client_id}",
    summary="更改接口用户的名称或每日次数",
    response_model=shapes.ClientView,
    responses=responses(*_MISSING),
)
async def change(
    client_id: UUID,
    body: shapes.ClientChange,
    caller: Caller,
    key: IdempotencyKey,
    inside: Inside,
) -> Any:
    async def act(tx: Transaction) -> BaseModel:
        changes = body.model_dump(exclude_none=True)
        return shapes.client_view(
            await change_client(tx, inside.deps, caller, client_id, **changes)
        )

    return await _once(inside, caller, key, name=f"change {client_id}", request=body, act=act)


@router.post(
    "/clients/{client_id}/secrets",
    summary="更换密钥，旧密钥在过渡期内继续有效",
    status_code=201,
    response_model=shapes.IssuedView,
    responses=responses(*_MISSING, errors.ApiClientSecretsTooMany),
)
async def rotate(
    client_id: UUID,
    body: shapes.SecretRequest,
    caller: Caller,
    key: IdempotencyKey,
    inside: Inside,
) -> Any:
    async def issue(tx: Transaction) -> Issued:
        overlap = timedelta(hours=body.overlap_hours)
        return await issue_secret(tx, inside.deps, caller, client_id, overlap=overlap)

    name = f"rotate {client_id}"
    return await _issued(inside, caller, key, name=name, request=body, issue=issue)


@router.delete(
    "/clients/{client_id}/secrets/{secret_id}",
    summary="立即停用一个密钥",
    status_code=204,
    responses=responses(*_MISSING, errors.ApiClientSecretUnknown),
)
async def end(client_id: UUID, secret_id: UUID, caller: Caller, inside: Inside) -> None:
    async with inside.database.transaction() as tx:
        await end_secret(tx, inside.deps, caller, client_id, secret_id)


@router.post(
    "/clients/{client_id}/revocation",
    summary="停用接口用户，不能恢复",
    response_model=shapes.ClientView,
    responses=responses(*_MISSING),
)
async def revoke(client_id: UUID, caller: Caller, key: IdempotencyKey, inside: Inside) -> Any:
    async def act(tx: Transaction) -> BaseModel:
        return shapes.client_view(await revoke_client(tx, inside.deps, caller, client_id))

    return await _once(inside, caller, key, name="revoke client", request=client_id, act=act)


async def _issued(
    inside: Services,
    caller: Principal,
    key: str,
    *,
    name: str,
    request: BaseModel,
    issue: Callable[[Transaction], Awaitable[Issued]],
) -> Any:
    """Answer with the new secret, and keep an answer without it for whoever repeats the key."""
    clear: str | None = None

    async def act(tx: Transaction) -> BaseModel:
        nonlocal clear
        issued = await issue(tx)
        clear = issued.clear
        return shapes.IssuedView(
            client_id=issued.client.id, secret_id=issued.secret.id, client_secret=None
        )

    answer = await _once(inside, caller, key, name=name, request=request, act=act)
    return answer | {"client_secret": clear}


async def _once(
    inside: Services,
    caller: Principal,
    key: str,
    *,
    name: str,
    request: BaseModel | UUID,
    act: Callable[[Transaction], Awaitable[BaseModel]],
) -> Any:
    async with inside.database.transaction() as tx:

        async def action() -> BaseModel:
            return await act(tx)

        return await inside.once(
            tx, caller=caller, key=key, action_name=name, request=request, action=action
        )
