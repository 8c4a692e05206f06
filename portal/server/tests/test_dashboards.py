"""Reading dashboards: all that are committed, nothing that would be drawn wrongly."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from deploy.observability.boards import BOARDS

from portal_server.dashboards import Query, Threshold, load

FOLDER = Path(__file__).parents[3] / "deploy" / "observability" / "dashboards"
LOADED = load(FOLDER)


def test_every_dashboard_is_read_the_overview_first() -> None:
    assert set(LOADED) == {f"yuzheng-{board.uid}" for board in BOARDS}
    assert next(iter(LOADED)) == "yuzheng-overview"


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.uid)
def test_panels_say_what_the_code_said(board: Any) -> None:
    panels = list(LOADED[f"yuzheng-{board.uid}"].panels.values())
    assert [(one.title, one.description, one.unit) for one in panels] == [
        (one.title, one.english, one.unit) for one in board.panels
    ]
    assert [one.queries for one in panels] == [
        tuple(Query(query.expression, query.legend) for query in one.queries)
        for one in board.panels
    ]
    assert [one.kind == "number" for one in panels] == [one.number for one in board.panels]


def test_limits_are_read_with_their_side() -> None:
    panels = {one.title: one for one in LOADED["yuzheng-verification"].panels.values()}
    assert panels["离线状态清单距今"].thresholds == (
        Threshold(None, "green"),
        Threshold(120, "red"),
    )
    assert panels["缓存在线"].thresholds == (Threshold(None, "red"), Threshold(1, "green"))
    assert panels["缓存占用内存"].thresholds == ()


@pytest.mark.parametrize(
    ("legend", "labels", "name"),
    [
        ("{{lane}} {{ outcome }}", {"lane": "a", "outcome": "answered"}, "a answered"),
        ("{{service_name}} {{gone}}", {"service_name": "hours"}, "hours"),
        ("上限", {"service_name": "hours"}, "上限"),
        ("", {}, ""),
        ("", {"__name__": "up", "job": "envoy"}, "envoy"),
    ],
)
def test_series_are_named_as_grafana_names_them(
    legend: str, labels: dict[str, str], name: str
) -> None:
    assert Query("up", legend).name(labels) == name


def test_window_of_rates_is_filled_in() -> None:
    assert Query("rate(a[$__rate_interval])", "").filled(60) == "rate(a[60s])"


STRANGE: dict[str, Callable[[dict[str, Any]], object]] = {
    "a variable that nobody fills in": lambda one: one["targets"][0].update(expr="up{a='$b'}"),
    "a picture of another kind": lambda one: one.update(type="heatmap"),
    "a limit by share": lambda one: one["fieldConfig"]["defaults"].update(
        thresholds={"mode": "percentage", "steps": []}
    ),
    "no query": lambda one: one.pop("targets"),
    "an id twice": lambda one: one.update(id=2),
}


@pytest.mark.parametrize("change", STRANGE.values(), ids=STRANGE)
def test_strange_dashboard_is_refused_at_the_start(
    tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    document = json.loads((FOLDER / "overview.json").read_text("utf-8"))
    change(document["panels"][0])
    (tmp_path / "strange.json").write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ValueError, match=r"strange\.json"):
        load(tmp_path)


def test_folder_without_dashboards_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no dashboard lies there"):
        load(tmp_path)
