"""The only place that reads the time.

Instants are aware UTC; legal days and years are those of Asia/Shanghai.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        """Return the machine's present instant."""
        return datetime.now(UTC)  # noqa: TID251 - this is the one place allowed to ask


class FrozenClock:
    """A clock for tests that stands still until it is moved."""

    def __init__(self, instant: datetime) -> None:
        if instant.tzinfo is None:
            raise ValueError("a clock needs an aware instant")
        self._instant = instant.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self._instant

    def advance(self, step: timedelta) -> None:
        """Move forward by ``step``."""
        self._instant += step


def legal_date(instant: datetime) -> date:
    """Return the calendar day in Asia/Shanghai on which ``instant`` falls."""
    return instant.astimezone(LEGAL_ZONE).date()


def legal_year(instant: datetime) -> int:
    """Return the calendar year in Asia/Shanghai in which ``instant`` falls."""
    return legal_date(instant).year


def legal_midnight(day: date) -> datetime:
    """Return the instant at which ``day`` begins in Asia/Shanghai, in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=LEGAL_ZONE).astimezone(UTC)
