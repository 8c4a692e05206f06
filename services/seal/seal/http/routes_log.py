"""GET /log: what this seal has signed, for the caller's reconciliation."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from seal import store
from seal.domain import LogEntry
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
        entries=[_answer(entry) for entry in entries],
        next_after=entries[-1].position if entries else after,
    )


def _answer(entry: LogEntry) -> LogEntryAnswer:
    made = entry.made
    return LogEntryAnswer(
        position=entry.position,
        id=made.id,
        signed_at=made.signed_at,
        client=made.client,
        credential=made.credential,
        request_key=made.request_key,
        certificate_sha256=made.certificate_sha256.hex(),
        hash=made.hash.hex(),
        signature_sha256=hashlib.sha256(made.signature).hexdigest(),
        entry_hash=entry.entry_hash.hex(),
    )
