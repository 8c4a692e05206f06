"""The work of reviewing: who has taken which claim, and which of the queue is asked for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hours.domain.claims import Step


class Holding(StrEnum):
    """Who has taken a waiting claim, as the caller sees it."""

    MINE = "mine"
    FREE = "free"
    OTHERS = "others"


class Sort(StrEnum):
    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True)
class Assignment:
    """A reviewer is at work on a claim; from ``until`` on it is free again by itself."""

    claim_id: UUID
    held_by: str
    until: datetime

    def in_force(self, now: datetime) -> bool:
        return now < self.until

    def bars(self, actor: str, now: datetime) -> bool:
        """Tell whether somebody else than ``actor`` is at work on the claim."""
        return self.held_by != actor and self.in_force(now)


@dataclass(frozen=True)
class Wanted:
    """Which waiting claims are asked for: of ``scopes``, never of ``not_of``, seen by ``actor``."""

    step: Step
    scopes: tuple[str, ...]
    actor: str
    now: datetime
    not_of: UUID | None = None
    year: int | None = None
    subject_kind: str | None = None
    activity_kind: str | None = None
    filed_before: datetime | None = None
    holding: Holding | None = None
