"""Bulk downloads for administrators: ordered, watched, fetched (also in parts)."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from certificates.domain.presence import present
from certificates.errors import (
    DownloadEmpty,
    DownloadExpired,
    DownloadLimitReached,
    DownloadNotFound,
    DownloadNotReady,
    DownloadTooLarge,
)
from certificates.http.deps import Data, Deps, answered_once
from certificates.http.files import (
    PARTIAL,
    Asked,
    RangeOutside,
    disposition,
    file_headers,
    unchanged,
    wanted_range,
)
from certificates.store import jobs
from certificates.usecases.order_download import MOST_CERTIFICATES, order_download, own_download
from chassis.errors import Forbidden
from chassis.http import Caller, IdempotencyKey, responses
from chassis.objects import ObjectStore

router = APIRouter(prefix="/api/certificates/v1/downloads", tags=["downloads"])
_MEDIA = {"merged_pdf": "application/pdf", "zip": "application/zip"}
_NAMES = {
    "merged_pdf": (
        "河南省专业技术人员继续教育证书_{year}_合并打印件.pdf",
        "certificates_{year}.pdf",
    ),
    "zip": ("河南省专业技术人员继续教育证书_{year}.zip", "certificates_{year}.zip"),
}


class DownloadOrder(BaseModel):
    year: int = Field(ge=1995, le=2100)
    person_ids: list[UUID] | None = Field(
        default=None,
        min_length=1,
        max_length=MOST_CERTIFICATES,
        description="哪些人员；缺省为管辖范围内全部",
    )
    format: Literal["merged_pdf", "zip"] = Field(
        description="merged_pdf 双面打印用的合并件（不含有效电子签名）；zip 签章原件"
    )


class DownloadView(BaseModel):
    download_id: UUID
    state: Literal["waiting", "working", "ready", "failed", "expired"]
    year: int
    format: Literal["merged_pdf", "zip"]
    total: int = Field(description="证书份数")
    done: int
    file_bytes: int | None
    file_sha256: str | None
    expires_at: datetime | None = Field(description="文件保留至")
    created_at: datetime

    @classmethod
    def of(cls, job: jobs.Job) -> Self:
        values: dict[str, Any] = {
            name: getattr(job, name) for name in cls.model_fields.keys() - {"download_id", "total"}
        }
        return cls(download_id=job.id, total=max(len(job.certificate_ids), job.done), **values)


class DownloadPage(BaseModel):
    items: list[DownloadView]
    next_cursor: UUID | None = Field(description="下一页的 cursor；没有更多时为空")


@router.post(
    "",
    summary="批量下载：后台制作，完成后保留 7 天",
    status_code=202,
    responses=responses(DownloadEmpty, DownloadTooLarge, DownloadLimitReached, Forbidden),
)
async def order(
    *, body: DownloadOrder, database: Data, deps: Deps, caller: Caller, key: IdempotencyKey
) -> DownloadView:
    async with database.transaction() as tx:

        async def action() -> dict[str, str]:
            job = await order_download(
                tx, deps, caller, year=body.year, person_ids=body.person_ids, form=body.format
            )
            return {"download_id": str(job.id)}

        request = {"download": body.model_dump(mode="json")}
        made = await answered_once(tx, deps, caller, key=key, request=request, action=action)
        return DownloadView.of(await own_download(tx, caller, UUID(made["download_id"])))


@router.get("", summary="本人提交的批量下载，新的在前", responses=responses(Forbidden))
async def list_downloads(
    *,
    database: Data,
    caller: Caller,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> DownloadPage:
    async with database.reading() as tx:
        found = await jobs.listing(tx, caller.actor, before=cursor, limit=limit)
    following = found[-1].id if len(found) == limit else None
    return DownloadPage(items=[DownloadView.of(one) for one in found], next_cursor=following)


@router.get("/{download_id}", summary="一项批量下载的进度", responses=responses(DownloadNotFound))
async def get_download(*, download_id: UUID, database: Data, caller: Caller) -> DownloadView:
    async with database.reading() as tx:
        return DownloadView.of(await own_download(tx, caller, download_id))


@router.get(
    "/{download_id}/file",
    summary="取回批量下载的文件（可断点续传）",
    response_class=Response,
    responses={
        **responses(DownloadNotFound, DownloadNotReady, DownloadExpired),
        200: {
            "content": {"application/pdf": {}, "application/zip": {}},
            "description": "合并打印件或压缩包",
        },
        **PARTIAL,
    },
)
async def download_file(
    *, download_id: UUID, request: Request, database: Data, caller: Caller, asked: Asked
) -> Response:
    async with database.reading() as tx:
        job = await own_download(tx, caller, download_id)
    if job.state == "expired":
        raise DownloadExpired
    if job.state != "ready":
        raise DownloadNotReady
    return _answer(job, asked, request.app.state.downloads)


def _answer(job: jobs.Job, asked: Asked, downloads: ObjectStore) -> Response:
    sha256, size = present(job.file_sha256), present(job.file_bytes)
    tag = f'"{sha256}"'
    name, plain = (pattern.format(year=job.year) for pattern in _NAMES[job.format])
    headers = file_headers(tag, disposition(name, plain))
    if unchanged(asked, tag):
        return Response(status_code=304, headers=headers)
    try:
        part = wanted_range(asked, tag, size)
    except RangeOutside:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    start, end = part or (0, size)
    headers["Content-Length"] = str(end - start)
    if part:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return StreamingResponse(
        downloads.stream(sha256, start, end),
        status_code=206 if part else 200,
        media_type=_MEDIA[job.format],
        headers=headers,
    )
