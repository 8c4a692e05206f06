"""What operators see of parked messages, and their replay: the same routes in every service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from sqlalchemy import Table

from chassis import parked
from chassis.audit import Audit
from chassis.clock import Clock
from chassis.db import Database, Transaction
from chassis.errors import Category, Forbidden, ServiceError, Unauthenticated
from chassis.http import Caller, IdempotencyKey, responses
from chassis.idempotency import once

OPERATOR = "operator"
_MOST = 50


class ParkedMessageNotFound(ServiceError):
    code = "chassis.parked_message_not_found"
    category = Category.NOT_FOUND
    detail = "没有这条停放的消息，可能已经重放。"
    remedy = "请刷新列表查看最新情况。"


@dataclass(frozen=True)
class ParkedDesk:
    """What the routes work on; the application has it as its state ``parked``."""

    database: Database
    table: Table
    idempotency: Table
    audit: Audit
    clock: Clock


class ParkedMessage(BaseModel):
    """One parked message, without its content."""

    id: UUID
    event_type: str | None = Field(description="事件类型；信封无法识别时为空")
    event_id: UUID | None
    aggregate_id: UUID | None = Field(description="事件所属对象的编号")
    reason: str = Field(description="停放原因（程序给出，不含个人信息）")
    parked_at: datetime
    deliveries: int = Field(description="停放前交付处理的次数；0 表示不详")
    replays: int = Field(description="此前已重放的次数")
    replay_requested_at: datetime | None = Field(description="已要求重放、尚未送回的时间")


class ParkedQueue(BaseModel):
    """One queue's parked messages."""

    queue: str
    count: int = Field(description="停放总数")
    oldest_at: datetime
    items: list[ParkedMessage] = Field(description="最早的若干条")


class ParkedOverview(BaseModel):
    """Every queue of this service that has parked messages."""

    queues: list[ParkedQueue]


class QueueToReplay(BaseModel):
    """Which queue is to be replayed as a whole."""

    queue: str = Field(min_length=1, max_length=100, pattern=r"^[a-z0-9_.]+$")


class ReplayRequested(BaseModel):
    """How many messages were newly asked for; they go back within seconds."""

    queue: str
    requested: int


def _desk(request: Request) -> ParkedDesk:
    desk: ParkedDesk = request.app.state.parked
    return desk


Desk = Annotated[ParkedDesk, Depends(_desk)]
_REFUSALS = responses(Unauthenticated, Forbidden)


def parked_router(service: str) -> APIRouter:
    """Return the routes for ``/api/{service}/v1/parked``; every one is for operators alone."""
    router = APIRouter(prefix=f"/api/{service}/v1/parked", tags=["parked"])
    router.get("", summary="停放的消息：各队列的数量、原因和最早的若干条", responses=_REFUSALS)(
        list_parked
    )
    router.post(
        "/{message_id}/replay", summary="重放一条停放的消息", status_code=202,
        responses=responses(ParkedMessageNotFound, Unauthenticated, Forbidden),
    )(replay_message)  # fmt: skip
    router.post(
        "/replay", summary="重放一个队列的全部停放消息", status_code=202, responses=_REFUSALS
    )(replay_queue)
    return router


async def list_parked(
    desk: Desk,
    caller: Caller,
    queue: Annotated[str | None, Query(max_length=100, description="只看一个队列")] = None,
    limit: Annotated[int, Query(ge=1, le=_MOST, description="每个队列列出的条数")] = 20,
) -> ParkedOverview:
    caller.require(OPERATOR)
    async with desk.database.reading() as tx:
        found = await parked.overview(tx, desk.table, queue=queue, limit=limit)
    return ParkedOverview(
        queues=[
            ParkedQueue(
                queue=one.queue,
                count=one.count,
                oldest_at=one.oldest_at,
                items=[
                    ParkedMessage.model_validate(row, from_attributes=True) for row in one.first
                ],
            )
            for one in found
        ]
    )


async def replay_message(
    desk: Desk, caller: Caller, key: IdempotencyKey, message_id: UUID
) -> ReplayRequested:
    caller.require(OPERATOR)

    async def action(tx: Transaction) -> dict[str, Any]:
        row, news = await parked.request_replay(tx, desk.table, message_id, now=desk.clock.now())
        if row is None:
            raise ParkedMessageNotFound
        if news:
            await desk.audit.record(
                tx,
                actor=caller.actor,
                action="parked.replay_requested",
                subject=f"parked:{message_id}",
                detail={
                    "queue": row["queue"],
                    "event_type": row["event_type"],
                    "event_id": str(row["event_id"]) if row["event_id"] else None,
                },
            )
        return {"queue": row["queue"], "requested": int(news)}

    return await _answered_once(desk, caller, key, {"replay": str(message_id)}, action)


async def replay_queue(
    desk: Desk, caller: Caller, key: IdempotencyKey, body: QueueToReplay
) -> ReplayRequested:
    caller.require(OPERATOR)

    async def action(tx: Transaction) -> dict[str, Any]:
        count = await parked.request_replays(tx, desk.table, body.queue, now=desk.clock.now())
        if count:
            await desk.audit.record(
                tx,
                actor=caller.actor,
                action="parked.queue_replay_requested",
                subject=f"queue:{body.queue}",
                detail={"messages": count},
            )
        return {"queue": body.queue, "requested": count}

    return await _answered_once(desk, caller, key, {"replay_queue": body.queue}, action)


async def _answered_once(
    desk: ParkedDesk, caller: Caller, key: str, request: object, action: Callable[..., Any]
) -> ReplayRequested:
    async with desk.database.transaction() as tx:
        answer = await once(
            tx,
            desk.idempotency,
            caller=caller.account_id,
            key=key,
            request=request,
            now=desk.clock.now(),
            action=lambda: action(tx),
        )
    return ReplayRequested(**answer)
