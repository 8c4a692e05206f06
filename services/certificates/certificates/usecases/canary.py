"""Each day, have every active seal's lane sign a marked non-certificate, and say how it went."""

import asyncio
from datetime import timedelta
from time import monotonic

import structlog
from opentelemetry import metrics

from certificates.domain.entities import Seal
from certificates.domain.states import SealState
from certificates.sealing import SealUnavailable
from certificates.store import canaries, lanes, seals
from certificates.store.canaries import Canary, CanaryErrand
from certificates.usecases import Bench
from certificates.usecases.canary_trials import try_digest, try_page
from certificates.usecases.claim import place_for_one
from chassis.clock import legal_date
from chassis.errors import ServiceError
from chassis.telemetry import SECONDS

_log = structlog.get_logger()
_seconds = metrics.get_meter("yuzheng").create_histogram(
    "yuzheng.canary.duration", unit="s", explicit_bucket_boundaries_advisory=SECONDS
)
# A lane whose canary failed is tried again after this; one that succeeded, the next day.
_AGAIN_AFTER = timedelta(minutes=15)
_TIMEOUT_SECONDS = 15.0


async def send_canaries(bench: Bench) -> int:
    """Send what is due, or ask for what is out, all lanes side by side; return how many.

    A canary is no certificate: nothing is kept of it but how it went, and its request key is
    marked. It takes a place in the lane as any call does, and changes neither the lane's circuit
    nor anything that waits there. A failure is an alarm.
    """
    async with bench.database.reading() as tx:
        active = await seals.in_state(tx, SealState.ACTIVE)
        ids = [seal.id for seal in active]
        before, out = await canaries.of(tx, ids), await canaries.errands_of(tx, ids)
    due = [seal for seal in active if _is_due(bench, before.get(seal.id), out.get(seal.id))]
    sent = await asyncio.gather(
        *(_send(bench, seal, before.get(seal.id), out.get(seal.id)) for seal in due)
    )
    return sum(sent)


def _is_due(bench: Bench, last: Canary | None, errand: CanaryErrand | None) -> bool:
    now = bench.deps.clock.now()
    if errand is not None:
        return errand.returned is not None or errand.next_attempt_at <= now
    if last is None:
        return True
    if last.succeeded:
        return legal_date(last.at) < legal_date(now)
    return last.at + _AGAIN_AFTER <= now


async def _send(bench: Bench, seal: Seal, last: Canary | None, errand: CanaryErrand | None) -> bool:
    """Send one canary and keep how it went; False when the lane had no room."""
    call_id = await place_for_one(bench, seal, within_seconds=_TIMEOUT_SECONDS)
    if call_id is None:
        # A lane so busy shows that it works; the next round tries again.
        return False
    try:
        await _try(bench, seal, last, errand)
    finally:
        async with bench.database.transaction() as tx:
            await lanes.end_call(tx, call_id, bench.deps.clock.now())
    return True


async def _try(bench: Bench, seal: Seal, last: Canary | None, errand: CanaryErrand | None) -> None:
    now, began = bench.deps.clock.now(), monotonic()
    error: str | None = None
    try:
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            if not await _settled(bench, seal, errand):
                return
    except ServiceError as failure:
        error = failure.code
    except Exception as failure:  # noqa: BLE001 - whatever a foreign service does is its outcome
        _log.warning("canary_unreadable", seal_id=str(seal.id), error=type(failure).__name__)
        error = SealUnavailable.code
    taken = monotonic() - began + ((now - errand.asked_at).total_seconds() if errand else 0)
    outcome = "failed" if error else "sealed"
    _seconds.record(taken, {"lane": seal.endpoint, "outcome": outcome})
    if error:
        _log.error("canary_failed", seal_id=str(seal.id), lane=seal.endpoint, code=error)
    success = now if error is None else last.last_success_at if last else None
    row = Canary(seal.id, now, error is None, error, round(taken * 1000), success)
    async with bench.database.transaction() as tx:
        await canaries.end_errand(tx, seal.id)
        await canaries.save(tx, row)


async def _settled(bench: Bench, seal: Seal, errand: CanaryErrand | None) -> bool:
    """Say whether the trial is over; raise when it failed."""
    service = await bench.seal_services.of(seal.endpoint, seal.credential_id)
    if service.whole_documents:
        return await try_page(bench, service, seal, errand)
    await try_digest(bench, service, seal)
    return True
