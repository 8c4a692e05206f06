"""The rule engine: which requirement applies, and what approved claims make of it.

Pure: rules and credits in, judgement out. The order in which claims were approved never matters,
and every number comes from a rule, which is data with its source.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID


@dataclass(frozen=True)
class Situation:
    """What decides which rule applies: the year, the title, and the employer's place."""

    year: int
    level: str
    series: str | None
    # Path of the employer in the organisation tree, ``/<id>/…/``.
    path: str


@dataclass(frozen=True)
class Rule:
    """One version of a requirement; ``None`` in a condition means "any"."""

    id: UUID
    version: int
    name: str
    year_from: int
    year_to: int | None
    levels: frozenset[str] | None
    series: str | None
    region_id: UUID | None
    total_tenths: int
    minimum_tenths: Mapping[str, int]
    # Days after 31 December during which claims of the year are still accepted.
    filing_days_after: int
    in_force: bool
    unconfirmed: bool
    source_note: str

    def covers(self, situation: Situation) -> bool:
        """Tell whether every condition of the rule holds."""
        return (
            self.in_force
            and self.year_from <= situation.year <= (self.year_to or situation.year)
            and (self.levels is None or situation.level in self.levels)
            and (self.series is None or self.series == situation.series)
            and (self.region_id is None or f"/{self.region_id}/" in situation.path)
        )

    def window_end(self, year: int) -> date:
        """Return the last day on which claims of ``year`` are accepted."""
        return date(year, 12, 31) + timedelta(days=self.filing_days_after)

    def accepts_filing(self, year: int, today: date) -> bool:
        """Tell whether a claim of ``year`` may be filed on ``today``."""
        return date(year, 1, 1) <= today <= self.window_end(year)


def choose_rule(rules: Iterable[Rule], situation: Situation) -> Rule | None:
    """Return the rule that applies: the nearest region, then series, then level, then newest."""
    found = [rule for rule in rules if rule.covers(situation)]
    return max(found, key=lambda rule: _precedence(rule, situation.path), default=None)


def _precedence(rule: Rule, path: str) -> tuple[int, bool, bool, int, int, str]:
    depth = path.index(f"/{rule.region_id}/") + 1 if rule.region_id else 0
    return (
        depth,
        rule.series is not None,
        rule.levels is not None,
        rule.year_from,
        rule.version,
        str(rule.id),  # two equal rules are a mistake of data, but never a matter of chance
    )


@dataclass(frozen=True)
class Credit:
    """Approved hours of one claim."""

    subject_kind: str
    tenths: int


@dataclass(frozen=True)
class Judgement:
    """What a year's approved hours amount to under a rule."""

    counted: Mapping[str, int]
    missing: Mapping[str, int] = field(default_factory=dict)
    missing_total: int = 0

    @property
    def complete(self) -> bool:
        return not self.missing_total and not any(self.missing.values())


def count(credits_: Iterable[Credit]) -> dict[str, int]:
    """Return the tenths per subject kind."""
    totals: dict[str, int] = {}
    for credit in credits_:
        totals[credit.subject_kind] = totals.get(credit.subject_kind, 0) + credit.tenths
    return totals


def judge(rule: Rule, credits_: Iterable[Credit]) -> Judgement:
    """Judge the approved hours of one year: counted, still missing, complete or not."""
    counted = count(credits_)
    missing = {
        kind: max(0, minimum - counted.get(kind, 0))
        for kind, minimum in rule.minimum_tenths.items()
    }
    missing_total = max(0, rule.total_tenths - sum(counted.values()))
    return Judgement(counted, missing, missing_total)
