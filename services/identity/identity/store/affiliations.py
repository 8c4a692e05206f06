"""Who works where."""

import unicodedata
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, bindparam, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.types import Text

from chassis.db import Transaction, within
from identity.domain.names import match_key
from identity.domain.people import Affiliation, AffiliationState, TitleLevel
from identity.tables import affiliations, management_numbers, organisations, people

_FIELDS = (
    affiliations.c.id,
    affiliations.c.version,
    affiliations.c.person_id,
    affiliations.c.organisation_id,
    affiliations.c.state,
    affiliations.c.title_level,
    affiliations.c.starts_on,
    affiliations.c.ends_on,
    affiliations.c.requested_at,
)


async def add(tx: Transaction, affiliation: Affiliation, *, now: datetime) -> bool:
    """Insert a requested tie; False when the person has another request open."""
    row = insert(affiliations).values(
        id=affiliation.id,
        version=affiliation.version,
        person_id=affiliation.person_id,
        organisation_id=affiliation.organisation_id,
        state=affiliation.state,
        title_level=affiliation.title_level,
        starts_on=affiliation.starts_on,
        ends_on=affiliation.ends_on,
        requested_at=affiliation.requested_at,
        changed_at=now,
    )
    result = await tx.execute(row.on_conflict_do_nothing().returning(affiliations.c.id))
    return result.first() is not None


async def find_for_update(tx: Transaction, affiliation_id: UUID) -> Affiliation | None:
    """Return the tie, locked until the transaction ends, or None."""
    query = select(*_FIELDS).where(affiliations.c.id == affiliation_id).with_for_update()
    row = (await tx.execute(query)).mappings().first()
    return _affiliation(row) if row else None


async def confirmed_of(tx: Transaction, person_id: UUID) -> Affiliation | None:
    """Return the tie that holds now, or None; lock the person first to rely on the answer."""
    query = select(*_FIELDS).where(
        affiliations.c.person_id == person_id, affiliations.c.state == AffiliationState.CONFIRMED
    )
    row = (await tx.execute(query)).mappings().first()
    return _affiliation(row) if row else None


async def store_decision(
    tx: Transaction, affiliation: Affiliation, *, reason: str | None, now: datetime
) -> None:
    """Store the tie's new version and state."""
    await tx.execute(
        update(affiliations)
        .where(affiliations.c.id == affiliation.id)
        .values(
            version=affiliation.version,
            state=affiliation.state,
            starts_on=affiliation.starts_on,
            ends_on=affiliation.ends_on,
            reason=reason,
            changed_at=now,
        )
    )


async def list_within(
    tx: Transaction,
    *,
    scopes: Sequence[str],
    state: AffiliationState | None,
    after: UUID | None,
    limit: int,
    person: str = "",
) -> list[RowMapping]:
    """Return ties in the given subtrees with the person's name and number, oldest first.

    ``person`` is how the name begins, however it is spelt, or the management number.
    """
    area = text(within("organisations.path")).bindparams(
        bindparam("scopes", list(scopes), type_=ARRAY(Text))
    )
    query = (
        select(
            *_FIELDS,
            affiliations.c.reason,
            people.c.name,
            people.c.identity_masked,
            management_numbers.c.number.label("management_number"),
            organisations.c.name.label("organisation_name"),
        )
        .join(organisations, organisations.c.id == affiliations.c.organisation_id)
        .join(people, people.c.id == affiliations.c.person_id)
        .join(management_numbers, management_numbers.c.person_id == people.c.id)
        .where(area)
    )
    if state:
        query = query.where(affiliations.c.state == state)
    if person:
        query = query.where(_begins_with(person))
    if after:
        query = query.where(affiliations.c.id > after)
    query = query.order_by(affiliations.c.id).limit(limit)
    return list((await tx.execute(query)).mappings())


def _begins_with(text: str) -> ColumnElement[bool]:
    key = match_key(text)
    # A name has no digits, so what is asked for need not be said.
    if key.isdecimal():
        digits = unicodedata.normalize("NFKC", key)
        return management_numbers.c.number.startswith(digits, autoescape=True)
    return people.c.name_key.startswith(key, autoescape=True)


async def list_of_person(tx: Transaction, person_id: UUID) -> list[RowMapping]:
    """Return all ties of one person with the employers' names, oldest first."""
    query = (
        select(*_FIELDS, affiliations.c.reason, organisations.c.name.label("organisation_name"))
        .join(organisations, organisations.c.id == affiliations.c.organisation_id)
        .where(affiliations.c.person_id == person_id)
        .order_by(affiliations.c.id)
    )
    return list((await tx.execute(query)).mappings())


async def all_published(tx: Transaction, *, since: datetime | None) -> AsyncIterator[Affiliation]:
    """Yield the confirmed and ended ties changed at or after ``since``."""
    published = (AffiliationState.CONFIRMED, AffiliationState.ENDED)
    query = select(*_FIELDS).where(affiliations.c.state.in_(published))
    if since:
        query = query.where(affiliations.c.changed_at >= since)
    async for row in (await tx.stream(query)).mappings():
        yield _affiliation(row)


def _affiliation(row: RowMapping) -> Affiliation:
    kinds: dict[str, Any] = {
        "state": AffiliationState(row["state"]),
        "title_level": TitleLevel(row["title_level"]),
    }
    return Affiliation(**{**row, **kinds})
