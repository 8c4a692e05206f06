"""The dashboards as their files have them: what each panel shows, and what is asked for it.

The files are those that Grafana reads; nothing of a panel is said a second time. What a file
could say and this module would not understand is refused at the start, not drawn wrongly.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Kind = Literal["number", "course"]
_KINDS: Mapping[str, Kind] = {"stat": "number", "timeseries": "course"}
# The one variable of Grafana's that is filled in when a query is asked.
RATE_INTERVAL = "$__rate_interval"
_LABEL = re.compile(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}")
# Where everybody looks first; the others come by the names of their files.
_FIRST = "overview"


@dataclass(frozen=True)
class Query:
    """One expression of a panel and how each of its series is named."""

    expression: str
    legend: str

    def filled(self, window_seconds: int) -> str:
        """Return the expression with the window of its rates."""
        return self.expression.replace(RATE_INTERVAL, f"{window_seconds}s")

    def name(self, labels: Mapping[str, str]) -> str:
        """Return what a series with these labels is called; labels it has not are left out."""
        if not self.legend:
            return " ".join(value for key, value in sorted(labels.items()) if key != "__name__")
        named = _LABEL.sub(lambda found: labels.get(found[1], ""), self.legend)
        return " ".join(named.split())


@dataclass(frozen=True)
class Threshold:
    """From which value on a figure has this colour; ``None`` is from the beginning."""

    value: float | None
    colour: str


@dataclass(frozen=True)
class Place:
    """Where a panel lies on a grid of 24 columns."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Panel:
    """One picture."""

    id: int
    title: str
    description: str
    unit: str
    kind: Kind
    minimum: float | None
    place: Place
    thresholds: tuple[Threshold, ...]
    queries: tuple[Query, ...]


@dataclass(frozen=True)
class Dashboard:
    """One dashboard; its panels by their id, in reading order."""

    uid: str
    title: str
    description: str
    panels: Mapping[int, Panel]


def load(folder: Path) -> dict[str, Dashboard]:
    """Return every dashboard of the folder by its uid; raise ``ValueError`` for a strange one."""
    found: dict[str, Dashboard] = {}
    for path in sorted(folder.glob("*.json"), key=lambda one: (one.stem != _FIRST, one.stem)):
        try:
            dashboard = _dashboard(json.loads(path.read_text(encoding="utf-8")))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path}: not a dashboard that can be shown ({error!r})") from error
        if dashboard.uid in found:
            raise ValueError(f"{path}: another file has the uid {dashboard.uid}")
        found[dashboard.uid] = dashboard
    if not found:
        raise ValueError(f"{folder}: no dashboard lies there")
    return found


def _dashboard(document: Mapping[str, Any]) -> Dashboard:
    panels = sorted(map(_panel, document["panels"]), key=lambda one: (one.place.y, one.place.x))
    by_id = {panel.id: panel for panel in panels}
    if len(by_id) != len(panels):
        raise ValueError("two panels have one id")
    return Dashboard(document["uid"], document["title"], document["description"], by_id)


def _panel(panel: Mapping[str, Any]) -> Panel:
    defaults, place = panel["fieldConfig"]["defaults"], panel["gridPos"]
    return Panel(
        id=int(panel["id"]),
        title=panel["title"],
        description=panel["description"],
        unit=defaults["unit"],
        kind=_KINDS[panel["type"]],
        minimum=defaults.get("min"),
        place=Place(place["x"], place["y"], place["w"], place["h"]),
        thresholds=tuple(_thresholds(defaults.get("thresholds", {}))),
        queries=tuple(map(_query, panel["targets"])),
    )


def _thresholds(config: Mapping[str, Any]) -> Iterator[Threshold]:
    if config.get("mode", "absolute") != "absolute":
        raise ValueError("thresholds by share are not understood")
    for step in config.get("steps", ()):
        yield Threshold(step["value"], step["color"])


def _query(target: Mapping[str, Any]) -> Query:
    query = Query(target["expr"], target["legendFormat"])
    if "$" in query.expression.replace(RATE_INTERVAL, ""):
        raise ValueError(f"a variable that nobody fills in: {query.expression}")
    return query
