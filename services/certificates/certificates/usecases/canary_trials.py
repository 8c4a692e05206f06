"""The two ways to have a non-certificate sealed: a digest, or a page of its own."""

import secrets
from datetime import timedelta

import structlog

from certificates.domain.canary import canary_digest, canary_key
from certificates.domain.entities import Seal
from certificates.domain.presence import present
from certificates.errors import CanaryMismatch, CanaryUnanswered
from certificates.named_work import run_named
from certificates.sealing import (
    SealAnswer,
    SealedDocument,
    SealPending,
    SealService,
    Signature,
    ToSeal,
)
from certificates.sealing.raw_signature import raw_signature_is_right
from certificates.store import canaries, digests
from certificates.store.canaries import CanaryErrand
from certificates.usecases import Bench
from certificates.usecases.ask import return_address
from chassis.errors import ServiceError

_log = structlog.get_logger()
# How long a service that took the page may need; officials may seal by hand.
_LONGEST = timedelta(days=1)
# Between two questions, unless the service says.
_ASK_AGAIN = timedelta(minutes=1)
_RENDER = "certificates.rendering.canary:render_canary"
_CHECK = "certificates.sealing.canary_check:check_canary"


async def try_digest(bench: Bench, service: SealService, seal: Seal) -> None:
    """Have a digest signed that belongs to no file; raise unless the signature is right.

    The digest is noted, so that the comparison with the seal service's log knows it.
    """
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
    async with bench.database.transaction() as tx:
        await digests.mark_canary(tx, digest, bench.deps.clock.now())


async def try_page(
    bench: Bench, service: SealService, seal: Seal, errand: CanaryErrand | None
) -> bool:
    """Have a page sealed, or ask for the one that is out; False while the service has it.

    Raises unless the sealed page passes the gate's checks of seal and structure. It is looked at
    and forgotten: neither stored, nor known to anything but this trial.
    """
    errand = errand or await _begin(bench, seal)
    answer: SealAnswer
    if errand.returned is not None:
        answer = SealedDocument(errand.returned)
    else:
        [answer] = await service.seal([_order(bench, errand)], idempotency_key="")
    if isinstance(answer, ServiceError):
        raise answer
    if isinstance(answer, SealPending):
        await _wait(bench, errand, answer)
        return False
    if not isinstance(answer, SealedDocument):
        raise CanaryMismatch
    await _check(bench, seal, errand, answer.file)
    return True


async def _begin(bench: Bench, seal: Seal) -> CanaryErrand:
    now = bench.deps.clock.now()
    key = canary_key(seal.id, now)
    page = await bench.workshop.run(run_named, _RENDER, bench.deps.rules.fonts_dir, key)
    ticket = secrets.token_urlsafe(32)
    errand = CanaryErrand(seal.id, key, page, ticket, None, now, now, None)
    async with bench.database.transaction() as tx:
        await canaries.begin_errand(tx, errand)
    return errand


def _order(bench: Bench, errand: CanaryErrand) -> ToSeal:
    return ToSeal(
        key=errand.request_key,
        digest=canary_digest(errand.request_key),
        document=errand.page,
        return_address=return_address(bench, errand.ticket),
        location=errand.location,
    )


async def _wait(bench: Bench, errand: CanaryErrand, pending: SealPending) -> None:
    now = bench.deps.clock.now()
    if now - errand.asked_at >= _LONGEST:
        raise CanaryUnanswered
    until = min(now + _pause(pending), errand.asked_at + _LONGEST)
    async with bench.database.transaction() as tx:
        await canaries.wait_for_errand(tx, errand.seal_id, location=pending.location, until=until)


def _pause(pending: SealPending) -> timedelta:
    seconds = pending.retry_after_seconds
    return timedelta(seconds=min(seconds, 86_400)) if seconds else _ASK_AGAIN


async def _check(bench: Bench, seal: Seal, errand: CanaryErrand, sealed: bytes) -> None:
    pinned, at = present(seal.signer_certificate), bench.deps.clock.now()
    failed = await bench.workshop.run(run_named, _CHECK, errand.page, sealed, pinned, at)
    if failed:
        _log.error("canary_refused", seal_id=str(seal.id), checks=failed)
        raise CanaryMismatch
