"""What the simulation is told: measured costs, and assumptions about a province."""

import re
from collections.abc import Mapping
from pathlib import Path

_RESULTS = Path(__file__).parents[1] / "results"

# Millions of people, by the census of 2020: the shares of those who have to learn are assumed to
# follow, but for Zhengzhou, where universities and hospitals are, which counts twice.
PREFECTURES: Mapping[str, float] = {
    "郑州": 2 * 12.60, "南阳": 9.71, "周口": 9.03, "商丘": 7.82, "洛阳": 7.06, "驻马店": 7.01,
    "新乡": 6.25, "信阳": 6.23, "安阳": 5.48, "平顶山": 4.99, "开封": 4.82, "许昌": 4.38,
    "濮阳": 3.77, "焦作": 3.52, "漯河": 2.37, "三门峡": 2.03, "鹤壁": 1.57, "济源": 0.73,
    "省直": 10.0,
}  # fmt: skip
# Of a hundred years completed on 31 December, how many in each hour.
HOURS = (0.5, 0, 0, 0, 0, 0, 0.5, 1, 5, 9, 11, 9, 3, 4, 9, 11, 13, 11, 4, 3, 3, 2, 0.7, 0.3)
# Of those who have to learn, how many complete; and of these, how many on the last day.
COMPLETING, ON_THE_LAST_DAY = 0.9, 0.10
# Of the decisions, how many are made in bulk, and people in one of those (a hundred at most).
IN_BULK, BULK = 0.6, 40
# A bureau's seal service: seconds of one call of two (as in bench/lanes.py), signatures a second.
CALL_SECONDS, SIGNATURES_PER_SECOND = 0.2, 100.0
CALLS_AT_ONCE, DOCUMENTS_A_CALL = 4, 50
# Of one lane (certificates.lanes): batches called for and not yet finished, and certificates that
# are finished at a time. It is what keeps a lane's backlog from standing before all others.
BATCHES_UNDER_WAY, FINISHED_AT_ONCE = 8, 8
# From one process to the next, by outbox, broker and inbox: waiting, not work.
HOP_SECONDS = 0.03


def milliseconds(process: str) -> float:
    """Return the processor's milliseconds a certificate takes there (bench/results/issuance.md)."""
    text = (_RESULTS / "issuance.md").read_text(encoding="utf-8")
    found = re.search(rf"^\| {re.escape(process)} \| ([\d.]+) \|$", text, re.MULTILINE)
    if found is None:
        raise LookupError(f"{process} is not in bench/results/issuance.md")
    return float(found[1])


def costs() -> dict[str, float]:
    """Return seconds of processor a certificate, by what has cores of its own."""
    together = {
        "hours-worker": ("hours-worker",),
        "certificates-worker": ("certificates-worker", "certificates-worker, its children"),
        "verify-worker": ("verify-worker",),
        "PostgreSQL": ("postgres, its children",),
        "RabbitMQ": ("rabbitmq",),
    }
    return {
        station: sum(milliseconds(process) for process in processes) / 1000
        for station, processes in together.items()
    }
