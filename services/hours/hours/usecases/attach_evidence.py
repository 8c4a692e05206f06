"""Take in a file of evidence."""

from dataclasses import dataclass
from uuid import UUID

from chassis.db import Transaction
from chassis.ids import uuid7
from hours.domain.evidence import MediaType
from hours.store import claims
from hours.usecases.tools import Tools


@dataclass(frozen=True)
class StoredFile:
    """A checked file that already lies in the object store under its hash."""

    sha256: str
    media_type: MediaType
    size_bytes: int


async def attach_evidence(
    tools: Tools, tx: Transaction, *, person_id: UUID, file: StoredFile
) -> UUID:
    """Note the file as the person's evidence; return its id.

    The bytes were stored before this transaction: left over after a failure they are harmless,
    because their name is their hash. Two people with the same file share bytes, not rows.
    """
    evidence_id = uuid7()
    await claims.add_evidence(
        tx,
        {
            "id": evidence_id,
            "person_id": person_id,
            "sha256": file.sha256,
            "media_type": file.media_type.value,
            "size_bytes": file.size_bytes,
            "uploaded_at": tools.clock.now(),
        },
    )
    await tools.audit.record(
        tx,
        actor=f"person:{person_id}",
        action="evidence.attached",
        subject=f"evidence:{evidence_id}",
        detail={"sha256": file.sha256, "size_bytes": file.size_bytes},
    )
    return evidence_id
