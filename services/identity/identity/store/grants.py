"""Who administers what: the list of an organisation, and the end of one entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, func, literal, or_, select, update

from chassis.db import Transaction
from identity.domain.organisations import Role
from identity.tables import accounts, grants, organisations, people


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


async def official(
    tx: Transaction, kind: str, number: UUID, *, roles: Sequence[Role], scopes: Sequence[str]
) -> RowMapping | None:
    """Return name and organisation of an account, or of a person's, that holds or held a role.

    ``scopes`` are paths: an organisation counts that lies within one of them, or above one.
    """
    # Paths are numbers and slashes: nothing in them means anything to LIKE.
    own = accounts.c.person_id if kind == "person" else accounts.c.id
    near = [
        or_(
            organisations.c.path.startswith(scope),
            literal(scope).startswith(organisations.c.path),
        )
        for scope in scopes
    ]
    query = (
        select(
            func.coalesce(people.c.name, accounts.c.display_name).label("name"),
            organisations.c.name.label("organisation_name"),
        )
        .join(accounts, accounts.c.id == grants.c.account_id)
        .join(organisations, organisations.c.id == grants.c.organisation_id)
        .outerjoin(people, people.c.id == accounts.c.person_id)
        .where(own == number, grants.c.role.in_(roles), or_(*near))
        # What is held now before what was held, the newest first.
        .order_by(grants.c.ended_at.is_not(None), grants.c.id.desc())
        .limit(1)
    )
    return (await tx.execute(query)).mappings().first()


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
