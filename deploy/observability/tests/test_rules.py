"""Alert rules: tried by promtool, each with a test of its own and a page that says what to do."""

import subprocess
from typing import Any

import pytest
import yaml
from tests.kit.stack import ROOT

FOLDER = ROOT / "deploy" / "observability" / "rules"


def read(name: str, part: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text("utf-8"))[part]
    return found


GROUPS = read("yuzheng.yaml", "groups")
TESTS = read("yuzheng_test.yaml", "tests")
RULES = [rule for group in GROUPS for rule in group["rules"]]
NAMES = [rule["alert"] for rule in RULES]
RUNBOOKS = ROOT / "docs" / "runbooks"
by_rule = pytest.mark.parametrize("rule", RULES, ids=NAMES)


def tried(*, ringing: bool) -> set[str]:
    """Return the alerts that a test expects to ring, or to be silent."""
    return {
        one["alertname"]
        for test in TESTS
        for one in test["alert_rule_test"]
        if bool(one.get("exp_alerts")) is ringing
    }


def test_promtool_finds_every_alert_as_expected() -> None:
    command = ["promtool", "test", "rules", str(FOLDER / "yuzheng_test.yaml")]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_every_alert_is_tried_ringing_and_silent() -> None:
    assert tried(ringing=True) == set(NAMES)
    assert tried(ringing=False) == set(NAMES)
    assert len(set(NAMES)) == len(NAMES)


@by_rule
def test_alert_says_how_urgent_it_is_and_what_to_do(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in {"page", "work"}
    assert rule["annotations"]["summary"]
    assert rule["for"], "one bad look wakes nobody"
    page = (RUNBOOKS / f"{rule['annotations']['runbook']}.md").read_text("utf-8")
    assert rule["alert"] in page, "the page names the alert"


def test_index_lists_every_page() -> None:
    index = (RUNBOOKS / "README.md").read_text("utf-8")
    pages = {path.name for path in RUNBOOKS.glob("*.md")} - {"README.md"}
    assert {page for page in pages if f"({page})" not in index} == set()
