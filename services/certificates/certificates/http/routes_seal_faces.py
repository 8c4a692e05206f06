"""How a seal looks: its impression, the drawing made from it, and the application with it."""

import hashlib
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, File, Response, UploadFile

from certificates.domain.entities import Seal
from certificates.domain.presence import present
from certificates.errors import (
    ImpressionNotWanted,
    ProposalOpen,
    SealNotDrawn,
    SealNotFound,
    SealStateConflict,
)
from certificates.forms.errors import FormGlyphMissing, FormPrintingFailed
from certificates.http.deps import Data, Deps, Objects, Printing, answered_once
from certificates.http.files import PARTIAL, Asked, answer_file, disposition
from certificates.http.schemas import SealView
from certificates.sealing.impression_errors import (
    MOST_IMPRESSION_BYTES,
    ImpressionBackground,
    ImpressionIllegible,
    ImpressionNotExamined,
    ImpressionNotRed,
    ImpressionNotRound,
    ImpressionOffCentre,
    ImpressionTilted,
    ImpressionTooLarge,
    ImpressionTooManyPixels,
    ImpressionTooSmall,
    ImpressionUnreadable,
)
from certificates.sealing.seal_svg import svg_of
from certificates.store import seal_faces, seals
from certificates.usecases.authority import WORKERS, scopes_of
from certificates.usecases.impress import Face, put_impression, seal_of_caller
from certificates.usecases.print_application import application_file
from chassis.auth import Principal
from chassis.db import Database
from chassis.errors import Forbidden
from chassis.http import Caller, IdempotencyKey, responses

router = APIRouter(prefix="/api/certificates/v1/seals/{seal_id}", tags=["seals"])


def _file(media_type: str) -> dict[int | str, dict[str, Any]]:
    return {
        200: {"content": {media_type: {}}},
        **PARTIAL,
        **responses(SealNotFound, SealNotDrawn),
    }


@router.post(
    "/impression",
    summary="上传专用章印模（PNG、JPEG，2 MB 以内），证书上的印章据此描摹",
    responses=responses(
        SealNotFound,
        Forbidden,
        ImpressionNotWanted,
        SealStateConflict,
        ProposalOpen,
        ImpressionTooLarge,
        ImpressionUnreadable,
        ImpressionTooManyPixels,
        ImpressionTooSmall,
        ImpressionBackground,
        ImpressionOffCentre,
        ImpressionNotRound,
        ImpressionTilted,
        ImpressionNotRed,
        ImpressionIllegible,
        ImpressionNotExamined,
    ),
)
async def hand_in(
    *,
    seal_id: UUID,
    file: Annotated[UploadFile, File(description="圆形红色印模，白底或透明底，居中")],
    database: Data,
    deps: Deps,
    printing: Printing,
    objects: Objects,
    caller: Caller,
    key: IdempotencyKey,
) -> SealView:
    if (file.size or 0) > MOST_IMPRESSION_BYTES:
        raise ImpressionTooLarge
    content = await file.read()
    # Whoever may not hand it in has no picture unpacked.
    async with database.reading() as tx:
        seal = await seal_of_caller(tx, caller, seal_id)
    development = not deps.rules.production
    picture, operators = await printing.trace_impression(
        content, seal.name, development=development
    )
    face = Face(await objects.put(picture), operators, development)
    async with database.transaction() as tx:

        async def action() -> str:
            await put_impression(tx, deps, caller, seal_id, face)
            return face.impression_sha256

        request = {"impress": str(seal_id), "file": hashlib.sha256(content).hexdigest()}
        await answered_once(tx, deps, caller, key=key, request=request, action=action)
        return SealView.of(present(await seals.find(tx, seal_id)), None)


@router.get(
    "/impression",
    summary="上传的印模（已去除附加信息）",
    response_class=Response,
    responses=_file("image/jpeg"),
)
async def get_impression(
    *, seal_id: UUID, database: Data, objects: Objects, caller: Caller, asked: Asked
) -> Response:
    seal = await _visible(database, caller, seal_id)
    if seal.impression_sha256 is None:
        raise SealNotDrawn
    return answer_file(
        asked,
        await objects.get(seal.impression_sha256),
        sha256=seal.impression_sha256,
        disposition_value=_named(seal, "印模", "impression", "jpg"),
        media_type="image/jpeg",
    )


@router.get(
    "/drawing",
    summary="证书上印章的矢量图",
    response_class=Response,
    responses=_file("image/svg+xml"),
)
async def get_drawing(*, seal_id: UUID, database: Data, caller: Caller, asked: Asked) -> Response:
    seal = await _visible(database, caller, seal_id)
    if seal.drawing_sha256 is None:
        raise SealNotDrawn
    async with database.reading() as tx:
        operators = await seal_faces.drawing(tx, seal.drawing_sha256)
    answer = answer_file(
        asked,
        svg_of(operators).encode(),
        sha256=seal.drawing_sha256,
        disposition_value=_named(seal, "印章", "seal", "svg"),
        media_type="image/svg+xml",
    )
    # A picture that is opened as a page runs nothing and loads nothing.
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@router.get(
    "/application",
    summary="电子签章启用申请（附件 2，PDF）",
    response_class=Response,
    responses={
        **_file("application/pdf"),
        **responses(FormGlyphMissing, FormPrintingFailed),
    },
)
async def get_application(
    *,
    seal_id: UUID,
    database: Data,
    deps: Deps,
    printing: Printing,
    objects: Objects,
    caller: Caller,
    asked: Asked,
) -> Response:
    seal = await _visible(database, caller, seal_id)
    sha256, content = await application_file(database, deps, printing, objects, seal)
    name = _named(seal, "电子签章启用申请", "seal_application", "pdf")
    return answer_file(asked, content, sha256=sha256, disposition_value=name)


async def _visible(database: Database, caller: Principal, seal_id: UUID) -> Seal:
    async with database.reading() as tx:
        seal = await seals.visible(tx, seal_id, scopes=await scopes_of(tx, caller, *WORKERS))
    if seal is None:
        raise SealNotFound
    return seal


def _named(seal: Seal, what: str, plain: str, ending: str) -> str:
    return disposition(f"{what}_{seal.name}.{ending}", f"{plain}_{seal.id}.{ending}")
