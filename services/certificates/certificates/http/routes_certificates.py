"""Certificates: lists, files, suspension, and the proposal to revoke."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from certificates.domain.entities import Certificate
from certificates.domain.states import CertificateState
from certificates.errors import (
    CertificateNotFound,
    CertificateStateConflict,
    OwnCertificate,
    ReasonUnknown,
)
from certificates.http.deps import Data, Deps, Objects, answered_once
from certificates.http.files import PARTIAL, Asked, answer_file, certificate_disposition
from certificates.http.schemas import (
    CertificateMoved,
    CertificateOrder,
    CertificatePage,
    CertificateView,
    Decision,
    Proposed,
    Revocation,
)
from certificates.store import certificates, revisions
from certificates.usecases.authority import READERS, scopes_of
from certificates.usecases.propose import propose_revocation
from certificates.usecases.suspend import reinstate_certificate, suspend_certificate
from chassis.auth import Principal
from chassis.db import Database
from chassis.errors import Forbidden
from chassis.http import Caller, IdempotencyKey, responses

router = APIRouter(prefix="/api/certificates/v1/certificates", tags=["certificates"])
Limit = Annotated[int, Query(ge=1, le=100)]


@router.get("", summary="本人的或管辖范围内的证书，默认新的在前", responses=responses(Forbidden))
async def list_certificates(
    *,
    database: Data,
    caller: Caller,
    year: int | None = None,
    state: Annotated[list[CertificateState] | None, Query()] = None,
    attention: Annotated[bool, Query(description="只看提请注意的")] = False,
    sort: Annotated[CertificateOrder, Query(description="newest 新的在前，oldest 早的在前")] = (
        CertificateOrder.NEWEST
    ),
    cursor: UUID | None = None,
    limit: Limit = 20,
) -> CertificatePage:
    async with database.reading() as tx:
        found = await certificates.listing(
            tx,
            person_id=caller.person_id,
            scopes=await scopes_of(tx, caller, *READERS),
            year=year,
            states=state or (),
            attention_only=attention,
            beyond=cursor,
            limit=limit,
            oldest_first=sort is CertificateOrder.OLDEST,
        )
    following = found[-1].certificate_id if len(found) == limit else None
    return CertificatePage(items=[CertificateView.of(one) for one in found], next_cursor=following)


@router.get(
    "/{certificate_id}", summary="一份证书的登记信息", responses=responses(CertificateNotFound)
)
async def get_certificate(
    *, certificate_id: UUID, database: Data, caller: Caller
) -> CertificateView:
    return CertificateView.of(await _visible(database, caller, certificate_id))


@router.get(
    "/{certificate_id}/file",
    summary="下载证书 PDF",
    response_class=Response,
    responses={
        **responses(CertificateNotFound),
        200: {"content": {"application/pdf": {}}, "description": "加盖电子签章的证书"},
        **PARTIAL,
    },
)
async def download_file(
    *,
    certificate_id: UUID,
    database: Data,
    objects: Objects,
    caller: Caller,
    asked: Asked,
) -> Response:
    certificate = await _visible(database, caller, certificate_id)
    async with database.reading() as tx:
        sha256 = await revisions.newest_file(tx, certificate)
    return answer_file(
        asked,
        await objects.get(sha256),
        sha256=sha256,
        disposition_value=certificate_disposition(certificate),
    )


@router.post(
    "/{certificate_id}/suspension",
    summary="暂停证书效力（一人办理，立即生效）",
    responses=responses(
        CertificateNotFound, CertificateStateConflict, Forbidden, OwnCertificate, ReasonUnknown
    ),
)
async def suspend(
    *,
    certificate_id: UUID,
    body: Decision,
    database: Data,
    deps: Deps,
    caller: Caller,
    key: IdempotencyKey,
) -> CertificateMoved:
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            moved = await suspend_certificate(
                tx, deps, caller, certificate_id, reason_code=body.reason_code
            )
            return {"certificate_id": str(certificate_id), "state": moved.state.value}

        request = {"suspend": str(certificate_id), **body.model_dump()}
        return CertificateMoved(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )


@router.post(
    "/{certificate_id}/reinstatement",
    summary="恢复已暂停的证书",
    responses=responses(
        CertificateNotFound, CertificateStateConflict, Forbidden, OwnCertificate, ReasonUnknown
    ),
)
async def reinstate(
    *,
    certificate_id: UUID,
    body: Decision,
    database: Data,
    deps: Deps,
    caller: Caller,
    key: IdempotencyKey,
) -> CertificateMoved:
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            moved = await reinstate_certificate(
                tx, deps, caller, certificate_id, reason_code=body.reason_code
            )
            return {"certificate_id": str(certificate_id), "state": moved.state.value}

        request = {"reinstate": str(certificate_id), **body.model_dump()}
        return CertificateMoved(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )


@router.post(
    "/{certificate_id}/revocation",
    summary="提出撤销证书，由另一人批准后生效",
    status_code=202,
    responses=responses(
        CertificateNotFound, CertificateStateConflict, Forbidden, OwnCertificate, ReasonUnknown
    ),
)
async def revoke(
    *,
    certificate_id: UUID,
    body: Revocation,
    database: Data,
    deps: Deps,
    caller: Caller,
    key: IdempotencyKey,
) -> Proposed:
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            proposal = await propose_revocation(
                tx,
                deps,
                caller,
                certificate_id,
                reason_code=body.reason_code,
                reason=body.reason,
                fraud=body.fraud,
            )
            return {"approval_id": str(proposal)}

        request = {"revoke": str(certificate_id), **body.model_dump()}
        return Proposed(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )


async def _visible(database: Database, caller: Principal, certificate_id: UUID) -> Certificate:
    """Return the certificate; one outside the caller's sight does not exist for him."""
    async with database.reading() as tx:
        found = await certificates.visible(
            tx,
            certificate_id,
            person_id=caller.person_id,
            scopes=await scopes_of(tx, caller, *READERS),
        )
    if found is None:
        raise CertificateNotFound
    return found
