"""The dashboards over HTTP, for operators alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from chassis.clock import Clock
from chassis.errors import Forbidden, Unauthenticated
from chassis.http import Caller, responses
from portal_server import schemas
from portal_server.dashboards import Dashboard
from portal_server.errors import (
    DashboardNotFound,
    FiguresNotConfigured,
    FiguresRefused,
    FiguresUnreachable,
    PanelNotFound,
)
from portal_server.figures import Prometheus, Span, foremost

OPERATOR = "operator"
_CLOSED = (Unauthenticated, Forbidden)


@dataclass(frozen=True)
class Watch:
    """What the routes work on; the application has it as its state ``watch``."""

    dashboards: Mapping[str, Dashboard]
    prometheus: Prometheus | None
    scrape_seconds: int
    clock: Clock

    def dashboard(self, uid: str) -> Dashboard:
        """Return the dashboard; raise ``DashboardNotFound`` for one that is not published."""
        found = self.dashboards.get(uid)
        if found is None:
            raise DashboardNotFound
        return found


def _watch(request: Request) -> Watch:
    watch: Watch = request.app.state.watch
    return watch


async def _operator(caller: Caller) -> None:
    caller.require(OPERATOR)


Watching = Annotated[Watch, Depends(_watch)]
router = APIRouter(
    prefix="/api/portal/v1/dashboards", tags=["dashboards"], dependencies=[Depends(_operator)]
)


@router.get("", summary="仪表盘列表", responses=responses(*_CLOSED))
async def list_dashboards(watch: Watching) -> schemas.DashboardList:
    return schemas.DashboardList(
        items=[schemas.summary(one) for one in watch.dashboards.values()],
        figures_configured=watch.prometheus is not None,
    )


@router.get(
    "/{uid}",
    summary="一个仪表盘：各幅图的名称、单位、位置和警戒值",
    responses=responses(DashboardNotFound, *_CLOSED),
)
async def read_dashboard(watch: Watching, uid: str) -> schemas.DashboardDescription:
    return schemas.description(watch.dashboard(uid))


@router.get(
    "/{uid}/panels/{panel_id}",
    summary="一幅图在一段时间内的数据",
    responses=responses(
        DashboardNotFound,
        PanelNotFound,
        FiguresNotConfigured,
        FiguresUnreachable,
        FiguresRefused,
        *_CLOSED,
    ),
)
async def read_panel(
    watch: Watching,
    uid: str,
    panel_id: int,
    minutes: Annotated[int, Query(ge=5, le=1440, description="最近多少分钟")] = 60,
) -> schemas.PanelFigures:
    panel = watch.dashboard(uid).panels.get(panel_id)
    if panel is None:
        raise PanelNotFound
    if watch.prometheus is None:
        raise FiguresNotConfigured
    span = Span.until(
        watch.clock.now().timestamp(), minutes=minutes, scrape_seconds=watch.scrape_seconds
    )
    found = await watch.prometheus.course(panel, span, scrape_seconds=watch.scrape_seconds)
    shown = foremost(found)
    return schemas.PanelFigures(
        from_at=datetime.fromtimestamp(span.start, UTC),
        until_at=datetime.fromtimestamp(span.end, UTC),
        step_seconds=span.step,
        series=schemas.lines(shown),
        left_off=len(found) - len(shown),
    )
