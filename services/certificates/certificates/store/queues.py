"""Who waits for which seal, and where in the line."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from certificates.domain.circuit import Circuit
from certificates.domain.entities import Intent, Seal
from certificates.domain.states import AWAITING_SEAL
from certificates.store import lanes, seals
from certificates.store.lanes import Traffic
from certificates.tables import intents, seal_errands
from chassis.db import Transaction

_WAITING = intents.c.state.in_(AWAITING_SEAL)


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for one seal; ``in_hand`` of it is being worked on this moment."""

    waiting: int = 0
    in_hand: int = 0
    oldest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one seal's lane stands."""

    circuit: Circuit | None
    queue: Queue
    traffic: Traffic


@dataclass(frozen=True, slots=True)
class Place:
    """One intent's place in its lane, and how that lane stands."""

    position: int  # from 1
    seal: Seal
    circuit: Circuit | None
    refusal: str | None


async def of_seals(tx: Transaction, seal_ids: Collection[UUID], now: datetime) -> dict[UUID, Queue]:
    """Return the queue of each seal; one that nobody waits for has none."""
    query = (
        select(
            intents.c.seal_id,
            func.count(),
            func.count().filter(intents.c.leased_until > now),
            func.min(intents.c.created_at),
        )
        .where(_WAITING, intents.c.seal_id.in_(seal_ids))
        .group_by(intents.c.seal_id)
    )
    return {row[0]: Queue(*row[1:]) for row in await tx.execute(query)}


async def standings(
    tx: Transaction, seal_ids: Sequence[UUID], now: datetime
) -> dict[UUID, Standing]:
    """Return how the lane of each seal stands."""
    circuits = await lanes.circuits(tx, seal_ids)
    waiting = await of_seals(tx, seal_ids, now)
    traffic = await lanes.traffic(tx, seal_ids, now)
    return {
        one: Standing(circuits.get(one), waiting.get(one, Queue()), traffic.get(one, Traffic()))
        for one in seal_ids
    }


async def places(tx: Transaction, found: Sequence[Intent]) -> dict[UUID, Place]:
    """Return the place of each intent that waits for a seal."""
    waiting = {one.id: one.seal_id for one in found if one.seal_id and one.state in AWAITING_SEAL}
    if not waiting:
        return {}
    seal_ids = set(waiting.values())
    positions = await _positions(tx, waiting, seal_ids)
    circuits = await lanes.circuits(tx, list(seal_ids))
    known = {seal_id: await seals.find(tx, seal_id) for seal_id in seal_ids}
    refusals = await _refusals(tx, waiting)
    return {
        intent_id: Place(positions[intent_id], seal, circuits.get(seal.id), refusals.get(intent_id))
        for intent_id, seal_id in waiting.items()
        if (seal := known[seal_id]) and intent_id in positions
    }


async def _positions(
    tx: Transaction, intent_ids: Collection[UUID], seal_ids: Collection[UUID]
) -> dict[UUID, int]:
    # The order in which the lane claims.
    order = (intents.c.next_attempt_at, intents.c.id)
    place = func.row_number().over(partition_by=intents.c.seal_id, order_by=order)
    line = (
        select(intents.c.id, place.label("place"))
        .where(_WAITING, intents.c.seal_id.in_(seal_ids))
        .subquery()
    )
    rows = await tx.execute(select(line).where(line.c.id.in_(intent_ids)))
    return {row.id: row.place for row in rows}


async def _refusals(tx: Transaction, intent_ids: Collection[UUID]) -> dict[UUID, str]:
    table = seal_errands
    query = select(table.c.intent_id, table.c.refusal).where(
        table.c.intent_id.in_(intent_ids), table.c.refusal.is_not(None)
    )
    return {row.intent_id: row.refusal for row in await tx.execute(query)}
