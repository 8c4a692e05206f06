"""Who has taken which waiting claim; the claim's row lock guards every change."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from chassis.db import Transaction
from hours.domain.reviews import Assignment
from hours.tables import review_assignments


async def find(tx: Transaction, claim_id: UUID) -> Assignment | None:
    return (await of_claims(tx, [claim_id])).get(claim_id)


async def of_claims(tx: Transaction, claim_ids: Iterable[UUID]) -> dict[UUID, Assignment]:
    """Return the assignments of the given claims, also those that have run out."""
    table = review_assignments
    query = select(table).where(table.c.claim_id.in_(list(claim_ids)))
    rows = (await tx.execute(query)).mappings()
    return {row["claim_id"]: Assignment(**row) for row in rows}


async def keep(tx: Transaction, assignment: Assignment) -> None:
    statement = insert(review_assignments).values(**vars(assignment))
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["claim_id"],
            set_={
                "held_by": statement.excluded.held_by,
                "until": statement.excluded.until,
            },
        )
    )


async def release(tx: Transaction, claim_id: UUID) -> None:
    table = review_assignments
    await tx.execute(delete(table).where(table.c.claim_id == claim_id))


async def forget(tx: Transaction, before: datetime) -> None:
    """Drop what ran out before the given instant."""
    await tx.execute(delete(review_assignments).where(review_assignments.c.until < before))
