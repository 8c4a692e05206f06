"""The province registers API clients, gives them secrets, and takes both back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.auth import Principal
from chassis.db import Transaction
from chassis.ids import uuid7
from identity.domain.api_clients import (
    MOST_SECRETS,
    ApiClient,
    ClientSecret,
    Scope,
    new_secret,
    secret_hash,
)
from identity.domain.organisations import Organisation, Role
from identity.errors import (
    ApiClientRevoked,
    ApiClientSecretsTooMany,
    ApiClientSecretUnknown,
    ApiClientUnknown,
    OrganisationUnknown,
)
from identity.events import client_changed
from identity.store import api_clients, organisations
from identity.usecases.authority import require_area
from identity.usecases.dependencies import Dependencies


@dataclass(frozen=True)
class NewClient:
    """What the province states of a client it registers."""

    name: str
    organisation_id: UUID
    scopes: tuple[Scope, ...]
    checks_per_day: int


@dataclass(frozen=True)
class Issued:
    """A client and the secret just made for it; the secret is known to nobody afterwards."""

    client: ApiClient
    secret: ClientSecret
    clear: str


async def register_client(
    tx: Transaction, deps: Dependencies, caller: Principal, new: NewClient
) -> Issued:
    """Register a client of an organisation and make its first secret."""
    await _require_province(tx, caller, await _organisation(tx, new.organisation_id))
    now = deps.clock.now()
    client = ApiClient(
        uuid7(), 1, new.name, new.organisation_id, new.scopes, new.checks_per_day, True, now
    )
    await api_clients.add(tx, client, registered_by=caller.actor)
    issued = await _issue(tx, deps, client)
    await deps.outbox.add(tx, client_changed(client))
    detail = {
        "organisation": str(client.organisation_id),
        "scopes": list(client.scopes),
        "checks_per_day": client.checks_per_day,
        "secret": str(issued.secret.id),
    }
    await _record(tx, deps, caller, client, action="api_client.registered", **detail)
    return issued


async def change_client(
    tx: Transaction, deps: Dependencies, caller: Principal, client_id: UUID, **changes: Any
) -> ApiClient:
    """Change name or daily allowance of a client that is not revoked."""
    client = await _lock(tx, caller, client_id)
    changed = replace(client, version=client.version + 1, **changes)
    await api_clients.change(tx, changed, now=deps.clock.now())
    await deps.outbox.add(tx, client_changed(changed))
    await _record(tx, deps, caller, client, action="api_client.changed", **changes)
    return changed


async def issue_secret(
    tx: Transaction, deps: Dependencies, caller: Principal, client_id: UUID, *, overlap: timedelta
) -> Issued:
    """Make a new secret; the ones before it stay good for ``overlap``."""
    client = await _lock(tx, caller, client_id)
    now = deps.clock.now()
    older = [one.id for one in await api_clients.secrets_of(tx, [client_id], now)]
    if overlap and len(older) >= MOST_SECRETS:
        raise ApiClientSecretsTooMany
    await api_clients.end_secrets(tx, older, at=now + overlap)
    issued = await _issue(tx, deps, client)
    detail = {"secret": str(issued.secret.id), "overlap_seconds": int(overlap.total_seconds())}
    await _record(tx, deps, caller, client, action="api_client.secret_issued", **detail)
    return issued


async def end_secret(
    tx: Transaction, deps: Dependencies, caller: Principal, client_id: UUID, secret_id: UUID
) -> None:
    """End one secret at once; tokens made with it live on for their few minutes."""
    client = await _lock(tx, caller, client_id)
    now = deps.clock.now()
    good = {one.id for one in await api_clients.secrets_of(tx, [client_id], now)}
    if secret_id not in good:
        raise ApiClientSecretUnknown
    await api_clients.end_secrets(tx, [secret_id], at=now)
    await _record(tx, deps, caller, client, action="api_client.secret_ended", secret=str(secret_id))


async def revoke_client(
    tx: Transaction, deps: Dependencies, caller: Principal, client_id: UUID
) -> ApiClient:
    """End the client and all its secrets for good; those who serve it are told."""
    client = await _lock(tx, caller, client_id)
    now = deps.clock.now()
    good = [one.id for one in await api_clients.secrets_of(tx, [client_id], now)]
    await api_clients.end_secrets(tx, good, at=now)
    revoked = replace(client, version=client.version + 1, active=False)
    await api_clients.change(tx, revoked, now=now)
    await deps.outbox.add(tx, client_changed(revoked))
    await _record(tx, deps, caller, client, action="api_client.revoked")
    return revoked


async def list_clients(
    tx: Transaction, deps: Dependencies, caller: Principal, *, after: UUID | None, limit: int
) -> tuple[Sequence[ApiClient], dict[UUID, list[ClientSecret]]]:
    """Return some clients with the secrets that are good now."""
    caller.require(Role.PROVINCIAL_ADMINISTRATOR)
    found = await api_clients.page(tx, after=after, limit=limit)
    held: dict[UUID, list[ClientSecret]] = {one.id: [] for one in found}
    for secret in await api_clients.secrets_of(tx, list(held), deps.clock.now()):
        held[secret.client_id].append(secret)
    return found, held


async def _organisation(tx: Transaction, organisation_id: UUID) -> Organisation:
    found = await organisations.find(tx, organisation_id)
    if found is None or not found.active:
        raise OrganisationUnknown(field="/organisation_id")
    return found


async def _require_province(tx: Transaction, caller: Principal, organisation: Organisation) -> None:
    await require_area(tx, caller, organisation, Role.PROVINCIAL_ADMINISTRATOR)


async def _lock(tx: Transaction, caller: Principal, client_id: UUID) -> ApiClient:
    caller.require(Role.PROVINCIAL_ADMINISTRATOR)
    client = await api_clients.lock(tx, client_id)
    if client is None:
        raise ApiClientUnknown
    if not client.active:
        raise ApiClientRevoked
    return client


async def _issue(tx: Transaction, deps: Dependencies, client: ApiClient) -> Issued:
    clear = new_secret()
    secret = ClientSecret(uuid7(), client.id, deps.clock.now(), None, None)
    await api_clients.add_secret(tx, secret, secret_hash(clear))
    return Issued(client, secret, clear)


async def _record(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    client: ApiClient,
    *,
    action: str,
    **detail: Any,
) -> None:
    await deps.audit.record(
        tx, actor=caller.actor, action=action, subject=f"client:{client.id}", detail=detail
    )
