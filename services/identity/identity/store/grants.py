"""Who administers what: the list of an organisation, and the end of one entry."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, func, select, update

from chassis.db import Transaction
from identity.domain.organisations import Role
from identity.tables import accounts, grants, people


@dataclass(frozen=True)
class HeldGrant:
    """A role that an account holds at an organisation now."""

    id: UUID
    account_id: UUID
    role: Role
    organisation_id: UUID


async def held_at(
    tx: Transaction, organisation_id: UUID, *, after: UUID | None, limit: int
) -> list[RowMapping]:
    """Return the administrators of one organisation in the order they were appointed."""
    query = (
        select(
            grants.c.id.label("grant_id"),
            grants.c.account_id,
            grants.c.role,
            grants.c.granted_at,
            accounts.c.username,
            accounts.c.password_initial,
            func.coalesce(people.c.name, accounts.c.display_name).label("name"),
        )
        .join(accounts, accounts.c.id == grants.c.account_id)
        .outerjoin(people, people.c.id == accounts.c.person_id)
        .where(grants.c.organisation_id == organisation_id, grants.c.ended_at.is_(None))
        .order_by(grants.c.id)
        .limit(limit)
    )
    if after:
        query = query.where(grants.c.id > after)
    return list((await tx.execute(query)).mappings())


async def lock(tx: Transaction, grant_id: UUID) -> HeldGrant | None:
    """Return the grant if it is held, locked until the transaction ends."""
    query = (
        select(grants.c.id, grants.c.account_id, grants.c.role, grants.c.organisation_id)
        .where(grants.c.id == grant_id, grants.c.ended_at.is_(None))
        .with_for_update()
    )
    row = (await tx.execute(query)).mappings().first()
    return HeldGrant(**dict(row) | {"role": Role(row["role"])}) if row else None


async def end(tx: Transaction, grant_id: UUID, *, now: datetime) -> None:
    """Take the role back from now on."""
    await tx.execute(update(grants).where(grants.c.id == grant_id).values(ended_at=now))
