"""What somebody claims of a certificate, held against the registry field by field. No I/O."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from verify.domain import Answer, State
from verify.registry import Entry


class Verdict(StrEnum):
    """How one field of a claim stands against the registry."""

    MATCH = "match"
    DIFFERS = "differs"
    NOT_FOUND = "not_found"
    NOT_GIVEN = "not_given"


class Claim(NamedTuple):
    """One row: whose certificate, and what it is said to say; an empty field is not compared."""

    number: str = ""
    name: str = ""
    year: str = ""
    hours: str = ""
    employer: str = ""


@dataclass(frozen=True)
class RowResult:
    """How a claim stands. ``state`` is the certificate's, or not_found, or could_not_check."""

    state: State
    name: Verdict
    year: Verdict
    hours: Verdict
    employer: Verdict
    entry: Entry | None = None
    as_of: datetime | None = None

    @property
    def holds(self) -> bool:
        """Tell whether the certificate is valid and nothing given differs."""
        fields = (self.name, self.year, self.hours, self.employer)
        return self.state is State.VALID and all(
            one in (Verdict.MATCH, Verdict.NOT_GIVEN) for one in fields
        )


NOT_CHECKED = RowResult(State.COULD_NOT_CHECK, *(Verdict.NOT_FOUND,) * 4)


def judge_row(
    claim: Claim,
    entries: Sequence[Entry],
    *,
    answer: Callable[[Entry], Answer],
    matches: Callable[[str, Entry], bool],
    visible: Callable[[Entry], bool],
    fresh: bool,
) -> RowResult:
    """Hold ``claim`` against ``entries``, all of one person, newest first.

    Only a reading that is ``fresh`` can say that something is not there.

    A certificate outside the asker's reach (``visible``) is as good as none, unless the claim
    knows its name: number and name together are what anybody may ask by.
    """
    named = [one for one in entries if claim.name and matches(claim.name, one)]
    seen = [one for one in entries if visible(one) or one in named]
    entry = _of_year(claim.year, seen, named)
    if entry is None and not fresh:
        return NOT_CHECKED
    if entry is None:
        year = _given(claim.year)
        return RowResult(State.NOT_FOUND, _name_alone(claim, seen, named), year, *_neither(claim))
    return judge_entry(claim, entry, found=answer(entry), named=entry in named)


def judge_entry(claim: Claim, entry: Entry, *, found: Answer, named: bool) -> RowResult:
    """Hold ``claim`` against one certificate; ``named`` says whether the claim's name is its."""
    if found.state is State.COULD_NOT_CHECK:
        return NOT_CHECKED
    fact = entry.fact
    return RowResult(
        found.state,
        _compared(claim.name, named),
        _compared(claim.year, parsed_year(claim.year) == fact.year),
        _compared(claim.hours, parsed_tenths(claim.hours) == fact.total_tenths),
        _compared(claim.employer, folded(claim.employer) == folded(fact.employer_name)),
        entry,
        found.as_of,
    )


# A table says the same year, hours and employer again and again.
@lru_cache(maxsize=4096)
def parsed_year(text: str) -> int | None:
    """Return the year in a cell: 2026, 2026年, 2026年度."""
    match = re.fullmatch(r"(\d{4})年?度?", folded(text))
    return int(match[1]) if match else None


@lru_cache(maxsize=4096)
def parsed_tenths(text: str) -> int | None:
    """Return the hours in a cell, in tenths: 90, 90.5, 90学时."""
    match = re.fullmatch(r"(\d{1,4})(?:\.(\d)0*)?(?:学时)?", folded(text))
    return int(match[1]) * 10 + int(match[2] or 0) if match else None


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Return text for comparison: full-width forms folded, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _of_year(year: str, seen: Sequence[Entry], named: Sequence[Entry]) -> Entry | None:
    """Return the certificate meant: of the year, of the name before others, in force before not."""
    if year.strip():
        seen = [one for one in seen if one.fact.year == parsed_year(year)]
    ranked = sorted(seen, key=lambda one: (one not in named, one.fact.state == "superseded"))
    return next(iter(ranked), None)


def _name_alone(claim: Claim, seen: Sequence[Entry], named: Sequence[Entry]) -> Verdict:
    return _compared(claim.name, named) if seen else _given(claim.name)


def _neither(claim: Claim) -> tuple[Verdict, Verdict]:
    return _given(claim.hours), _given(claim.employer)


def _given(text: str) -> Verdict:
    return Verdict.NOT_FOUND if text.strip() else Verdict.NOT_GIVEN


def _compared(text: str, same: object) -> Verdict:
    if not text.strip():
        return Verdict.NOT_GIVEN
    return Verdict.MATCH if same else Verdict.DIFFERS
