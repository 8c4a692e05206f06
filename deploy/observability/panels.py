"""A dashboard as the house writes it, and how it becomes Grafana's JSON.

Titles are Chinese, descriptions English: both languages of the portal read the same file.
``$__rate_interval`` in a query is replaced by whoever asks: Grafana, the portal, a test.
"""

from dataclasses import dataclass
from itertools import count
from typing import Any

from grafana_foundation_sdk.builders import common, dashboard, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.common import (
    GraphThresholdsStyleMode,
    LegendDisplayMode,
    LegendPlacement,
)
from grafana_foundation_sdk.models.dashboard import (
    DashboardCursorSync,
    DataSourceRef,
    Threshold,
    ThresholdsMode,
)

SOURCE = DataSourceRef(type_val="prometheus", uid="${source}")
WIDE, HALF, THIRD, QUARTER = 24, 12, 8, 6
_HEIGHT = 8
_LOW = 4


@dataclass(frozen=True)
class Query:
    """One PromQL expression and how each of its series is named."""

    expression: str
    legend: str = ""
    exemplars: bool = False


@dataclass(frozen=True)
class Panel:
    """What one picture shows; ``number`` shows the last value instead of the course.

    ``bad_from`` and ``bad_below`` are where an alert of ``rules/yuzheng.yaml`` begins to count.
    """

    title: str
    english: str
    queries: tuple[Query, ...]
    unit: str = "short"
    width: int = HALF
    number: bool = False
    bad_from: float | None = None
    bad_below: float | None = None


@dataclass(frozen=True)
class Board:
    """One dashboard."""

    uid: str
    title: str
    english: str
    panels: tuple[Panel, ...]


def document(board: Board) -> str:
    """Return the dashboard's JSON as it is committed."""
    made = (
        dashboard.Dashboard(board.title)
        .uid(f"yuzheng-{board.uid}")
        .description(board.english)
        .tags(["yuzheng"])
        .refresh("30s")
        .time("now-1h", "now")
        .timezone("Asia/Shanghai")
        .tooltip(DashboardCursorSync.CROSSHAIR)
        .readonly()
        .with_variable(
            dashboard.DatasourceVariable("source").type("prometheus").label("Prometheus")
        )
    )
    for number, panel in zip(count(1), board.panels, strict=False):
        made.with_panel(_picture(panel, number))
    return JSONEncoder(sort_keys=True, indent=2, ensure_ascii=False).encode(made.build()) + "\n"


def _picture(panel: Panel, number: int) -> Any:
    picture: Any = stat.Panel() if panel.number else timeseries.Panel()
    picture = (
        picture.id(number)
        .title(panel.title)
        .description(panel.english)
        .datasource(SOURCE)
        .unit(panel.unit)
        .height(_LOW if panel.number else _HEIGHT)
        .span(panel.width)
    )
    if not panel.number:
        legend = common.VizLegendOptions().show_legend(show_legend=True)
        picture = picture.min(0).legend(
            legend.display_mode(LegendDisplayMode.LIST).placement(LegendPlacement.BOTTOM)
        )
    if panel.bad_from is not None or panel.bad_below is not None:
        picture = _with_limit(picture, panel)
    for letter, query in zip("ABCDEFGH", panel.queries, strict=False):
        picture = picture.with_target(_target(query, letter))
    return picture


def _with_limit(picture: Any, panel: Panel) -> Any:
    first, then = ("green", "red") if panel.bad_below is None else ("red", "green")
    limit = panel.bad_from if panel.bad_below is None else panel.bad_below
    steps = [Threshold(value=None, color=first), Threshold(value=limit, color=then)]
    picture = picture.thresholds(
        dashboard.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(steps)
    )
    if panel.number:
        return picture
    style = common.GraphThresholdsStyleConfig().mode(GraphThresholdsStyleMode.DASHED)
    return picture.thresholds_style(style)


def _target(query: Query, letter: str) -> prometheus.Dataquery:
    return (
        prometheus.Dataquery()
        .expr(query.expression)
        .legend_format(query.legend)
        .ref_id(letter)
        .range()
        .exemplar(query.exemplars)
    )
