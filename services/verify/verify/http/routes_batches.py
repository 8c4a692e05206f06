"""Tables checked row by row in the background."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Form, Response, UploadFile
from pydantic import BaseModel, Field

from chassis.errors import BodyTooLarge, Forbidden, Unauthenticated
from chassis.http import Caller, IdempotencyKey, responses
from chassis.idempotency import once
from verify.errors import BatchNotFinished, BatchNotFound, QuotaExceeded, TableTooLarge
from verify.http.deps import Deps, Keeping
from verify.tables_handed_in import MOST_BYTES
from verify.tables_of_records import idempotency
from verify.usecases.ask_batch import ask_batch, forget_batch, hand_out, list_batches, show_batch
from verify.usecases.look_up_for_office import Purpose

router = APIRouter(prefix="/api/verify/v1", tags=["offices"])
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class BatchForm(BaseModel):
    """A table with a header.

    It has a column 证书管理号 or 身份证件号码, and of 姓名, 年度, 学时, 工作单位 what is known.
    """

    file: UploadFile = Field(description="xlsx 或 csv，不超过 10 万行、10 MB")
    purpose: Purpose = Field(description="核查目的，写入审计")


class BatchView(BaseModel):
    id: UUID
    state: Literal["waiting", "running", "finished", "failed"]
    purpose: Purpose
    format: Literal["xlsx", "csv"]
    rows: int | None = Field(description="行数，开始处理后才知道")
    done: int = Field(description="已核查的行数")
    matched: int = Field(description="有效且所填各项一致的行数")
    problem: str | None = Field(description="未能完成的原因")
    created_at: datetime
    finished_at: datetime | None
    expires_at: datetime = Field(description="此后结果不再保存")


class BatchList(BaseModel):
    batches: list[BatchView]


class BatchAsked(BaseModel):
    id: UUID


@router.post(
    "/batches",
    status_code=202,
    summary="提交批量核查",
    responses=responses(Unauthenticated, Forbidden, TableTooLarge, BodyTooLarge, QuotaExceeded),
)
async def ask(
    sent: Annotated[BatchForm, Form(media_type="multipart/form-data")],
    caller: Caller,
    key: IdempotencyKey,
    keeping: Keeping,
) -> BatchAsked:
    deps, config = keeping.deps, keeping.settings
    if (sent.file.size or 0) > MOST_BYTES:
        raise TableTooLarge
    content = await sent.file.read(MOST_BYTES + 1)
    async with deps.database.transaction() as tx:

        async def action() -> dict[str, Any]:
            batch_id = await ask_batch(
                tx,
                deps,
                keeping.vault,
                caller,
                content=content,
                purpose=sent.purpose,
                per_day=config.batches_per_day,
                kept_for=timedelta(days=config.batch_days),
            )
            return {"id": str(batch_id)}

        answer = await once(
            tx,
            idempotency,
            caller=caller.account_id,
            key=key,
            request={"route": "batches", "purpose": sent.purpose, "bytes": len(content)},
            now=deps.clock.now(),
            action=action,
        )
    return BatchAsked.model_validate(answer)


@router.get(
    "/batches", summary="本人提交的批量核查", responses=responses(Unauthenticated, Forbidden)
)
async def show_all(caller: Caller, deps: Deps) -> BatchList:
    async with deps.database.reading() as tx:
        rows = await list_batches(tx, caller)
    return BatchList(batches=[BatchView.model_validate(dict(row)) for row in rows])


@router.get(
    "/batches/{batch_id}",
    summary="批量核查的进度",
    responses=responses(Unauthenticated, Forbidden, BatchNotFound),
)
async def show(batch_id: UUID, caller: Caller, deps: Deps) -> BatchView:
    async with deps.database.reading() as tx:
        return BatchView.model_validate(dict(await show_batch(tx, caller, batch_id)))


@router.get(
    "/batches/{batch_id}/file",
    summary="下载批量核查的结果",
    response_class=Response,
    responses={
        200: {"content": {media: {} for media in _TYPES.values()}},
        **responses(Unauthenticated, Forbidden, BatchNotFound, BatchNotFinished),
    },
)
async def download(batch_id: UUID, caller: Caller, keeping: Keeping) -> Response:
    async with keeping.deps.database.transaction() as tx:
        format_, content = await hand_out(tx, keeping.deps, keeping.vault, caller, batch_id)
    name = f"verification-{batch_id}.{format_}"
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "cache-control": "no-store",
    }
    return Response(content, media_type=_TYPES[format_], headers=headers)


@router.delete(
    "/batches/{batch_id}",
    status_code=204,
    summary="删除批量核查及其结果",
    responses=responses(Unauthenticated, Forbidden, BatchNotFound),
)
async def remove(batch_id: UUID, caller: Caller, deps: Deps) -> None:
    async with deps.database.transaction() as tx:
        await forget_batch(tx, deps, caller, batch_id)
