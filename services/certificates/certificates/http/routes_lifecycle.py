"""Corrections, a certificate's history, and what waits for somebody."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from certificates.domain.states import IntentState
from certificates.errors import (
    CertificateNotFound,
    CertificateStateConflict,
    IssueUnderWay,
    NothingToCorrect,
    ReasonUnknown,
    YearUnderReview,
)
from certificates.http.deps import Data, Deps, answered_once
from certificates.http.schemas_lifecycle import (
    ChangeView,
    Correction,
    History,
    Reissued,
    WorkItem,
    WorkKind,
    WorkPage,
)
from certificates.store import certificates, intents, lifecycle, omissions, quarantines
from certificates.usecases.authority import READERS, WORKERS, scopes_of
from certificates.usecases.reissue import reissue_certificate
from chassis.errors import Forbidden
from chassis.http import Caller, IdempotencyKey, responses

router = APIRouter(prefix="/api/certificates/v1", tags=["lifecycle"])
_STATES = {
    "overdue": intents.MAY_BE_LATE,
    "quarantined": {IntentState.QUARANTINED},
    "parked": {IntentState.PARKED},
}


@router.post(
    "/certificates/{certificate_id}/reissue",
    summary="信息更正后换发；新证书发布前原证书保持有效",
    status_code=202,
    responses=responses(
        CertificateNotFound,
        CertificateStateConflict,
        NothingToCorrect,
        IssueUnderWay,
        YearUnderReview,
        ReasonUnknown,
        Forbidden,
    ),
)
async def reissue(
    *,
    certificate_id: UUID,
    body: Correction,
    database: Data,
    deps: Deps,
    caller: Caller,
    key: IdempotencyKey,
) -> Reissued:
    async with database.transaction() as tx:

        async def action() -> dict[str, object]:
            planned = await reissue_certificate(
                tx, deps, caller, certificate_id, reason_code=body.reason_code
            )
            return {"intent_id": str(planned.intent_id), "corrections": planned.corrections}

        request = {"reissue": str(certificate_id), **body.model_dump()}
        return Reissued(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )


@router.get(
    "/certificates/{certificate_id}/history",
    summary="证书状态的变化，先发生的在前",
    responses=responses(CertificateNotFound),
)
async def get_history(*, certificate_id: UUID, database: Data, caller: Caller) -> History:
    async with database.reading() as tx:
        seen = await certificates.visible(
            tx,
            certificate_id,
            person_id=caller.person_id,
            scopes=await scopes_of(tx, caller, *READERS),
        )
        if seen is None:
            raise CertificateNotFound
        changes = await lifecycle.history(tx, certificate_id)
    return History(items=[ChangeView.of(change) for change in changes])


@router.get(
    "/work",
    summary="需要有人处理的事项：超时、隔离、待办、无档签名、日志漏记的签名、签章日志读不到；"
    "以及已核查的签名",
    responses=responses(Forbidden),
)
async def list_work(
    *,
    database: Data,
    deps: Deps,
    caller: Caller,
    kind: WorkKind,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> WorkPage:
    caller.require(*WORKERS)
    async with database.reading() as tx:
        scopes = await scopes_of(tx, caller, *WORKERS)
        if kind in {"orphans", "acknowledged"}:
            done = kind == "acknowledged"
            logged = await lifecycle.unexplained(
                tx, scopes=scopes, after=cursor, limit=limit, acknowledged=done
            )
            items = [WorkItem.of_signature(one) for one in logged]
        elif kind == "omissions":
            left_out = await omissions.open_ones(tx, scopes=scopes, after=cursor, limit=limit)
            items = [WorkItem.of_omission(one) for one in left_out]
        elif kind == "logs":
            # All of them: there is one for each seal service, and no page after it.
            unread = await lifecycle.unread_logs(tx, scopes=scopes)
            return WorkPage(items=[WorkItem.of_log(one) for one in unread], next_cursor=None)
        else:
            found = await intents.listing(
                tx,
                person_id=None,
                scopes=scopes,
                states=_STATES[kind],
                after=cursor,
                limit=limit,
                late_at=deps.clock.now() if kind == "overdue" else None,
            )
            kept = await quarantines.undecided(tx, [one.id for one in found])
            items = [WorkItem.of_intent(kind, one, kept.get(one.id)) for one in found]
    return WorkPage(items=items, next_cursor=items[-1].id if len(items) == limit else None)
