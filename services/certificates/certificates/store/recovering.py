"""Statements for a database that was restored to an earlier instant."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from certificates.domain.entities import Intent
from certificates.domain.states import OPEN_INTENT
from certificates.store.digests import CERTIFICATE
from certificates.store.reading import columns_of, entity_of
from certificates.tables import certificates, intents, seals, signing_digests, status_indexes
from chassis.db import Transaction

_INTENT = columns_of(intents, Intent)


async def versions(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return the aggregate versions of those certificates that are here."""
    query = select(certificates.c.certificate_id, certificates.c.aggregate_version)
    rows = await tx.execute(query.where(certificates.c.certificate_id.in_(ids)))
    return {row[0]: row[1] for row in rows}


async def raise_status_indexes(tx: Transaction, highest: int) -> None:
    """Let no index up to ``highest`` be given again."""
    last = select(func.max(text("last_value"))).select_from(text("status_indexes"))
    held = int(await tx.scalar(last) or 0)
    await tx.execute(select(func.setval(status_indexes.name, max(held, highest))))


async def intent_for(
    tx: Transaction, certificate_id: UUID, person_id: UUID, year: int
) -> Intent | None:
    """Return, locked, the intent that led or would have led to the certificate."""
    open_one = (
        (intents.c.person_id == person_id)
        & (intents.c.year == year)
        & intents.c.certificate_id.is_(None)
        & intents.c.state.in_(OPEN_INTENT)
    )
    mine = intents.c.certificate_id == certificate_id
    query = select(*_INTENT).where(or_(mine, open_one)).order_by(mine.desc()).limit(1)
    row = (await tx.execute(query.with_for_update())).mappings().first()
    return entity_of(Intent, row) if row else None


async def next_correction(tx: Transaction, person_id: UUID, year: int) -> tuple[int, int]:
    """Return (completion, correction) for a version whose completion nobody remembers.

    A further version counts as a correction of the last completion known: taken for the next
    completion it would keep that one, when it comes, from being certified.
    """
    query = select(func.max(intents.c.completion)).where(
        intents.c.person_id == person_id, intents.c.year == year
    )
    completion = await tx.scalar(query)
    if completion is None:
        return 1, 0
    corrections = select(func.max(intents.c.correction)).where(
        intents.c.person_id == person_id,
        intents.c.year == year,
        intents.c.completion == completion,
    )
    return int(completion), int(await tx.scalar(corrections) or 0) + 1


async def add_intent(tx: Transaction, row: dict[str, Any]) -> None:
    await tx.execute(insert(intents), row)


async def note_stored(
    tx: Transaction, digest: bytes, *, seal_id: UUID, intent_id: UUID, signed_at: datetime
) -> None:
    """Remember a digest whose signature a stored file holds."""
    row = {
        "digest": digest,
        "purpose": CERTIFICATE,
        "seal_id": seal_id,
        "intent_id": intent_id,
        "noted_at": signed_at,
        "stored_at": signed_at,
    }
    known = upsert(signing_digests).values(row)
    await tx.execute(
        known.on_conflict_do_update(
            index_elements=["digest"],
            set_={"stored_at": func.coalesce(signing_digests.c.stored_at, signed_at)},
        )
    )


async def raise_seal_version(tx: Transaction, seal_id: UUID, version: int) -> None:
    """Let the seal's next word be newer than any that was told."""
    await tx.execute(update(seals).where(seals.c.id == seal_id).values(aggregate_version=version))
