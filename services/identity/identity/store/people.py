"""People, their numbers and their ID documents."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, select, tuple_, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert

from chassis.db import Transaction
from identity.domain.id_numbers import IdType, Sex
from identity.domain.ids import PersonId
from identity.domain.numbering import ManagementNumber, draw_management_number
from identity.domain.people import Person, Status, TitleLevel
from identity.tables import id_documents, management_numbers, people
from identity.vault import BlindIndex

_MAX_DRAWS = 100
_FIELDS = (
    people.c.id,
    people.c.version,
    management_numbers.c.number.label("management_number"),
    people.c.status,
    people.c.name,
    people.c.identity_masked,
    people.c.sex,
    people.c.title_level,
    people.c.title_series,
)
_PEOPLE = people.join(management_numbers, management_numbers.c.person_id == people.c.id)


async def issue_number(tx: Transaction, person_id: PersonId, *, now: datetime) -> ManagementNumber:
    """Give the person a number nobody has or had; draw until one is free.

    Less than a thousandth of all numbers is used, so a second draw is already rare.
    """
    for _ in range(_MAX_DRAWS):
        number = draw_management_number()
        row = insert(management_numbers).values(number=number, person_id=person_id, issued_at=now)
        free = row.on_conflict_do_nothing(index_elements=["number"])
        if (await tx.execute(free.returning(management_numbers.c.number))).first():
            return number
    raise RuntimeError("no free management number was found: the random source is broken")


async def keep_number(tx: Transaction, number: str, person_id: UUID, *, now: datetime) -> bool:
    """Keep a number from being given; False when it, or its person's, is known already."""
    row = insert(management_numbers).values(number=number, person_id=person_id, issued_at=now)
    added = row.on_conflict_do_nothing().returning(management_numbers.c.number)
    return (await tx.execute(added)).first() is not None


async def add_person(tx: Transaction, person: Person, *, name_key: str, now: datetime) -> None:
    """Insert a person whose number has been issued."""
    await tx.execute(
        plain_insert(people).values(
            id=person.id,
            version=person.version,
            status=person.status,
            name=person.name,
            name_key=name_key,
            identity_masked=person.identity_masked,
            sex=person.sex,
            title_level=person.title_level,
            title_series=person.title_series,
            registered_at=now,
            changed_at=now,
        )
    )


async def add_id_document(
    tx: Transaction, person_id: PersonId, *, id_type: IdType, sealed: str, index: BlindIndex
) -> bool:
    """Tie the ID number to the person; False when it is already somebody's.

    A concurrent registration of the same number waits here until the first one has ended.
    """
    row = insert(id_documents).values(
        person_id=person_id,
        id_type=id_type,
        sealed_number=sealed,
        index_key_version=index.key_version,
        blind_index=index.value,
    )
    free = row.on_conflict_do_nothing(index_elements=["blind_index", "index_key_version"])
    return (await tx.execute(free.returning(id_documents.c.person_id))).first() is not None


async def holders(tx: Transaction, indexes: Sequence[BlindIndex]) -> dict[bytes, PersonId]:
    """Return whose the given ID numbers are, by blind index."""
    pairs = [(one.value, one.key_version) for one in indexes]
    query = select(id_documents.c.blind_index, id_documents.c.person_id).where(
        tuple_(id_documents.c.blind_index, id_documents.c.index_key_version).in_(pairs)
    )
    return {row.blind_index: PersonId(row.person_id) for row in await tx.execute(query)}


async def find(tx: Transaction, person_id: UUID, *, for_update: bool = False) -> Person | None:
    """Return the person, or None; ``for_update`` keeps others from changing him meanwhile."""
    query = select(*_FIELDS).select_from(_PEOPLE).where(people.c.id == person_id)
    if for_update:
        query = query.with_for_update(of=people)
    row = (await tx.execute(query)).mappings().first()
    return _person(row) if row else None


async def find_by_number(tx: Transaction, number: str, *, name_key: str) -> Person | None:
    """Return the holder of the number if he has that name."""
    query = (
        select(*_FIELDS)
        .select_from(_PEOPLE)
        .where(management_numbers.c.number == number, people.c.name_key == name_key)
    )
    row = (await tx.execute(query)).mappings().first()
    return _person(row) if row else None


async def set_status(tx: Transaction, person: Person, *, now: datetime) -> None:
    """Store the person's new version and status."""
    await tx.execute(
        update(people)
        .where(people.c.id == person.id)
        .values(version=person.version, status=person.status, changed_at=now)
    )


async def all_people(tx: Transaction, *, since: datetime | None) -> AsyncIterator[Person]:
    """Yield people changed at or after ``since``."""
    query = select(*_FIELDS).select_from(_PEOPLE)
    if since:
        query = query.where(people.c.changed_at >= since)
    async for row in (await tx.stream(query)).mappings():
        yield _person(row)


async def all_for_audit(tx: Transaction) -> AsyncIterator[RowMapping]:
    """Yield each person with whatever number and ID document he has, also when one is missing."""
    joined = people.outerjoin(
        management_numbers, management_numbers.c.person_id == people.c.id
    ).outerjoin(id_documents, id_documents.c.person_id == people.c.id)
    query = select(
        people.c.id,
        people.c.identity_masked,
        management_numbers.c.number,
        id_documents.c.sealed_number,
        id_documents.c.index_key_version,
        id_documents.c.blind_index,
    ).select_from(joined)
    async for row in (await tx.stream(query)).mappings():
        yield row


def _person(row: RowMapping) -> Person:
    kinds = {
        "status": Status(row["status"]),
        "sex": Sex(row["sex"]),
        "title_level": TitleLevel(row["title_level"]),
    }
    return Person(**{**row, **kinds})
