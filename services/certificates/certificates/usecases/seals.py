"""Applying for a seal, looking at what its service presents, and taking it out of use."""

from uuid import UUID

import structlog

from certificates.domain.entities import GENERATED, Seal
from certificates.domain.offices import ISSUING_KINDS, SEAL_PURPOSE
from certificates.domain.states import SealState
from certificates.errors import (
    OfficeDoesNotIssue,
    OrganisationNotFound,
    SealEndpointOfOtherOffice,
    SealEndpointUnknown,
    SealNameWrong,
    SealNotFound,
    SealNotTrusted,
    SealStateConflict,
    SealTextUnprintable,
)
from certificates.sealing import SealCredential
from certificates.store import copies, seal_faces, seals
from certificates.trust import check_signer
from certificates.usecases import SYSTEM, Bench, Dependencies
from certificates.usecases.authority import BUREAU, PROVINCE, require_over
from certificates.usecases.decide import move_seal
from chassis.auth import Principal
from chassis.db import Transaction
from chassis.errors import ServiceError
from chassis.ids import uuid7

_log = structlog.get_logger()


async def apply_for_seal(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    *,
    office_id: UUID,
    name: str,
    endpoint: str,
    credential_id: str,
    face: str = GENERATED,
) -> UUID:
    """Enter an office's application; the worker fetches and checks the certificate next."""
    await require_over(tx, caller, office_id, BUREAU)
    office = await copies.organisation(tx, office_id)
    if office is None:
        raise OrganisationNotFound
    if office.kind not in ISSUING_KINDS or not office.active:
        raise OfficeDoesNotIssue(field="/office_id")
    known = deps.rules.seal_endpoints.get(endpoint)
    if known is None or known.address.credential_id != credential_id:
        raise SealEndpointUnknown(field="/endpoint")
    if known.office_code != office.code:
        raise SealEndpointOfOtherOffice(field="/endpoint")
    if not name.endswith(SEAL_PURPOSE) or name == SEAL_PURPOSE:
        raise SealNameWrong(field="/name")
    now, seal_id = deps.clock.now(), uuid7()
    row = {
        "id": seal_id,
        "aggregate_version": 1,
        "state": SealState.APPLIED,
        "office_id": office_id,
        "name": name,
        "endpoint": endpoint,
        "credential_id": credential_id,
        "face": face,
        "applied_by": caller.actor,
        "created_at": now,
        "changed_at": now,
    }
    await seals.add(tx, row)
    await deps.audit.record(
        tx, actor=caller.actor, action="seal.applied", subject=f"seal:{seal_id}"
    )
    return seal_id


async def inspect_applied(bench: Bench) -> int:
    """Fetch and check the certificate of every seal applied for; return how many were decided.

    A service that does not answer leaves the application as it is, with the reason shown.
    """
    async with bench.database.reading() as tx:
        waiting = await seals.in_state(tx, SealState.APPLIED)
    decided = 0
    for seal in waiting:
        try:
            service = await bench.seal_services.of(seal.endpoint, seal.credential_id)
            credential = await service.describe()
            drawing = await _drawing_of(bench, seal)
        except SealTextUnprintable as error:
            async with bench.database.transaction() as tx:
                await _reject(tx, bench.deps, seal.id, error.detail)
            decided += 1
            continue
        except ServiceError as error:
            _log.warning("seal_not_inspected", seal_id=str(seal.id), code=error.code)
            async with bench.database.transaction() as tx:
                await seals.note_error(tx, seal.id, error.code)
            continue
        async with bench.database.transaction() as tx:
            await _pin(tx, bench, seal.id, credential, drawing)
        decided += 1
    return decided


async def _drawing_of(bench: Bench, seal: Seal) -> bytes | None:
    """Return the drawing of a seal that is drawn from its name."""
    if seal.face != GENERATED:
        return None
    # check_signer lets nothing but development seals into development, and none into production.
    development = not bench.deps.rules.production
    return await bench.workshop.draw_seal(seal.name, development=development)


async def _reject(tx: Transaction, deps: Dependencies, seal_id: UUID, reason: str) -> None:
    seal = await seals.lock(tx, seal_id)
    if seal is None or seal.state is not SealState.APPLIED:
        return
    await seals.change(tx, seal, deps.clock.now(), SealState.REJECTED, state_reason=reason)
    await deps.audit.record(tx, actor=SYSTEM, action="seal.rejected", subject=f"seal:{seal_id}")


async def _pin(
    tx: Transaction,
    bench: Bench,
    seal_id: UUID,
    credential: SealCredential,
    drawing: bytes | None,
) -> None:
    """Pin the certificate to the seal, or reject the application with the reason."""
    seal = await seals.lock(tx, seal_id)
    if seal is None or seal.state is not SealState.APPLIED:
        return
    deps = bench.deps
    office = await copies.organisation(tx, seal.office_id)
    now = deps.clock.now()
    try:
        signer = check_signer(
            credential,
            roots=bench.trust_roots,
            office_name=office.name if office else "",
            production=deps.rules.production,
            at=now,
        )
    except SealNotTrusted as refusal:
        await _reject(tx, deps, seal_id, refusal.detail)
        return
    if drawing is not None:
        sha256 = await seal_faces.keep_drawing(tx, drawing, development=signer.development, now=now)
        await seal_faces.put_on(tx, seal_id, drawing_sha256=sha256, impression_sha256=None)
    await seals.change(
        tx,
        seal,
        now,
        SealState.INSPECTED,
        signer_certificate=credential.certificate,
        chain=list(credential.chain),
        signer_sha256=signer.sha256,
        valid_until=signer.valid_until,
        development=signer.development,
        last_error=None,
    )
    await deps.audit.record(
        tx,
        actor=SYSTEM,
        action="seal.inspected",
        subject=f"seal:{seal_id}",
        detail={"signer_sha256": signer.sha256},
    )


async def suspend_seal(
    tx: Transaction, deps: Dependencies, caller: Principal, seal_id: UUID, *, reason_code: str
) -> Seal:
    """Take a seal out of use at once; what is being sealed with it waits, nothing is lost."""
    seal = await seals.lock(tx, seal_id)
    if seal is None:
        raise SealNotFound
    await require_over(tx, caller, seal.office_id, BUREAU, PROVINCE)
    if seal.state is not SealState.ACTIVE:
        raise SealStateConflict
    await move_seal(
        tx, deps, seal, SealState.SUSPENDED, actor=caller.actor, reason_code=reason_code
    )
    return seal
