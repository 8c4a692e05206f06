"""Every SQL statement of the service."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Table, delete, func, select, text
from sqlalchemy.dialects.postgresql import Insert, insert

from chassis.db import Transaction
from verify.domain import Fact, Office, Offices, seal_of_office
from verify.tables import certificates, freshness, heartbeats, inbox, metadata, offices, seals

# As much of a record's digest as the QR code's payload carries.
_PAYLOAD_DIGEST_BYTES = 8
_NEWER = certificates.alias("newer")
# Rows that ``fact`` reads: each certificate with what is shown of the one in its place.
CERTIFICATES = select(
    certificates,
    _NEWER.c.certificate_version.label("successor_version"),
    _NEWER.c.issued_on.label("successor_issued_on"),
).outerjoin(_NEWER, _NEWER.c.supersedes == certificates.c.certificate_id)


async def put_newer(tx: Transaction, table: Table, row: Mapping[str, Any]) -> bool:
    """Store ``row`` unless a state at least as new is held; return whether it was stored."""
    key = table.primary_key.columns[0]
    stored = await tx.execute(_newer(table, row).returning(key), row)
    return stored.first() is not None


async def put_all_newer(tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """As ``put_newer``, for many rows of the same columns in one round trip."""
    await tx.execute(_newer(table, rows[0]), rows)


def _newer(table: Table, columns: Iterable[str]) -> Insert:
    key = table.primary_key.columns[0]
    statement = insert(table)
    changed = {name: statement.excluded[name] for name in columns if name != key.name}
    return statement.on_conflict_do_update(
        index_elements=[key],
        set_=changed,
        where=table.c.aggregate_version < statement.excluded.aggregate_version,
    )


async def facts_by_hash(tx: Transaction, hashes: Sequence[bytes]) -> dict[bytes, Fact]:
    """Return the facts of those hashes that are known."""
    query = CERTIFICATES.where(certificates.c.token_hash.in_(hashes))
    rows = (await tx.execute(query)).mappings()
    return {row["token_hash"]: fact(row) for row in rows}


async def facts_by_id(tx: Transaction, ids: Sequence[UUID]) -> dict[bytes, Fact]:
    """Return the facts of those certificates by token hash."""
    query = CERTIFICATES.where(certificates.c.certificate_id.in_(ids))
    rows = (await tx.execute(query)).mappings()
    return {row["token_hash"]: fact(row) for row in rows}


async def certificates_after(
    tx: Transaction, after: UUID | None, limit: int, *, until: UUID | None = None
) -> list[RowMapping]:
    """Return the next certificates in the order of their ids; for walking over all of them."""
    query = CERTIFICATES.order_by(certificates.c.certificate_id).limit(limit)
    if after is not None:
        query = query.where(certificates.c.certificate_id > after)
    if until is not None:
        query = query.where(certificates.c.certificate_id <= until)
    return list((await tx.execute(query)).mappings())


async def rows_by_id(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, RowMapping]:
    """Return what is held of those certificates."""
    query = select(certificates).where(certificates.c.certificate_id.in_(ids))
    return {row["certificate_id"]: row for row in (await tx.execute(query)).mappings()}


async def place_in_log(tx: Transaction, token_hash: bytes) -> tuple[UUID, int] | None:
    """Return under which names the log has the present state of a token's certificate."""
    query = select(certificates.c.certificate_id, certificates.c.aggregate_version)
    row = (await tx.execute(query.where(certificates.c.token_hash == token_hash))).first()
    return (row[0], row[1]) if row else None


def fact(row: RowMapping) -> Fact:
    """Return the public fact in a row of the certificates."""
    successor_issued_on = row["successor_issued_on"]
    return Fact(
        aggregate_version=row["aggregate_version"],
        successor_version=row["successor_version"] or 0,
        successor_issued_on=successor_issued_on.isoformat() if successor_issued_on else "",
        state=row["state"],
        name_masked=row["name_masked"],
        management_number=row["management_number"],
        year=row["year"],
        certificate_version=row["certificate_version"],
        total_tenths=row["total_tenths"],
        public_tenths=row["public_tenths"],
        professional_tenths=row["professional_tenths"],
        employer_name=row["employer_name"],
        office_id=str(row["office_id"]),
        office_name=row["office_name"],
        issued_on=row["issued_on"].isoformat(),
        sex=row["sex"],
        identity_masked=row["identity_masked"],
        title_level=row["title_level"],
        status_index=row["status_index"],
        record_digest=(row["record_digest"] or b"")[:_PAYLOAD_DIGEST_BYTES].hex(),
    )


async def all_offices(tx: Transaction) -> Offices:
    """Return every issuing office that has a name or a seal here."""
    names = {
        str(row["organisation_id"]): row["name"]
        for row in (await tx.execute(select(offices))).mappings()
    }
    states: dict[str, list[str]] = {}
    for row in (await tx.execute(select(seals.c.office_id, seals.c.state))).mappings():
        states.setdefault(str(row["office_id"]), []).append(row["state"])
    return {
        office: Office(seal_of_office(states.get(office, [])), names.get(office))
        for office in names.keys() | states.keys()
    }


async def all_seals(tx: Transaction) -> list[RowMapping]:
    """Return every seal that was told of."""
    return list((await tx.execute(select(seals).order_by(seals.c.seal_id))).mappings())


async def add_heartbeat(
    tx: Transaction, *, sequence: int, size: int, as_of: datetime, entries: list[dict[str, Any]]
) -> None:
    """Keep a heartbeat; one that is known already stays as it is."""
    row = {"sequence": sequence, "size": size, "as_of": as_of, "entries": entries}
    await tx.execute(insert(heartbeats).values(row).on_conflict_do_nothing())


async def lock_freshness(tx: Transaction) -> None:
    """Let one transaction at a time move the freshness forward."""
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("freshness", 0))))


async def current_freshness(tx: Transaction) -> RowMapping | None:
    """Return the heartbeat up to which everything is applied, or None before the first."""
    return (await tx.execute(select(freshness))).mappings().first()


async def set_freshness(tx: Transaction, beat: RowMapping) -> None:
    """Say that everything up to ``beat`` is applied."""
    values = {name: beat[name] for name in ("sequence", "size", "as_of")}
    statement = insert(freshness).values(id=1, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


async def heartbeats_after(tx: Transaction, sequence: int, limit: int) -> list[RowMapping]:
    """Return the heartbeats kept after ``sequence``, in order."""
    query = select(heartbeats).where(heartbeats.c.sequence > sequence)
    return list((await tx.execute(query.order_by(heartbeats.c.sequence).limit(limit))).mappings())


async def newest_heartbeat(tx: Transaction) -> RowMapping | None:
    """Return the heartbeat with the highest number."""
    query = select(heartbeats).order_by(heartbeats.c.sequence.desc()).limit(1)
    return (await tx.execute(query)).mappings().first()


async def is_applied(tx: Transaction, sequence: int) -> bool:
    """Tell whether every transition that the heartbeat lists is held, or a later one."""
    missing = text("""
        SELECT 1 FROM projection.heartbeats AS beat
        CROSS JOIN LATERAL jsonb_to_recordset(beat.entries)
            AS entry(certificate_id uuid, aggregate_version bigint)
        LEFT JOIN projection.certificates AS held USING (certificate_id)
        WHERE beat.sequence = :sequence
          AND (held.aggregate_version IS NULL OR held.aggregate_version < entry.aggregate_version)
        LIMIT 1
    """)
    return (await tx.execute(missing, {"sequence": sequence})).first() is None


async def transitions_told_by(tx: Transaction, instant: datetime) -> int:
    """Return how many transitions are held of the certificates last told of by ``instant``.

    A certificate told of later is left out whole: part of what is held of it may be newer than
    the ledger's count at ``instant``, and to count too little only means to wait.
    """
    held = func.coalesce(func.sum(certificates.c.aggregate_version), 0)
    query = select(held).where(certificates.c.told_at <= instant)
    return int(await tx.scalar(query) or 0)


async def purge(tx: Transaction, now: datetime, *, inbox_days: int, heartbeat_hours: int) -> None:
    """Forget handled events and applied heartbeats that nothing will ask for again."""
    await tx.execute(delete(inbox).where(inbox.c.handled_at < now - timedelta(days=inbox_days)))
    applied = select(freshness.c.sequence).scalar_subquery()
    await tx.execute(
        delete(heartbeats)
        .where(heartbeats.c.as_of < now - timedelta(hours=heartbeat_hours))
        .where(heartbeats.c.sequence <= applied)
    )


async def truncate(tx: Transaction) -> None:
    """Empty the whole projection, the inbox too: events of the past are welcome again."""
    names = ", ".join(f"{table.schema}.{table.name}" for table in metadata.sorted_tables)
    await tx.execute(text(f"TRUNCATE {names}"))
