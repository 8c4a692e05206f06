"""Every SQL statement about status lists.

The slots are part of the projection: fed by events, free to drop and rebuild. The signed lists are
records: they go on being served while the projection is rebuilt.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from sqlalchemy import RowMapping, func, select, text
from sqlalchemy.dialects.postgresql import insert

from chassis.db import Transaction
from verify.status_list import CODES, SLOTS, Slots
from verify.tables import certificates, status_lists, status_reach
from verify.tables_of_records import status_tokens

# Invented certificates say that they are told of at the end of time (verify/seeding.py): no ledger
# knows them, and their indexes belong to others.
_TOLD_OF = timedelta(days=1)
# Slot to code, for each list.
Changes = Mapping[int, list[tuple[int, int]]]


async def lock(tx: Transaction) -> None:
    """Let one transaction at a time change the lists."""
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("status-lists", 0))))


async def reach(tx: Transaction) -> int | None:
    """Return the heartbeat up to which the slots are complete, None when there are none."""
    sequence: int | None = await tx.scalar(select(status_reach.c.sequence))
    return sequence


async def set_reach(tx: Transaction, sequence: int) -> None:
    """Say that the slots are complete up to a heartbeat."""
    statement = insert(status_reach).values(id=1, sequence=sequence)
    await tx.execute(
        statement.on_conflict_do_update(index_elements=["id"], set_={"sequence": sequence})
    )


async def has_heartbeats(tx: Transaction, after: int, until: int) -> bool:
    """Tell whether every heartbeat after the first number and up to the second is kept."""
    count = text(
        "SELECT count(*) FROM projection.heartbeats WHERE sequence > :after AND sequence <= :until"
    )
    found = int(await tx.scalar(count, {"after": after, "until": until}) or 0)
    return found == until - after


async def changed(tx: Transaction, after: int, until: int) -> Changes:
    """Return how the certificates stand now that the heartbeats between the two tell of."""
    listed = text("""
        SELECT DISTINCT held.status_index / :slots AS number,
               CAST(held.status_index % :slots AS integer) AS slot, held.state
        FROM projection.heartbeats AS beat
        CROSS JOIN LATERAL jsonb_to_recordset(beat.entries) AS entry(certificate_id uuid)
        JOIN projection.certificates AS held USING (certificate_id)
        WHERE beat.sequence > :after AND beat.sequence <= :until
          AND held.status_index IS NOT NULL
        ORDER BY number
    """)
    rows = await tx.execute(listed, {"after": after, "until": until, "slots": SLOTS})
    by_number = groupby(rows.mappings(), key=itemgetter("number"))
    return {number: [(r["slot"], CODES[r["state"]]) for r in part] for number, part in by_number}


async def lists_needed(tx: Transaction, as_of: datetime) -> int:
    """Return how many lists the highest index needs."""
    highest = select(func.max(certificates.c.status_index)).where(
        certificates.c.told_at < as_of + _TOLD_OF
    )
    index = await tx.scalar(highest)
    return 0 if index is None else int(index) // SLOTS + 1


async def members(tx: Transaction, number: int, as_of: datetime) -> dict[int, list[int]]:
    """Return the slots of one list by code, from the certificates themselves."""
    first = number * SLOTS
    query = (
        select(certificates.c.state, func.array_agg(certificates.c.status_index - first))
        .where(certificates.c.status_index.between(first, first + SLOTS - 1))
        .where(certificates.c.told_at < as_of + _TOLD_OF)
        .group_by(certificates.c.state)
    )
    return {CODES[state]: slots for state, slots in await tx.execute(query)}


async def slots(tx: Transaction, number: int) -> Slots:
    """Return a list's slots; of a new list, all invalid."""
    query = select(status_lists.c.slots).where(status_lists.c.number == number)
    packed: bytes | None = await tx.scalar(query)
    return Slots(packed) if packed else Slots()


async def put_slots(tx: Transaction, number: int, slots: Slots) -> None:
    """Keep a list's slots."""
    changes = {"slots": slots.packed, "digest": slots.digest}
    statement = insert(status_lists).values(number=number, **changes)
    await tx.execute(statement.on_conflict_do_update(index_elements=["number"], set_=changes))


async def digests(tx: Transaction) -> dict[int, str]:
    """Return the digest of each list's slots."""
    query = select(status_lists.c.number, status_lists.c.digest).order_by(status_lists.c.number)
    return {row.number: row.digest for row in await tx.execute(query)}


async def signed(tx: Transaction) -> dict[int, RowMapping]:
    """Return of every signed list all but its text."""
    query = select(*(one for one in status_tokens.c if one is not status_tokens.c.token))
    return {row["number"]: row for row in (await tx.execute(query)).mappings()}


async def token(tx: Transaction, number: int) -> str | None:
    """Return a signed list."""
    query = select(status_tokens.c.token).where(status_tokens.c.number == number)
    found: str | None = await tx.scalar(query)
    return found


async def put_token(tx: Transaction, row: Mapping[str, object]) -> None:
    """Keep a signed list in place of the one before it."""
    changes = {name: value for name, value in row.items() if name != "number"}
    statement = insert(status_tokens).values(**row)
    await tx.execute(statement.on_conflict_do_update(index_elements=["number"], set_=changes))


async def without_place(tx: Transaction, as_of: datetime) -> UUID | None:
    """Return a certificate that has no status index, if there is one."""
    query = select(certificates.c.certificate_id).where(
        certificates.c.status_index.is_(None), certificates.c.told_at < as_of + _TOLD_OF
    )
    found: UUID | None = await tx.scalar(query.limit(1))
    return found


async def shared_index(tx: Transaction, as_of: datetime) -> int | None:
    """Return a status index that two certificates have, if there is one."""
    query = (
        select(certificates.c.status_index)
        .where(certificates.c.status_index.is_not(None))
        .where(certificates.c.told_at < as_of + _TOLD_OF)
        .group_by(certificates.c.status_index)
        .having(func.count() > 1)
    )
    found: int | None = await tx.scalar(query.limit(1))
    return found


async def is_older(tx: Transaction, number: int, instant: datetime) -> bool:
    """Tell whether a list has a certificate that was told of before an instant."""
    first = number * SLOTS
    query = select(certificates.c.certificate_id).where(
        certificates.c.status_index.between(first, first + SLOTS - 1),
        certificates.c.told_at < instant,
    )
    return await tx.scalar(query.limit(1)) is not None


async def told_at(tx: Transaction, indexes: Sequence[int]) -> dict[int, tuple[UUID, datetime]]:
    """Return the certificate of each index, and when its present state was told."""
    columns = (certificates.c.status_index, certificates.c.certificate_id, certificates.c.told_at)
    query = select(*columns).where(certificates.c.status_index.in_(indexes))
    return {row[0]: (row[1], row[2]) for row in await tx.execute(query)}
