"""A client says where it wants to be told of changes, tries it, and looks after what failed."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import RowMapping

from chassis.auth import Principal
from chassis.db import Transaction
from verify import changes, webhook_store
from verify.errors import (
    DeliveryNotFound,
    WebhookMissing,
    WebhookRefused,
    WebhookTriesLimited,
)
from verify.limits import Ask, Limit
from verify.usecases import Dependencies
from verify.usecases.check_for_client import CHECK_SCOPE, active_client
from verify.usecases.deliver import seal_secret
from verify.vault import Vault
from verify.webhook_addresses import AddressRules
from verify.webhook_signing import new_secret

# A web hook must not become a way to let us call strangers.
TRIES = Limit("webhook-tries", burst=10, per_hour=60)
_RESOLVING_SECONDS = 5.0
KEEPERS = ("provincial_administrator", "operator")


class Kept(NamedTuple):
    """A web hook, and its secret if it was made just now."""

    url: str
    secret: str | None


async def accept_address(
    deps: Dependencies, rules: AddressRules, caller: Principal, url: str
) -> None:
    """Raise ``WebhookRefused`` unless the address may be used; before any transaction is open."""
    await _within_limit(deps, caller)
    try:
        async with asyncio.timeout(_RESOLVING_SECONDS):
            await rules.aim(url)
    except (OSError, TimeoutError) as reason:
        raise WebhookRefused("这个通知地址的域名不能解析。", field="/url") from reason


async def put_webhook(
    tx: Transaction, deps: Dependencies, vault: Vault, caller: Principal, *, url: str
) -> Kept:
    """Set where the client is told; the secret stays when only the address changes."""
    client = await _client(tx, caller)
    before = await webhook_store.lock(tx, client)
    secret = None if before else new_secret()
    row: dict[str, Any] = {"client": client, "url": url, "changed_at": deps.clock.now()}
    row["secret"] = seal_secret(vault, secret, client) if secret else before and before["secret"]
    await webhook_store.put(tx, row)
    await _record(tx, deps, caller, client, action="webhook.set", host=urlsplit(url).hostname)
    return Kept(url, secret)


async def change_secret(
    tx: Transaction, deps: Dependencies, vault: Vault, caller: Principal, *, overlap: timedelta
) -> Kept:
    """Make a new secret; the one before signs beside it for ``overlap``."""
    client = await _client(tx, caller)
    before = await webhook_store.lock(tx, client)
    if before is None:
        raise WebhookMissing
    secret, now = new_secret(), deps.clock.now()
    row = {
        "client": client,
        "url": before["url"],
        "secret": seal_secret(vault, secret, client),
        "previous_secret": before["secret"],
        "previous_until": now + overlap,
        "changed_at": now,
    }
    await webhook_store.put(tx, row)
    await _record(tx, deps, caller, client, action="webhook.secret_changed")
    return Kept(before["url"], secret)


async def show_webhook(tx: Transaction, caller: Principal) -> RowMapping:
    """Return the client's web hook; raise ``WebhookMissing``."""
    found = await webhook_store.of_client(tx, await _client(tx, caller))
    if found is None:
        raise WebhookMissing
    return found


async def remove_webhook(tx: Transaction, deps: Dependencies, caller: Principal) -> None:
    """Stop telling the client; what waited can still be fetched."""
    client = await _client(tx, caller)
    await webhook_store.remove(tx, client, deps.clock.now())
    await _record(tx, deps, caller, client, action="webhook.removed")


async def try_webhook(tx: Transaction, deps: Dependencies, caller: Principal) -> UUID:
    """Send a message that says nothing, to see whether it arrives and its signature is right."""
    await _within_limit(deps, caller)
    client = str((await show_webhook(tx, caller))["client"])
    row = changes.new_delivery(client, "webhook.test", deps.clock.now(), {}, listens=True)
    await webhook_store.add(tx, row)
    found: UUID = row["id"]
    return found


async def list_deliveries(
    tx: Transaction, caller: Principal, *, state: str | None, before: UUID | None, limit: int
) -> Sequence[RowMapping]:
    """Return the client's own deliveries, newest first."""
    client = await _client(tx, caller)
    return await webhook_store.listing(tx, client, state=state, before=before, limit=limit)


async def retry_own(
    tx: Transaction, deps: Dependencies, caller: Principal, delivery_id: UUID | None
) -> int:
    """Let one dead delivery of the client be tried again, or all of them."""
    client = await _client(tx, caller)
    return await _retry(tx, deps, caller, client, delivery_id)


async def list_deliveries_of(
    tx: Transaction,
    caller: Principal,
    client: UUID,
    *,
    state: str | None,
    before: UUID | None,
    limit: int,
) -> Sequence[RowMapping]:
    """Return any client's deliveries to who looks after clients."""
    caller.require(*KEEPERS)
    return await webhook_store.listing(tx, str(client), state=state, before=before, limit=limit)


async def retry_of(tx: Transaction, deps: Dependencies, caller: Principal, client: UUID) -> int:
    """Let all dead deliveries of a client be tried again."""
    caller.require(*KEEPERS)
    return await _retry(tx, deps, caller, str(client), None)


async def changes_after(
    tx: Transaction, caller: Principal, number: int, *, limit: int
) -> Sequence[RowMapping]:
    """Return changes of certificates the client has checked, for who does not listen."""
    return await changes.after(tx, await _client(tx, caller), number, limit=limit)


async def _within_limit(deps: Dependencies, caller: Principal) -> None:
    client = str(caller.require_client(CHECK_SCOPE))
    wait = await deps.limiter.wait_for(Ask(TRIES, client))
    if wait > 0:
        raise WebhookTriesLimited(retry_after_seconds=int(wait) + 1)


async def _client(tx: Transaction, caller: Principal) -> str:
    return str((await active_client(tx, caller.require_client(CHECK_SCOPE))).client_id)


async def _retry(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    client: str,
    delivery_id: UUID | None,
) -> int:
    if await webhook_store.of_client(tx, client) is None:
        raise WebhookMissing
    revived = await webhook_store.revive(tx, client, deps.clock.now(), delivery_id=delivery_id)
    if delivery_id and not revived:
        raise DeliveryNotFound
    await _record(tx, deps, caller, client, action="deliveries.retried", count=revived)
    return revived


async def _record(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    client: str,
    *,
    action: str,
    **detail: Any,
) -> None:
    await deps.audit.record(
        tx, actor=caller.actor, action=action, subject=f"client:{client}", detail=detail
    )
