"""The public log: no log-in, no personal data, the same answer for everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from certificates.errors import LogEntryNotFound, LogEntryNotSigned, LogNotSigned, LogSizeUnknown
from certificates.http.deps import Data
from certificates.http.schemas_log import (
    ConsistencyView,
    InclusionView,
    LogEntryPage,
    LogEntryView,
    TreeHeadView,
)
from certificates.store import log
from certificates.usecases.prove import newest_head, prove_consistency, prove_inclusion
from chassis.http import responses

router = APIRouter(prefix="/api/certificates/v1/log", tags=["log"])
Size = Annotated[int | None, Query(ge=1, description="证明所对应的树大小；缺省为最新签名根")]


@router.get("/head", summary="最新的签名根", responses=responses(LogNotSigned))
async def get_head(*, database: Data) -> TreeHeadView:
    async with database.reading() as tx:
        return TreeHeadView.of(await newest_head(tx))


@router.get(
    "/inclusion",
    summary="证书某一状态已载入日志的证明",
    responses=responses(LogEntryNotFound, LogEntryNotSigned, LogNotSigned, LogSizeUnknown),
)
async def get_inclusion(
    *,
    database: Data,
    certificate_id: UUID,
    aggregate_version: Annotated[int, Query(ge=1, description="证书状态的版本号")],
    size: Size = None,
) -> InclusionView:
    async with database.reading() as tx:
        proof = await prove_inclusion(tx, certificate_id, aggregate_version, size=size)
    return InclusionView.of(proof)


@router.get(
    "/consistency",
    summary="日志只增不改的证明",
    responses=responses(LogNotSigned, LogSizeUnknown),
)
async def get_consistency(
    *, database: Data, first: Annotated[int, Query(ge=1)], second: Annotated[int, Query(ge=1)]
) -> ConsistencyView:
    async with database.reading() as tx:
        path = await prove_consistency(tx, first, second)
    return ConsistencyView(first=first, second=second, path=[one.hex() for one in path])


@router.get("/entries", summary="日志条目，按次序")
async def list_entries(
    *,
    database: Data,
    start: Annotated[int, Query(ge=0, le=2**62, description="从第几条起（首条为 0）")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> LogEntryPage:
    async with database.reading() as tx:
        found = await log.placed(tx, start=start, limit=limit)
    return LogEntryPage(items=[LogEntryView.of(one) for one in found])
