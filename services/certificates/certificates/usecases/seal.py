"""Steps 4 and 5: one turn of an office's lane, from prepared digests to published certificates."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from uuid import UUID

import structlog
from opentelemetry import metrics

from certificates.domain.backoff import delay_after
from certificates.domain.entities import Intent
from certificates.domain.presence import present
from certificates.domain.states import IntentState
from certificates.sealing import SealedDocument
from certificates.store import digests, intents, quarantines
from certificates.usecases import SYSTEM, Bench
from certificates.usecases.ask import Answers, Batch, ask
from certificates.usecases.circuit import break_circuit, close_circuit, code_of
from certificates.usecases.claim import claim_batch
from certificates.usecases.publish import (
    LeaseLost,
    SealOutOfUse,
    StoredFile,
    publish_certificate,
)
from certificates.usecases.revocation_lists import require_fresh
from certificates.usecases.stories import story_of
from certificates.workshop import Sealed
from chassis.telemetry import LONG_SECONDS

_log = structlog.get_logger()
_issuance_seconds = metrics.get_meter("yuzheng").create_histogram(
    "yuzheng.issuance.duration", unit="s", explicit_bucket_boundaries_advisory=LONG_SECONDS
)


async def seal_due(bench: Bench, seal_id: UUID) -> int:
    """Take one turn of a seal's lane to its end; return how many certificates it worked on.

    A service that is away or refuses changes nothing but the time of the next attempt: the
    intents stay ``sealing`` and are sent again, byte for byte, as step 3 stored them.
    """
    batch = await claim_batch(bench, seal_id)
    if not isinstance(batch, Batch):
        return 0
    at_once = asyncio.Semaphore(bench.deps.rules.documents_at_once)
    if answers := await call_service(bench, batch):
        await finish_batch(bench, batch, answers, at_once)
    return len(batch.held)


async def call_service(
    bench: Bench, batch: Batch, *, heard: Callable[[Answers], None] | None = None
) -> Answers | None:
    """Step 4: ask, and note in the lane's circuit how it went; None when it failed as a whole.

    ``heard`` is told the answers before they are noted: what is signed need not wait for that.
    """
    try:
        # A service that trickles must outlive neither our claim nor our place in the lane.
        async with asyncio.timeout(batch.call.ends - monotonic()):
            now = bench.deps.clock.now()
            require_fresh(batch.seal, batch.revocation_lists, batch.known, now)
            answers = await ask(bench, batch)
    except Exception as error:  # noqa: BLE001 - whatever a foreign service does, the lane goes on
        await break_circuit(bench, batch, error)
        return None
    if heard:
        heard(answers)
    await close_circuit(bench, batch, answers)
    return answers


async def finish_batch(
    bench: Bench, batch: Batch, answers: Answers, at_once: asyncio.Semaphore
) -> None:
    """Do steps 5 and 6 for all that was sealed, so many ``at_once``.

    A long batch of one lane must not fill the document processes that all lanes share.
    """

    async def finish(intent: Intent) -> None:
        async with at_once:
            await finish_certificate(bench, batch, intent, answers.signatures[intent.id])

    signed = [intent for intent in batch.held if intent.id in answers.signatures]
    await asyncio.gather(*(finish(intent) for intent in signed))


async def finish_certificate(
    bench: Bench, batch: Batch, intent: Intent, signature: bytes | SealedDocument
) -> None:
    """Step 5 and 6 for one intent; a failure here is tried again after the lease."""
    with story_of(intent, "finish certificate"):
        try:
            sealed = await bench.workshop.finish(
                batch.prepared[intent.id][0],
                signature,
                record=present(intent.record),
                pinned=present(batch.seal.signer_certificate),
                at=bench.deps.clock.now(),
                crls=batch.revocation_lists,
                known=batch.known,
            )
            # Stored first: a certificate that is valid has its file, whatever dies in between.
            sha256 = await bench.objects.put(sealed.file)
            if sealed.passed:
                await _publish(bench, intent, sealed, sha256)
            else:
                await _quarantine(bench, intent, sealed, sha256)
        except Exception as error:  # noqa: BLE001 - as in seal_due
            _log.exception("finish_failed", intent_id=str(intent.id))
            async with bench.database.transaction() as tx:
                until = bench.deps.clock.now() + delay_after(
                    intent.attempts, first=timedelta(seconds=1), longest=timedelta(minutes=5)
                )
                await intents.postpone(tx, [intent], error=code_of(error), until=until)


async def _publish(bench: Bench, intent: Intent, sealed: Sealed, sha256: str) -> None:
    file = StoredFile(sha256, len(sealed.file), sealed.rendered_length)
    try:
        async with bench.database.transaction() as tx:
            issued = await publish_certificate(
                tx, bench.deps, intent.id, present(intent.lease_token), file
            )
        if issued:
            taken = issued.issued_at - intent.created_at
            _issuance_seconds.record(taken.total_seconds())
    except LeaseLost:
        _log.warning("late_signature_discarded", intent_id=str(intent.id))
    except SealOutOfUse:
        async with bench.database.transaction() as tx:
            now = bench.deps.clock.now()
            code = "certificates.seal_not_active"
            await intents.postpone(tx, [intent], error=code, until=now)


async def _quarantine(bench: Bench, intent: Intent, sealed: Sealed, sha256: str) -> None:
    """Step 5, failed: keep the file for the investigation, stop this intent, raise the alarm."""
    failed = [check for check, _ in sealed.failed]
    _log.error("gate_refused", intent_id=str(intent.id), code=sealed.code, checks=failed)
    async with bench.database.transaction() as tx:
        held = await intents.lock_held(tx, intent.id, present(intent.lease_token))
        if held is None:
            return
        now = bench.deps.clock.now()
        await digests.mark_stored(tx, held.id, now)
        await intents.change(
            tx,
            held,
            IntentState.QUARANTINED,
            now,
            quarantined_sha256=sha256,
            last_error=sealed.code,
            next_attempt_at=None,
        )
        await quarantines.add(
            tx, held.id, file_sha256=sha256, code=sealed.code, failed=sealed.failed, now=now
        )
        await bench.deps.audit.record(
            tx,
            actor=SYSTEM,
            action="intent.quarantined",
            subject=f"intent:{intent.id}",
            detail={"code": sealed.code, "checks": failed, "file_sha256": sha256},
        )
