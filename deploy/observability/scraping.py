"""What Prometheus asks of the local stack: every process at its port, as `ports.env` has them.

In a cluster the same is said by ServiceMonitors. The dashboards need of either: `job` names the
process, RabbitMQ is asked for each queue by itself, the gateway at its listener for figures.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from deploy.local.checkout import Checkout
from deploy.local.deployables import DEPLOYABLES

RULES = Path(__file__).parent / "rules" / "yuzheng.yaml"


def configuration(checkout: Checkout, *, every_seconds: int, rules: str | None = None) -> str:
    """Return Prometheus' configuration for this checkout."""
    config: dict[str, Any] = {
        "global": {
            "scrape_interval": f"{every_seconds}s",
            "scrape_timeout": f"{min(every_seconds, 10)}s",
            "evaluation_interval": f"{every_seconds}s",
        },
        "scrape_configs": list(_jobs(checkout.ports)),
    }
    if rules:
        config["rule_files"] = [rules]
    return yaml.safe_dump(config, sort_keys=False)


def _jobs(ports: Mapping[str, int]) -> Iterator[Mapping[str, Any]]:
    for deployable in DEPLOYABLES:
        for process in ("api", "worker"):
            port = ports[deployable.port_name(process)]
            yield _job(f"{deployable.name}-{process}", port, "/metrics")
    yield _job("envoy", ports["ENVOY_STATS"], "/stats/prometheus")
    yield _job("rabbitmq", ports["RABBITMQ_PROMETHEUS"], "/metrics/per-object")


def _job(name: str, port: int, path: str) -> Mapping[str, Any]:
    target = f"127.0.0.1:{port}"
    return {
        "job_name": name,
        "metrics_path": path,
        "static_configs": [{"targets": [target]}],
    }
