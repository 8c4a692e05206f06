"""Every digest we ever asked to have signed; what a seal service's log is compared with."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from certificates.tables import prepared_documents, signing_digests
from chassis.db import Transaction

CERTIFICATE = "certificate"
# A trial signature: it belongs to no file and is never missed.
CANARY = "canary"


async def note(
    tx: Transaction,
    digest: bytes,
    *,
    seal_id: UUID,
    now: datetime,
    intent_id: UUID | None = None,
    purpose: str = CERTIFICATE,
) -> None:
    """Remember a digest before it is sent: one that is not here, we never asked for."""
    row = {
        "digest": digest,
        "purpose": purpose,
        "seal_id": seal_id,
        "intent_id": intent_id,
        "noted_at": now,
    }
    await tx.execute(insert(signing_digests).values(row).on_conflict_do_nothing())


async def mark_stored(tx: Transaction, intent_id: UUID, now: datetime) -> None:
    """Note that a file with the signature over the intent's prepared digest is kept."""
    prepared = select(prepared_documents.c.digest_to_sign).where(
        prepared_documents.c.intent_id == intent_id
    )
    await tx.execute(
        update(signing_digests).where(signing_digests.c.digest.in_(prepared)).values(stored_at=now)
    )
