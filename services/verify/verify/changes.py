"""Changes of certificates that API clients have checked: one row for each client and change.

A change is noted by comparing what a client was told with what is held now, not by listening for
kinds of events: an event that comes twice, late or out of order, and a projection that is rebuilt,
leave the same rows. A check that commits while the change is being applied can be missed by the
event's own transaction; ``told_lately`` looks again.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, bindparam, func, insert, select, update

from chassis.db import Transaction
from chassis.ids import uuid7
from verify.tables import certificates
from verify.tables_of_records import change_numbers, deliveries, told_clients, webhooks

# Longer than any transaction lives in which a client is told something.
_LATELY = timedelta(minutes=10)
_AT_ONCE = 5000
_TYPES = {
    ("suspended", "valid"): "certificate.reinstated",
    ("valid", "suspended"): "certificate.suspended",
}


def of_certificates(ids: Sequence[UUID]) -> ColumnElement[bool]:
    """Return the condition that a client was told of one of these certificates."""
    return told_clients.c.certificate_id.in_(ids)


def told_lately(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a client was told a moment ago."""
    return told_clients.c.told_at > now - _LATELY


async def note(tx: Transaction, now: datetime, which: ColumnElement[bool]) -> int:
    """Note every change since a client was told; return how many rows were looked at."""
    held = certificates
    behind = (
        select(
            told_clients.c.certificate_id,
            told_clients.c.client,
            told_clients.c.state.label("before"),
            held.c.state,
            held.c.aggregate_version,
            webhooks.c.client.is_not(None).label("listens"),
        )
        .join(held, held.c.certificate_id == told_clients.c.certificate_id)
        .outerjoin(webhooks, webhooks.c.client == told_clients.c.client)
        .where(which, told_clients.c.aggregate_version < held.c.aggregate_version)
        .order_by(told_clients.c.certificate_id, told_clients.c.client)
        .limit(_AT_ONCE)
        .with_for_update(of=told_clients)
    )
    rows = (await tx.execute(behind)).mappings().all()
    changed = [_delivery(row, now) for row in rows if row["before"] != row["state"]]
    if changed:
        await tx.execute(insert(deliveries), changed)
    if rows:
        told_now = (
            update(told_clients)
            .where(told_clients.c.certificate_id == bindparam("certificate"))
            .where(told_clients.c.client == bindparam("who"))
            .values(state=bindparam("now"), aggregate_version=bindparam("version"))
        )
        await tx.execute(told_now, [_told(row) for row in rows])
    return len(rows)


def _told(row: RowMapping) -> dict[str, Any]:
    return {
        "certificate": row["certificate_id"],
        "who": row["client"],
        "now": row["state"],
        "version": row["aggregate_version"],
    }


def _delivery(row: RowMapping, now: datetime) -> dict[str, Any]:
    kind = _TYPES.get((row["before"], row["state"]), f"certificate.{row['state']}")
    return new_delivery(
        row["client"],
        kind,
        now,
        {
            "certificate_id": str(row["certificate_id"]),
            "state": row["state"],
            "previous_state": row["before"],
            "version": row["aggregate_version"],
        },
        listens=row["listens"],
    )


def new_delivery(
    client: str, kind: str, now: datetime, data: dict[str, Any], *, listens: bool
) -> dict[str, Any]:
    """Return the row of one message; its body is what is signed, byte for byte."""
    body = {"type": kind, "timestamp": now.isoformat(timespec="milliseconds"), "data": data}
    return {
        "id": uuid7(),
        "client": client,
        "kind": "change" if data else "test",
        "body": json.dumps(body, separators=(",", ":")),
        "state": "pending" if listens else "recorded",
        "next_at": now,
        "created_at": now,
        "ended_at": None if listens else now,
    }


async def number(tx: Transaction) -> None:
    """Give numbers to what is committed, one transaction at a time.

    A number is seen only after all smaller ones: who has fetched up to it has missed none.
    """
    await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("changes", 0))))
    waiting = select(deliveries.c.id).where(deliveries.c.number.is_(None))
    first = waiting.order_by(deliveries.c.id).limit(_AT_ONCE)
    numbered = update(deliveries).where(deliveries.c.id.in_(first))
    await tx.execute(numbered.values(number=change_numbers.next_value()))


async def after(tx: Transaction, client: str, number_: int, *, limit: int) -> Sequence[RowMapping]:
    """Return the client's changes after a number, in order."""
    query = (
        select(deliveries.c.id, deliveries.c.number, deliveries.c.body)
        .where(deliveries.c.client == client, deliveries.c.kind == "change")
        .where(deliveries.c.number > number_)
        .order_by(deliveries.c.number)
        .limit(limit)
    )
    return (await tx.execute(query)).mappings().all()
