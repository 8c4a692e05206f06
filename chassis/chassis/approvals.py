"""Two-person approvals: what one proposes takes effect only when another approves it.

Proposer and approver are different people (compared by actor, which is the person when the
account has one), the approver sits in the proposer's office or above, the proposal lapses after
seven days, and what is approved is the payload's hash: it cannot change in between.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    DateTime,
    Index,
    LargeBinary,
    MetaData,
    RowMapping,
    Table,
    Text,
    Uuid,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.db import Transaction
from chassis.errors import Category, NotFound, ServiceError
from chassis.ids import uuid7

LAPSES_AFTER = timedelta(days=7)


class ApprovalNotFound(NotFound):
    code = "chassis.approval_not_found"
    detail = "没有这项待批事项。"


class ApprovalBySamePerson(ServiceError):
    code = "chassis.approval_by_same_person"
    category = Category.FORBIDDEN
    detail = "提出人不能批准自己提出的事项。"
    remedy = "请由本单位或上级单位的另一位管理员办理。"


class ApprovalDecided(ServiceError):
    code = "chassis.approval_decided"
    category = Category.CONFLICT
    detail = "这项待批事项已经办理。"


class ApprovalLapsed(ServiceError):
    code = "chassis.approval_lapsed"
    category = Category.GONE
    detail = "这项待批事项已超过七天，自动失效。"
    remedy = "请重新提出。"


@dataclass(frozen=True)
class Proposal:
    """A decision that waits for its second person."""

    id: UUID
    kind: str
    subject: str
    organisation_id: UUID
    payload: Mapping[str, Any]
    proposer: str
    proposed_at: datetime
    lapses_at: datetime
    outcome: str | None
    decided_by: str | None


def approvals_table(metadata: MetaData) -> Table:
    """Declare the table in a service's own metadata; its own migration creates it."""
    return Table(
        "approvals",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("organisation_id", Uuid, nullable=False),
        Column("payload", JSONB, nullable=False),
        Column("payload_hash", LargeBinary, nullable=False),
        Column("proposer", Text, nullable=False),
        Column("proposed_at", DateTime(timezone=True), nullable=False),
        Column("lapses_at", DateTime(timezone=True), nullable=False),
        Column("outcome", Text),
        Column("decided_by", Text),
        Column("decided_at", DateTime(timezone=True)),
        # One open proposal per subject and kind: a second one would race the first.
        Index(
            "uq_approvals_open", "kind", "subject", unique=True, postgresql_where="outcome IS NULL"
        ),
    )


async def propose(
    tx: Transaction,
    table: Table,
    *,
    kind: str,
    subject: str,
    organisation_id: UUID,
    payload: Mapping[str, Any],
    proposer: str,
    now: datetime,
) -> UUID:
    """Store a proposal made at ``organisation_id``; a lapsed one on the same subject makes room."""
    await tx.execute(
        update(table)
        .where(table.c.kind == kind, table.c.subject == subject)
        .where(table.c.outcome.is_(None), table.c.lapses_at <= now)
        .values(outcome="lapsed", decided_at=now)
    )
    proposal_id = uuid7()
    await tx.execute(
        insert(table).values(
            id=proposal_id,
            kind=kind,
            subject=subject,
            organisation_id=organisation_id,
            payload=dict(payload),
            payload_hash=_hash(payload),
            proposer=proposer,
            proposed_at=now,
            lapses_at=now + LAPSES_AFTER,
        )
    )
    return proposal_id


async def find(tx: Transaction, table: Table, proposal_id: UUID) -> Proposal:
    """Return the proposal, locked for a decision; raise ``ApprovalNotFound``."""
    query = select(table).where(table.c.id == proposal_id).with_for_update()
    row = (await tx.execute(query)).mappings().first()
    if row is None:
        raise ApprovalNotFound
    if row["payload_hash"] != _hash(row["payload"]):
        raise ApprovalDecided("这项待批事项的内容被改动，不能批准。")
    return _proposal(row)


async def decide(
    tx: Transaction,
    table: Table,
    proposal: Proposal,
    *,
    approver: str,
    approve: bool,
    now: datetime,
) -> None:
    """Record the second person's word; raise for the same person, a decided or a lapsed proposal.

    That the approver's office is the proposer's or above it, the caller has checked.
    """
    if proposal.outcome is not None:
        raise ApprovalDecided
    if now >= proposal.lapses_at:
        raise ApprovalLapsed
    if approve and approver == proposal.proposer:
        raise ApprovalBySamePerson
    outcome = "approved" if approve else "refused"
    await tx.execute(
        update(table)
        .where(table.c.id == proposal.id)
        .values(outcome=outcome, decided_by=approver, decided_at=now)
    )


def _hash(payload: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(json.dumps(payload, sort_keys=True, ensure_ascii=False).encode()).digest()


def _proposal(row: RowMapping) -> Proposal:
    return Proposal(**{name: row[name] for name in Proposal.__dataclass_fields__})
