"""What operators are told of dashboards."""

from datetime import datetime

from pydantic import BaseModel, Field

from portal_server.dashboards import Dashboard, Kind, Panel
from portal_server.figures import Series


class DashboardSummary(BaseModel):
    """One dashboard of the list."""

    uid: str
    title: str = Field(description="中文名称")
    description: str = Field(description="英文说明")


class DashboardList(BaseModel):
    """Every dashboard, and whether there are figures to draw."""

    items: list[DashboardSummary]
    figures_configured: bool = Field(description="是否配置了监控数据的来源（Prometheus）")


class PanelThreshold(BaseModel):
    """From which value on a figure has this colour."""

    value: float | None = Field(description="从这个值起；空表示最低一档")
    colour: str = Field(description="颜色名，green 为正常，red 为需要处理")


class PanelPlace(BaseModel):
    """Where a panel lies on a grid of 24 columns."""

    x: int
    y: int
    width: int = Field(description="24 栏中占几栏")
    height: int


class PanelDescription(BaseModel):
    """What one picture shows."""

    id: int
    title: str = Field(description="中文名称")
    description: str = Field(description="英文说明")
    unit: str = Field(description="数值的单位：short、s、ms、bytes、percentunit、reqps")
    kind: Kind = Field(description="number 显示现在的数值，course 显示一段时间的变化")
    minimum: float | None = Field(description="纵轴从这个值起；空为按数据而定")
    place: PanelPlace
    legends: list[str] = Field(description="各查询的图例写法，{{…}} 处填入标签")
    thresholds: list[PanelThreshold]


class DashboardDescription(DashboardSummary):
    """A dashboard with its panels in reading order."""

    panels: list[PanelDescription]


class PanelSeries(BaseModel):
    """One line."""

    name: str
    values: list[float | None] = Field(
        description="从 from_at 起每隔 step_seconds 一个，空为无数据"
    )


class PanelFigures(BaseModel):
    """What Prometheus had for a panel."""

    from_at: datetime
    until_at: datetime
    step_seconds: int
    series: list[PanelSeries]
    left_off: int = Field(description="线太多时没有列出的条数，列出的是数值最大的")


def summary(dashboard: Dashboard) -> DashboardSummary:
    """Return a dashboard as the list names it."""
    return DashboardSummary(
        uid=dashboard.uid, title=dashboard.title, description=dashboard.description
    )


def description(dashboard: Dashboard) -> DashboardDescription:
    """Return a dashboard with its panels, without what is asked for them."""
    return DashboardDescription(
        **summary(dashboard).model_dump(), panels=[_panel(one) for one in dashboard.panels.values()]
    )


def lines(series: list[Series]) -> list[PanelSeries]:
    """Return the lines as they are told."""
    return [PanelSeries(name=one.name, values=one.values) for one in series]


def _panel(panel: Panel) -> PanelDescription:
    place = panel.place
    return PanelDescription(
        id=panel.id,
        title=panel.title,
        description=panel.description,
        unit=panel.unit,
        kind=panel.kind,
        minimum=panel.minimum,
        place=PanelPlace(x=place.x, y=place.y, width=place.width, height=place.height),
        legends=[query.legend for query in panel.queries],
        thresholds=[PanelThreshold(value=one.value, colour=one.colour) for one in panel.thresholds],
    )
