"""All years of one person at a glance."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import RowMapping, Subquery, func, select, union
from sqlalchemy.dialects.postgresql import distinct_on

from chassis.db import Transaction
from hours.domain.claims import WAITING, State
from hours.tables import certificates, claims, year_accounts


async def years_of(tx: Transaction, person_id: UUID) -> Sequence[RowMapping]:
    """Return each year in which the person filed or has an account, the newest first."""
    account, filed = year_accounts, _claims_by_year(person_id)
    newest = _newest_certificates(person_id)
    years = union(
        select(account.c.year).where(account.c.person_id == person_id),
        select(filed.c.year),
    ).subquery("years")
    query = (
        select(
            years.c.year,
            func.coalesce(account.c.state, "open").label("state"),
            account.c.counted,
            account.c.completed_at,
            func.coalesce(filed.c.waiting, 0).label("waiting"),
            func.coalesce(filed.c.returned, 0).label("returned"),
            newest.c.state.label("certificate_state"),
        )
        .outerjoin(account, (account.c.year == years.c.year) & (account.c.person_id == person_id))
        .outerjoin(filed, filed.c.year == years.c.year)
        .outerjoin(newest, newest.c.account_id == account.c.id)
        .order_by(years.c.year.desc())
    )
    return (await tx.execute(query)).mappings().all()


def _claims_by_year(person_id: UUID) -> Subquery:
    count = func.count()
    return (
        select(
            claims.c.year,
            count.filter(claims.c.state.in_(WAITING.values())).label("waiting"),
            count.filter(claims.c.state == State.RETURNED).label("returned"),
        )
        .where(claims.c.person_id == person_id)
        .group_by(claims.c.year)
        .subquery("filed")
    )


def _newest_certificates(person_id: UUID) -> Subquery:
    held = certificates
    return (
        select(held.c.account_id, held.c.state)
        .ext(distinct_on(held.c.account_id))
        .join(year_accounts, year_accounts.c.id == held.c.account_id)
        .where(year_accounts.c.person_id == person_id)
        .order_by(held.c.account_id, held.c.document_version.desc())
        .subquery("newest")
    )
