"""Daily allowances of offices and clients, and who may ask at all."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from chassis.auth import Principal
from chassis.clock import legal_date, legal_midnight
from chassis.db import Transaction
from verify import registry
from verify.errors import QuotaExceeded
from verify.tables_of_records import quota_uses
from verify.usecases import Dependencies

OFFICES = (
    "employer_administrator",
    "department_administrator",
    "bureau_administrator",
    "provincial_administrator",
)


class Allowance(NamedTuple):
    """What a day allows, what is left of it, and in how many seconds the next one begins."""

    limit: int
    left: int
    renewed_in: int


async def use_quota(
    tx: Transaction, deps: Dependencies, *, subject: str, count: int, limit: int
) -> Allowance:
    """Count ``count`` questions of ``subject`` today; raise ``QuotaExceeded`` past ``limit``.

    A refusal counts nothing.
    """
    now = deps.clock.now()
    day, renewed_in = legal_date(now), _until_tomorrow(now)
    if count > limit:
        raise QuotaExceeded(retry_after_seconds=renewed_in)
    row = insert(quota_uses).values(subject=subject, day=day, used=count)
    total = quota_uses.c.used + row.excluded.used
    counted: Any = row.on_conflict_do_update(
        index_elements=[quota_uses.c.subject, quota_uses.c.day],
        set_={"used": total},
        where=total <= limit,
    ).returning(quota_uses.c.used)
    used = await tx.scalar(counted)
    if used is None:
        raise QuotaExceeded(retry_after_seconds=renewed_in)
    return Allowance(limit, limit - used, renewed_in)


def _until_tomorrow(now: datetime) -> int:
    return int((legal_midnight(legal_date(now) + timedelta(days=1)) - now).total_seconds()) + 1


async def scopes_of(tx: Transaction, caller: Principal) -> list[str]:
    """Return the subtrees the caller may look into; raise ``Forbidden`` without such a role."""
    organisations: list[UUID] = caller.require(*OFFICES)
    return await registry.paths_of(tx, organisations)
