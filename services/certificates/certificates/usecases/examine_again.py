"""Step 5 once more: the very same stored bytes before today's gate, because two people want it.

The gate judges with the office's seal of today, the lists and answers of today, at this moment.
What passes is published as in step 6; what fails is back on the work list with the new findings.
"""

from dataclasses import dataclass
from uuid import uuid4

import structlog

from certificates.domain.entities import Intent, Seal
from certificates.domain.presence import present
from certificates.domain.quarantine import QuarantineState
from certificates.domain.states import IntentState
from certificates.sealing.material import Known
from certificates.store import intents, quarantines, revocation_lists, seals
from certificates.store.quarantines import Quarantine
from certificates.usecases import SYSTEM, Bench
from certificates.usecases.publish import SealOutOfUse, StoredFile, publish_certificate
from certificates.usecases.revocation_lists import addresses_of, known_of
from certificates.usecases.stories import story_of
from certificates.workshop import Sealed
from chassis.db import Transaction
from chassis.errors import NotFound
from chassis.objects import DamagedObject

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Matter:
    """What is examined, and by which of the office's seals it may have been sealed."""

    quarantine: Quarantine
    intent: Intent
    prepared: bytes
    seal: Seal
    lists: tuple[bytes, ...]
    known: Known


async def examine_released(bench: Bench) -> int:
    """Examine everything that two people want examined again; return how many files.

    A worker that dies meanwhile has changed nothing: the next one examines it.
    """
    async with bench.database.reading() as tx:
        asked = await quarantines.to_examine(tx)
    for quarantine in asked:
        try:
            await _examine(bench, quarantine)
        except Exception:  # noqa: BLE001 - one hostile file must not hold up the others
            _log.exception("examination_failed", quarantine_id=str(quarantine.id))
            await _refuse(bench, quarantine, [("examination", "not finished")])
    return len(asked)


async def _examine(bench: Bench, quarantine: Quarantine) -> None:
    async with bench.database.reading() as tx:
        matter = await _matter(tx, bench, quarantine)
    if matter is None:
        await _refuse(bench, quarantine, [("seal_in_use", "the office has no active seal")])
        return
    with story_of(matter.intent, "examine again"):
        try:
            file = await bench.objects.get(quarantine.file_sha256)
        except (NotFound, DamagedObject) as error:
            await _refuse(bench, quarantine, [("stored_file", type(error).__name__)])
            return
        sealed = await bench.workshop.examine(
            matter.prepared,
            file,
            record=present(matter.intent.record),
            pinned=present(matter.seal.signer_certificate),
            at=bench.deps.clock.now(),
            crls=matter.lists,
            known=matter.known,
        )
        if sealed.passed:
            await _publish(bench, matter, sealed)
        else:
            await _refuse(bench, quarantine, sealed.failed)


async def _matter(tx: Transaction, bench: Bench, quarantine: Quarantine) -> _Matter | None:
    intent = present(await intents.find(tx, quarantine.intent_id))
    seal = await seals.active_of(tx, present(intent.office_id))
    if seal is None:
        return None
    prepared = await intents.prepared(tx, [intent.id])
    lists = await revocation_lists.at(tx, addresses_of(present(seal.signer_certificate)))
    known = await known_of(tx, bench, seal)
    return _Matter(quarantine, intent, prepared[intent.id][0], seal, tuple(lists), known)


async def _publish(bench: Bench, matter: _Matter, sealed: Sealed) -> None:
    """Step 6, with the seal whose certificate the file has just been found to carry."""
    quarantine = matter.quarantine
    file = StoredFile(quarantine.file_sha256, len(sealed.file), sealed.rendered_length)
    try:
        async with bench.database.transaction() as tx:
            intent = await _still_waiting(tx, quarantine)
            if intent is None:
                _log.warning("late_examination_discarded", quarantine_id=str(quarantine.id))
                return
            lease, now = uuid4(), bench.deps.clock.now()
            state, seal_id = IntentState.SEALING, matter.seal.id
            await intents.change(tx, intent, state, now, lease_token=lease, seal_id=seal_id)
            # None for a correction that was overtaken: that has ended the quarantine too.
            if await publish_certificate(tx, bench.deps, intent.id, lease, file):
                await quarantines.change(tx, quarantine.id, QuarantineState.RELEASED, now)
                await _record(tx, bench, quarantine, "released", [])
    except SealOutOfUse:
        await _refuse(bench, quarantine, [("seal_in_use", "suspended meanwhile")])


async def _still_waiting(tx: Transaction, quarantine: Quarantine) -> Intent | None:
    """Return the intent, locked, unless the year was reopened or somebody else was faster."""
    intent = await intents.lock(tx, quarantine.intent_id)
    now = await quarantines.lock(tx, quarantine.id)
    waits = now is not None and now.state is QuarantineState.EXAMINING
    return intent if waits and intent and intent.state is IntentState.QUARANTINED else None


async def _refuse(bench: Bench, quarantine: Quarantine, failed: list[tuple[str, str]]) -> None:
    """Put it back on the work list: it stays in quarantine."""
    _log.error(
        "gate_refused_again",
        quarantine_id=str(quarantine.id),
        checks=[check for check, _ in failed],
    )
    async with bench.database.transaction() as tx:
        if await _still_waiting(tx, quarantine) is None:
            return
        await quarantines.reopen(tx, quarantine.id, failed, bench.deps.clock.now())
        await _record(tx, bench, quarantine, "refused_again", failed)


async def _record(
    tx: Transaction,
    bench: Bench,
    quarantine: Quarantine,
    action: str,
    failed: list[tuple[str, str]],
) -> None:
    await bench.deps.audit.record(
        tx,
        actor=SYSTEM,
        action=f"quarantine.{action}",
        subject=f"quarantine:{quarantine.id}",
        detail={
            "checks": [check for check, _ in failed],
            "file_sha256": quarantine.file_sha256,
            "approval": str(quarantine.approval_id),
        },
    )
