"""Accounts, what they administer, and failed log-ins."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, case, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.auth import Grant
from chassis.db import Transaction
from chassis.ids import uuid7
from identity.domain.ids import AccountId, OrganisationId, PersonId
from identity.domain.organisations import Role
from identity.tables import (
    accounts,
    grants,
    log_in_failures,
    management_numbers,
    organisations,
)


@dataclass(frozen=True)
class Account:
    """Who logs in: a person, an administrator who is none, or both in one."""

    id: AccountId
    person_id: PersonId | None
    username: str | None
    display_name: str | None
    password_hash: str
    active: bool
    # Chosen by whoever made the account.
    password_initial: bool = False


_FIELDS = (
    accounts.c.id,
    accounts.c.person_id,
    accounts.c.username,
    accounts.c.display_name,
    accounts.c.password_hash,
    accounts.c.active,
    accounts.c.password_initial,
)


async def add(tx: Transaction, account: Account, *, now: datetime) -> bool:
    """Insert the account; False when its username or person already has one."""
    row = insert(accounts).values(
        id=account.id,
        person_id=account.person_id,
        username=account.username,
        display_name=account.display_name,
        password_hash=account.password_hash,
        active=account.active,
        password_initial=account.password_initial,
        created_at=now,
    )
    result = await tx.execute(row.on_conflict_do_nothing().returning(accounts.c.id))
    return result.first() is not None


async def find(tx: Transaction, account_id: UUID) -> Account | None:
    """Return the account, or None."""
    return await _one(tx, accounts.c.id == account_id)


async def set_password(tx: Transaction, account: Account, password_hash: str) -> bool:
    """Replace the password that was read with the account; False when it was changed since."""
    changed = (
        update(accounts)
        .where(accounts.c.id == account.id, accounts.c.password_hash == account.password_hash)
        .values(password_hash=password_hash, password_initial=False)
        .returning(accounts.c.id)
    )
    return (await tx.execute(changed)).first() is not None


async def find_by_username(tx: Transaction, username: str) -> Account | None:
    """Return the account with that username, or None."""
    return await _one(tx, accounts.c.username == username)


async def find_by_person(tx: Transaction, person_id: UUID) -> Account | None:
    """Return the person's account, or None."""
    return await _one(tx, accounts.c.person_id == person_id)


async def find_by_number(tx: Transaction, number: str) -> Account | None:
    """Return the account of the management number's holder, or None."""
    holder = select(management_numbers.c.person_id).where(management_numbers.c.number == number)
    return await _one(tx, accounts.c.person_id == holder.scalar_subquery())


async def _one(tx: Transaction, condition: ColumnElement[bool]) -> Account | None:
    row = (await tx.execute(select(*_FIELDS).where(condition))).mappings().first()
    return Account(**row) if row else None


async def add_grant(
    tx: Transaction,
    account: AccountId,
    role: Role,
    organisation: OrganisationId,
    *,
    granted_by: str,
    now: datetime,
) -> bool:
    """Give the account the role; False when it holds it already."""
    row = insert(grants).values(
        id=uuid7(),
        account_id=account,
        role=role,
        organisation_id=organisation,
        granted_by=granted_by,
        granted_at=now,
    )
    result = await tx.execute(row.on_conflict_do_nothing().returning(grants.c.id))
    return result.first() is not None


async def grants_of(tx: Transaction, account: UUID) -> list[Grant]:
    """Return what the account administers now."""
    return [Grant(row["role"], row["organisation_id"]) for row in await held_by(tx, account)]


async def held_by(tx: Transaction, account: UUID) -> list[RowMapping]:
    """Return the same with the organisations' names; those of closed organisations rest."""
    query = (
        select(
            grants.c.role,
            grants.c.organisation_id,
            organisations.c.name.label("organisation_name"),
            organisations.c.kind.label("organisation_kind"),
        )
        .join(organisations, organisations.c.id == grants.c.organisation_id)
        .where(grants.c.account_id == account, grants.c.ended_at.is_(None), organisations.c.active)
        .order_by(grants.c.granted_at, grants.c.id)
    )
    return list((await tx.execute(query)).mappings())


async def count_attempt(
    tx: Transaction, subject: str, *, now: datetime, window: timedelta, limit: int
) -> int:
    """Count one attempt before the password is looked at; return how many this makes.

    Counting first means that parallel guesses cannot all pass the check. Attempts older than
    ``window`` are forgotten; at the limit the window's start stays, so a lock does not grow by
    being knocked at.
    """
    old = log_in_failures.c.last_at < now - window
    full = log_in_failures.c.failures >= limit
    row = insert(log_in_failures).values(subject=subject, failures=1, last_at=now)
    counted = row.on_conflict_do_update(
        index_elements=["subject"],
        set_={
            "failures": case((old, 1), else_=log_in_failures.c.failures + 1),
            "last_at": case((~old & full, log_in_failures.c.last_at), else_=now),
        },
    )
    return int(await tx.scalar(counted.returning(log_in_failures.c.failures)) or 0)


async def forget_attempts(tx: Transaction, subject: str) -> None:
    """Start counting from nought: the log-in has succeeded."""
    await tx.execute(delete(log_in_failures).where(log_in_failures.c.subject == subject))


async def drop_old_attempts(tx: Transaction, *, before: datetime) -> None:
    """Delete counters that no longer lock anybody."""
    await tx.execute(delete(log_in_failures).where(log_in_failures.c.last_at < before))
