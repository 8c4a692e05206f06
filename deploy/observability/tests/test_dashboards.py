"""The committed dashboards are what the code makes, and ask only for figures that are told."""

import json
import re
from collections import Counter

import pytest
import yaml
from deploy.observability import generate
from deploy.observability.boards import BOARDS
from deploy.observability.panels import Board, document
from tests.kit.stack import ROOT

METRICS = yaml.safe_load((ROOT / "contracts/telemetry/metrics.yaml").read_text("utf-8"))
RULES = yaml.safe_load((ROOT / "deploy/observability/rules/yuzheng.yaml").read_text("utf-8"))
WATCHED = "\n".join(rule["expr"] for group in RULES["groups"] for rule in group["rules"])
SUFFIX = {"s": "_seconds", "By": "_bytes", "1": ""}
OURS = re.compile(r"\byuzheng_[a-z0-9_]+")
by_board = pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.uid)


def series(name: str) -> set[str]:
    """Return the names under which Prometheus has a declared metric."""
    metric = METRICS[name]
    told = name.replace(".", "_") + SUFFIX[metric["unit"]]
    match metric["instrument"]:
        case "counter":
            return {f"{told}_total"}
        case "histogram":
            return {told, *(f"{told}_{part}" for part in ("bucket", "count", "sum"))}
        case _:
            return {told}


DECLARED = {one: name for name in METRICS for one in series(name)}


@by_board
def test_committed_json_is_what_the_code_makes(board: Board) -> None:
    # `python -m deploy.observability.generate` writes them.
    assert generate.file_of(board).read_text("utf-8") == document(board)


def test_no_other_dashboard_lies_there() -> None:
    kept = {path.name for path in generate.FOLDER.glob("*.json")}
    assert kept == {generate.file_of(board).name for board in BOARDS}


@by_board
def test_titles_are_chinese_and_explained_in_english(board: Board) -> None:
    for title, english in [
        (board.title, board.english),
        *((p.title, p.english) for p in board.panels),
    ]:
        assert re.search(r"[\u4e00-\u9fff]", title), title
        assert english.isascii(), title


@by_board
def test_pictures_of_a_dashboard_can_be_told_apart(board: Board) -> None:
    panels = json.loads(document(board))["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    kinds = Counter((panel["title"], panel["type"]) for panel in panels)
    assert max(kinds.values()) == 1


@by_board
def test_queries_ask_for_declared_metrics(board: Board) -> None:
    asked = {
        name
        for panel in board.panels
        for query in panel.queries
        for name in OURS.findall(query.expression)
    }
    assert asked - set(DECLARED) == set()


def test_alerts_ask_for_declared_metrics() -> None:
    assert set(OURS.findall(WATCHED)) - set(DECLARED) == set()


def test_every_declared_metric_is_shown_or_watched() -> None:
    # Counted by attempts that a healthy stack never makes: they are looked up when one has failed.
    looked_up = {"yuzheng.outbox.failed", "yuzheng.verify.deliveries", "yuzheng.canary.duration"}
    text = WATCHED + "".join(document(board) for board in BOARDS)
    used = {DECLARED[name] for name in OURS.findall(text)}
    assert set(METRICS) - used == looked_up
