"""How often a certificate was checked, by hour and kind of verifier.

Who an anonymous checker was is kept nowhere. An office is counted with its organisation and its
purpose, a client with its id: their holders may know that they asked.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import RowMapping, select, text, update

from chassis.db import Transaction
from chassis.ids import uuid7
from verify.tables import clients
from verify.tables_of_records import check_counts

QR = "qr"
NUMBER_AND_NAME = "number_and_name"
DOCUMENT = "document"
OFFICE = "office"
BATCH = "batch"
CLIENT = "client"
Counts = Mapping[tuple[UUID, str], int]


class Verifier(NamedTuple):
    """A kind of verifier, and who it was where its holder may know."""

    kind: str
    organisation: UUID | None = None
    purpose: str | None = None
    client: UUID | None = None


def office(organisation: UUID, purpose: str) -> str:
    """Return the verifier that an office is, asking for one person."""
    return f"{OFFICE}/{organisation}/{purpose}"


def batch(organisation: UUID | None, purpose: str) -> str:
    """Return the verifier that an office is, handing in a table."""
    return f"{BATCH}/{organisation or ''}/{purpose}"


def client(client_id: UUID) -> str:
    """Return the verifier that an API client is."""
    return f"{CLIENT}/{client_id}"


def parsed(verifier: str) -> Verifier:
    """Return what one of the texts above stands for."""
    kind, *rest = verifier.split("/")
    if kind == CLIENT:
        return Verifier(kind, client=UUID(rest[0]))
    if kind in (OFFICE, BATCH):
        return Verifier(kind, UUID(rest[0]) if rest[0] else None, rest[1])
    return Verifier(kind)


def hour_of(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


_ADD = text("""
    INSERT INTO records.check_counts (certificate_id, verifier, hour, id, count)
    SELECT checked.certificate_id, checked.verifier, :hour, checked.id, checked.count
    FROM unnest(
        CAST(:certificates AS uuid[]), CAST(:verifiers AS text[]), CAST(:ids AS uuid[]),
        CAST(:counts AS integer[])
    ) AS checked (certificate_id, verifier, id, count)
    ON CONFLICT (certificate_id, verifier, hour)
        DO UPDATE SET count = check_counts.count + excluded.count
""")


async def add(tx: Transaction, now: datetime, counts: Counts) -> None:
    """Add to the counts of the running hour, in one statement."""
    if not counts:
        return
    # In one order, so that two who add to the same rows never wait for each other in a circle.
    ordered = sorted(counts.items())
    values = {
        "hour": hour_of(now),
        "certificates": [certificate for (certificate, _), _ in ordered],
        "verifiers": [verifier for (_, verifier), _ in ordered],
        "ids": [uuid7() for _ in ordered],
        "counts": [count for _, count in ordered],
    }
    await tx.execute(_ADD, values)


_ADD_SCANS = text("""
    INSERT INTO records.check_counts (certificate_id, verifier, hour, id, count)
    SELECT held.certificate_id, :verifier, :hour, seen.id, seen.count
    FROM unnest(CAST(:hashes AS bytea[]), CAST(:ids AS uuid[]), CAST(:counts AS integer[]))
        AS seen (token_hash, id, count)
    JOIN projection.certificates AS held USING (token_hash)
    ORDER BY held.certificate_id
    ON CONFLICT (certificate_id, verifier, hour)
        DO UPDATE SET count = check_counts.count + excluded.count
""")


async def add_scans(tx: Transaction, now: datetime, scans: Mapping[bytes, int]) -> None:
    """Add scans of QR codes, known by the hashes of their tokens, in one statement."""
    values = {
        "verifier": QR,
        "hour": hour_of(now),
        "hashes": list(scans),
        "ids": [uuid7() for _ in scans],
        "counts": list(scans.values()),
    }
    await tx.execute(_ADD_SCANS, values)


async def untold(tx: Transaction, until: datetime, *, limit: int) -> Sequence[RowMapping]:
    """Return counts of hours begun by then that have grown since they were told, locked."""
    query = (
        select(check_counts)
        .where(check_counts.c.count > check_counts.c.told, check_counts.c.hour <= until)
        .order_by(check_counts.c.hour)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return (await tx.execute(query)).mappings().all()


async def mark_told(tx: Transaction, ids: Sequence[UUID]) -> None:
    """Note that the present counts are told, in one version more."""
    told = update(check_counts).where(check_counts.c.id.in_(ids))
    values = {"told": check_counts.c.count, "told_version": check_counts.c.told_version + 1}
    await tx.execute(told.values(values))


async def names_of_clients(tx: Transaction) -> dict[UUID, str]:
    """Return every client's name; there are few."""
    found = await tx.execute(select(clients.c.client_id, clients.c.name))
    return {row.client_id: row.name for row in found}
