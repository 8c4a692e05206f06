"""The circuit of a lane: closed it calls, open it waits, half open it tries with one document."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from certificates.domain.backoff import delay_after


@dataclass(frozen=True, slots=True)
class Circuit:
    """How a seal's lane stands: ``failures`` in a row, and when it calls again."""

    seal_id: UUID
    failures: int
    last_error: str | None
    next_attempt_at: datetime
    last_success_at: datetime | None
    failing_since: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Tell whether nobody may call now. After the wait it is half open, not closed."""
        return self.failures > 0 and self.next_attempt_at > now

    def places(self, concurrency: int) -> int:
        """Return how many calls may be out: a lane that has failed is tried by a single one."""
        return 1 if self.failures else concurrency

    def batch(self, usual: int) -> int:
        """Return how many documents a call may take: one is enough to find out."""
        return 1 if self.failures else usual

    def after_failure(
        self,
        error: str,
        *,
        failures_before: int,
        now: datetime,
        first: timedelta,
        longest: timedelta,
    ) -> "Circuit":
        """Wait longer. ``failures_before`` the call began: those out together count once."""
        failures = max(self.failures, failures_before + 1)
        return replace(
            self,
            failures=failures,
            last_error=error,
            next_attempt_at=now + delay_after(failures, first=first, longest=longest),
            failing_since=self.failing_since or now,
        )

    def after_success(self, now: datetime) -> "Circuit":
        """Close it, whatever failed before."""
        return Circuit(self.seal_id, 0, None, now, now, None)
