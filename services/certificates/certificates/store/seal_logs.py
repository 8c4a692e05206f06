"""What was read of the seal services' logs, and what each signature came to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, func, insert, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from certificates.domain.states import SealState
from certificates.store.reading import columns_of, entity_of
from certificates.tables import approvals, seal_log_entries, seal_logs, seals, signing_digests
from chassis.db import Transaction

PENDING, MATCHED, ORPHAN, UNKNOWN = "pending", "matched", "orphan", "unknown"
EARLIER, CANARY = "earlier", "canary"
_READ = (SealState.ACTIVE, SealState.SUSPENDED, SealState.REPLACED)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a seal service's log was read."""

    endpoint: str
    office_id: UUID
    position: int
    entry_hash: bytes | None
    compared_since: datetime
    last_error: str | None


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest we asked to have signed."""

    digest: bytes
    purpose: str
    intent_id: UUID | None
    stored_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A logged signature on its way off the work list."""

    id: UUID
    office_id: UUID
    outcome: str
    hash: bytes
    intent_id: UUID | None
    acknowledged_at: datetime | None


async def open_checkpoints(tx: Transaction) -> list[Checkpoint]:
    """Return a checkpoint for every service whose seal was ever in use; new ones begin at 0.

    A suspended seal's log is read on: that is when one most wants to know what was signed.
    """
    table = seal_logs
    # A service belongs to one office; its seals follow one another.
    fresh = (
        select(seals.c.endpoint, seals.c.office_id, literal(0), func.min(seals.c.created_at))
        .where(seals.c.state.in_(_READ))
        .group_by(seals.c.endpoint, seals.c.office_id)
    )
    names = ["endpoint", "office_id", "position", "compared_since"]
    await tx.execute(upsert(table).from_select(names, fresh).on_conflict_do_nothing())
    query = select(*columns_of(table, Checkpoint)).order_by(table.c.endpoint)
    return [entity_of(Checkpoint, row) for row in (await tx.execute(query)).mappings()]


async def advance(
    tx: Transaction, endpoint: str, *, before: int, position: int, entry_hash: bytes
) -> bool:
    """Move on from the position ``before``; False when another worker has done so."""
    table = seal_logs
    mine = (table.c.endpoint == endpoint) & (table.c.position == before)
    moved = update(table).where(mine).values(position=position, entry_hash=entry_hash)
    return (await tx.execute(moved.returning(table.c.endpoint))).first() is not None


async def note_reading(tx: Transaction, endpoint: str, *, error: str | None, now: datetime) -> None:
    """Show when the log was last asked for and what went wrong."""
    values: dict[str, Any] = {"last_error": error} | ({} if error else {"read_at": now})
    await tx.execute(update(seal_logs).where(seal_logs.c.endpoint == endpoint).values(values))


async def known(tx: Transaction, digests: Sequence[bytes]) -> dict[bytes, Digest]:
    """Return those of the digests that we asked to have signed."""
    table = signing_digests
    query = select(*columns_of(table, Digest)).where(table.c.digest.in_(digests))
    return {row["digest"]: entity_of(Digest, row) for row in (await tx.execute(query)).mappings()}


async def add(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        await tx.execute(insert(seal_log_entries), list(rows))


async def settle(tx: Transaction, now: datetime, *, deadline: datetime) -> list[UUID]:
    """Match what was stored meanwhile; return what has just become an orphan.

    An orphan is matched too when its file comes after all: the work behind it never gives up.
    """
    entries, digests = seal_log_entries, signing_digests
    unsettled = entries.c.outcome.in_((PENDING, ORPHAN))
    stored = (
        select(digests.c.digest)
        .where(digests.c.digest == entries.c.hash, digests.c.stored_at.is_not(None))
        .exists()
    )
    await tx.execute(
        update(entries).where(unsettled, stored).values(outcome=MATCHED, changed_at=now)
    )
    late = and_(entries.c.outcome == PENDING, entries.c.signed_at < deadline)
    found = update(entries).where(late).values(outcome=ORPHAN, changed_at=now)
    return list(await tx.scalars(found.returning(entries.c.id)))


async def lock_entry(tx: Transaction, entry_id: UUID) -> Unexplained | None:
    """Return a logged signature with its office, locked until the transaction ends."""
    entries = seal_log_entries
    names = [name for name in Unexplained.__dataclass_fields__ if name != "office_id"]
    query = (
        select(*(entries.c[name] for name in names), seal_logs.c.office_id)
        .join(seal_logs, seal_logs.c.endpoint == entries.c.endpoint)
        .where(entries.c.id == entry_id)
        .with_for_update(of=entries)
    )
    row = (await tx.execute(query)).mappings().first()
    return entity_of(Unexplained, row) if row else None


async def acknowledge(
    tx: Transaction,
    entry_id: UUID,
    *,
    by: str,
    reason: str,
    approval_id: UUID | None,
    now: datetime,
) -> None:
    """Note who looked into a signature and what came out; what it came to stays as it is."""
    values = {
        "acknowledged_at": now,
        "acknowledged_by": by,
        "acknowledged_reason": reason,
        "approval_id": approval_id,
    }
    mine = seal_log_entries.c.id == entry_id
    await tx.execute(update(seal_log_entries).where(mine).values(values))


async def totals(tx: Transaction) -> dict[str, int]:
    """Return how many logged signatures came to what."""
    query = select(seal_log_entries.c.outcome, func.count()).group_by(seal_log_entries.c.outcome)
    return {row[0]: row[1] for row in await tx.execute(query)}


async def inconsistent(tx: Transaction) -> str | None:
    """Return a seal service whose entries do not add up to its checkpoint; None when all do."""
    entries = seal_log_entries
    query = (
        select(seal_logs.c.endpoint)
        .outerjoin(entries, entries.c.endpoint == seal_logs.c.endpoint)
        .group_by(seal_logs.c.endpoint, seal_logs.c.position)
        .having(
            or_(
                func.count(entries.c.position) != seal_logs.c.position,
                func.coalesce(func.max(entries.c.position), 0) != seal_logs.c.position,
            )
        )
        .limit(1)
    )
    endpoint: str | None = await tx.scalar(query)
    return endpoint


async def falsely_matched(tx: Transaction) -> int | None:
    """Return the position of a matched entry without a stored file; None when there is none."""
    entries, digests = seal_log_entries, signing_digests
    stored: ColumnElement[bool] = (
        select(digests.c.digest)
        .where(digests.c.digest == entries.c.hash, digests.c.stored_at.is_not(None))
        .exists()
    )
    position: int | None = await tx.scalar(
        select(entries.c.position).where(entries.c.outcome == MATCHED, ~stored).limit(1)
    )
    return position


async def wrongly_acknowledged(tx: Transaction) -> int | None:
    """Return the position of one acknowledged as it may not be; None when there is none.

    Only what had no file can be, and one that we never asked for takes two people.
    """
    entries = seal_log_entries
    by_two = select(approvals.c.id).where(
        approvals.c.id == entries.c.approval_id,
        approvals.c.outcome == "approved",
        approvals.c.subject == "seal_log_entry:" + cast(entries.c.id, String),
        approvals.c.proposer != approvals.c.decided_by,
    )
    # An orphan is matched when its file comes after all.
    wrong = or_(
        entries.c.outcome.not_in((ORPHAN, UNKNOWN, MATCHED)),
        and_(entries.c.outcome == UNKNOWN, ~by_two.exists()),
    )
    query = select(entries.c.position).where(entries.c.acknowledged_at.is_not(None), wrong)
    position: int | None = await tx.scalar(query.limit(1))
    return position


async def count_acknowledged(tx: Transaction) -> int:
    query = select(func.count()).where(seal_log_entries.c.acknowledged_at.is_not(None))
    return int(await tx.scalar(query) or 0)
