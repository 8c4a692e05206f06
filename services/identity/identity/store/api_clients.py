"""API clients and their secrets."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, case, insert, or_, select, update

from chassis.db import Transaction
from identity.domain.api_clients import ApiClient, ClientSecret, Scope
from identity.tables import api_client_secrets, api_clients

_CLIENT = [api_clients.c[name] for name in ApiClient.__dataclass_fields__]
_SECRET = [api_client_secrets.c[name] for name in ClientSecret.__dataclass_fields__]


async def add(tx: Transaction, client: ApiClient, *, registered_by: str) -> None:
    """Insert a new client."""
    row = asdict(client) | {"registered_by": registered_by, "changed_at": client.registered_at}
    await tx.execute(insert(api_clients).values(row | {"scopes": list(client.scopes)}))


async def lock(tx: Transaction, client_id: UUID) -> ApiClient | None:
    """Return the client, locked until the transaction ends."""
    query = select(*_CLIENT).where(api_clients.c.id == client_id).with_for_update()
    row = (await tx.execute(query)).mappings().first()
    return _client(row) if row else None


async def find(tx: Transaction, client_id: UUID) -> ApiClient | None:
    query = select(*_CLIENT).where(api_clients.c.id == client_id)
    row = (await tx.execute(query)).mappings().first()
    return _client(row) if row else None


async def page(tx: Transaction, *, after: UUID | None, limit: int) -> list[ApiClient]:
    """Return some clients in the order they were registered."""
    query = select(*_CLIENT).order_by(api_clients.c.id).limit(limit)
    if after:
        query = query.where(api_clients.c.id > after)
    return [_client(row) for row in (await tx.execute(query)).mappings()]


async def everyone(tx: Transaction, *, since: datetime | None) -> list[ApiClient]:
    """Return every client changed since then; there are few."""
    query = select(*_CLIENT).order_by(api_clients.c.id)
    if since:
        query = query.where(api_clients.c.changed_at >= since)
    return [_client(row) for row in (await tx.execute(query)).mappings()]


async def change(tx: Transaction, client: ApiClient, *, now: datetime) -> None:
    """Store the client's new state."""
    await tx.execute(
        update(api_clients)
        .where(api_clients.c.id == client.id)
        .values(
            version=client.version,
            name=client.name,
            checks_per_day=client.checks_per_day,
            active=client.active,
            changed_at=now,
        )
    )


async def add_secret(tx: Transaction, secret: ClientSecret, hashed: bytes) -> None:
    await tx.execute(insert(api_client_secrets).values(asdict(secret) | {"secret_hash": hashed}))


async def secrets_of(tx: Transaction, ids: Sequence[UUID], now: datetime) -> list[ClientSecret]:
    """Return the secrets of the clients that are still good, oldest first."""
    query = (
        select(*_SECRET)
        .where(api_client_secrets.c.client_id.in_(ids), _good_at(now))
        .order_by(api_client_secrets.c.id)
    )
    return [ClientSecret(**row) for row in (await tx.execute(query)).mappings()]


async def hashes_of(tx: Transaction, client_id: UUID, now: datetime) -> dict[UUID, bytes]:
    """Return the hashes of the client's good secrets."""
    query = select(api_client_secrets.c.id, api_client_secrets.c.secret_hash).where(
        api_client_secrets.c.client_id == client_id, _good_at(now)
    )
    return {row.id: row.secret_hash for row in await tx.execute(query)}


async def end_secrets(tx: Transaction, ids: Sequence[UUID], *, at: datetime) -> None:
    """Let the secrets end then, unless they end before."""
    sooner = or_(api_client_secrets.c.ends_at.is_(None), api_client_secrets.c.ends_at > at)
    await tx.execute(
        update(api_client_secrets)
        .where(api_client_secrets.c.id.in_(ids), sooner)
        .values(ends_at=at)
    )


async def count_token(
    tx: Transaction, client_id: UUID, secret_id: UUID, *, now: datetime, window: timedelta
) -> int:
    """Count one token of the client in the running window and return how many there are."""
    over = or_(api_clients.c.tokens_since.is_(None), api_clients.c.tokens_since <= now - window)
    counted = (
        update(api_clients)
        .where(api_clients.c.id == client_id)
        .values(
            tokens=case((over, 1), else_=api_clients.c.tokens + 1),
            tokens_since=case((over, now), else_=api_clients.c.tokens_since),
        )
        .returning(api_clients.c.tokens)
    )
    await tx.execute(
        update(api_client_secrets)
        .where(api_client_secrets.c.id == secret_id)
        .values(last_used_at=now)
    )
    return int(await tx.scalar(counted) or 0)


def _good_at(now: datetime) -> Any:
    return or_(api_client_secrets.c.ends_at.is_(None), api_client_secrets.c.ends_at > now)


def _client(row: RowMapping) -> ApiClient:
    return ApiClient(**dict(row) | {"scopes": tuple(map(Scope, row["scopes"]))})
