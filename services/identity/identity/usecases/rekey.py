"""ID numbers under the current keys, so that the old ones can be taken away."""

from uuid import UUID

from chassis.audit import Audit
from chassis.db import Database
from identity.domain.ids import PersonId
from identity.store import id_documents
from identity.vault import Vault

# Rows locked at a time: a log-in of one of these people waits some milliseconds.
_BATCH = 200
_ACTOR = "service:identity"


async def rekey(database: Database, vault: Vault, audit: Audit) -> int:
    """Seal and index every ID number that is under another key anew; return how many.

    Safe to stop and to repeat, and while the service works: it finds numbers under every key that
    it has. A number that does not decrypt raises ``chassis.cipher.CannotDecrypt``.
    """
    count = 0
    last: UUID | None = None
    while True:
        async with database.transaction() as tx:
            rows = await id_documents.under_other_keys(
                tx,
                prefix=vault.sealed_prefix,
                index_version=vault.index_version,
                after=last,
                limit=_BATCH,
            )
            for row in rows:
                person = PersonId(row["person_id"])
                number = vault.open(row["sealed_number"], person)
                await id_documents.seal_anew(
                    tx, person, sealed=vault.seal(number, person), index=vault.index(number)
                )
            if rows:
                detail = {"people": len(rows), "index_key_version": vault.index_version}
                await audit.record(
                    tx, actor=_ACTOR, action="id_numbers.rekeyed", subject="keys", detail=detail
                )
        if not rows:
            return count
        count += len(rows)
        last = rows[-1]["person_id"]
