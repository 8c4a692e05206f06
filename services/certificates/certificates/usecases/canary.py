"""Each day, have every active seal's lane sign a marked non-certificate, and say how it went."""

import asyncio
from datetime import timedelta
from time import monotonic

import structlog
from opentelemetry import metrics

from certificates.domain.canary import canary_digest, canary_key
from certificates.domain.entities import Seal
from certificates.domain.presence import present
from certificates.domain.states import SealState
from certificates.errors import CanaryMismatch
from certificates.sealing import SealUnavailable, Signature, ToSeal
from certificates.sealing.raw_signature import raw_signature_is_right
from certificates.store import canaries, digests, lanes, seals
from certificates.store.canaries import Canary
from certificates.usecases import Bench
from certificates.usecases.claim import place_for_one
from chassis.clock import legal_date
from chassis.errors import ServiceError

_log = structlog.get_logger()
_seconds = metrics.get_meter("yuzheng").create_histogram("yuzheng.canary.duration", unit="s")
# A lane whose canary failed is tried again after this; one that succeeded, the next day.
_AGAIN_AFTER = timedelta(minutes=15)
_TIMEOUT_SECONDS = 15.0


async def send_canaries(bench: Bench) -> int:
    """Send what is due, all lanes side by side; return how many were sent.

    A canary is no certificate: nothing is stored of it but how it went, its request key is
    marked, and its digest is noted so that the comparison with the seal service's log knows it.
    It takes a place in the lane as any call does, and changes neither the lane's circuit nor
    anything that waits there. A failure is an alarm.
    """
    async with bench.database.reading() as tx:
        active = await seals.in_state(tx, SealState.ACTIVE)
        before = await canaries.of(tx, [seal.id for seal in active])
    due = [seal for seal in active if _is_due(bench, before.get(seal.id))]
    sent = await asyncio.gather(*(_send(bench, seal, before.get(seal.id)) for seal in due))
    return sum(sent)


def _is_due(bench: Bench, last: Canary | None) -> bool:
    now = bench.deps.clock.now()
    if last is None:
        return True
    if last.succeeded:
        return legal_date(last.at) < legal_date(now)
    return last.at + _AGAIN_AFTER <= now


async def _send(bench: Bench, seal: Seal, last: Canary | None) -> bool:
    """Send one canary and keep how it went; False when the service takes whole documents only."""
    call_id = await place_for_one(bench, seal, within_seconds=_TIMEOUT_SECONDS)
    if call_id is None:
        # A lane so busy shows that it works; the next round tries again.
        return False
    try:
        return await _try(bench, seal, last)
    finally:
        async with bench.database.transaction() as tx:
            await lanes.end_call(tx, call_id, bench.deps.clock.now())


async def _try(bench: Bench, seal: Seal, last: Canary | None) -> bool:
    now, began = bench.deps.clock.now(), monotonic()
    error: str | None = None
    try:
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            if not await _seal(bench, seal):
                return False
    except ServiceError as failure:
        error = failure.code
    except Exception as failure:  # noqa: BLE001 - whatever a foreign service does is its outcome
        _log.warning("canary_unreadable", seal_id=str(seal.id), error=type(failure).__name__)
        error = SealUnavailable.code
    taken = monotonic() - began
    outcome = "failed" if error else "sealed"
    _seconds.record(taken, {"lane": seal.endpoint, "outcome": outcome})
    if error:
        _log.error("canary_failed", seal_id=str(seal.id), lane=seal.endpoint, code=error)
    success = now if error is None else last.last_success_at if last else None
    row = Canary(seal.id, now, error is None, error, round(taken * 1000), success)
    async with bench.database.transaction() as tx:
        await canaries.save(tx, row)
    return True


async def _seal(bench: Bench, seal: Seal) -> bool:
    service = await bench.seal_services.of(seal.endpoint, seal.credential_id)
    if service.whole_documents:
        return False
    # Another key each time: a service that recorded a bad signature must be able to recover.
    now = bench.deps.clock.now()
    key = canary_key(seal.id, now)
    digest = canary_digest(key)
    async with bench.database.transaction() as tx:
        await digests.note(tx, digest, seal_id=seal.id, now=now, purpose=digests.CANARY)
    [answer] = await service.seal([ToSeal(key, digest)], idempotency_key=key)
    if isinstance(answer, ServiceError):
        raise answer
    certificate = present(seal.signer_certificate)
    if not isinstance(answer, Signature) or not raw_signature_is_right(
        certificate, digest, answer.value
    ):
        raise CanaryMismatch
    return True
