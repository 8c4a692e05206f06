"""Files that failed the gate, and what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, literal, select, update
from sqlalchemy.dialects.postgresql import JSONB

from certificates.domain.quarantine import QuarantineState
from certificates.store.reading import columns_of
from certificates.tables import quarantines
from chassis.db import Transaction
from chassis.ids import uuid7

UNDECIDED = (QuarantineState.OPEN, QuarantineState.EXAMINING)


@dataclass(frozen=True, slots=True)
class Report:
    """One examination: when, and which checks failed with what the gate says of each."""

    at: datetime
    failed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quarantine:
    """One file that failed the gate."""

    id: UUID
    intent_id: UUID
    state: QuarantineState
    file_sha256: str
    code: str
    reports: tuple[Report, ...]
    quarantined_at: datetime
    approval_id: UUID | None
    changed_at: datetime

    @property
    def latest(self) -> Report:
        """Return the newest examination."""
        return self.reports[-1]


_COLUMNS = columns_of(quarantines, Quarantine)


async def add(
    tx: Transaction,
    intent_id: UUID,
    *,
    file_sha256: str,
    code: str,
    failed: Sequence[tuple[str, str]],
    now: datetime,
) -> UUID:
    """Note that a file was put into quarantine."""
    quarantine_id = uuid7()
    row = {
        "id": quarantine_id,
        "intent_id": intent_id,
        "state": QuarantineState.OPEN,
        "file_sha256": file_sha256,
        "code": code,
        "reports": [_written(failed, now)],
        "quarantined_at": now,
        "changed_at": now,
    }
    await tx.execute(insert(quarantines).values(row))
    return quarantine_id


async def find(tx: Transaction, quarantine_id: UUID) -> Quarantine | None:
    found = await tx.execute(select(*_COLUMNS).where(quarantines.c.id == quarantine_id))
    row = found.mappings().first()
    return _read(row) if row else None


async def lock(tx: Transaction, quarantine_id: UUID) -> Quarantine | None:
    """Return the quarantine, locked until the transaction ends."""
    query = select(*_COLUMNS).where(quarantines.c.id == quarantine_id).with_for_update()
    row = (await tx.execute(query)).mappings().first()
    return _read(row) if row else None


async def of_intent(tx: Transaction, intent_id: UUID) -> list[Quarantine]:
    """Return every file of an intent that failed the gate, the first one first."""
    query = select(*_COLUMNS).where(quarantines.c.intent_id == intent_id)
    rows = await tx.execute(query.order_by(quarantines.c.quarantined_at, quarantines.c.id))
    return [_read(row) for row in rows.mappings()]


async def undecided(tx: Transaction, intent_ids: Collection[UUID]) -> dict[UUID, Quarantine]:
    """Return the quarantine that each intent is in."""
    mine = quarantines.c.intent_id.in_(intent_ids) & quarantines.c.state.in_(UNDECIDED)
    rows = (await tx.execute(select(*_COLUMNS).where(mine))).mappings()
    return {row["intent_id"]: _read(row) for row in rows}


async def to_examine(tx: Transaction) -> list[Quarantine]:
    """Return what two people want examined again; it is never much."""
    asked = quarantines.c.state == QuarantineState.EXAMINING
    rows = await tx.execute(select(*_COLUMNS).where(asked).order_by(quarantines.c.id))
    return [_read(row) for row in rows.mappings()]


async def change(
    tx: Transaction,
    quarantine_id: UUID,
    state: QuarantineState,
    now: datetime,
    **values: Any,
) -> None:
    mine = quarantines.c.id == quarantine_id
    await tx.execute(update(quarantines).where(mine).values(state=state, changed_at=now, **values))


async def reopen(
    tx: Transaction, quarantine_id: UUID, failed: Sequence[tuple[str, str]], now: datetime
) -> None:
    """Put a file back on the work list with what the latest examination found."""
    more = quarantines.c.reports.op("||")(literal([_written(failed, now)], JSONB))
    mine = quarantines.c.id == quarantine_id
    await tx.execute(
        update(quarantines)
        .where(mine, quarantines.c.state == QuarantineState.EXAMINING)
        .values(state=QuarantineState.OPEN, reports=more, changed_at=now)
    )


async def cancel_of(tx: Transaction, intent_id: UUID, now: datetime) -> None:
    """End the quarantine of an intent that nothing is to be made of any more."""
    mine = (quarantines.c.intent_id == intent_id) & quarantines.c.state.in_(UNDECIDED)
    cancelled = {"state": QuarantineState.CANCELLED, "changed_at": now}
    await tx.execute(update(quarantines).where(mine).values(cancelled))


def _written(failed: Sequence[tuple[str, str]], now: datetime) -> dict[str, Any]:
    checks = [{"check": check, "detail": detail} for check, detail in failed]
    return {"at": now.isoformat(), "failed": checks}


def _read(row: Any) -> Quarantine:
    values = {name: row[name] for name in Quarantine.__dataclass_fields__}
    reports = tuple(
        Report(
            datetime.fromisoformat(one["at"]),
            tuple((check["check"], check["detail"]) for check in one["failed"]),
        )
        for one in row["reports"]
    )
    return Quarantine(**{**values, "state": QuarantineState(row["state"]), "reports": reports})
