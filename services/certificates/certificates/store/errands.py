"""Documents that a service for whole PDFs has been handed: where they are, and what came back."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from certificates.store.reading import columns_of, entity_of
from certificates.tables import seal_errands
from chassis.db import Transaction

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Errand:
    """One document at a seal service; ``ticket`` entitles to deliver it."""

    intent_id: UUID
    ticket: str
    location: str | None
    refusal: str | None
    returned: bytes | None


async def begin(tx: Transaction, intent_ids: Collection[UUID], now: datetime) -> dict[UUID, Errand]:
    """Return each intent's errand, new or as it stands: every attempt has the same ticket."""
    if not intent_ids:
        return {}
    rows = [
        {"intent_id": one, "ticket": secrets.token_urlsafe(32), "asked_at": now}
        for one in intent_ids
    ]
    await tx.execute(upsert(seal_errands).values(rows).on_conflict_do_nothing())
    query = select(*columns_of(seal_errands, Errand))
    found = await tx.execute(query.where(seal_errands.c.intent_id.in_(intent_ids)))
    return {row["intent_id"]: entity_of(Errand, row) for row in found.mappings()}


async def note_location(tx: Transaction, intent_id: UUID, location: str | None) -> None:
    """Remember where the service said to ask."""
    mine = seal_errands.c.intent_id == intent_id
    await tx.execute(update(seal_errands).where(mine).values(location=location, refusal=None))


async def note_refusal(tx: Transaction, intent_id: UUID, reason: str) -> None:
    """Show why the service did not seal the document; asked again, it is handed in anew."""
    mine = seal_errands.c.intent_id == intent_id
    shown = reason[:_LONGEST_REASON]
    await tx.execute(update(seal_errands).where(mine).values(refusal=shown, location=None))


async def delivered(tx: Transaction, intent_id: UUID) -> bool:
    """Return whether the service has brought the document by itself."""
    mine = (seal_errands.c.intent_id == intent_id) & seal_errands.c.returned.is_not(None)
    return await tx.scalar(select(seal_errands.c.intent_id).where(mine)) is not None


async def deliver(tx: Transaction, ticket: str, file: bytes, now: datetime) -> UUID | None:
    """Keep what the service delivered; the first delivery stands. None for an unknown ticket."""
    mine = seal_errands.c.ticket == ticket
    first = mine & seal_errands.c.returned.is_(None)
    await tx.execute(update(seal_errands).where(first).values(returned=file, returned_at=now))
    intent_id: UUID | None = await tx.scalar(select(seal_errands.c.intent_id).where(mine))
    return intent_id


async def expected(tx: Transaction, ticket: str) -> bool:
    """Return whether a document may be delivered with the ticket."""
    mine = seal_errands.c.ticket == ticket
    return await tx.scalar(select(seal_errands.c.intent_id).where(mine)) is not None
