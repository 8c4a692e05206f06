"""Daily allowances of offices and clients, and who may ask at all."""

from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

from chassis.auth import Principal
from chassis.clock import legal_date
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


async def use_quota(
    tx: Transaction, deps: Dependencies, *, subject: str, count: int, limit: int
) -> None:
    """Count ``count`` questions of ``subject`` today; raise ``QuotaExceeded`` past ``limit``.

    A refusal counts nothing.
    """
    if count > limit:
        raise QuotaExceeded
    day = legal_date(deps.clock.now())
    row = insert(quota_uses).values(subject=subject, day=day, used=count)
    total = quota_uses.c.used + row.excluded.used
    counted: Any = row.on_conflict_do_update(
        index_elements=[quota_uses.c.subject, quota_uses.c.day],
        set_={"used": total},
        where=total <= limit,
    ).returning(func.coalesce(quota_uses.c.used, 0))
    if (await tx.execute(counted)).first() is None:
        raise QuotaExceeded


async def scopes_of(tx: Transaction, caller: Principal) -> list[str]:
    """Return the subtrees the caller may look into; raise ``Forbidden`` without such a role."""
    organisations: list[UUID] = caller.require(*OFFICES)
    return await registry.paths_of(tx, organisations)
