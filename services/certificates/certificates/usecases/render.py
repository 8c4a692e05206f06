"""Steps 2 and 3: from a planned intent to prepared bytes that wait for the seal."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog

from certificates.domain.backoff import delay_after
from certificates.domain.entities import Intent, Seal
from certificates.domain.preflight import Situation, obstacle_of
from certificates.domain.presence import present
from certificates.domain.states import IntentState
from certificates.qr import certificate_url, mint_token, signed_payload, token_hash
from certificates.record import CertificateRecord, CreditTenths, canonical_bytes
from certificates.store import digests, intents, seal_faces
from certificates.usecases import Bench
from certificates.usecases.plan import CopyMissing
from certificates.usecases.preflight import park, survey
from certificates.usecases.stories import story_of
from certificates.usecases.templates import live_template
from certificates.workshop import Draft, Order
from chassis.clock import legal_date
from chassis.errors import ServiceError
from chassis.ids import uuid7

_log = structlog.get_logger()
_FIRST_DELAY = timedelta(seconds=1)
_LONGEST_DELAY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the preflight let through, with the numbers the certificate will carry."""

    record: CertificateRecord
    seal: Seal
    drawing: bytes | None
    status_index: int


async def render_due(bench: Bench, *, limit: int = 4) -> int:
    """Claim planned intents and take each to ``rendered`` or ``parked``; return how many."""
    claimed = await claim_planned(bench, limit=limit)
    await asyncio.gather(*(render_certificate(bench, intent) for intent in claimed))
    return len(claimed)


async def claim_planned(bench: Bench, *, limit: int) -> list[Intent]:
    """Claim up to ``limit`` planned intents that are due."""
    now = bench.deps.clock.now()
    async with bench.database.single() as tx:
        return await intents.claim_planned(
            tx, limit=limit, now=now, until=now + bench.deps.rules.lease
        )


async def render_certificate(bench: Bench, intent: Intent) -> UUID | None:
    """Preflight, render and prepare one claimed intent; a failure gives it back for later.

    Returns the seal that it now waits for; None when it does not.
    """
    with story_of(intent, "render certificate"):
        try:
            plan = await _preflight(bench, intent)
            if plan:
                await _prepare(bench, intent, plan)
                return plan.seal.id
        except (ServiceError, CopyMissing) as error:
            code = error.code if isinstance(error, ServiceError) else "certificates.copy_missing"
            _log.warning("render_postponed", intent_id=str(intent.id), code=code)
            await _postpone(bench, intent, code)
        except Exception:  # noqa: BLE001 - one bad certificate must not stop the others
            _log.exception("render_failed", intent_id=str(intent.id))
            await _postpone(bench, intent, "certificates.render_failed")
    return None


async def _preflight(bench: Bench, intent: Intent) -> _Plan | None:
    # Step 2: refused here means parked with a task; nothing is lost.
    shipped = await bench.workshop.templates()
    async with bench.database.transaction() as tx:
        held = await intents.lock_held(tx, intent.id, present(intent.lease_token))
        if held is None:
            return None
        situation = await survey(tx, bench.deps, held)
        if obstacle := obstacle_of(situation, bench.missing_glyphs):
            await park(tx, bench.deps, held, obstacle)
            return None
        template = await live_template(tx, bench.deps, "certificate", shipped)
        version, status_index = await intents.next_numbers(tx, held.person_id, held.year)
        record = _record(bench, held, situation, version, template.version)
        seal = present(situation.seal)
        filed = seal.drawing_sha256
        drawing = await seal_faces.drawing(tx, filed) if filed else None
        return _Plan(record, seal, drawing, status_index)


def _record(
    bench: Bench, intent: Intent, situation: Situation, version: int, template_version: str
) -> CertificateRecord:
    person, office = situation.person, present(situation.office)
    return CertificateRecord(
        certificate_id=uuid7(),
        number=person.management_number,
        year=intent.year,
        version=version,
        name=person.name,
        sex="male" if person.sex == "male" else "female",
        identity_masked=person.identity_masked,
        employer=situation.employer.name,
        level=intent.title_level,  # type: ignore[arg-type]  # the contract lists the same five
        credit_tenths=CreditTenths(
            total=intent.total_tenths,
            public=intent.public_tenths,
            professional=intent.professional_tenths,
        ),
        rule_id=intent.rule_id,
        rule_version=intent.rule_version,
        office_id=office.organisation_id,
        office_name=office.name,
        issued_on=legal_date(bench.deps.clock.now()),
        template_version=template_version,
    )


async def _prepare(bench: Bench, intent: Intent, plan: _Plan) -> None:
    # Step 3: the token exists from here on in the prepared bytes and nowhere else.
    token = mint_token(bench.token_keys)
    draft = await bench.workshop.produce(_order(bench, plan, token))
    await _keep(bench, intent, plan, draft, token)


def _order(bench: Bench, plan: _Plan, token: str) -> Order:
    seal = plan.seal
    payload = signed_payload(plan.record, token, plan.status_index, bench.qr_signer)
    return Order(
        record=canonical_bytes(plan.record),
        qr_url=certificate_url(bench.deps.rules.public_host, token, payload),
        seal_name=seal.name,
        development=bool(seal.development),
        certificate=present(seal.signer_certificate),
        chain=seal.chain or (),
        signed_at=bench.deps.clock.now(),
        drawing=plan.drawing,
        whole_document=_takes_whole_documents(bench, seal),
    )


def _takes_whole_documents(bench: Bench, seal: Seal) -> bool:
    endpoint = bench.deps.rules.seal_endpoints.get(seal.endpoint)
    return endpoint is not None and endpoint.shape == "whole_pdf"


async def _keep(bench: Bench, intent: Intent, plan: _Plan, draft: Draft, token: str) -> None:
    """Store the prepared bytes before anybody is called; a lost lease discards them."""
    now = bench.deps.clock.now()
    async with bench.database.transaction() as tx:
        held = await intents.lock_held(tx, intent.id, present(intent.lease_token))
        if held is None:
            return
        await intents.keep_prepared(
            tx, held.id, prepared=draft.prepared, digest_to_sign=draft.digest_to_sign, now=now
        )
        await digests.note(
            tx, draft.digest_to_sign, seal_id=plan.seal.id, intent_id=held.id, now=now
        )
        await intents.change(
            tx,
            held,
            IntentState.RENDERED,
            now,
            certificate_id=plan.record.certificate_id,
            version=plan.record.version,
            status_index=plan.status_index,
            seal_id=plan.seal.id,
            token_hash=token_hash(token),
            record=canonical_bytes(plan.record),
            attempts=0,
            next_attempt_at=now,
            last_error=None,
        )


async def _postpone(bench: Bench, intent: Intent, code: str) -> None:
    delay = delay_after(intent.attempts + 1, first=_FIRST_DELAY, longest=_LONGEST_DELAY)
    async with bench.database.transaction() as tx:
        until = bench.deps.clock.now() + delay
        await intents.postpone(tx, [intent], error=code, until=until, count_attempt=True)
