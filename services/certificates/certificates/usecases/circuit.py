"""The circuit of a lane: how long it waits after a failure, and what a success sets free."""

from datetime import timedelta

import structlog

from certificates.domain.backoff import delay_after
from certificates.sealing import SealRefused, SealUnavailable
from certificates.store import errands, intents, lanes
from certificates.usecases import Bench
from certificates.usecases.ask import Answers, Batch
from chassis.db import Transaction
from chassis.errors import ServiceError

_log = structlog.get_logger()
# Seconds until a service is asked again for a document it has accepted, unless it says.
_ASK_AGAIN_SECONDS = 10
# And the most it may make us wait: what it delivers by itself needs no asking.
_LONGEST_PENDING_SECONDS = 3600
PENDING = "certificates.seal_pending"


async def break_circuit(bench: Bench, batch: Batch, error: Exception) -> None:
    """Wait longer after each failure; the intents keep everything and show why they wait."""
    rules, now = bench.deps.rules, bench.deps.clock.now()
    code = code_of(error)
    if not isinstance(error, ServiceError):
        _log.exception("seal_call_failed", seal_id=str(batch.seal.id))
    async with bench.database.transaction() as tx:
        before, _ = await lanes.lock(tx, batch.seal.id, now)
        circuit = before.after_failure(
            code,
            failures_before=batch.call.failures,
            now=now,
            first=rules.lane_first_delay,
            longest=rules.lane_longest_delay,
        )
        await lanes.save_circuit(tx, circuit)
        await lanes.end_call(tx, batch.call.id, now)
        await intents.postpone(tx, batch.held, error=code, until=circuit.next_attempt_at)
    failures = circuit.failures
    _log.warning("lane_waits", seal_id=str(batch.seal.id), code=code, failures=failures)


async def close_circuit(bench: Bench, batch: Batch, answers: Answers) -> None:
    """Note the success, make due what waited for it, and postpone what was not sealed."""
    now = bench.deps.clock.now()
    async with bench.database.transaction() as tx:
        before, _ = await lanes.lock(tx, batch.seal.id, now)
        if before.failures:
            await intents.hasten(tx, batch.seal.id, now)
        await lanes.save_circuit(tx, before.after_success(now))
        await lanes.end_call(tx, batch.call.id, now)
        await _postpone_failed(tx, bench, batch, answers)
        await _postpone_pending(tx, bench, batch, answers)


async def _postpone_failed(tx: Transaction, bench: Bench, batch: Batch, answers: Answers) -> None:
    rules, now = bench.deps.rules, bench.deps.clock.now()
    for intent in batch.held:
        failure = answers.failures.get(intent.id)
        if failure is None:
            continue
        delay = delay_after(
            intent.attempts, first=rules.lane_first_delay, longest=rules.lane_longest_delay
        )
        await intents.postpone(tx, [intent], error=code_of(failure), until=now + delay)
        reason = _reason(failure)
        if intent.id in batch.errands:
            await errands.note_refusal(tx, intent.id, reason)
        _log.error("seal_refused_one", intent_id=str(intent.id), reason=reason)


async def _postpone_pending(tx: Transaction, bench: Bench, batch: Batch, answers: Answers) -> None:
    now = bench.deps.clock.now()
    for intent in batch.held:
        pending = answers.pending.get(intent.id)
        if pending is None:
            continue
        seconds = pending.retry_after_seconds or _ASK_AGAIN_SECONDS
        until = now + timedelta(seconds=min(seconds, _LONGEST_PENDING_SECONDS))
        await errands.note_location(tx, intent.id, pending.location)
        # A delivery may have come while the service was still answering.
        if await errands.delivered(tx, intent.id):
            until = now
        await intents.postpone(tx, [intent], error=PENDING, until=until)


def _reason(failure: SealRefused | SealUnavailable) -> str:
    return failure.reason if isinstance(failure, SealRefused) else failure.code


def code_of(error: Exception) -> str:
    """Return what is shown as the reason of a wait."""
    return error.code if isinstance(error, ServiceError) else "certificates.step_failed"
