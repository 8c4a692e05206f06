"""Figures, alerts and dashboards in the cluster are the same as in the local stack."""

import subprocess
from pathlib import Path

import yaml
from deploy.observability.boards import BOARDS
from deploy.observability.generate import CLUSTER_RULES, cluster_rules, file_of
from tests.deploy.rendered import of_kind, rendered
from tests.kit.stack import ROOT


def test_alert_rules_are_those_that_promtool_has_tried() -> None:
    assert CLUSTER_RULES.read_text(encoding="utf-8") == cluster_rules(), (
        "run: python -m deploy.observability.generate"
    )
    assert "alerts" in {one["metadata"]["name"] for one in of_kind("province", "PrometheusRule")}


def test_promtool_understands_what_only_the_cluster_can_tell(tmp_path: Path) -> None:
    for rule in of_kind("province", "PrometheusRule"):
        file = tmp_path / "rules.yaml"
        file.write_text(yaml.safe_dump(rule["spec"]), encoding="utf-8")
        done = subprocess.run(
            ["promtool", "check", "rules", file], check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_has_a_page_that_names_it() -> None:
    for manifest in of_kind("province", "PrometheusRule"):
        for rule in (rule for group in manifest["spec"]["groups"] for rule in group["rules"]):
            page = ROOT / "docs" / "runbooks" / f"{rule['annotations']['runbook']}.md"
            assert rule["alert"] in page.read_text(encoding="utf-8")


def test_every_dashboard_is_in_the_cluster() -> None:
    shown = {
        name: text
        for one in of_kind("province", "ConfigMap")
        if one["metadata"].get("labels", {}).get("grafana_dashboard") == "1"
        for name, text in one["data"].items()
    }
    assert shown == {
        file_of(board).name: file_of(board).read_text(encoding="utf-8") for board in BOARDS
    }


def test_every_monitor_finds_a_port_of_that_name() -> None:
    ports = {
        port["name"]
        for one in rendered("province")
        if one["kind"] == "Deployment"
        for port in one["spec"]["template"]["spec"]["containers"][0]["ports"]
    }
    by_operators = {"metrics", "prometheus"}
    for monitor in of_kind("province", "ServiceMonitor", "PodMonitor"):
        spec = monitor["spec"]
        for endpoint in spec.get("endpoints", spec.get("podMetricsEndpoints")):
            assert endpoint["port"] in ports | by_operators
