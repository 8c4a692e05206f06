"""The year account: one per person and year, completed, reopened and completed again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class AccountState(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"


class Turn(StrEnum):
    """A change of the account that others must hear of."""

    COMPLETED = "completed"
    REOPENED = "reopened"


@dataclass(frozen=True)
class Circumstances:
    """What a completion fixes for good: when, at which employer and level, by which rule."""

    completed_at: datetime
    employer_id: UUID
    title_level: str
    rule_id: UUID
    rule_version: int


@dataclass(frozen=True)
class YearAccount:
    """Balance of a year. ``attested`` is what the last completion told the world."""

    id: UUID
    person_id: UUID
    year: int
    version: int = 0
    state: AccountState = AccountState.OPEN
    completion: int = 0
    counted: Mapping[str, int] = field(default_factory=dict)
    attested: Mapping[str, int] = field(default_factory=dict)
    circumstances: Circumstances | None = None

    @property
    def completed(self) -> bool:
        return self.state is AccountState.COMPLETED

    @property
    def attestation_holds(self) -> bool:
        """Whether the hours a certificate may state are all still there, per subject kind."""
        return all(self.counted.get(kind, 0) >= tenths for kind, tenths in self.attested.items())


@dataclass(frozen=True)
class Settlement:
    """The account after judging, and each turn with the account as it was at that turn."""

    account: YearAccount
    turns: tuple[tuple[Turn, YearAccount], ...] = ()


def settle(
    account: YearAccount,
    *,
    counted: Mapping[str, int],
    complete: bool,
    circumstances: Circumstances | None,
) -> Settlement:
    """Bring the account in line with what is approved now.

    A completed year stays completed while everything it attested is still there; further hours
    change the balance only. Once attested hours are gone it is reopened, and completed again at
    once when the rest suffices, because the certificate states hours that no longer exist.
    """
    now = account
    turns: list[tuple[Turn, YearAccount]] = []
    if dict(counted) != dict(account.counted):
        now = replace(now, counted=dict(counted), version=now.version + 1)
    if now.completed and not now.attestation_holds:
        now = replace(now, state=AccountState.OPEN, version=now.version + 1)
        turns.append((Turn.REOPENED, now))
    if not now.completed and complete and circumstances:
        now = replace(
            now,
            state=AccountState.COMPLETED,
            completion=now.completion + 1,
            attested=dict(counted),
            circumstances=circumstances,
            version=now.version + 1,
        )
        turns.append((Turn.COMPLETED, now))
    return Settlement(now, tuple(turns))
