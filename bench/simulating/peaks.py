"""Cores at the peaks of a year: how often people do what, times what it was measured to cost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.simulating import figures

_CALLS = Path(__file__).parents[1] / "results" / "calls.md"


@dataclass(frozen=True)
class Peak:
    """So many people in the busiest hour, and what each of them sets off."""

    title: str
    # Of all who have to learn.
    share_in_busiest_hour: float
    acts: Mapping[str, float]


# Of a year completed on the last day: it was filed on that day too, and seen four times.
DECEMBER = Peak(
    "31 December",
    figures.COMPLETING * figures.ON_THE_LAST_DAY * max(figures.HOURS) / 100,
    {
        "visits for the first time": 0.5,
        "signs in": 2,
        "opens the year (4 calls)": 4,
        "hands in a photograph": 2,
        "files two claims": 1,
        "a reviewer opens queue, claim, evidence": 1,
        "employer approves both": 1,
        "bureau approves both; certificate": 1,
        "opens and downloads the certificate": 1,
    },
)
# In three months 15 % apply for a title; a busy day has three times the average of 60 days, its
# busiest hour a fifth of it. Each prints five years; three offices scan all five.
TITLE_REVIEW = Peak(
    "title review",
    0.15 / 60 * 3 * 0.2,
    {
        "visits for the first time": 1,
        "signs in": 3,
        "opens the year (4 calls)": 3,
        "opens and downloads the certificate": 5,
        "a code is scanned": 15,
    },
)
# A province's first hour: schools, hospitals and offices are told to register the same morning.
OPENING = Peak(
    "the week of the opening",
    0.25 / 5 * 0.2,
    {
        "visits for the first time": 1,
        "registers": 1,
        "is confirmed by the employer": 1,
        "signs in": 1,
        "opens the year (4 calls)": 2,
    },
)


def costs() -> dict[str, dict[str, float]]:
    """Return milliseconds of processor by act and by what spends them (bench/results/calls.md)."""
    rows = [
        [cell.strip() for cell in line.strip("| \n").split("|")]
        for line in _CALLS.read_text(encoding="utf-8").splitlines()
        if line.startswith("|") and not line.startswith("|---")
    ]
    (_, _, *columns), *acts = rows
    return {act: dict(zip(columns, map(float, each), strict=True)) for act, _, *each in acts}


def cores(peak: Peak, people: int) -> dict[str, float]:
    """Return the cores that the busiest hour keeps busy, by what they are busy with."""
    each = costs()
    a_second = people * peak.share_in_busiest_hour / 3600
    spent: dict[str, float] = {}
    for act, times in peak.acts.items():
        for column, milliseconds in each[act].items():
            spent[column] = spent.get(column, 0.0) + a_second * times * milliseconds / 1000
    return spent


def table(populations: tuple[int, ...]) -> Iterator[str]:
    """Yield the lines of the result."""
    columns = list(next(iter(costs().values())))
    yield f"| peak | people | people a second | all | {' | '.join(columns)} |"
    yield "|---|---|---|---|" + "---|" * len(columns)
    for peak in (DECEMBER, TITLE_REVIEW, OPENING):
        for people in populations:
            busy = cores(peak, people)
            each = " | ".join(f"{busy[column]:.2f}" for column in columns)
            a_second = people * peak.share_in_busiest_hour / 3600
            yield (
                f"| {peak.title} | {people:,} | {a_second:.1f} "
                f"| {sum(busy.values()):.2f} | {each} |"
            )
