"""How lanes and places in them are shown."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from certificates.domain.entities import Intent, Seal
from certificates.domain.lane_state import LaneState, lane_state
from certificates.domain.pace import Pace
from certificates.store.queues import Place, Standing


class PaceView(BaseModel):
    concurrency: int = Field(description="同时进行的请求数上限（整份 PDF 按件计）")
    per_second: float = Field(description="每秒件数上限")
    batch: int = Field(description="每次请求件数上限")
    linger_ms: float = Field(description="凑批等待毫秒数")

    @classmethod
    def of(cls, pace: Pace, usual_batch: int) -> Self:
        return cls(
            concurrency=pace.concurrency,
            per_second=pace.per_second,
            batch=pace.batch or usual_batch,
            linger_ms=pace.linger_seconds * 1000,
        )


class LaneView(BaseModel):
    state: LaneState = Field(description="通道状况：畅通、等待签章服务、已停用、证书到期")
    since: datetime | None = Field(description="自何时起不畅通")
    waiting: int = Field(description="等待签章的件数")
    in_hand: int = Field(description="其中正在办理的件数")
    oldest_at: datetime | None = Field(description="最早一件何时开始")
    calls: int = Field(description="此刻正在进行的请求数（各工作进程合计）")
    documents_last_minute: int = Field(description="最近一分钟送签的件数")
    pace: PaceView = Field(description="该签章服务的限额，各工作进程合计不超过")
    failures: int = Field(description="连续失败次数")
    last_error: str | None
    next_attempt_at: datetime | None
    last_success_at: datetime | None

    @classmethod
    def of(cls, seal: Seal, standing: Standing, pace: PaceView, at: datetime) -> Self:
        circuit, queue, traffic = standing.circuit, standing.queue, standing.traffic
        failures = circuit.failures if circuit else 0
        return cls(
            state=lane_state(seal, failures=failures, at=at),
            since=circuit.failing_since if circuit else None,
            waiting=queue.waiting,
            in_hand=queue.in_hand,
            oldest_at=queue.oldest_at,
            calls=traffic.calls,
            documents_last_minute=traffic.documents_last_minute,
            pace=pace,
            failures=failures,
            last_error=circuit.last_error if circuit else None,
            next_attempt_at=circuit.next_attempt_at if circuit else None,
            last_success_at=circuit.last_success_at if circuit else None,
        )


class PlaceView(BaseModel):
    position: int = Field(description="在签章通道中排第几位")
    state: LaneState
    since: datetime | None = Field(description="通道自何时起不畅通")
    reason: str | None = Field(description="等待的原因代码")
    refusal: str | None = Field(description="签章服务不予签章的理由代码")
    expected_at: datetime | None = Field(description="预计下次办理时间；通道停用时为空")

    @classmethod
    def of(cls, intent: Intent, place: Place, at: datetime) -> Self:
        circuit = place.circuit
        state = lane_state(place.seal, failures=circuit.failures if circuit else 0, at=at)
        due = [intent.next_attempt_at, circuit.next_attempt_at if circuit else None]
        going = state in {LaneState.FLOWING, LaneState.WAITING}
        return cls(
            position=place.position,
            state=state,
            since=circuit.failing_since if circuit else None,
            reason=intent.last_error or (circuit.last_error if circuit else None),
            refusal=place.refusal,
            expected_at=max(filter(None, due), default=None) if going else None,
        )
