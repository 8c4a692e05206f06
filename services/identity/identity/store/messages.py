"""Messages to people inside the application."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.db import Transaction
from chassis.ids import uuid7
from identity.tables import messages, people


@dataclass(frozen=True)
class NewMessage:
    """What happened to a subject of the person's, at which version of that subject."""

    person_id: UUID
    template: str
    year: int
    subject_id: UUID
    subject_version: int
    task: str | None = None


async def add(tx: Transaction, message: NewMessage, *, now: datetime) -> bool:
    """Insert the message unless it was told before; False when there is no such person."""
    known = await tx.scalar(select(exists().where(people.c.id == message.person_id)))
    if not known:
        return False
    row = insert(messages).values(
        id=uuid7(),
        person_id=message.person_id,
        template=message.template,
        year=message.year,
        subject_id=message.subject_id,
        subject_version=message.subject_version,
        task=message.task,
        created_at=now,
    )
    await tx.execute(row.on_conflict_do_nothing())
    return True


async def list_of_person(
    tx: Transaction, person_id: UUID, *, before: UUID | None, limit: int
) -> list[RowMapping]:
    """Return the person's messages, newest first."""
    query = select(messages).where(messages.c.person_id == person_id)
    if before:
        query = query.where(messages.c.id < before)
    query = query.order_by(messages.c.id.desc()).limit(limit)
    return list((await tx.execute(query)).mappings())


async def count_unread(tx: Transaction, person_id: UUID, *, most: int) -> int:
    """Return how many messages the person has not read, counting no further than ``most``."""
    unread = (
        select(messages.c.id)
        .where(messages.c.person_id == person_id, messages.c.read_at.is_(None))
        .limit(most)
    )
    return int(await tx.scalar(select(func.count()).select_from(unread.subquery())) or 0)


async def mark_read(
    tx: Transaction, person_id: UUID, ids: Sequence[UUID] | None, *, now: datetime
) -> None:
    """Note that the person has read these of his messages, or all; others' stay untouched."""
    unread = update(messages).where(messages.c.person_id == person_id, messages.c.read_at.is_(None))
    if ids is not None:
        unread = unread.where(messages.c.id.in_(ids))
    await tx.execute(unread.values(read_at=now))
