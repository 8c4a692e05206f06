"""Own copies of other services' facts; a version at or below ours changes nothing."""

from collections.abc import AsyncIterator, Collection, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Table, Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningInsert

from certificates.domain.entities import Organisation, Person, Rollout
from certificates.domain.offices import path_ids
from certificates.store.reading import columns_of, entity_of
from certificates.tables import (
    affiliations,
    organisations,
    persons,
    rollouts,
    year_accounts,
)
from chassis.db import Transaction

# Each certificate needs these: built once.
_PERSON = select(*columns_of(persons, Person)).where(persons.c.person_id == bindparam("of_id"))
_ORGANISATION = select(*columns_of(organisations, Organisation)).where(
    organisations.c.organisation_id == bindparam("of_id")
)

_ORGANISATIONS = select(*columns_of(organisations, Organisation)).where(
    organisations.c.organisation_id == func.any(bindparam("of_ids", type_=ARRAY(Uuid)))
)


async def _keep(tx: Transaction, table: Table, row: dict[str, Any]) -> bool:
    return (await tx.execute(_keeping(table, tuple(row)), row)).first() is not None


@cache
def _keeping(table: Table, names: tuple[str, ...]) -> ReturningInsert[Any]:
    key = next(iter(table.primary_key.columns))
    statement = insert(table)
    newer = statement.on_conflict_do_update(
        index_elements=[key],
        set_={name: statement.excluded[name] for name in names if name != key.name},
        where=table.c.version < statement.excluded.version,
    )
    return newer.returning(key)


async def keep_person(tx: Transaction, row: dict[str, Any]) -> bool:
    """Store the person's state; return False when we have this version or a newer one."""
    return await _keep(tx, persons, row)


async def keep_affiliation(tx: Transaction, row: dict[str, Any]) -> bool:
    """As ``keep_person``, for the tie between a person and an employer."""
    return await _keep(tx, affiliations, row)


async def keep_organisation(tx: Transaction, row: dict[str, Any]) -> bool:
    """As ``keep_person``, for an organisation."""
    return await _keep(tx, organisations, row)


async def keep_rollout(tx: Transaction, row: dict[str, Any]) -> bool:
    """As ``keep_person``, for a region's roll-out date."""
    return await _keep(tx, rollouts, row)


async def keep_year_account(tx: Transaction, row: dict[str, Any]) -> bool:
    """As ``keep_person``, for hours' word about a person's year."""
    return await _keep(tx, year_accounts, row)


async def person(tx: Transaction, person_id: UUID) -> Person | None:
    row = (await tx.execute(_PERSON, {"of_id": person_id})).mappings().first()
    return entity_of(Person, row) if row else None


async def numbers(tx: Transaction) -> AsyncIterator[tuple[UUID, str]]:
    """Yield every person's id and management number."""
    query = select(persons.c.person_id, persons.c.management_number)
    async for row in await tx.stream(query):
        yield row[0], row[1]


async def organisations_of(
    tx: Transaction, organisation_ids: Collection[UUID]
) -> dict[UUID, Organisation]:
    """Return the organisations that we have copies of, by their ids."""
    rows = (await tx.execute(_ORGANISATIONS, {"of_ids": list(organisation_ids)})).mappings()
    return {row["organisation_id"]: entity_of(Organisation, row) for row in rows}


async def organisation(tx: Transaction, organisation_id: UUID) -> Organisation | None:
    row = (await tx.execute(_ORGANISATION, {"of_id": organisation_id})).mappings().first()
    return entity_of(Organisation, row) if row else None


async def line_of(tx: Transaction, path: str) -> list[Organisation]:
    """Return the organisations on ``path`` that we have copies of."""
    query = select(*columns_of(organisations, Organisation))
    query = query.where(organisations.c.organisation_id.in_(path_ids(path)))
    return [entity_of(Organisation, row) for row in (await tx.execute(query)).mappings()]


async def rollouts_on(tx: Transaction, path: str) -> list[Rollout]:
    """Return the roll-out dates set on ``path``."""
    query = select(*columns_of(rollouts, Rollout))
    query = query.where(rollouts.c.organisation_id.in_(path_ids(path)))
    return [entity_of(Rollout, row) for row in (await tx.execute(query)).mappings()]


async def paths_of(tx: Transaction, organisation_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the paths of the organisations we know; the scope of an administrator's grants."""
    if not organisation_ids:
        return {}
    query = select(organisations.c.organisation_id, organisations.c.path)
    query = query.where(organisations.c.organisation_id.in_(organisation_ids))
    return {row.organisation_id: row.path for row in await tx.execute(query)}
