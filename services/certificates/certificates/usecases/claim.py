"""Step 4: taking work for a call to a seal service, within what the lane allows all workers.

Whoever takes work locks the lane's row: its concurrency, rate and circuit hold for the office,
however many workers there are. docs/adr names what was weighed.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from certificates.domain.circuit import Circuit
from certificates.domain.entities import Intent, Seal
from certificates.domain.pace import Allowance, Pace
from certificates.domain.presence import present
from certificates.domain.states import SealState
from certificates.store import errands, intents, lanes, revocation_lists, seals
from certificates.store.errands import Errand
from certificates.usecases import Bench
from certificates.usecases.ask import Batch, Call
from certificates.usecases.revocation_lists import addresses_of, known_of
from chassis.db import Transaction
from chassis.ids import uuid7

# A dead worker's call counts this much longer than it could last, for clocks that differ.
_CLOCKS_APART = timedelta(seconds=1)
# Between two looks for a free place.
_LOOK_AGAIN_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class TooEarly:
    """The lane's rate is used up; a document may go after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class _Lane:
    """What a lane that is locked allows."""

    seal: Seal
    pace: Pace
    usual: int
    circuit: Circuit
    free: int
    allowance: Allowance

    @property
    def most(self) -> int:
        """Documents one call may take."""
        batch = self.circuit.batch(self.usual)
        return min(batch, self.allowance.whole, self.free if self.pace.by_document else batch)

    def weight(self, documents: int) -> int:
        return documents if self.pace.by_document else 1


async def claim_batch(bench: Bench, seal_id: UUID) -> Batch | TooEarly | None:
    """Claim what is due for one call; None when nothing is, or the lane may not call now.

    The call has its place in the lane from here until its circuit is noted (``usecases.circuit``),
    at most for half a lease: a worker that dies takes none with it for longer.
    """
    began, call_id = monotonic(), uuid7()
    async with bench.database.transaction() as tx:
        now = bench.deps.clock.now()
        lane = await _open(tx, bench, seal_id, now)
        if lane is None or lane.free < 1:
            return None
        if not lane.most:
            return TooEarly(lane.allowance.wait_for_one(lane.pace).total_seconds())
        held = await _claim(tx, bench, seal_id, lane.most)
        if not held:
            return None
        limit = bench.deps.rules.lease / 2
        await lanes.save_allowance(tx, seal_id, lane.allowance.spend(len(held)))
        await lanes.begin_call(
            tx,
            call_id,
            seal_id,
            documents=len(held),
            weight=lane.weight(len(held)),
            begun_at=now,
            held_until=now + limit + _CLOCKS_APART,
        )
    if len(held) < lane.most and lane.pace.linger_seconds:
        # A call costs the same for one digest as for many: what follows closely comes along.
        await asyncio.sleep(lane.pace.linger_seconds)
        held = [*held, *await _more(bench, call_id, seal_id, len(held))]
    call = Call(
        call_id, lane.circuit.failures, began + limit.total_seconds(), len(held) == lane.usual
    )
    return await _batch(bench, lane.seal, held, call)


async def place_for_one(bench: Bench, seal: Seal, *, within_seconds: float) -> UUID | None:
    """Take a place in the lane for one document that is no turn's; None when none became free.

    It counts against concurrency and rate like any other; the circuit is not asked.
    """
    ends = monotonic() + within_seconds
    while True:
        if call_id := await _place(bench, seal, within_seconds):
            return call_id
        if monotonic() > ends:
            return None
        await asyncio.sleep(_LOOK_AGAIN_SECONDS)


async def _place(bench: Bench, seal: Seal, seconds: float) -> UUID | None:
    pace, call_id = bench.seal_services.pace_of(seal.endpoint), uuid7()
    async with bench.database.transaction() as tx:
        now = bench.deps.clock.now()
        _, noted = await lanes.lock(tx, seal.id, now)
        allowance = noted.at_time(pace, now) if noted else Allowance.full(pace, now)
        full = await lanes.weight_under_way(tx, seal.id, now) >= pace.concurrency
        if full or not allowance.whole:
            return None
        await lanes.save_allowance(tx, seal.id, allowance.spend(1))
        until = now + timedelta(seconds=seconds) + _CLOCKS_APART
        await lanes.begin_call(
            tx, call_id, seal.id, documents=1, weight=1, begun_at=now, held_until=until
        )
    return call_id


async def _open(tx: Transaction, bench: Bench, seal_id: UUID, now: datetime) -> _Lane | None:
    """Lock the lane; None when its seal is out of use or its circuit forbids calling now."""
    seal = await seals.find(tx, seal_id)
    if seal is None or seal.state is not SealState.ACTIVE or present(seal.valid_until) <= now:
        return None
    circuit, noted = await lanes.lock(tx, seal_id, now)
    if circuit.is_open(now):
        return None
    pace = bench.seal_services.pace_of(seal.endpoint)
    free = circuit.places(pace.concurrency) - await lanes.weight_under_way(tx, seal_id, now)
    allowance = noted.at_time(pace, now) if noted else Allowance.full(pace, now)
    usual = pace.batch or bench.deps.rules.seal_batch
    return _Lane(seal, pace, usual, circuit, free, allowance)


async def _more(bench: Bench, call_id: UUID, seal_id: UUID, already: int) -> list[Intent]:
    async with bench.database.single() as tx:
        if seal_id not in await intents.seals_with_work(tx, bench.deps.clock.now()):
            return []
    async with bench.database.transaction() as tx:
        lane = await _open(tx, bench, seal_id, bench.deps.clock.now())
        if lane is None or lane.circuit.failures:
            return []
        most = min(lane.most, lane.usual - already)
        held = await _claim(tx, bench, seal_id, most) if most > 0 else []
        if held:
            documents = already + len(held)
            await lanes.save_allowance(tx, seal_id, lane.allowance.spend(len(held)))
            await lanes.widen_call(tx, call_id, documents=documents, weight=lane.weight(documents))
    return held


async def _claim(tx: Transaction, bench: Bench, seal_id: UUID, limit: int) -> list[Intent]:
    now = bench.deps.clock.now()
    return await intents.claim_for_seal(
        tx, seal_id, limit=limit, now=now, until=now + bench.deps.rules.lease
    )


async def _batch(bench: Bench, seal: Seal, held: Sequence[Intent], call: Call) -> Batch | None:
    async with bench.database.transaction() as tx:
        prepared = await intents.prepared(tx, [intent.id for intent in held])
        lists = await revocation_lists.at(tx, addresses_of(present(seal.signer_certificate)))
        # A certificate cancelled since it was claimed has nothing prepared any more.
        held = [intent for intent in held if intent.id in prepared]
        if not held:
            await lanes.end_call(tx, call.id, bench.deps.clock.now())
            return None
        known = await known_of(tx, bench, seal)
        found = await _errands(tx, bench, seal, held)
        return Batch(seal, held, prepared, call, lists, known, found)


async def _errands(
    tx: Transaction, bench: Bench, seal: Seal, held: Sequence[Intent]
) -> dict[UUID, Errand]:
    """Return what is noted of documents handed out whole; services for digests have none."""
    endpoint = bench.deps.rules.seal_endpoints.get(seal.endpoint)
    if endpoint is None or endpoint.shape != "whole_pdf":
        return {}
    return await errands.begin(tx, [intent.id for intent in held], bench.deps.clock.now())
