"""How often a certificate was checked, by hour and kind of verifier.

Who an anonymous checker was is kept nowhere. An office is counted with its organisation and its
purpose, a client with its id: their holders may know that they asked.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from chassis.db import Transaction
from chassis.ids import uuid7
from verify.tables_of_records import check_counts

QR = "qr"
NUMBER_AND_NAME = "number_and_name"
DOCUMENT = "document"
Counts = Mapping[tuple[UUID, str], int]


def office(organisation: UUID | None, purpose: str) -> str:
    """Return the verifier that an office is, asking for one person."""
    return f"office/{organisation or ''}/{purpose}"


def batch(organisation: UUID | None, purpose: str) -> str:
    """Return the verifier that an office is, handing in a table."""
    return f"batch/{organisation or ''}/{purpose}"


def client(client_id: UUID) -> str:
    """Return the verifier that an API client is."""
    return f"client/{client_id}/"


async def add(tx: Transaction, now: datetime, counts: Counts) -> None:
    """Add to the counts of the running hour."""
    if not counts:
        return
    hour = now.replace(minute=0, second=0, microsecond=0)
    # In one order, so that two who add to the same rows never wait for each other in a circle.
    rows = [
        {
            "certificate_id": certificate,
            "verifier": verifier,
            "hour": hour,
            "id": uuid7(),
            "count": count,
        }
        for (certificate, verifier), count in sorted(counts.items())
    ]
    row = insert(check_counts)
    counted = row.on_conflict_do_update(
        index_elements=["certificate_id", "verifier", "hour"],
        set_={"count": check_counts.c.count + row.excluded.count},
    )
    await tx.execute(counted, rows)
