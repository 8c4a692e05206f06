"""GET /log: what this seal has signed, for the caller's reconciliation."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from seal import store
from seal.errors import InvalidToken
from seal.http.deps import FOR_CLIENTS, TheDesk, error_responses, not_cached
from seal.http.schemas import LogAnswer, LogEntryAnswer

router = APIRouter(tags=["log"], dependencies=[Depends(not_cached)])
_MOST = 1000


@router.get(
    "/log",
    summary="Read the signature log in its order",
    description="Positions are dense and visible in order: reading on from the last position seen"
    " never misses an entry. Every client sees the whole log: it is the seal's, not the client's.",
    dependencies=FOR_CLIENTS,
    responses=error_responses(InvalidToken),
)
async def read_log(
    desk: TheDesk,
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=_MOST)] = 100,
) -> LogAnswer:
    async with desk.database.reading() as tx:
        entries = await store.log_after(tx, after, limit)
    return LogAnswer(
        entries=[LogEntryAnswer.of(entry) for entry in entries],
        next_after=entries[-1].position if entries else after,
    )
