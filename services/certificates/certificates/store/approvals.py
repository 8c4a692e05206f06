"""Open proposals within a scope."""

from collections.abc import Collection
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
