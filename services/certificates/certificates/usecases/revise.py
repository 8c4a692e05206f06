"""Step 7: a later revision of a file, with validation material and a timestamp over everything."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar

import structlog
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certificates.domain.backoff import delay_after
from certificates.sealing.authorities import AuthorityUnavailable
from certificates.sealing.chains import chain_to
from certificates.sealing.material import Material, RevisionExpectation
from certificates.sealing.timestamps import Timestamp
from certificates.store import revisions
from certificates.store.revisions import FileRevision, RevisionWork
from certificates.usecases import SYSTEM, Bench
from certificates.usecases.material import MaterialNotGood, material_of
from chassis.errors import Category, ServiceError

_log = structlog.get_logger()
# Files taken at once: they share one turn's material, and nobody waits for the last of them.
_BATCH = 20
_FIRST_DELAY = timedelta(seconds=5)
_LONGEST_DELAY = timedelta(minutes=15)
# Authorities change their certificate once in years; one that ends soon is logged this often.
_GAIN_ASKED_AGAIN = timedelta(hours=6)


class RevisionRefused(ServiceError):
    """What we made ourselves does not pass our own checks: nothing is stored."""

    code: ClassVar[str] = "certificates.revision_refused"
    category: ClassVar[Category] = Category.CONFLICT
    detail = "新的文件版本未通过检查。"

    def __init__(self, checks: Sequence[str]) -> None:
        self.checks = tuple(checks)
        super().__init__()


class TimestampGainsNothing(ServiceError):
    """The authority still stamps with a certificate that ends no later than the one in the file."""

    code: ClassVar[str] = "certificates.timestamp_gains_nothing"
    category: ClassVar[Category] = Category.CONFLICT
    detail = "时间戳机构尚未启用有效期更长的证书。"


async def revise_due(bench: Bench) -> int:
    """Give every due file its next revision; return how many were worked on.

    Nothing is lost when an authority is away: the last revision stays the newest, the work waits
    with back-off and shows its reason.
    """
    now, url = bench.deps.clock.now(), bench.deps.rules.timestamp_url
    if not url:
        return 0
    async with bench.database.transaction() as tx:
        until = now + bench.deps.rules.lease
        held = await revisions.claim(tx, limit=_BATCH, now=now, until=until)
    if not held:
        return 0
    try:
        async with asyncio.timeout((bench.deps.rules.lease / 2).total_seconds()):
            # Once for all of them: who stamps here, and that he may.
            trial = await bench.authorities.trial_timestamp(url)
            theirs, ends_at = await _of_stamp(bench, trial), _end_of(bench, trial)
    except (ServiceError, TimeoutError) as error:
        await _postpone(bench, held, error)
        return len(held)
    for work in held:
        # One after the other: issuing has the document processes first.
        try:
            _require_gain(work, ends_at)
            await _revise(bench, work, url, theirs)
        except Exception as error:  # noqa: BLE001 - whatever one file meets, the next has its turn
            await _postpone(bench, [work], error)
    return len(held)


def _require_gain(work: RevisionWork, ends_at: datetime) -> None:
    """Without this a file whose authority's certificate ends soon would be stamped in a circle."""
    if work.newest.stamp_ends_at is not None and ends_at <= work.newest.stamp_ends_at:
        raise TimestampGainsNothing


async def _revise(bench: Bench, work: RevisionWork, url: str, theirs: Material) -> None:
    """Extend one file, have the result stamped, check it, and only then store and register it."""
    material = await _of_file(bench, work) + theirs
    previous = await bench.objects.get(work.newest.sha256)
    extension = await bench.workshop.extend(previous, material)
    stamp = await bench.authorities.timestamp(url, extension.digest)
    roots = tuple(root.public_bytes(Encoding.DER) for root in bench.trust_roots)
    expectation = RevisionExpectation(material, roots, bench.deps.clock.now())
    revised = await bench.workshop.complete(previous, extension, stamp.token, expectation)
    if not revised.passed:
        raise RevisionRefused([check.name for check in revised.checks if not check.passed])
    sha256 = await bench.objects.put(revised.file)
    await _register(bench, work, stamp, sha256, len(revised.file))


async def _register(
    bench: Bench, work: RevisionWork, stamp: Timestamp, sha256: str, size: int
) -> None:
    line, ends_at = _line_of(bench, stamp), _end_of(bench, stamp)
    number = work.newest.revision + 1
    new = FileRevision(
        certificate_id=work.certificate_id,
        revision=number,
        kind=revisions.VALIDATED if work.newest.revision == 1 else revisions.RENEWED,
        sha256=sha256,
        size_bytes=size,
        made_at=bench.deps.clock.now(),
        stamped_at=stamp.made_at,
        stamp_chain=tuple(one.public_bytes(Encoding.DER) for one in line[:-1]),
        stamp_ends_at=ends_at,
    )
    async with bench.database.transaction() as tx:
        # First, so that two workers with the same file cannot both go on.
        due_at = ends_at - bench.deps.rules.renew_before
        if not await revisions.finish(tx, work, due_at=due_at):
            _log.warning("late_revision_discarded", certificate_id=str(work.certificate_id))
            return
        await revisions.register(tx, new)
        await bench.deps.audit.record(
            tx,
            actor=SYSTEM,
            action="certificate.revised",
            subject=f"certificate:{work.certificate_id}",
            detail={"revision": number, "kind": new.kind, "file_sha256": sha256},
        )


def _line_of(bench: Bench, stamp: Timestamp) -> list[x509.Certificate]:
    line = chain_to(stamp.signer, stamp.others, bench.trust_roots, stamp.made_at)
    if line is None:
        raise MaterialNotGood
    return line


def _end_of(bench: Bench, stamp: Timestamp) -> datetime:
    """Return when the first certificate of those who make the timestamp ends."""
    return min(one.not_valid_after_utc for one in _line_of(bench, stamp))


async def _of_file(bench: Bench, work: RevisionWork) -> Material:
    """Return the material of what the newest revision ends in: the seal, or the last timestamp."""
    chain, made_at = (work.signer_certificate, *work.chain), work.issued_at
    if work.newest.stamp_chain is not None:
        chain, made_at = work.newest.stamp_chain, work.newest.made_at
    first, *others = map(x509.load_der_x509_certificate, chain)
    now = bench.deps.clock.now()
    return await material_of(bench, first, others, not_before=made_at, at=now)


async def _of_stamp(bench: Bench, trial: Timestamp) -> Material:
    now = bench.deps.clock.now()
    # Before the stamps it is for: that is what stamping once more, later, repairs.
    kept_since = now - timedelta(hours=1)
    return await material_of(bench, trial.signer, trial.others, not_before=kept_since, at=now)


async def _postpone(bench: Bench, held: Sequence[RevisionWork], error: Exception) -> None:
    now: datetime = bench.deps.clock.now()
    facts: dict[str, object] = {"files": len(held), "certificate_id": str(held[0].certificate_id)}
    code = error.code if isinstance(error, ServiceError) else "certificates.step_failed"
    if isinstance(error, RevisionRefused):
        _log.error("revision_refused", checks=error.checks, **facts)
    elif isinstance(error, AuthorityUnavailable):
        _log.warning("revision_waits", code=code, url=error.url, reason=error.reason, **facts)
    elif isinstance(error, ServiceError | TimeoutError):
        _log.warning("revision_waits", code=code, **facts)
    else:
        _log.error("revision_failed", exc_info=error, **facts)
    attempts = max(work.attempts for work in held) + 1
    delay = delay_after(attempts, first=_FIRST_DELAY, longest=_LONGEST_DELAY)
    until = now + (_GAIN_ASKED_AGAIN if isinstance(error, TimestampGainsNothing) else delay)
    async with bench.database.transaction() as tx:
        await revisions.postpone(tx, held, error=code, until=until)
