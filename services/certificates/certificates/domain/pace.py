"""How fast an office's seal service may be asked, whoever asks: the measure all workers share."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """What a bureau's seal service is built for; settings.py says what each means."""

    concurrency: int = 4
    per_second: float = 500.0
    batch: int | None = None
    linger_seconds: float = 0.01
    # Whether documents count one by one against the concurrency, or a call counts once.
    by_document: bool = False


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many documents may be asked for: ``per_second``, saved up for one second at most.

    In any stretch of T seconds no more than ``per_second`` times T + 1 are given out.
    """

    left: float
    at: datetime

    @classmethod
    def full(cls, pace: Pace, at: datetime) -> "Allowance":
        """Return what a lane begins with."""
        return cls(_most(pace), at)

    def at_time(self, pace: Pace, now: datetime) -> "Allowance":
        """Return the allowance as it stands now; a clock that goes back adds nothing."""
        passed = max((now - self.at).total_seconds(), 0.0)
        left = min(_most(pace), self.left + passed * pace.per_second)
        return Allowance(left, max(now, self.at))

    @property
    def whole(self) -> int:
        """Documents that may go now."""
        return int(self.left)

    def spend(self, documents: int) -> "Allowance":
        """Return what is left after asking for so many."""
        return Allowance(self.left - documents, self.at)

    def wait_for_one(self, pace: Pace) -> timedelta:
        """Return how long until a document may go."""
        return timedelta(seconds=max(1.0 - self.left, 0.0) / pace.per_second)


def _most(pace: Pace) -> float:
    return max(pace.per_second, 1.0)
