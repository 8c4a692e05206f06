"""Copies of what other services own: written by events, guarded by the aggregate's version."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Table, exists, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on, insert

from chassis.db import Transaction
from hours.tables import (
    affiliations,
    certificates,
    organisations,
    parked_certificates,
    persons,
    rollouts,
)

# The nearest of these on an employer's path is the office whose administrators review last.
OFFICE_KINDS = ("county", "prefecture", "direct_county", "provincial_department", "province")


async def _keep(tx: Transaction, table: Table, row: Mapping[str, Any]) -> bool:
    """Store ``row`` unless a version as high or higher is held; tell whether it was news."""
    key = [column.name for column in table.primary_key]
    statement = insert(table).values(row)
    fresh = statement.on_conflict_do_update(
        index_elements=key,
        set_={name: statement.excluded[name] for name in row if name not in key},
        where=table.c.version < statement.excluded.version,
    ).returning(table.c.version)
    return (await tx.execute(fresh)).first() is not None


async def keep_person(tx: Transaction, row: Mapping[str, Any]) -> bool:
    return await _keep(tx, persons, row)


async def keep_organisation(tx: Transaction, row: Mapping[str, Any]) -> bool:
    return await _keep(tx, organisations, row)


async def keep_affiliation(tx: Transaction, row: Mapping[str, Any]) -> bool:
    return await _keep(tx, affiliations, row)


async def keep_rollout(tx: Transaction, row: Mapping[str, Any]) -> bool:
    return await _keep(tx, rollouts, row)


async def keep_certificate(tx: Transaction, row: Mapping[str, Any]) -> bool:
    return await _keep(tx, certificates, row)


async def keep_parked_certificate(tx: Transaction, row: Mapping[str, Any]) -> bool:
    return await _keep(tx, parked_certificates, row)


async def has_person(tx: Transaction, person_id: UUID) -> bool:
    return bool(await tx.scalar(select(exists().where(persons.c.id == person_id))))


async def has_organisation(tx: Transaction, organisation_id: UUID) -> bool:
    return bool(await tx.scalar(select(exists().where(organisations.c.id == organisation_id))))


async def person(tx: Transaction, person_id: UUID) -> RowMapping | None:
    query = select(persons.c.status, persons.c.title_level, persons.c.title_series).where(
        persons.c.id == person_id
    )
    return (await tx.execute(query)).mappings().first()


async def employer_on(tx: Transaction, person_id: UUID, day: date) -> RowMapping | None:
    """Return the person's confirmed employer on ``day``; of several the one begun last.

    An ended affiliation counts for the days before its end, so that a late review still finds
    where the person worked.
    """
    table = affiliations
    query = (
        select(table.c.organisation_id, table.c.title_level, organisations.c.path)
        .join(organisations, organisations.c.id == table.c.organisation_id)
        .where(table.c.person_id == person_id)
        .where(table.c.starts_on <= day)
        .where(or_(table.c.ends_on.is_(None), table.c.ends_on >= day))
        .order_by(table.c.starts_on.desc(), table.c.id.desc())
        .limit(1)
    )
    return (await tx.execute(query)).mappings().first()


async def path_of(tx: Transaction, organisation_id: UUID) -> str:
    path: str = (
        await tx.execute(select(organisations.c.path).where(organisations.c.id == organisation_id))
    ).scalar_one()
    return path


async def name_of(tx: Transaction, organisation_id: UUID) -> str:
    name: str = (
        await tx.execute(select(organisations.c.name).where(organisations.c.id == organisation_id))
    ).scalar_one()
    return name


async def paths_of(tx: Transaction, organisation_ids: Iterable[UUID]) -> list[str]:
    """Return the paths of the given organisations; one not known here gives no access."""
    query = select(organisations.c.path).where(organisations.c.id.in_(list(organisation_ids)))
    return list((await tx.execute(query)).scalars())


async def office_names(tx: Transaction, paths: Iterable[str]) -> dict[str, str]:
    """Return for each employer path the name of the nearest office that reviews last."""
    office = organisations.alias("office")
    query = (
        select(organisations.c.path, office.c.name)
        .ext(distinct_on(organisations.c.path))
        .join(office, organisations.c.path.startswith(office.c.path))
        .where(organisations.c.path.in_(list(paths)))
        .where(office.c.kind.in_(OFFICE_KINDS))
        .order_by(organisations.c.path, func.length(office.c.path).desc())
    )
    return {row.path: row.name for row in await tx.execute(query)}
