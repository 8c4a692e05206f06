"""Share codes: made, listed and revoked by the holder; opened by anybody who has one."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from certificates.errors import (
    CertificateStateConflict,
    ShareEndsWrong,
    ShareLimitReached,
    ShareNotFound,
    ShareYearUnknown,
)
from certificates.http.deps import Data, Deps, Objects, answered_once
from certificates.http.files import PARTIAL, Asked, answer_file, certificate_disposition
from certificates.http.schemas_shares import (
    Shared,
    SharedCertificate,
    ShareMade,
    ShareOrder,
    SharePage,
    ShareRevoked,
    ShareView,
)
from certificates.share_keys import ShareKeys
from certificates.store import revisions, shares
from certificates.usecases.share import make_share, open_share, open_shared_file, revoke_share
from chassis.errors import Forbidden
from chassis.http import Caller, IdempotencyKey, responses

router = APIRouter(prefix="/api/certificates/v1/shares", tags=["shares"])
_NEWEST_USES = 20
_PRIVATE = {"Cache-Control": "no-store"}
_PHONES = ("Mobile", "Android", "iPhone", "HarmonyOS")


def _share_keys(request: Request) -> ShareKeys:
    keys: ShareKeys = request.app.state.share_keys()
    return keys


def _viewer(request: Request) -> str:
    """Return the kind of device; what the browser says of itself is not kept."""
    agent = request.headers.get("user-agent", "")
    if any(word in agent for word in _PHONES):
        return "phone"
    return "computer" if agent.startswith("Mozilla/") else "program"


Keys = Annotated[ShareKeys, Depends(_share_keys)]
Viewer = Annotated[str, Depends(_viewer)]
Code = Annotated[str, Path(max_length=40, description="分享码")]


@router.post(
    "",
    summary="生成分享码",
    status_code=201,
    responses=responses(ShareEndsWrong, ShareYearUnknown, ShareLimitReached, Forbidden),
)
async def make(
    *,
    body: ShareOrder,
    database: Data,
    deps: Deps,
    keys: Keys,
    caller: Caller,
    key: IdempotencyKey,
) -> ShareMade:
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            share = await make_share(tx, deps, caller, keys, years=body.years, ends_at=body.ends_at)
            return {"share_id": str(share.id), "ends_at": share.ends_at.isoformat()}

        request: dict[str, Any] = {"share": body.model_dump(mode="json")}
        made = await answered_once(tx, deps, caller, key=key, request=request, action=action)
    return ShareMade(**made, code=keys.code_of(UUID(made["share_id"])))


@router.get("", summary="本人的分享码及其使用记录，新的在前", responses=responses(Forbidden))
async def list_shares(
    *,
    database: Data,
    caller: Caller,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> SharePage:
    person_id = caller.require_person()
    async with database.reading() as tx:
        found = await shares.of_person(tx, person_id, before=cursor, limit=limit)
        ids = [one.id for one in found]
        counts = await shares.count_uses(tx, ids)
        newest = await shares.newest_uses(tx, ids, each=_NEWEST_USES)
    items = [ShareView.of(one, counts.get(one.id, 0), newest.get(one.id, [])) for one in found]
    return SharePage(items=items, next_cursor=found[-1].id if len(found) == limit else None)


@router.post(
    "/{share_id}/revocation",
    summary="撤销本人的分享码，立即生效",
    responses=responses(ShareNotFound, Forbidden),
)
async def revoke(
    *, share_id: UUID, database: Data, deps: Deps, caller: Caller, key: IdempotencyKey
) -> ShareRevoked:
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            await revoke_share(tx, deps, caller, share_id)
            return {"share_id": str(share_id)}

        request = {"revoke": str(share_id)}
        return ShareRevoked(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )


@router.get("/{code}", summary="凭分享码查看（无需登录）", responses=responses(ShareNotFound))
async def look(
    *, code: Code, database: Data, deps: Deps, keys: Keys, viewer: Viewer, response: Response
) -> Shared:
    async with database.transaction() as tx:
        share, found = await open_share(tx, deps, keys, code, viewer=viewer)
    response.headers.update(_PRIVATE)
    return Shared(ends_at=share.ends_at, certificates=[SharedCertificate.of(one) for one in found])


@router.get(
    "/{code}/certificates/{certificate_id}/file",
    summary="凭分享码下载证书 PDF（无需登录）",
    response_class=Response,
    responses={
        **responses(ShareNotFound, CertificateStateConflict),
        200: {"content": {"application/pdf": {}}, "description": "加盖电子签章的证书"},
        **PARTIAL,
    },
)
async def shared_file(
    *,
    code: Code,
    certificate_id: UUID,
    asked: Asked,
    database: Data,
    deps: Deps,
    keys: Keys,
    objects: Objects,
    viewer: Viewer,
) -> Response:
    async with database.transaction() as tx:
        certificate = await open_shared_file(tx, deps, keys, code, certificate_id, viewer=viewer)
        sha256 = await revisions.newest_file(tx, certificate)
    answer = answer_file(
        asked,
        await objects.get(sha256),
        sha256=sha256,
        disposition_value=certificate_disposition(certificate),
    )
    answer.headers.update(_PRIVATE)
    return answer
