"""Seals: application, filing, suspension; and the second person's word on every proposal."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from certificates.domain.entities import Seal
from certificates.domain.pace import Pace
from certificates.domain.states import IN_USE, SealState
from certificates.errors import (
    OfficeDoesNotIssue,
    ProposalOpen,
    SealEndpointOfOtherOffice,
    SealEndpointUnknown,
    SealNameWrong,
    SealNotDrawn,
    SealNotFound,
    SealNotInspected,
    SealNotTrusted,
    SealStateConflict,
)
from certificates.http.deps import Data, Deps, answered_once
from certificates.http.schemas import (
    Decision,
    Proposed,
    SealApplication,
    SealMoved,
    SealPage,
    SealView,
)
from certificates.http.schemas_lanes import LaneView, PaceView
from certificates.store import canaries, queues, seals
from certificates.usecases import Dependencies
from certificates.usecases.authority import WORKERS, scopes_of
from certificates.usecases.propose import propose_filing, propose_reinstatement
from certificates.usecases.seals import apply_for_seal, suspend_seal
from chassis.db import Database, Transaction
from chassis.errors import Forbidden
from chassis.http import Caller, IdempotencyKey, responses

router = APIRouter(prefix="/api/certificates/v1/seals", tags=["seals"])
# The worker normally inspects within a second; waiting for it here saves the official a reload.
_LOOK_EVERY_SECONDS = 0.1
_MOST_LOOKS = 50


@router.post(
    "",
    summary="申请启用电子签章（随后由系统核验签章证书）",
    status_code=201,
    responses=responses(
        Forbidden,
        OfficeDoesNotIssue,
        SealEndpointUnknown,
        SealEndpointOfOtherOffice,
        SealNameWrong,
        SealNotTrusted,
    ),
)
async def apply(
    *, body: SealApplication, database: Data, deps: Deps, caller: Caller, key: IdempotencyKey
) -> SealView:
    async with database.transaction() as tx:

        async def action() -> str:
            seal_id = await apply_for_seal(
                tx,
                deps,
                caller,
                office_id=body.office_id,
                name=body.name,
                endpoint=body.endpoint,
                credential_id=body.credential_id,
                face=body.face,
            )
            return str(seal_id)

        request = {"apply": body.model_dump(mode="json")}
        seal_id = UUID(
            await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )
    return await _inspected(database, seal_id)


async def _inspected(database: Database, seal_id: UUID) -> SealView:
    """Return the seal as soon as the worker has looked at it, or after a short wait as it is."""
    seal = await _found(database, seal_id)
    for _ in range(_MOST_LOOKS):
        if seal.state is not SealState.APPLIED or seal.last_error:
            break
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
        seal = await _found(database, seal_id)
    if seal.state is SealState.REJECTED:
        raise SealNotTrusted(seal.state_reason)
    return SealView.of(seal, None)


async def _found(database: Database, seal_id: UUID) -> Seal:
    async with database.reading() as tx:
        seal = await seals.find(tx, seal_id)
    if seal is None:
        raise SealNotFound
    return seal


@router.get("", summary="管辖范围内的电子签章")
async def list_seals(
    *,
    database: Data,
    deps: Deps,
    caller: Caller,
    office_id: UUID | None = None,
    expiring: Annotated[int | None, Query(ge=0, le=365, description="几天内到期")] = None,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> SealPage:
    async with database.reading() as tx:
        found = await seals.listing(
            tx,
            scopes=await scopes_of(tx, caller, *WORKERS),
            office_id=office_id,
            ends_by=None if expiring is None else deps.clock.now() + timedelta(days=expiring),
            after=cursor,
            limit=limit,
        )
        items = await _views(tx, found, deps)
    following = found[-1].id if len(found) == limit else None
    return SealPage(items=items, next_cursor=following)


@router.get("/{seal_id}", summary="一枚电子签章及其通道状况", responses=responses(SealNotFound))
async def get_seal(*, seal_id: UUID, database: Data, deps: Deps, caller: Caller) -> SealView:
    async with database.reading() as tx:
        scopes = await scopes_of(tx, caller, *WORKERS)
        seal = await seals.visible(tx, seal_id, scopes=scopes)
        if seal is None:
            raise SealNotFound
        [view] = await _views(tx, [seal], deps)
        return view


async def _views(tx: Transaction, found: Sequence[Seal], deps: Dependencies) -> list[SealView]:
    """Return the seals with their lanes; one never in use has none."""
    now, ids = deps.clock.now(), [seal.id for seal in found]
    tried, out = await canaries.of(tx, ids), await canaries.errands_of(tx, ids)
    standings = await queues.standings(tx, ids, now)
    return [
        SealView.of(
            seal,
            LaneView.of(seal, standings[seal.id], _pace(seal, deps), now)
            if seal.state in IN_USE or standings[seal.id].circuit
            else None,
            tried.get(seal.id),
            out.get(seal.id),
        )
        for seal in found
    ]


def _pace(seal: Seal, deps: Dependencies) -> PaceView:
    endpoint = deps.rules.seal_endpoints.get(seal.endpoint)
    return PaceView.of(endpoint.pace if endpoint else Pace(), deps.rules.seal_batch)


@router.post(
    "/{seal_id}/filing",
    summary="省厅提出备案启用，由省厅另一人批准后生效",
    status_code=202,
    responses=responses(
        SealNotFound,
        SealNotInspected,
        SealNotDrawn,
        SealNotTrusted,
        SealStateConflict,
        ProposalOpen,
        Forbidden,
    ),
)
async def file(
    *, seal_id: UUID, database: Data, deps: Deps, caller: Caller, key: IdempotencyKey
) -> Proposed:
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            return {"approval_id": str(await propose_filing(tx, deps, caller, seal_id))}

        request = {"file": str(seal_id)}
        return Proposed(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )


@router.post(
    "/{seal_id}/suspension",
    summary="停用电子签章（一人办理，立即生效）",
    responses=responses(SealNotFound, SealStateConflict, Forbidden),
)
async def suspend(
    *,
    seal_id: UUID,
    body: Decision,
    database: Data,
    deps: Deps,
    caller: Caller,
    key: IdempotencyKey,
) -> SealMoved:
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            await suspend_seal(tx, deps, caller, seal_id, reason_code=body.reason_code)
            return {"seal_id": str(seal_id), "state": SealState.SUSPENDED.value}

        request = {"suspend": str(seal_id), **body.model_dump()}
        return SealMoved(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )


@router.post(
    "/{seal_id}/reinstatement",
    summary="省厅提出恢复使用，由省厅另一人批准后生效",
    status_code=202,
    responses=responses(SealNotFound, SealNotTrusted, SealStateConflict, ProposalOpen, Forbidden),
)
async def reinstate(
    *, seal_id: UUID, database: Data, deps: Deps, caller: Caller, key: IdempotencyKey
) -> Proposed:
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            return {"approval_id": str(await propose_reinstatement(tx, deps, caller, seal_id))}

        request = {"reinstate": str(seal_id)}
        return Proposed(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )
