"""What the bureaus' keys have signed, compared with what we asked for and what we keep.

A signature over a digest that we never sent means that somebody else can use the key. One over a
digest of ours without a stored file means that a signed certificate may be about that nobody here
knows of. And a log that leaves out what we hold may leave out more (``notice_omissions``). All are
listed and raise an alarm; none is repaired silently.
"""

from collections.abc import Sequence
from typing import Any

import structlog

from certificates.sealing.signature_log import LogEntry, SealLogBroken, SignatureLog
from certificates.store import omissions, seal_logs
from certificates.store.seal_logs import Checkpoint, Digest
from certificates.usecases import SYSTEM, Bench
from certificates.usecases.notice_omissions import nothing_to_compare, notice_omissions
from chassis.db import Transaction
from chassis.errors import ServiceError
from chassis.ids import uuid7

_log = structlog.get_logger()
_PAGE = 500
# Pages of one log read in one turn; the next turn reads on.
_PAGES = 20


async def compare_logs(bench: Bench) -> int:
    """Read on in every seal service's log and settle what is open; return the entries read.

    A service that is away, or whose log is broken, does not stop the others.
    """
    async with bench.database.transaction() as tx:
        checkpoints = await seal_logs.open_checkpoints(tx)
    count = 0
    for checkpoint in checkpoints:
        error: str | None = None
        try:
            count += await _compare(bench, checkpoint)
        except SealLogBroken as broken:
            error = broken.code
            await _alarm_broken(bench, checkpoint)
        except ServiceError as failure:
            error = failure.code
        async with bench.database.transaction() as tx:
            now = bench.deps.clock.now()
            await seal_logs.note_reading(tx, checkpoint.endpoint, error=error, now=now)
    await _settle(bench)
    return count


async def _compare(bench: Bench, checkpoint: Checkpoint) -> int:
    log = bench.seal_services.log_of(checkpoint.endpoint)
    if log is None:
        await nothing_to_compare(bench, checkpoint.endpoint)
        return 0
    read_at = bench.deps.clock.now()
    count, ended = await _read_on(bench, log, checkpoint)
    if ended:
        await notice_omissions(bench, checkpoint.endpoint, read_at=read_at)
    return count


async def _read_on(bench: Bench, log: SignatureLog, checkpoint: Checkpoint) -> tuple[int, bool]:
    """Return how many entries were read, and whether they were the last ones."""
    position, entry_hash, count = checkpoint.position, checkpoint.entry_hash, 0
    for _ in range(_PAGES):
        entries = await log.after(position, entry_hash, _PAGE)
        if not entries:
            return count, True
        if not await _keep(bench, checkpoint, position, entries):
            break
        position, entry_hash = entries[-1].position, entries[-1].entry_hash
        count += len(entries)
    return count, False


async def _keep(
    bench: Bench, checkpoint: Checkpoint, position: int, entries: Sequence[LogEntry]
) -> bool:
    now = bench.deps.clock.now()
    async with bench.database.transaction() as tx:
        last = entries[-1]
        if not await seal_logs.advance(
            tx,
            checkpoint.endpoint,
            before=position,
            position=last.position,
            entry_hash=last.entry_hash,
        ):
            return False
        digests = await seal_logs.known(tx, [entry.hash for entry in entries])
        rows = [_row(checkpoint, entry, digests.get(entry.hash)) for entry in entries]
        await seal_logs.add(tx, [row | {"noted_at": now, "changed_at": now} for row in rows])
        for row in rows:
            if row["outcome"] == seal_logs.UNKNOWN:
                await _alarm_unknown(tx, bench, row)
    return True


def _row(checkpoint: Checkpoint, entry: LogEntry, digest: Digest | None) -> dict[str, Any]:
    return {
        "endpoint": checkpoint.endpoint,
        "position": entry.position,
        "id": uuid7(),
        "hash": entry.hash,
        "entry_hash": entry.entry_hash,
        "certificate_sha256": entry.certificate_sha256,
        "client": entry.client,
        "request_key": entry.request_key,
        "signed_at": entry.signed_at,
        "outcome": _outcome(checkpoint, entry, digest),
        "intent_id": digest.intent_id if digest else None,
    }


def _outcome(checkpoint: Checkpoint, entry: LogEntry, digest: Digest | None) -> str:
    if digest and digest.intent_id:
        return seal_logs.MATCHED if digest.stored_at else seal_logs.PENDING
    if digest:
        return seal_logs.CANARY
    if entry.signed_at < checkpoint.compared_since:
        return seal_logs.EARLIER
    return seal_logs.CANARY if entry.is_canary else seal_logs.UNKNOWN


async def _settle(bench: Bench) -> None:
    now = bench.deps.clock.now()
    async with bench.database.transaction() as tx:
        deadline = now - bench.deps.rules.deadline
        orphans = await seal_logs.settle(tx, now, deadline=deadline)
        await omissions.settle(tx, now)
        for entry_id in orphans:
            _log.error("seal_log_orphan", entry_id=str(entry_id))
            await bench.deps.audit.record(
                tx, actor=SYSTEM, action="seal_log.orphan", subject=f"seal_log_entry:{entry_id}"
            )


async def _alarm_unknown(tx: Transaction, bench: Bench, row: dict[str, Any]) -> None:
    where = {"endpoint": row["endpoint"], "position": row["position"], "client": row["client"]}
    _log.error("seal_log_unknown_signature", security=True, **where)
    await bench.deps.audit.record(
        tx,
        actor=SYSTEM,
        action="seal_log.unknown_signature",
        subject=f"seal_log_entry:{row['id']}",
        detail={**where, "hash": row["hash"].hex()},
    )


async def _alarm_broken(bench: Bench, checkpoint: Checkpoint) -> None:
    where = {"endpoint": checkpoint.endpoint, "position": checkpoint.position}
    _log.error("seal_log_broken", security=True, **where)
    if checkpoint.last_error == SealLogBroken.code:
        return
    async with bench.database.transaction() as tx:
        await bench.deps.audit.record(
            tx,
            actor=SYSTEM,
            action="seal_log.broken",
            subject=f"seal_log:{checkpoint.endpoint}",
            detail=where,
        )
