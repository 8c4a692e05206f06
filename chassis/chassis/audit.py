"""Audit: append-only rows committed with the change they tell of, chained by hash afterwards.

Business writes never wait for the chain: one leased sealer per service links the committed rows
in batches (every few seconds). A row altered, removed or slipped in afterwards breaks the chain.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    RowMapping,
    Table,
    Text,
    Uuid,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.clock import Clock
from chassis.db import Database, Transaction
from chassis.ids import uuid7
from chassis.telemetry import current_context

_BATCH = 1000
_FIRST = b"\x00" * 32

# Run by the service's migration: rows may be added, and a row's seal number may be set once.
APPEND_ONLY_SQL = """
CREATE FUNCTION audit_rows_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.seal IS NULL AND NEW.seal IS NOT NULL
       AND (to_jsonb(NEW) - 'seal') = (to_jsonb(OLD) - 'seal') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit rows are append-only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_rows
    FOR EACH ROW EXECUTE FUNCTION audit_rows_append_only();
CREATE TRIGGER never_truncate BEFORE TRUNCATE ON audit_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_rows_append_only();
"""


class InvariantBroken(Exception):
    """A service's ``audit`` command found something that must never be; says what and where."""


class ChainBroken(InvariantBroken):
    """The audit chain does not add up; the message names the first bad link."""


@dataclass(frozen=True)
class AuditTables:
    """The two tables of the audit: its rows and the links of their chain."""

    rows: Table
    seals: Table


def audit_tables(metadata: MetaData) -> AuditTables:
    """Declare the audit tables in a service's own metadata; its own migration creates them."""
    rows = Table(
        "audit_rows",
        metadata,
        Column("id", Uuid, primary_key=True),
        Column("at", DateTime(timezone=True), nullable=False),
        Column("actor", Text, nullable=False),
        Column("action", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("detail", JSONB, nullable=False),
        Column("correlation_id", Text, nullable=False),
        Column("seal", BigInteger),
        Index("ix_audit_rows_unsealed", "id", postgresql_where="seal IS NULL"),
        Index("ix_audit_rows_subject", "subject", "at"),
        Index("ix_audit_rows_seal", "seal"),
    )
    seals = Table(
        "audit_seals",
        metadata,
        Column("number", BigInteger, primary_key=True, autoincrement=False),
        Column("rows", Integer, nullable=False),
        Column("previous_hash", LargeBinary, nullable=False),
        Column("hash", LargeBinary, nullable=False),
        Column("at", DateTime(timezone=True), nullable=False),
    )
    return AuditTables(rows, seals)


class Audit:
    """Records who did what; ``detail`` holds ids, codes and reasons, never personal data."""

    def __init__(self, tables: AuditTables, clock: Clock) -> None:
        self._tables = tables
        self._clock = clock

    async def record(
        self,
        tx: Transaction,
        *,
        actor: str,
        action: str,
        subject: str,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """Write one row into the caller's transaction."""
        await tx.execute(
            insert(self._tables.rows),
            {
                "id": uuid7(),
                "at": self._clock.now(),
                "actor": actor,
                "action": action,
                "subject": subject,
                "detail": dict(detail or {}),
                "correlation_id": current_context().correlation_id,
            },
        )

    async def seal(self, database: Database) -> int:
        """Chain the committed rows that are not yet chained; return how many.

        Call it under a lease: two sealers at once would collide on the link's number.
        """
        async with database.transaction() as tx:
            rows = await self._unsealed(tx)
            if not rows:
                return 0
            last = (
                (
                    await tx.execute(
                        select(self._tables.seals)
                        .order_by(self._tables.seals.c.number.desc())
                        .limit(1)
                    )
                )
                .mappings()
                .first()
            )
            number = last["number"] + 1 if last else 1
            previous = last["hash"] if last else _FIRST
            await tx.execute(
                insert(self._tables.seals).values(
                    number=number,
                    rows=len(rows),
                    previous_hash=previous,
                    hash=_link(previous, rows),
                    at=self._clock.now(),
                )
            )
            table = self._tables.rows
            ids = [row["id"] for row in rows]
            await tx.execute(update(table).where(table.c.id.in_(ids)).values(seal=number))
            return len(rows)

    async def _unsealed(self, tx: Transaction) -> list[RowMapping]:
        table = self._tables.rows
        query = select(table).where(table.c.seal.is_(None)).order_by(table.c.id).limit(_BATCH)
        return list((await tx.execute(query)).mappings())

    async def verify(self, tx: Transaction) -> int:
        """Recompute the whole chain; return the rows checked or raise ``ChainBroken``."""
        previous, expected, checked = _FIRST, 1, 0
        links = (
            (await tx.execute(select(self._tables.seals).order_by(self._tables.seals.c.number)))
            .mappings()
            .all()
        )
        table = self._tables.rows
        for link in links:
            query = select(table).where(table.c.seal == link["number"]).order_by(table.c.id)
            rows = list((await tx.execute(query)).mappings())
            good = (
                link["number"] == expected
                and link["previous_hash"] == previous
                and link["rows"] == len(rows)
                and link["hash"] == _link(previous, rows)
            )
            if not good:
                raise ChainBroken(f"audit chain broken at link {link['number']}")
            previous, expected, checked = link["hash"], expected + 1, checked + len(rows)
        stray = await tx.scalar(
            select(func.count()).where(table.c.seal.is_not(None)).where(table.c.seal >= expected)
        )
        if stray:
            raise ChainBroken(f"{stray} rows claim a link after {expected - 1} that does not exist")
        return checked


def _link(previous: bytes, rows: list[RowMapping]) -> bytes:
    digest = hashlib.sha256(previous)
    for row in rows:
        content = {key: _text(value) for key, value in row.items() if key != "seal"}
        digest.update(json.dumps(content, sort_keys=True, ensure_ascii=False).encode())
    return digest.digest()


def _text(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
