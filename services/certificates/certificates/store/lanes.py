"""The lanes of the seals: their circuits, what they allow, and the calls that are under way."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert

from certificates.domain.circuit import Circuit
from certificates.domain.pace import Allowance
from certificates.store.reading import columns_of, entity_of
from certificates.tables import lane_calls, lanes
from chassis.db import Transaction

# How long an ended call is kept: the lane's rate is counted over it.
RATE_OVER = timedelta(seconds=60)


def _under_way(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    return and_(lane_calls.c.ended_at.is_(None), lane_calls.c.held_until > now)


def _weight_under_way() -> Select[Any]:
    mine, calls = lane_calls.c.seal_id == bindparam("of_seal"), lane_calls.c
    now = bindparam("now", type_=calls.held_until.type)
    over = or_(calls.ended_at.is_not(None), calls.held_until <= now)
    forgotten = delete(lane_calls).where(mine, calls.begun_at <= bindparam("long_ago"), over)
    taken = select(func.coalesce(func.sum(calls.weight), 0)).where(mine, _under_way(now))
    return taken.add_cte(forgotten.cte("forgotten"))


_WEIGHT = _weight_under_way()
_LOCKED = select(lanes).where(lanes.c.seal_id == bindparam("of_seal")).with_for_update()


@dataclass(frozen=True, slots=True)
class Traffic:
    """What a lane is doing: calls out this moment, documents asked for in the last minute."""

    calls: int = 0
    documents_last_minute: int = 0


async def circuit(tx: Transaction, seal_id: UUID) -> Circuit | None:
    found = await circuits(tx, [seal_id])
    return found.get(seal_id)


async def circuits(tx: Transaction, seal_ids: Sequence[UUID]) -> dict[UUID, Circuit]:
    query = select(*columns_of(lanes, Circuit)).where(lanes.c.seal_id.in_(seal_ids))
    rows = (await tx.execute(query)).mappings()
    return {row["seal_id"]: entity_of(Circuit, row) for row in rows}


async def lock(tx: Transaction, seal_id: UUID, now: datetime) -> tuple[Circuit, Allowance | None]:
    """Return the lane, made if need be, locked until the transaction ends.

    Whoever changes a lane and its intents takes this lock first, so that none waits for another
    in a circle. The allowance is None when nothing was asked for yet.
    """
    new = {"seal_id": seal_id, "failures": 0, "next_attempt_at": now}
    row = (await tx.execute(_LOCKED, {"of_seal": seal_id})).mappings().first()
    if row is None:
        await tx.execute(upsert(lanes).values(new).on_conflict_do_nothing())
        row = (await tx.execute(_LOCKED, {"of_seal": seal_id})).mappings().one()
    noted = row["allowance"] is not None
    allowance = Allowance(row["allowance"], row["allowance_at"]) if noted else None
    return entity_of(Circuit, row), allowance


async def save_circuit(tx: Transaction, circuit: Circuit) -> None:
    """Write the circuit of a lane that is locked."""
    row = asdict(circuit)
    mine = lanes.c.seal_id == row.pop("seal_id")
    await tx.execute(update(lanes).where(mine).values(row))


async def save_allowance(tx: Transaction, seal_id: UUID, allowance: Allowance) -> None:
    """Write what a locked lane still allows."""
    values = {"allowance": allowance.left, "allowance_at": allowance.at}
    await tx.execute(update(lanes).where(lanes.c.seal_id == seal_id).values(values))


async def hasten(tx: Transaction, seal_id: UUID, now: datetime) -> None:
    """Let a waiting lane call at once."""
    await tx.execute(update(lanes).where(lanes.c.seal_id == seal_id).values(next_attempt_at=now))


async def weight_under_way(tx: Transaction, seal_id: UUID, now: datetime) -> int:
    """Return how much of a locked lane's concurrency is taken; forget what is long over."""
    values = {"of_seal": seal_id, "now": now, "long_ago": now - RATE_OVER}
    return int(await tx.scalar(_WEIGHT, values) or 0)


async def begin_call(
    tx: Transaction,
    call_id: UUID,
    seal_id: UUID,
    *,
    documents: int,
    weight: int,
    begun_at: datetime,
    held_until: datetime,
) -> None:
    """Take a place among the calls of a locked lane."""
    row = {
        "id": call_id,
        "seal_id": seal_id,
        "documents": documents,
        "weight": weight,
        "begun_at": begun_at,
        "held_until": held_until,
    }
    await tx.execute(insert(lane_calls), row)


async def widen_call(tx: Transaction, call_id: UUID, *, documents: int, weight: int) -> None:
    """Let a call that has not gone out yet take more along."""
    values = {"documents": documents, "weight": weight}
    await tx.execute(update(lane_calls).where(lane_calls.c.id == call_id).values(values))


async def end_call(tx: Transaction, call_id: UUID, now: datetime) -> None:
    """Give the place back."""
    await tx.execute(update(lane_calls).where(lane_calls.c.id == call_id).values(ended_at=now))


async def traffic(tx: Transaction, seal_ids: Sequence[UUID], now: datetime) -> dict[UUID, Traffic]:
    """Return what each lane is doing; one that has been quiet for a minute has no traffic."""
    calls = lane_calls.c
    recent = calls.begun_at > now - RATE_OVER
    query = (
        select(
            calls.seal_id,
            func.count().filter(_under_way(now)),
            func.coalesce(func.sum(calls.documents).filter(recent), 0),
        )
        .where(calls.seal_id.in_(seal_ids))
        .group_by(calls.seal_id)
    )
    return {row[0]: Traffic(row[1], int(row[2])) for row in await tx.execute(query)}
