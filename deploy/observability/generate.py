"""`python -m deploy.observability.generate`: write the dashboards' JSON and the cluster's rules."""

from pathlib import Path

import yaml

from deploy.observability.boards import BOARDS
from deploy.observability.panels import Board, document

FOLDER = Path(__file__).parent / "dashboards"
RULES = Path(__file__).parent / "rules" / "yuzheng.yaml"
CLUSTER_RULES = Path(__file__).parents[1] / "k8s/components/observability/alerts.yaml"


def file_of(board: Board) -> Path:
    """Return where a dashboard's JSON lies."""
    return FOLDER / f"{board.uid}.json"


def cluster_rules() -> str:
    """Return the alert rules as the cluster's Prometheus operator takes them."""
    manifest = {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": "alerts"},
        "spec": yaml.safe_load(RULES.read_text(encoding="utf-8")),
    }
    text = yaml.safe_dump(manifest, allow_unicode=True, sort_keys=False, width=120)
    return "# Made by `python -m deploy.observability.generate`.\n" + text


def main() -> None:
    """Write every dashboard, and the rules once more for the cluster."""
    CLUSTER_RULES.write_text(cluster_rules(), encoding="utf-8")
    for board in BOARDS:
        file_of(board).write_text(document(board), encoding="utf-8")


if __name__ == "__main__":
    main()
