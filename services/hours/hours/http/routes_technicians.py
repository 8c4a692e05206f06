"""What a technician does: attach evidence, file claims, see the year."""

import hashlib
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Path, Query, Response, UploadFile

from chassis.errors import Forbidden, Unauthenticated
from chassis.http import Caller, IdempotencyKey, responses
from hours import errors
from hours.domain.claims import State
from hours.domain.evidence import check_size, media_type_of
from hours.http.claim_page import claim_detail
from hours.http.cursors import read_cursor, write_cursor
from hours.http.deps import Cursor, Limit, TheDesk
from hours.http.refusals import NOT_FILED
from hours.http.schemas import (
    ClaimDetail,
    ClaimIn,
    ClaimOut,
    ClaimPage,
    Code,
    EvidenceOut,
    YearOut,
    YearSummary,
)
from hours.http.year_page import year_out, year_summary
from hours.store import claims
from hours.store.years import years_of
from hours.usecases.attach_evidence import StoredFile, attach_evidence
from hours.usecases.authority import may_read, may_read_evidence
from hours.usecases.submit_claim import submit_claim
from hours.usecases.view_year import view_year

router = APIRouter(prefix="/api/hours/v1", tags=["technicians"])


@router.post(
    "/evidence",
    status_code=201,
    summary="上传证明材料（PDF、JPEG、PNG，不超过10 MB）",
    response_model=EvidenceOut,
    responses=responses(
        errors.EvidenceTypeUnsupported, errors.EvidenceTooLarge, Unauthenticated, Forbidden
    ),
)
async def post_evidence(
    desk: TheDesk,
    caller: Caller,
    key: IdempotencyKey,
    file: Annotated[UploadFile, File(description="证明材料文件")],
) -> Any:
    person_id = caller.require_person()
    check_size(file.size or 0, desk.settings.evidence_limit_bytes)
    content = await file.read()
    media_type = media_type_of(
        content, declared=file.content_type or "", filename=file.filename or ""
    )
    stored = StoredFile(hashlib.sha256(content).hexdigest(), media_type, len(content))
    await desk.objects.put(content)
    async with desk.database.transaction() as tx:

        async def action() -> Any:
            evidence_id = await attach_evidence(desk.tools, tx, person_id=person_id, file=stored)
            out = EvidenceOut(
                evidence_id=evidence_id, media_type=media_type, size_bytes=stored.size_bytes
            )
            return out.model_dump(mode="json")

        return await desk.once(tx, caller, key, ["evidence", stored.sha256], action)


@router.get(
    "/evidence/{evidence_id}/file",
    summary="查看证明材料（本人或审核人）",
    response_class=Response,
    responses=responses(errors.EvidenceNotFound, Unauthenticated),
)
async def get_evidence_file(desk: TheDesk, caller: Caller, evidence_id: UUID) -> Response:
    async with desk.database.reading() as tx:
        row = await claims.evidence_row(tx, evidence_id)
        if row is None or not await may_read_evidence(
            tx, caller, owner=row["person_id"], evidence_id=evidence_id
        ):
            raise errors.EvidenceNotFound
    content = await desk.objects.get(row["sha256"])
    # Uploaded by strangers: never rendered by the browser as part of this site.
    headers = {"content-disposition": "attachment", "x-content-type-options": "nosniff"}
    return Response(content, media_type=row["media_type"], headers=headers)


@router.post(
    "/claims",
    status_code=201,
    summary="申报学时",
    response_model=ClaimOut,
    responses=responses(*NOT_FILED),
)
async def post_claim(desk: TheDesk, caller: Caller, key: IdempotencyKey, body: ClaimIn) -> Any:
    person_id = caller.require_person()
    async with desk.database.transaction() as tx:

        async def action() -> Any:
            claim = await submit_claim(desk.tools, tx, person_id, body.form())
            return ClaimOut.of(claim).model_dump(mode="json")

        request = ["claim", body.model_dump(mode="json")]
        return await desk.once(tx, caller, key, request, action)


@router.get(
    "/claims",
    summary="我的申报，新的在前",
    responses=responses(errors.CursorUnreadable, Unauthenticated, Forbidden),
)
async def get_claims(
    desk: TheDesk,
    caller: Caller,
    *,
    year: Annotated[int | None, Query(ge=2000, le=2100)] = None,
    state: Annotated[list[State] | None, Query(max_length=len(State))] = None,
    subject_kind: Annotated[Code | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> ClaimPage:
    before = read_cursor(cursor)
    async with desk.database.reading() as tx:
        found = await claims.own_page(
            tx,
            caller.require_person(),
            year=year,
            states=state or (),
            subject_kind=subject_kind,
            before=before,
            limit=limit + 1,
        )
    page = found[:limit]
    more = len(found) > limit
    return ClaimPage(
        items=[ClaimOut.of(claim) for claim in page],
        next_cursor=write_cursor(page[-1].submitted_at, page[-1].id) if more else None,
    )


@router.get(
    "/claims/{claim_id}",
    summary="一项申报及其证明材料和审核经过（本人或审核人）",
    responses=responses(errors.ClaimNotFound, Unauthenticated),
)
async def get_claim(desk: TheDesk, caller: Caller, claim_id: UUID) -> ClaimDetail:
    async with desk.database.reading() as tx:
        claim = await claims.find(tx, claim_id)
        # Whether a claim exists is nobody's business but its owner's and reviewers'.
        if claim is None or not await may_read(tx, caller, claim):
            raise errors.ClaimNotFound
        return await claim_detail(tx, claim)


@router.get(
    "/years",
    summary="我的各年度，新的在前",
    responses=responses(Unauthenticated, Forbidden),
)
async def get_years(desk: TheDesk, caller: Caller) -> list[YearSummary]:
    async with desk.database.reading() as tx:
        rows = await years_of(tx, caller.require_person())
    return [year_summary(row) for row in rows]


@router.get(
    "/years/{year}",
    summary="年度学时：要求、已认定、尚缺，以及卡在哪里",
    responses=responses(
        errors.AffiliationMissing,
        errors.RuleMissing,
        errors.PersonUnknown,
        Unauthenticated,
        Forbidden,
    ),
)
async def get_year(
    desk: TheDesk, caller: Caller, year: Annotated[int, Path(ge=2000, le=2100)]
) -> YearOut:
    async with desk.database.reading() as tx:
        return year_out(year, await view_year(desk.tools, tx, caller.require_person(), year))
