"""Every digest we ever asked to have signed; what a seal service's log is compared with."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from certificates.tables import prepared_documents, signing_digests
from chassis.db import Transaction

_MARK_STORED = (
    update(signing_digests)
    .where(
        signing_digests.c.digest.in_(
            select(prepared_documents.c.digest_to_sign).where(
                prepared_documents.c.intent_id == bindparam("intent")
            )
        )
    )
    .values(stored_at=bindparam("now"))
)
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
    await tx.execute(insert(signing_digests).on_conflict_do_nothing(), row)


async def mark_canary(tx: Transaction, digest: bytes, now: datetime) -> None:
    """Note that a canary's signature came back, and was good: the log must tell of it."""
    mine = (signing_digests.c.digest == digest) & (signing_digests.c.purpose == CANARY)
    await tx.execute(update(signing_digests).where(mine).values(stored_at=now))


async def mark_stored(tx: Transaction, intent_id: UUID, now: datetime) -> None:
    """Note that a file with the signature over the intent's prepared digest is kept."""
    await tx.execute(_MARK_STORED, {"intent": intent_id, "now": now})
