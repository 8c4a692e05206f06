"""Counts of checks: those told by verify, and those of share codes, counted here."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import RowMapping, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from certificates.tables import certificate_checks, organisations
from chassis.db import Transaction

SHARE = "share"


async def keep(tx: Transaction, row: dict[str, Any]) -> None:
    """Store a count unless a newer one is held."""
    statement = insert(certificate_checks).values(row)
    newer = statement.on_conflict_do_update(
        index_elements=["id"],
        set_={"version": statement.excluded.version, "count": statement.excluded.count},
        where=certificate_checks.c.version < statement.excluded.version,
    )
    await tx.execute(newer)


async def count_share(tx: Transaction, certificate_ids: Collection[UUID], at: datetime) -> None:
    """Count one look by a share code at each of the certificates."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    rows = [
        {
            "id": uuid5(one, f"{SHARE} {hour.isoformat()}"),
            "version": 1,
            "certificate_id": one,
            "hour": hour,
            "verifier": SHARE,
            "count": 1,
        }
        for one in sorted(certificate_ids)
    ]
    if rows:
        counted = insert(certificate_checks).on_conflict_do_update(
            index_elements=["id"],
            set_={
                "version": certificate_checks.c.version + 1,
                "count": certificate_checks.c.count + 1,
            },
        )
        await tx.execute(counted, rows)


async def page(
    tx: Transaction, certificate_id: UUID, *, before: UUID | None, limit: int
) -> Sequence[RowMapping]:
    """Return some counts of a certificate, newest hour first, with the names of the offices."""
    place = (certificate_checks.c.hour, certificate_checks.c.id)
    query = (
        select(certificate_checks, organisations.c.name.label("organisation_name"))
        .outerjoin(
            organisations,
            organisations.c.organisation_id == certificate_checks.c.organisation_id,
        )
        .where(certificate_checks.c.certificate_id == certificate_id)
        .order_by(*(column.desc() for column in place))
        .limit(limit)
    )
    if before:
        last = select(*place).where(certificate_checks.c.id == before).scalar_subquery()
        query = query.where(tuple_(*place) < last)
    return (await tx.execute(query)).mappings().all()


async def purge(tx: Transaction, before: datetime) -> None:
    """Forget what was counted before an instant."""
    await tx.execute(delete(certificate_checks).where(certificate_checks.c.hour < before))
