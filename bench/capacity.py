"""How many cores the last day of a year takes, and what breaks first (simulated, measured costs).

A certificate's costs are those of bench/results/issuance.md; how people behave is assumed and said
in bench/simulating/figures.py. Simulated are 2.5 and 5.33 million people: the whole day with
everything running and with the largest bureau's seal service away from 9 to 17 o'clock, then the
busiest hour at growing load until the certificates of that hour are later than the target. Needs no
stack; `make bench b=capacity`.
"""

from collections.abc import Iterator
from pathlib import Path

from bench.simulating import figures, peaks
from bench.simulating.year_end import Day, Outcome, simulate

RESULT = Path(__file__).parent / "results" / "capacity.md"
POPULATIONS = (2_500_000, 5_330_000)
CORES = dict.fromkeys(figures.costs(), 2)
LARGEST, AWAY = "郑州", (9, 17)
BUSIEST_HOUR = figures.HOURS.index(max(figures.HOURS))
LATEST_SECONDS = 5.0
TIMES = (1, 2, 3, 4, 6)


def percentile(seconds: list[float], share: float) -> float:
    """Return the value that this share of them does not exceed; nan for none."""
    ordered = sorted(seconds)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else float("nan")


def waits(outcome: Outcome, *, only: str = "", without: str = "") -> list[float]:
    """Return the seconds of all certificates, of one office only, or of all without one."""
    return [
        seconds
        for office, told in outcome.seconds.items()
        for _, seconds in told
        if office != without and only in ("", office)
    ]


def days() -> Iterator[str]:
    """Yield the rows of whole days."""
    yield "| people | day | certificates | p50 | p99 | longest | longest queue of a lane |"
    yield "|---|---|---|---|---|---|---|"
    for people in POPULATIONS:
        whole = simulate(Day(people, CORES))
        yield row(people, "everything running", waits(whole), queue(whole))
        one = simulate(Day(people, CORES, away=(LARGEST, *AWAY)))
        yield row(
            people,
            f"{LARGEST} away: all others",
            waits(one, without=LARGEST),
            queue(one, without=LARGEST),
        )
        yield row(people, f"{LARGEST} itself", waits(one, only=LARGEST), one.longest_queue[LARGEST])
        ends = max(at + seconds for at, seconds in one.seconds[LARGEST] if at < AWAY[1] * 3600)
        yield f"| | | drained {(ends - AWAY[1] * 3600) / 60:.1f} min after its return | | | | |"


def row(people: int, day: str, seconds: list[float], queued: int) -> str:
    return (
        f"| {people:,} | {day} | {len(seconds):,} | {percentile(seconds, 0.5):.2f} s "
        f"| {percentile(seconds, 0.99):.2f} s | {max(seconds):,.0f} s | {queued:,} |"
    )


def queue(outcome: Outcome, *, without: str = "") -> int:
    """Return the longest that any lane's queue was."""
    return max(outcome.longest_queue[one] for one in figures.PREFECTURES if one != without)


def breaking(people: int) -> Iterator[str]:
    """Yield the busiest hour at growing load, until it is too much."""
    yield f"\n| {people:,} people, times | a second | p50 | p99 | " + " | ".join(CORES) + " |"
    yield "|---|---|---|---|" + "---|" * len(CORES)
    for times in TIMES:
        hour = Day(people, CORES, times=times, first_hour=BUSIEST_HOUR, last_hour=BUSIEST_HOUR + 1)
        outcome = simulate(hour)
        seconds = waits(outcome)
        used = " | ".join(
            f"{outcome.busy[name] / (3600 * cores):.0%}" for name, cores in CORES.items()
        )
        late = percentile(seconds, 0.99)
        yield (
            f"| {times} | {len(seconds) / 3600:.0f} | {percentile(seconds, 0.5):.2f} s "
            f"| {late:,.2f} s | {used} |"
        )
        if late > LATEST_SECONDS:
            return


def report() -> Iterator[str]:
    """Yield the lines of the result."""
    costs = "; ".join(f"{name} {each * 1000:.1f} ms" for name, each in figures.costs().items())
    yield f"""# The last day of a year, simulated

`make bench b=capacity`

Seconds from a completed year to the certificate that everybody can verify. {len(CORES)} stations
with two cores each; measured processor time a certificate: {costs}.

Assumed: of those who have to learn {figures.COMPLETING:.0%} complete, {figures.ON_THE_LAST_DAY:.0%}
of them on this day, {max(figures.HOURS)} % of these in its busiest hour, {figures.IN_BULK:.0%} by
bulk decisions of {figures.BULK}; a bureau's device signs {figures.SIGNATURES_PER_SECOND:.0f} times
a second, and a batch takes two calls of {figures.CALL_SECONDS} s.
"""
    yield from days()
    yield "\nThe busiest hour at so many times its load; the share of their cores that were busy:"
    for people in POPULATIONS:
        yield from breaking(people)
    yield "\nCores kept busy in the busiest hour of each peak (bench/results/calls.md):\n"
    yield from peaks.table(POPULATIONS)


def main() -> None:
    """Simulate, print, and write the result."""
    lines = []
    for line in report():
        print(line, flush=True)
        lines.append(line)
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
