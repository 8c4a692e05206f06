"""Steps 4 and 5: one turn of an office's lane, from prepared digests to published certificates."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import structlog

from certificates.domain.backoff import delay_after
from certificates.domain.entities import Intent, Seal
from certificates.domain.presence import present
from certificates.domain.states import IntentState, SealState
from certificates.sealing import SealRefused, SealService
from certificates.store import digests, intents, revocation_lists, seals
from certificates.usecases import SYSTEM, Bench
from certificates.usecases.publish import (
    LeaseLost,
    SealOutOfUse,
    StoredFile,
    publish_certificate,
)
from certificates.usecases.revocation_lists import addresses_of
from certificates.usecases.stories import story_of
from certificates.workshop import Sealed
from chassis.errors import ServiceError

_log = structlog.get_logger()
# Refusals in a row, with nothing sealed, that mean the service refuses everything.
_REFUSALS_TOLERATED = 3


@dataclass(frozen=True, slots=True)
class Batch:
    """What one turn of a lane holds: claimed intents and what was stored for them in step 3."""

    seal: Seal
    held: Sequence[Intent]
    prepared: dict[UUID, tuple[bytes, bytes]]
    revocation_lists: Sequence[bytes] = ()


@dataclass(slots=True)
class Answers:
    """What the seal service said to each digest."""

    signatures: dict[UUID, bytes] = field(default_factory=dict)
    refusals: dict[UUID, SealRefused] = field(default_factory=dict)


async def seal_due(bench: Bench, seal_id: UUID) -> int:
    """Take one turn of a seal's lane; return how many certificates it worked on.

    A service that is away or refuses changes nothing but the time of the next attempt: the
    intents stay ``sealing`` and are sent again, byte for byte, as step 3 stored them.
    """
    batch = await claim_batch(bench, seal_id)
    if batch is None:
        return 0
    try:
        # Shorter than the lease: a service that trickles must not outlive our claim.
        async with asyncio.timeout((bench.deps.rules.lease / 2).total_seconds()):
            answers = await ask(bench, batch)
    except Exception as error:  # noqa: BLE001 - whatever a foreign service does, the lane goes on
        await _break_circuit(bench, batch, error)
        return len(batch.held)
    await _close_circuit(bench, batch, answers)
    at_once = asyncio.Semaphore(bench.deps.rules.documents_at_once)

    async def finish(intent: Intent) -> None:
        # A long batch of one lane must not fill the document processes that all lanes share.
        async with at_once:
            await finish_certificate(bench, batch, intent, answers.signatures[intent.id])

    signed = [intent for intent in batch.held if intent.id in answers.signatures]
    await asyncio.gather(*(finish(intent) for intent in signed))
    return len(batch.held)


async def claim_batch(bench: Bench, seal_id: UUID) -> Batch | None:
    """Step 4: claim what is due, unless the seal or its circuit forbids calling now."""
    rules, now = bench.deps.rules, bench.deps.clock.now()
    async with bench.database.transaction() as tx:
        seal = await seals.find(tx, seal_id)
        if seal is None or seal.state is not SealState.ACTIVE or present(seal.valid_until) <= now:
            return None
        circuit = await seals.circuit(tx, seal_id)
        if circuit and circuit.next_attempt_at > now:
            return None
        # After a failure one digest is enough to find out whether the service is back.
        limit = 1 if circuit and circuit.failures else rules.seal_batch
        held = await intents.claim_for_seal(
            tx, seal_id, limit=limit, now=now, until=now + rules.lease
        )
        if not held:
            return None
        prepared = await intents.prepared(tx, [intent.id for intent in held])
        lists = await revocation_lists.at(tx, addresses_of(present(seal.signer_certificate)))
    return Batch(seal, held, prepared, lists)


async def ask(bench: Bench, batch: Batch) -> Answers:
    """Send the digests in one call; when that is refused, each alone, to find which is meant."""
    service = await bench.seal_services.of(batch.seal.endpoint, batch.seal.credential_id)
    answers = Answers()
    try:
        signatures = await _sign(service, batch, batch.held)
        answers.signatures = {
            intent.id: signature for intent, signature in zip(batch.held, signatures, strict=True)
        }
    except SealRefused:
        if len(batch.held) == 1:
            raise
        for intent in batch.held:
            try:
                [answers.signatures[intent.id]] = await _sign(service, batch, [intent])
            except SealRefused as refusal:
                answers.refusals[intent.id] = refusal
                if not answers.signatures and len(answers.refusals) >= _REFUSALS_TOLERATED:
                    raise
    return answers


async def _sign(service: SealService, batch: Batch, which: Sequence[Intent]) -> list[bytes]:
    digests = [batch.prepared[intent.id][1] for intent in which]
    # The same digests have the same key, so a repeated call is recognised by the service.
    key = hashlib.sha256(b"".join(digests)).hexdigest()
    return await service.sign(digests, idempotency_key=key)


async def _break_circuit(bench: Bench, batch: Batch, error: Exception) -> None:
    """Wait longer after each failure; the intents keep everything and show why they wait."""
    rules, now = bench.deps.rules, bench.deps.clock.now()
    code = _code(error)
    if not isinstance(error, ServiceError):
        _log.exception("seal_call_failed", seal_id=str(batch.seal.id))
    async with bench.database.transaction() as tx:
        before = await seals.circuit(tx, batch.seal.id)
        failures = (before.failures if before else 0) + 1
        delay = delay_after(
            failures,
            first=rules.lane_first_delay,
            longest=rules.lane_longest_delay,
        )
        circuit = seals.Circuit(
            seal_id=batch.seal.id,
            failures=failures,
            last_error=code,
            next_attempt_at=now + delay,
            last_success_at=before.last_success_at if before else None,
        )
        await seals.save_circuit(tx, circuit)
        await intents.postpone(tx, batch.held, error=code, until=now + delay)
    _log.warning("lane_waits", seal_id=str(batch.seal.id), code=code, failures=failures)


async def _close_circuit(bench: Bench, batch: Batch, answers: Answers) -> None:
    """Note the success, make due what waited for it, and postpone what was refused alone."""
    rules, now = bench.deps.rules, bench.deps.clock.now()
    async with bench.database.transaction() as tx:
        before = await seals.circuit(tx, batch.seal.id)
        if before is None or before.failures:
            await intents.hasten(tx, batch.seal.id, now)
        circuit = seals.Circuit(batch.seal.id, 0, None, now, now)
        await seals.save_circuit(tx, circuit)
        for intent in batch.held:
            if refusal := answers.refusals.get(intent.id):
                delay = delay_after(
                    intent.attempts,
                    first=rules.lane_first_delay,
                    longest=rules.lane_longest_delay,
                )
                code = _code(refusal)
                await intents.postpone(tx, [intent], error=code, until=now + delay)
                _log.error("seal_refused_one", intent_id=str(intent.id), reason=refusal.reason)


async def finish_certificate(bench: Bench, batch: Batch, intent: Intent, signature: bytes) -> None:
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
                await intents.postpone(tx, [intent], error=_code(error), until=until)


async def _publish(bench: Bench, intent: Intent, sealed: Sealed, sha256: str) -> None:
    file = StoredFile(sha256, len(sealed.file), sealed.rendered_length)
    try:
        async with bench.database.transaction() as tx:
            await publish_certificate(tx, bench.deps, intent.id, present(intent.lease_token), file)
    except LeaseLost:
        _log.warning("late_signature_discarded", intent_id=str(intent.id))
    except SealOutOfUse:
        async with bench.database.transaction() as tx:
            now = bench.deps.clock.now()
            code = "certificates.seal_not_active"
            await intents.postpone(tx, [intent], error=code, until=now)


async def _quarantine(bench: Bench, intent: Intent, sealed: Sealed, sha256: str) -> None:
    """Step 5, failed: keep the file for the investigation, stop this intent, raise the alarm."""
    failed = [check.name for check in sealed.checks if not check.passed]
    _log.error("gate_refused", intent_id=str(intent.id), code=sealed.code, checks=failed)
    async with bench.database.transaction() as tx:
        held = await intents.lock_held(tx, intent.id, present(intent.lease_token))
        if held is None:
            return
        await digests.mark_stored(tx, held.id, bench.deps.clock.now())
        await intents.change(
            tx,
            held,
            IntentState.QUARANTINED,
            bench.deps.clock.now(),
            quarantined_sha256=sha256,
            last_error=sealed.code,
            next_attempt_at=None,
        )
        await bench.deps.audit.record(
            tx,
            actor=SYSTEM,
            action="intent.quarantined",
            subject=f"intent:{intent.id}",
            detail={"code": sealed.code, "checks": failed, "file_sha256": sha256},
        )


def _code(error: Exception) -> str:
    return error.code if isinstance(error, ServiceError) else "certificates.step_failed"
