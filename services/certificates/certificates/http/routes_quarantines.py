"""Files that failed the gate: for the investigation, and how the quarantine is to end."""

import asyncio
import io
import zipfile
from uuid import UUID

from fastapi import APIRouter, Response

from certificates.errors import (
    OwnCertificate,
    QuarantineNotFound,
    QuarantineStateConflict,
)
from certificates.http.deps import Data, Deps, Objects, answered_once
from certificates.http.files import disposition
from certificates.http.schemas import Proposed
from certificates.http.schemas_quarantine import DecisionAboutFile, QuarantineView
from certificates.store.quarantines import Quarantine
from certificates.usecases.quarantine import propose_decision, take_file
from chassis.errors import Forbidden
from chassis.http import Caller, IdempotencyKey, responses

router = APIRouter(prefix="/api/certificates/v1/quarantines", tags=["quarantine"])
_MARK = (
    "本文件未通过签章文件回收检查，已隔离，不是证书，不得使用或转发，仅供核查。\r\n"
    "文件 SHA-256：{sha256}\r\n隔离时间：{at}\r\n"
)
_INSTANT_OF_ZIP = (1980, 1, 1, 0, 0, 0)


@router.post(
    "/{quarantine_id}/decision",
    summary="提出作废重签或重新检查，由另一人批准后办理",
    status_code=202,
    responses=responses(QuarantineNotFound, QuarantineStateConflict, OwnCertificate, Forbidden),
)
async def propose(
    *,
    quarantine_id: UUID,
    body: DecisionAboutFile,
    database: Data,
    deps: Deps,
    caller: Caller,
    key: IdempotencyKey,
) -> Proposed:
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            proposal = await propose_decision(
                tx, deps, caller, quarantine_id, decision=body.decision, reason=body.reason
            )
            return {"approval_id": str(proposal)}

        request = {"quarantine": str(quarantine_id), **body.model_dump(mode="json")}
        return Proposed(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )


@router.get(
    "/{quarantine_id}/file",
    summary="隔离文件，装在标明不得使用的压缩包里；每次下载记录在案",
    response_class=Response,
    responses={
        **responses(QuarantineNotFound),
        200: {"content": {"application/zip": {}}, "description": "隔离文件与检查结果"},
    },
)
async def download(
    *, quarantine_id: UUID, database: Data, deps: Deps, objects: Objects, caller: Caller
) -> Response:
    async with database.transaction() as tx:
        quarantine = await take_file(tx, deps, caller, quarantine_id)
    file = await objects.get(quarantine.file_sha256)
    short = quarantine.file_sha256[:12]
    headers = {
        "Content-Disposition": disposition(f"隔离文件_{short}.zip", f"quarantined_{short}.zip"),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    content = await asyncio.to_thread(_packed, quarantine, file)
    return Response(content, media_type="application/zip", headers=headers)


def _packed(quarantine: Quarantine, file: bytes) -> bytes:
    """Return the exact bytes, in a wrapping that nobody takes for a certificate."""
    mark = _MARK.format(
        sha256=quarantine.file_sha256, at=quarantine.quarantined_at.isoformat(timespec="seconds")
    )
    report = QuarantineView.of(quarantine).model_dump_json(indent=2, exclude={"file"})
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("说明.txt", ("\ufeff" + mark).encode()),
            ("检查结果.json", report.encode()),
            ("隔离文件-不得使用.pdf", file),
        ):
            archive.writestr(zipfile.ZipInfo(name, _INSTANT_OF_ZIP), content)
    return output.getvalue()
