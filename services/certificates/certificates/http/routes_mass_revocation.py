"""Revocations by file: hand in, follow, and fetch the result."""

import asyncio
import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from fastapi import APIRouter, File, Form, Query, Response, UploadFile
from pydantic import BaseModel, Field

from certificates.domain.revocation_rows import OUTCOMES, READY, RESULT_HEADER
from certificates.errors import (
    JobNotFound,
    JobResultGone,
    NothingToRevoke,
    TableColumnMissing,
    TableReadersBusy,
    TableSheetsMany,
    TableTooLarge,
    TableTooLong,
    TableUnreadable,
)
from certificates.http.deps import Data, Deps, Reading, answered_once
from certificates.spreadsheet import MOST_BYTES, write_table
from certificates.store import revocation_jobs
from certificates.store.revocation_jobs import Job
from certificates.usecases.authority import BUREAU, PROVINCE, scopes_of
from certificates.usecases.mass_revocation import examine
from certificates.usecases.propose import propose_mass_revocation
from chassis.auth import Principal
from chassis.db import Transaction
from chassis.errors import Forbidden
from chassis.http import Caller, IdempotencyKey, responses

router = APIRouter(prefix="/api/certificates/v1", tags=["mass revocation"])
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class JobAccepted(BaseModel):
    job_id: UUID
    approval_id: UUID | None = Field(description="待批事项编号；试运行时为空")
    outcomes: dict[str, int] = Field(description="各结果的行数")


State = Literal["examined", "proposed", "refused", "approved", "done"]


class JobView(BaseModel):
    job_id: UUID
    state: str = Field(description="examined 试运行、proposed 待批、refused、approved 办理中、done")
    rows: int
    settled: int = Field(description="已有结果的行数")
    outcomes: dict[str, int]
    approval_id: UUID | None
    created_at: datetime
    finished_at: datetime | None
    own: bool = Field(description="是否由本人提交")

    @classmethod
    def of(cls, job: Job, outcomes: Mapping[str, int], caller: Principal) -> Self:
        """Show a job; once its rows are forgotten, what is kept of them counts."""
        counted = job.outcomes or outcomes
        return cls(
            job_id=job.id,
            state=job.state,
            rows=job.rows,
            settled=job.rows - counted.get(READY, 0),
            outcomes=dict(counted),
            approval_id=job.approval_id,
            created_at=job.created_at,
            finished_at=job.finished_at,
            own=job.proposed_by == caller.actor,
        )


class JobPage(BaseModel):
    items: list[JobView]
    next_cursor: UUID | None = Field(description="下一页的 cursor；没有更多时为空")


@router.post(
    "/mass-revocations",
    summary="按文件提出批量撤销（xlsx、csv，不超过一万行），由另一人批准后办理",
    status_code=202,
    responses=responses(
        TableUnreadable,
        TableTooLarge,
        TableTooLong,
        TableColumnMissing,
        TableSheetsMany,
        TableReadersBusy,
        NothingToRevoke,
        Forbidden,
    ),
)
async def hand_in(
    *,
    file: Annotated[UploadFile, File(description="表头：证书管理号、年度、理由代码、弄虚作假")],
    dry_run: Annotated[bool, Form(description="只检查，不提出")] = False,
    database: Data,
    deps: Deps,
    readers: Reading,
    caller: Caller,
    key: IdempotencyKey,
) -> JobAccepted:
    caller.require(BUREAU, PROVINCE)
    if (file.size or 0) > MOST_BYTES:
        raise TableTooLarge
    content = await file.read()
    table = await readers.read(content)
    sha256 = hashlib.sha256(content).hexdigest()
    async with database.transaction() as tx:

        async def action() -> dict[str, object]:
            job = await examine(tx, deps, caller, table, file_sha256=sha256)
            approval = None if dry_run else await propose_mass_revocation(tx, deps, caller, job)
            return {
                "job_id": str(job.id),
                "approval_id": str(approval) if approval else None,
                "outcomes": await revocation_jobs.outcomes(tx, job.id),
            }

        request = {"mass_revocation": sha256, "dry_run": dry_run}
        return JobAccepted(
            **await answered_once(tx, deps, caller, key=key, request=request, action=action)
        )


@router.get(
    "/mass-revocations",
    summary="管辖范围内和本人提交的批量撤销，新的在前",
    responses=responses(Forbidden),
)
async def list_jobs(
    *,
    database: Data,
    caller: Caller,
    state: State | None = None,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> JobPage:
    caller.require(BUREAU, PROVINCE)
    async with database.reading() as tx:
        found = await revocation_jobs.page(
            tx,
            scopes=await scopes_of(tx, caller, BUREAU, PROVINCE),
            proposer=caller.actor,
            state=state,
            before=cursor,
            limit=limit + 1,
        )
        page = found[:limit]
        outcomes = await revocation_jobs.outcomes_of(tx, [job.id for job in page])
    following = page[-1].id if len(found) > limit else None
    items = [JobView.of(job, outcomes.get(job.id, {}), caller) for job in page]
    return JobPage(items=items, next_cursor=following)


@router.get("/jobs/{job_id}", summary="批量任务的进度", responses=responses(JobNotFound))
async def get_job(*, job_id: UUID, database: Data, caller: Caller) -> JobView:
    async with database.reading() as tx:
        job = await _visible(tx, caller, job_id)
        return JobView.of(job, await revocation_jobs.outcomes(tx, job_id), caller)


@router.get(
    "/jobs/{job_id}/result",
    summary="原表加结果列",
    response_class=Response,
    responses={
        **responses(JobNotFound, JobResultGone),
        200: {"content": {one: {} for one in _TYPES.values()}, "description": "结果文件"},
    },
)
async def get_result(*, job_id: UUID, database: Data, caller: Caller) -> Response:
    async with database.reading() as tx:
        job = await _visible(tx, caller, job_id)
        if job.outcomes is not None:
            raise JobResultGone
        rows = await revocation_jobs.rows(tx, job_id)
    width = max([len(job.header), *(len(row.cells) for row in rows)])
    header = [*_padded(job.header, width), *RESULT_HEADER]
    lines = [[*_padded(row.cells, width), OUTCOMES[row.outcome], row.outcome] for row in rows]
    content = await asyncio.to_thread(write_table, job.format, header, lines)
    headers = {
        "Content-Disposition": f'attachment; filename="revocations_{job.id}.{job.format}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type=_TYPES[job.format], headers=headers)


async def _visible(tx: Transaction, caller: Principal, job_id: UUID) -> Job:
    scopes = await scopes_of(tx, caller, BUREAU, PROVINCE)
    job = await revocation_jobs.visible(tx, job_id, scopes=scopes, proposer=caller.actor)
    if job is None:
        raise JobNotFound
    return job


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))
