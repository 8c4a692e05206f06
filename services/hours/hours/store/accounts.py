"""Year accounts, and what is known here of the certificates that follow from them."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.db import Transaction
from chassis.ids import uuid7
from hours.domain.accounts import AccountState, Circumstances, YearAccount
from hours.tables import certificates, parked_certificates, year_accounts


async def locked(tx: Transaction, person_id: UUID, year: int, now: datetime) -> YearAccount:
    """Return the account, opened if need be, and hold its row until the transaction ends.

    Always taken after the claim's lock, so that two deciders cannot wait for each other.
    """
    fresh = insert(year_accounts).values(
        id=uuid7(),
        person_id=person_id,
        year=year,
        version=0,
        state=AccountState.OPEN,
        completion=0,
        counted={},
        attested={},
        updated_at=now,
    )
    await tx.execute(fresh.on_conflict_do_nothing())
    query = (
        select(year_accounts)
        .where(year_accounts.c.person_id == person_id, year_accounts.c.year == year)
        .with_for_update()
    )
    return _account((await tx.execute(query)).mappings().one())


async def find(tx: Transaction, person_id: UUID, year: int) -> YearAccount | None:
    query = select(year_accounts).where(
        year_accounts.c.person_id == person_id, year_accounts.c.year == year
    )
    row = (await tx.execute(query)).mappings().first()
    return _account(row) if row else None


async def get(tx: Transaction, account: UUID) -> YearAccount:
    query = select(year_accounts).where(year_accounts.c.id == account)
    return _account((await tx.execute(query)).mappings().one())


async def save(tx: Transaction, account: YearAccount, now: datetime) -> None:
    """Write the account back; the caller holds its row lock."""
    values: dict[str, Any] = {
        "version": account.version,
        "state": account.state.value,
        "completion": account.completion,
        "counted": dict(account.counted),
        "attested": dict(account.attested),
        "updated_at": now,
    }
    if account.circumstances:
        values |= {
            name: getattr(account.circumstances, name)
            for name in Circumstances.__dataclass_fields__
        }
    await tx.execute(update(year_accounts).where(year_accounts.c.id == account.id).values(values))


async def changed_since(tx: Transaction, since: datetime | None) -> AsyncIterator[YearAccount]:
    """Stream all accounts, or those changed at or after ``since``."""
    query = select(year_accounts)
    if since is not None:
        query = query.where(year_accounts.c.updated_at >= since)
    async for row in (await tx.stream(query)).mappings():
        yield _account(row)


async def account_id(tx: Transaction, person_id: UUID, year: int) -> UUID | None:
    found: UUID | None = await tx.scalar(
        select(year_accounts.c.id).where(
            year_accounts.c.person_id == person_id, year_accounts.c.year == year
        )
    )
    return found


async def newest_certificate(tx: Transaction, account: UUID) -> RowMapping | None:
    """Return the state of the account's newest document."""
    table = certificates
    query = select(table).where(table.c.account_id == account)
    ordered = query.order_by(table.c.document_version.desc()).limit(1)
    return (await tx.execute(ordered)).mappings().first()


async def newest_parking(tx: Transaction, account: UUID) -> RowMapping | None:
    """Return the last reason why the account's certificate had to wait."""
    table = parked_certificates
    query = select(table).where(table.c.account_id == account)
    return (await tx.execute(query.order_by(table.c.noted_at.desc()).limit(1))).mappings().first()


def _account(row: RowMapping) -> YearAccount:
    fixed = {name: row[name] for name in Circumstances.__dataclass_fields__}
    return YearAccount(
        id=row["id"],
        person_id=row["person_id"],
        year=row["year"],
        version=row["version"],
        state=AccountState(row["state"]),
        completion=row["completion"],
        counted=row["counted"],
        attested=row["attested"],
        circumstances=Circumstances(**fixed) if row["completed_at"] else None,
    )
