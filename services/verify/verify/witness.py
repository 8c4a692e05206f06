"""What this service was told, as lines that a restored certificates database is completed from.

Of a certificate its last state, its place in the status lists and where its file lies; of a seal
whether it may be used; of the ledger how far it had come. No name and no number of a person.
"""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, text

from chassis.db import Database
from verify import store

_PAGE = 1000


async def testimony(database: Database) -> AsyncIterator[dict[str, Any]]:
    """Yield everything held, in one snapshot: the ledger, the seals, then the certificates.

    Certificates come in the order of their ids, so the versions of a year in their order.
    """
    async with database.reading() as tx:
        await tx.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        if beat := await store.newest_heartbeat(tx):
            yield {"kind": "ledger", "sequence": beat["sequence"], "size": beat["size"]}
        for row in await store.all_seals(tx):
            yield {
                "kind": "seal",
                "seal_id": str(row["seal_id"]),
                "aggregate_version": row["aggregate_version"],
                "state": row["state"],
            }
        last: UUID | None = None
        while rows := await store.certificates_after(tx, last, _PAGE):
            for row in rows:
                yield _certificate(row)
            last = rows[-1]["certificate_id"]


def _certificate(row: RowMapping) -> dict[str, Any]:
    ids = ("certificate_id", "person_id", "employer_id", "supersedes")
    digests = ("token_hash", "record_digest", "file_sha256")
    plain = ("aggregate_version", "state", "year", "status_index", "file_bytes")
    return {
        "kind": "certificate",
        **{name: str(row[name]) if row[name] else None for name in ids},
        **{name: row[name].hex() if row[name] else None for name in digests},
        **{name: row[name] for name in plain},
    }
