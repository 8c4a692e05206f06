"""Take a table to be checked row by row, tell how far it is, hand the result out."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from chassis.auth import Principal
from chassis.db import Transaction
from chassis.ids import uuid7
from verify import batch_store
from verify.errors import BatchNotFinished, BatchNotFound, TableTooLarge
from verify.tables_handed_in import MOST_BYTES
from verify.usecases import Dependencies
from verify.usecases.look_up_for_office import Purpose
from verify.usecases.quota import scopes_of, use_quota
from verify.vault import Vault

_SHOWN_AT_MOST = 50


async def ask_batch(
    tx: Transaction,
    deps: Dependencies,
    vault: Vault,
    caller: Principal,
    *,
    content: bytes,
    purpose: Purpose,
    per_day: int,
    kept_for: timedelta,
) -> UUID:
    """Keep the table, encrypted, for the worker; what the caller may see is fixed now."""
    scopes = await scopes_of(tx, caller)
    if len(content) > MOST_BYTES:
        raise TableTooLarge
    await use_quota(tx, deps, subject=f"batches:{caller.account_id}", count=1, limit=per_day)
    batch_id, now = uuid7(), deps.clock.now()
    await batch_store.add(
        tx,
        {
            "id": batch_id,
            "owner": caller.account_id,
            "scopes": scopes,
            "purpose": purpose,
            "state": "waiting",
            "format": "xlsx" if content.startswith(b"PK\x03\x04") else "csv",
            "input": vault.seal(content, f"{batch_id}/input"),
            "created_at": now,
            "expires_at": now + kept_for,
        },
    )
    await _record(tx, deps, caller, batch_id, action="batch.asked", detail={"purpose": purpose})
    return batch_id


async def show_batch(tx: Transaction, caller: Principal, batch_id: UUID) -> Any:
    """Return the caller's own batch; raise ``BatchNotFound`` for anybody else's."""
    await scopes_of(tx, caller)
    row = await batch_store.one(tx, batch_id, caller.account_id)
    if row is None:
        raise BatchNotFound
    return row


async def list_batches(tx: Transaction, caller: Principal) -> Any:
    """Return the caller's own batches, newest first."""
    await scopes_of(tx, caller)
    return await batch_store.of_owner(tx, caller.account_id, limit=_SHOWN_AT_MOST)


async def hand_out(
    tx: Transaction, deps: Dependencies, vault: Vault, caller: Principal, batch_id: UUID
) -> tuple[str, bytes]:
    """Return format and bytes of the result; the download is audited."""
    row = await show_batch(tx, caller, batch_id)
    output = await batch_store.output_of(tx, batch_id)
    if output is None:
        raise BatchNotFinished
    await _record(
        tx, deps, caller, batch_id, action="batch.downloaded", detail={"rows": row["rows"]}
    )
    return row["format"], vault.open(output, f"{batch_id}/output")


async def forget_batch(
    tx: Transaction, deps: Dependencies, caller: Principal, batch_id: UUID
) -> None:
    """Remove the caller's own batch before its time."""
    await show_batch(tx, caller, batch_id)
    await batch_store.forget(tx, batch_id)
    await _record(tx, deps, caller, batch_id, action="batch.removed")


async def _record(
    tx: Transaction, deps: Dependencies, caller: Principal, batch_id: UUID, **what: Any
) -> None:
    await deps.audit.record(tx, actor=caller.actor, subject=f"batch:{batch_id}", **what)
