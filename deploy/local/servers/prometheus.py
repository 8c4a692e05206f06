"""Prometheus, which collects what the stack measures: `make watch` starts it, nothing else does."""

import shutil
from pathlib import Path

from deploy.local.checkout import Checkout, make_directory, write_private
from deploy.local.fingerprints import fingerprint
from deploy.local.processes import Process
from deploy.local.waiting import answers_http
from deploy.observability import scraping

NAME = "prometheus"
# A local stack is watched by somebody who waits for the picture to move.
SCRAPE_SECONDS = 5


def command(*, port: int, configuration: Path, data: Path) -> list[str]:
    """Return the command line; only this machine can ask it."""
    return [
        shutil.which("prometheus") or "/usr/bin/prometheus",
        f"--config.file={configuration}",
        f"--storage.tsdb.path={data}",
        "--storage.tsdb.retention.time=2d",
        "--storage.tsdb.retention.size=512MB",
        f"--web.listen-address=127.0.0.1:{port}",
        # A bucket's exemplar leads to the trace of one request.
        "--enable-feature=exemplar-storage",
        "--log.level=warn",
    ]


def process(checkout: Checkout) -> Process:
    """Describe the server, with the stack's processes as its targets."""
    folder = checkout.state / "prometheus"
    configuration = folder / "prometheus.yml"
    port = checkout.ports["PROMETHEUS"]
    return Process(
        name=NAME,
        command=" ".join(command(port=port, configuration=configuration, data=folder / "data")),
        environment={"YUZHENG_REVISION": fingerprint(configuration, scraping.RULES)},
        ports=("PROMETHEUS",),
        is_ready=lambda: answers_http(f"http://127.0.0.1:{port}/-/ready"),
    )


def prepare(checkout: Checkout) -> None:
    """Write the configuration; whether the program is there matters to `make watch` alone."""
    folder = checkout.state / "prometheus"
    make_directory(folder, 0o700)
    text = scraping.configuration(checkout, every_seconds=SCRAPE_SECONDS, rules=str(scraping.RULES))
    write_private(folder / "prometheus.yml", text)
