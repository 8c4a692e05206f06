"""Intents: what is under way, what waits for whom, and sending it on."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from certificates.domain.entities import Intent
from certificates.domain.states import IntentState
from certificates.errors import IntentNotFound, IntentStateConflict, QuarantineNeedsTwo
from certificates.http.deps import Data, Deps, answered_once
from certificates.http.schemas import Accepted, IntentPage, IntentView
from certificates.http.schemas_lanes import PlaceView
from certificates.http.schemas_quarantine import QuarantineView
from certificates.store import intents, quarantines, queues
from certificates.store.quarantines import Quarantine
from certificates.store.queues import Place
from certificates.usecases import Dependencies
from certificates.usecases.authority import WORKERS, scopes_of
from certificates.usecases.retry import retry_intent
from chassis.errors import Forbidden
from chassis.http import Caller, IdempotencyKey, responses

router = APIRouter(prefix="/api/certificates/v1/intents", tags=["intents"])


@router.get("", summary="制证任务：本人的或管辖范围内的，先到的在前")
async def list_intents(
    *,
    database: Data,
    deps: Deps,
    caller: Caller,
    state: Annotated[list[IntentState] | None, Query()] = None,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> IntentPage:
    async with database.reading() as tx:
        found = await intents.listing(
            tx,
            person_id=caller.person_id,
            scopes=await scopes_of(tx, caller, *WORKERS),
            states=state or (),
            after=cursor,
            limit=limit,
        )
        places = await queues.places(tx, found)
    following = found[-1].id if len(found) == limit else None
    return IntentPage(items=[_view(one, places, deps) for one in found], next_cursor=following)


@router.get("/{intent_id}", summary="一项制证任务", responses=responses(IntentNotFound))
async def get_intent(*, intent_id: UUID, database: Data, deps: Deps, caller: Caller) -> IntentView:
    async with database.reading() as tx:
        scopes = await scopes_of(tx, caller, *WORKERS)
        found = await intents.visible(tx, intent_id, person_id=caller.person_id, scopes=scopes)
        if found is None:
            raise IntentNotFound
        # How a seal was refused concerns those who look into it, not the holder.
        official = await intents.visible(tx, intent_id, person_id=None, scopes=scopes)
        kept = await quarantines.of_intent(tx, intent_id) if official else []
        return _view(found, await queues.places(tx, [found]), deps, kept)


def _view(
    intent: Intent,
    places: Mapping[UUID, Place],
    deps: Dependencies,
    kept: Sequence[Quarantine] = (),
) -> IntentView:
    place = places.get(intent.id)
    where = PlaceView.of(intent, place, deps.clock.now()) if place else None
    return IntentView.of(intent, where, [QuarantineView.of(one) for one in kept])


@router.post(
    "/{intent_id}/retry",
    summary="重新检查并办理（隔离的文件除外）",
    status_code=202,
    responses=responses(IntentNotFound, IntentStateConflict, QuarantineNeedsTwo, Forbidden),
)
async def retry(
    *, intent_id: UUID, database: Data, deps: Deps, caller: Caller, key: IdempotencyKey
) -> Accepted:
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            await retry_intent(tx, deps, caller, intent_id)
            return {"intent_id": str(intent_id)}

        request = {"retry": str(intent_id)}
        return Accepted(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )
