"""What the lanes tell Prometheus; names and labels are declared in contracts/telemetry."""

from opentelemetry import metrics

from certificates.usecases.ask import Answers
from chassis.telemetry import SECONDS

_meter = metrics.get_meter("yuzheng")


class _LaneMetrics:
    """Counted by endpoint: a handful of names that operations chose, never an id."""

    def __init__(self) -> None:
        self._seconds = _meter.create_histogram(
            "yuzheng.lane.call.duration", unit="s", explicit_bucket_boundaries_advisory=SECONDS
        )
        self._documents = _meter.create_counter("yuzheng.lane.documents")

    def call(self, endpoint: str, answers: Answers | None, seconds: float) -> None:
        """Note one call to a seal service."""
        outcome = "answered" if answers else "failed"
        self._seconds.record(seconds, {"lane": endpoint, "outcome": outcome})

    def answers(self, endpoint: str, answers: Answers) -> None:
        """Note what a service said to each document."""
        for outcome, found in (
            ("sealed", answers.signatures),
            ("refused", answers.failures),
            ("pending", answers.pending),
        ):
            if found:
                self._documents.add(len(found), {"lane": endpoint, "outcome": outcome})


lane_metrics = _LaneMetrics()
