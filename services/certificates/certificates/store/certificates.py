"""Published certificates."""

from collections.abc import AsyncIterator, Collection
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, false, func, insert, or_, select, text, update

from certificates.domain.entities import Certificate
from certificates.domain.states import IN_FORCE
from certificates.store.reading import columns_of, entity_of
from certificates.tables import affiliations, certificates, organisations
from chassis.db import Transaction, within

_COLUMNS = columns_of(certificates, Certificate)
_BATCH = 500
_IN_FORCE = (
    select(*_COLUMNS)
    .where(
        certificates.c.person_id == bindparam("person"),
        certificates.c.year == bindparam("of_year"),
        certificates.c.state.in_(IN_FORCE),
    )
    .with_for_update()
)


async def add(tx: Transaction, certificate: Certificate) -> None:
    await tx.execute(insert(certificates), asdict(certificate))


async def lock(tx: Transaction, certificate_id: UUID) -> Certificate | None:
    """Return the certificate, locked until the transaction ends."""
    query = select(*_COLUMNS).where(certificates.c.certificate_id == certificate_id)
    row = (await tx.execute(query.with_for_update())).mappings().first()
    return entity_of(Certificate, row) if row else None


async def lock_in_force(tx: Transaction, person_id: UUID, year: int) -> Certificate | None:
    """Return the one certificate of a person's year that is in force, locked."""
    row = (await tx.execute(_IN_FORCE, {"person": person_id, "of_year": year})).mappings().first()
    return entity_of(Certificate, row) if row else None


async def save_state(tx: Transaction, certificate: Certificate) -> None:
    """Store the state, its reason and version of a locked certificate."""
    await tx.execute(
        update(certificates)
        .where(certificates.c.certificate_id == certificate.certificate_id)
        .values(
            state=certificate.state,
            state_reason=certificate.state_reason,
            aggregate_version=certificate.aggregate_version,
            changed_at=certificate.changed_at,
            attention=certificate.attention,
        )
    )


async def mark(tx: Transaction, certificate_id: UUID, attention: str | None) -> None:
    """Show (or clear) what the office should look at; not a change of the certificate's state."""
    mine = certificates.c.certificate_id == certificate_id
    await tx.execute(update(certificates).where(mine).values(attention=attention))


async def visible(
    tx: Transaction, certificate_id: UUID, *, person_id: UUID | None, scopes: Collection[str]
) -> Certificate | None:
    """Return the certificate when the person holds it or the scopes cover it."""
    query = select(*_COLUMNS).where(
        certificates.c.certificate_id == certificate_id, is_visible(person_id, scopes)
    )
    row = (await tx.execute(query)).mappings().first()
    return entity_of(Certificate, row) if row else None


async def listing(
    tx: Transaction,
    *,
    person_id: UUID | None,
    scopes: Collection[str],
    year: int | None,
    states: Collection[str],
    attention_only: bool,
    beyond: UUID | None,
    limit: int,
    oldest_first: bool = False,
) -> list[Certificate]:
    """Return one page, newest first unless asked: the person's own and those within the scopes."""
    query = select(*_COLUMNS).where(is_visible(person_id, scopes))
    if year:
        query = query.where(certificates.c.year == year)
    if states:
        query = query.where(certificates.c.state.in_(states))
    if attention_only:
        query = query.where(certificates.c.attention.is_not(None))
    # Numbers are given in the order of time.
    number = certificates.c.certificate_id
    if beyond:
        query = query.where(number > beyond if oldest_first else number < beyond)
    query = query.order_by(number if oldest_first else number.desc()).limit(limit)
    return [entity_of(Certificate, row) for row in (await tx.execute(query)).mappings()]


def is_visible(person_id: UUID | None, scopes: Collection[str]) -> ColumnElement[bool]:
    """Match the holder's own, and those whose employer then or now lies in the scopes.

    The office in charge stands above the employer, so the same path answers for bureaus.
    """
    then = certificates.c.employer_id == organisations.c.organisation_id
    now = (
        select(affiliations.c.affiliation_id)
        .where(
            affiliations.c.person_id == certificates.c.person_id,
            affiliations.c.organisation_id == organisations.c.organisation_id,
            affiliations.c.state == "confirmed",
        )
        # Said outright: by itself it would mean only the select next to it, and anybody's
        # certificate would match whose office has one of its own.
        .correlate(certificates, organisations)
        .exists()
    )
    subtree = (
        select(organisations.c.organisation_id)
        .where(text(within("organisations.path")).bindparams(scopes=list(scopes)))
        .where(or_(then, now))
        .correlate(certificates)
    )
    mine = certificates.c.person_id == person_id if person_id else false()
    return or_(mine, subtree.exists()) if scopes else mine


async def page(
    tx: Transaction, *, after: UUID | None, since: datetime | None, limit: int
) -> list[Certificate]:
    """Return the next certificates in id order, only those changed at or after ``since``."""
    query = select(*_COLUMNS).order_by(certificates.c.certificate_id).limit(limit)
    if since:
        query = query.where(certificates.c.changed_at >= since)
    if after:
        query = query.where(certificates.c.certificate_id > after)
    return [entity_of(Certificate, row) for row in (await tx.execute(query)).mappings()]


async def changed_since(tx: Transaction, since: datetime | None) -> AsyncIterator[Certificate]:
    """Yield every certificate changed at or after ``since`` (all when None), in id order."""
    last: UUID | None = None
    while found := await page(tx, after=last, since=since, limit=_BATCH):
        for certificate in found:
            yield certificate
        last = found[-1].certificate_id


async def doubled(tx: Transaction) -> tuple[UUID, int] | None:
    """Return a person and year with more than one certificate in force; None when all is well."""
    query = (
        select(certificates.c.person_id, certificates.c.year)
        .where(certificates.c.state.in_(IN_FORCE))
        .group_by(certificates.c.person_id, certificates.c.year)
        .having(func.count() > 1)
        .limit(1)
    )
    row = (await tx.execute(query)).first()
    return (row.person_id, row.year) if row else None


async def count_versions(tx: Transaction) -> int:
    """Return how many state changes all certificates have seen: what the ledger must hold."""
    return int(await tx.scalar(select(func.sum(certificates.c.aggregate_version))) or 0)
