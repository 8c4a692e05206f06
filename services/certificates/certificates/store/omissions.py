"""Signatures that we hold and that the seal service's own log does not tell of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, func, insert, or_, select, text, update

from certificates.domain.states import IntentState
from certificates.store import digests
from certificates.store.reading import entity_of
from certificates.store.seal_logs import Unexplained
from certificates.tables import (
    approvals,
    intents,
    log_omissions,
    organisations,
    seal_log_entries,
    seal_logs,
    seals,
    signing_digests,
)
from chassis.db import Transaction, within
from chassis.ids import uuid7

OMITTED = "omitted"
_OPEN = and_(log_omissions.c.logged_at.is_(None), log_omissions.c.acknowledged_at.is_(None))


@dataclass(frozen=True, slots=True)
class Omission:
    """One signature that a log leaves out."""

    id: UUID
    endpoint: str
    office_id: UUID
    intent_id: UUID | None
    stored_at: datetime
    noticed_at: datetime


async def looked_until(tx: Transaction, endpoint: str) -> datetime:
    """Return up to when what we hold was compared with this log."""
    until = func.coalesce(seal_logs.c.omissions_until, seal_logs.c.compared_since)
    query = select(until).where(seal_logs.c.endpoint == endpoint).with_for_update()
    found: datetime = (await tx.execute(query)).scalar_one()
    return found


async def pass_over(tx: Transaction, endpoint: str, now: datetime) -> None:
    """Let nothing that we hold now be looked for in this log."""
    mine = seal_logs.c.endpoint == endpoint
    await tx.execute(update(seal_logs).where(mine).values(omissions_until=now))


async def note(
    tx: Transaction, endpoint: str, *, since: datetime, until: datetime, now: datetime
) -> list[UUID]:
    """Note what the log leaves out of what came to us in that time; return the ids.

    Only signatures that were good are missed: those of published certificates and of canaries.
    """
    held = (
        select(signing_digests.c.digest, signing_digests.c.intent_id, signing_digests.c.stored_at)
        .join(seals, seals.c.id == signing_digests.c.seal_id)
        .outerjoin(intents, intents.c.id == signing_digests.c.intent_id)
        .where(
            seals.c.endpoint == endpoint,
            signing_digests.c.stored_at >= since,
            signing_digests.c.stored_at < until,
            or_(
                signing_digests.c.purpose == digests.CANARY,
                intents.c.state == IntentState.ISSUED,
            ),
            ~_told(signing_digests.c.digest, endpoint),
        )
    )
    rows = [
        {
            "id": uuid7(),
            "digest": row.digest,
            "endpoint": endpoint,
            "intent_id": row.intent_id,
            "stored_at": row.stored_at,
            "noticed_at": now,
        }
        for row in await tx.execute(held)
    ]
    if rows:
        await tx.execute(insert(log_omissions), rows)
    mine = seal_logs.c.endpoint == endpoint
    await tx.execute(update(seal_logs).where(mine).values(omissions_until=until))
    return [row["id"] for row in rows]


async def settle(tx: Transaction, now: datetime) -> int:
    """Close what a log has told of after all; return how many."""
    told = _told(log_omissions.c.digest, log_omissions.c.endpoint)
    late = update(log_omissions).where(log_omissions.c.logged_at.is_(None), told)
    closed = await tx.scalars(late.values(logged_at=now).returning(log_omissions.c.id))
    return len(closed.all())


async def open_ones(
    tx: Transaction, *, scopes: Collection[str], after: UUID | None, limit: int
) -> Sequence[Omission]:
    """Return one page of what logs of seal services within the scopes leave out."""
    names = [name for name in Omission.__dataclass_fields__ if name != "office_id"]
    query = (
        select(*(log_omissions.c[name] for name in names), seal_logs.c.office_id)
        .join(seal_logs, seal_logs.c.endpoint == log_omissions.c.endpoint)
        .join(organisations, organisations.c.organisation_id == seal_logs.c.office_id)
        .where(_OPEN)
        .where(text(within("organisations.path")).bindparams(scopes=list(scopes)))
        .order_by(log_omissions.c.id)
        .limit(limit)
    )
    if after:
        query = query.where(log_omissions.c.id > after)
    return [entity_of(Omission, row) for row in (await tx.execute(query)).mappings()]


async def lock(tx: Transaction, omission_id: UUID) -> Unexplained | None:
    """Return one that the log has not told of since, locked until the transaction ends."""
    table = log_omissions
    query = (
        select(
            table.c.id,
            seal_logs.c.office_id,
            table.c.digest.label("hash"),
            table.c.intent_id,
            table.c.acknowledged_at,
        )
        .join(seal_logs, seal_logs.c.endpoint == table.c.endpoint)
        .where(table.c.id == omission_id, table.c.logged_at.is_(None))
        .with_for_update(of=table)
    )
    row = (await tx.execute(query)).mappings().first()
    return Unexplained(outcome=OMITTED, **row) if row else None


async def acknowledge(
    tx: Transaction,
    omission_id: UUID,
    *,
    by: str,
    reason: str,
    approval_id: UUID | None,
    now: datetime,
) -> None:
    """Note who looked into it and what came out."""
    values = {
        "acknowledged_at": now,
        "acknowledged_by": by,
        "acknowledged_reason": reason,
        "approval_id": approval_id,
    }
    await tx.execute(update(log_omissions).where(log_omissions.c.id == omission_id).values(values))


async def count_open(tx: Transaction) -> int:
    return int(await tx.scalar(select(func.count()).where(_OPEN)) or 0)


async def wrongly_acknowledged(tx: Transaction) -> UUID | None:
    """Return one that was not cleared by two people; None when there is none."""
    by_two = select(approvals.c.id).where(
        approvals.c.id == log_omissions.c.approval_id,
        approvals.c.outcome == "approved",
        approvals.c.subject == "seal_log_entry:" + cast(log_omissions.c.id, String),
        approvals.c.proposer != approvals.c.decided_by,
    )
    query = select(log_omissions.c.id).where(
        log_omissions.c.acknowledged_at.is_not(None), ~by_two.exists()
    )
    found: UUID | None = await tx.scalar(query.limit(1))
    return found


def _told(digest: ColumnElement[bytes], endpoint: ColumnElement[str] | str) -> ColumnElement[bool]:
    entries = seal_log_entries.c
    told = select(entries.position).where(entries.hash == digest, entries.endpoint == endpoint)
    return told.exists()
