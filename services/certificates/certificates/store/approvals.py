"""Open proposals within a scope."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text

from certificates.store.reading import columns_of, entity_of
from certificates.tables import approvals, organisations
from chassis.approvals import Proposal
from chassis.db import Transaction, within


async def listing(
    tx: Transaction, *, scopes: Collection[str], after: UUID | None, limit: int
) -> list[Proposal]:
    """Return one page of undecided proposals made at offices within the scopes, oldest first."""
    query = (
        select(*columns_of(approvals, Proposal))
        .join(organisations, organisations.c.organisation_id == approvals.c.organisation_id)
        .where(approvals.c.outcome.is_(None))
        .where(text(within("organisations.path")).bindparams(scopes=list(scopes)))
        .order_by(approvals.c.id)
        .limit(limit)
    )
    if after:
        query = query.where(approvals.c.id > after)
    return [entity_of(Proposal, row) for row in (await tx.execute(query)).mappings()]


async def waiting(tx: Transaction, kind: str, subject: str, now: datetime) -> bool:
    """Tell whether such a proposal waits for its second person."""
    query = select(approvals.c.id).where(
        approvals.c.kind == kind,
        approvals.c.subject == subject,
        approvals.c.outcome.is_(None),
        approvals.c.lapses_at > now,
    )
    return (await tx.execute(query)).first() is not None
