"""How long from a completed year to a certificate that everybody can verify (p50 1 s, p99 5 s).

Open loop against the whole running stack: every tenth of a second one `hours.year.completed` is
committed to the hours service's outbox, whether or not those before are done, for two bureaus in
turn. A person's time runs from the moment its event was due until `GET /v/{token}` says valid;
by then the file is sealed, through the gate and stored. Then the same with one bureau's seal
service stopped: the other must not notice. Then many years completed at once, for the rate at
which a queue gets shorter. Needs `make up`; leaves its people in the stack.

How the people come about: their `identity.person.registered` and the completions are written by
the chassis' own outbox (contract checked, personal fields encrypted) into the outboxes of
identity and hours; relays, bus, consumers and everything behind them are the stack's own.
Nobody asks verify for a certificate before its projection has it: an early question would be
answered "unknown" from a memory of one second, and time would be spent on the question.
"""

import argparse
import asyncio
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import process_time

import uvloop
from deploy.local.waiting import answers_http
from issuing import processor_time
from issuing.people import BUREAUS, CLOCK, Databases, Person, completed, people, until
from issuing.watch import Watch, watching
from tests.kit.stack import stack
from tests.kit.world import ZHENGZHOU, World, world

STOPPED = "seal-luoyang-api"
PATIENCE_SECONDS = 180
TARGETS = (1.0, 5.0)
RESULT = Path(__file__).parent / "results" / "issuance.md"
# Where the time goes: each step's end, in order.
STEPS = ("planned", "prepared", "issued", "projected", "valid")
_SHOWN = 8
# Where the notes begin in the file of results.
_NOTES = "\n## Step by step\n"


@dataclass(frozen=True)
class Site:
    """What every part of the measurement works on."""

    databases: Databases
    watch: Watch
    offices: World


@dataclass(frozen=True)
class Part:
    """One part's outcome: its people and what the machine did meanwhile."""

    group: Sequence[Person]
    seconds_by_process: dict[str, float]
    generator: float
    load: tuple[float, float]

    @property
    def each(self) -> float:
        """Return the stack's processor time a certificate."""
        return sum(self.seconds_by_process.values()) / len(self.group)

    @property
    def duration(self) -> float:
        """Return the seconds from the first completion to the last public answer."""
        begun = min(person.due for person in self.group if person.due)
        return max((person.reached["valid"] - begun).total_seconds() for person in self.group)


async def complete(site: Site, group: Sequence[Person], rate: float) -> None:
    """Complete a year each ``1 / rate`` seconds, whatever has become of those before."""
    started, telling = CLOCK.now(), set()
    for number, person in enumerate(group):
        person.due = started + timedelta(seconds=number / rate)
        await asyncio.sleep((person.due - CLOCK.now()).total_seconds())
        site.watch.expect(person)
        event = completed(person, person.due)
        task = asyncio.create_task(site.databases.tell("hours", event))
        telling.add(task)
        task.add_done_callback(telling.discard)
    await asyncio.gather(*telling)


async def arrived(group: Sequence[Person]) -> None:
    """Wait until all can be verified; give up after a while, what is missing is reported."""

    async def all_valid() -> bool:
        return all("valid" in person.reached for person in group)

    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await until(all_valid)
    except TimeoutError:
        return


async def note_steps(databases: Databases, group: Sequence[Person]) -> None:
    """Add the instants that the certificates service wrote down itself."""
    statement = (
        "select i.person_id, i.created_at, d.noted_at, c.issued_at from intents i"
        " left join signing_digests d on d.intent_id = i.id"
        " left join certificates c on c.intent_id = i.id where i.person_id = any(:ids)"
    )
    by_id = {person.id: person for person in group}
    for person_id, *instants in await databases.rows("certificates", statement, list(by_id)):
        for step, instant in zip(STEPS, instants, strict=False):
            if instant is not None:
                by_id[person_id].reached[step] = instant


async def healthy(site: Site, count: int, rate: float) -> Part:
    """Measure with everything running."""
    group = await people(site.databases, site.offices, count)
    # Their registration is done by now, but not yet what the other services do about it.
    await asyncio.sleep(2)
    supervisor = site.offices.supervisor
    before, own, load = processor_time.spent(supervisor), process_time(), os.getloadavg()[0]
    await complete(site, group, rate)
    await arrived(group)
    spent = processor_time.between(before, processor_time.spent(supervisor))
    await note_steps(site.databases, group)
    return Part(group, spent, process_time() - own, (load, os.getloadavg()[0]))


async def one_stopped(site: Site, count: int, rate: float) -> list[Person]:
    """Measure with one bureau's seal service away until the last year is completed."""
    group = await people(site.databases, site.offices, count)
    supervisor = site.offices.supervisor
    await asyncio.to_thread(supervisor.stop_processes, [STOPPED])
    try:
        await complete(site, group, rate)
        await arrived([person for person in group if person.bureau == ZHENGZHOU])
    finally:
        await asyncio.to_thread(supervisor.start_process, STOPPED)
    address = f"http://127.0.0.1:{stack().port('SEAL_LUOYANG_API')}/health/ready"
    await until(lambda: asyncio.to_thread(answers_http, address))
    await arrived(group)
    return group


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that so large a share does not exceed."""
    return sorted(values)[max(0, -(-len(values) * round(100 * share) // 100) - 1)]


def row(name: str, group: Sequence[Person]) -> str:
    """Return a line of the result."""
    times = [person.seconds for person in group]
    done = sum(time != float("inf") for time in times)
    figures = (quantile(times, 0.5), quantile(times, 0.95), quantile(times, 0.99), max(times))
    cells = [f"{done}/{len(group)}", *(f"{figure:.2f}" for figure in figures)]
    return f"| {name} | {' | '.join(cells)} |"


def steps(group: Sequence[Person]) -> str:
    """Say when, in the middle and at the worst, each step was done."""
    parts = []
    for step in STEPS:
        times = [person.until(step) for person in group]
        parts.append(f"{step} {statistics.median(times):.2f} / {quantile(times, 0.99):.2f}")
    return "; ".join(parts)


def spending(part: Part) -> list[str]:
    """Return a table of who spent the processor time."""
    count = len(part.group)
    shown = list(part.seconds_by_process.items())[:_SHOWN]
    rest = sum(part.seconds_by_process.values()) - sum(seconds for _, seconds in shown)
    rows = [*shown, ("all others", rest), ("the generator itself", part.generator)]
    return [
        f"Processor time, everything running: {1000 * part.each:.0f} ms a certificate, of it",
        "",
        "| process | ms a certificate |",
        "|---|---|",
        *(f"| {name} | {1000 * seconds / count:.1f} |" for name, seconds in rows),
    ]


def report(usual: Part, split: Sequence[Person], crowd: Part, rate: float) -> list[str]:
    """Return the result as text."""
    by_bureau = {code: [p for p in split if p.bureau == code] for code in BUREAUS}
    before, after = usual.load
    machine = f"{platform.machine()}, {os.cpu_count()} cores for the whole stack and the generator"
    return [
        f"{machine}, Python {platform.python_version()};",
        f"load {before:.1f} before, {after:.1f} after; {rate:g}/s for",
        f"{len(usual.group) / rate:g} s, half as long with one seal service stopped, then",
        f"{len(crowd.group)} at once.",
        "Seconds from the completed year to the public answer:",
        "",
        "| | verified | p50 | p95 | p99 | longest |",
        "|---|---|---|---|---|---|",
        row("everything running", usual.group),
        *(
            row(f"… {name}", [p for p in usual.group if p.bureau == code])
            for code, name in BUREAUS.items()
        ),
        row("seal service of Luoyang stopped: Zhengzhou", by_bureau[ZHENGZHOU]),
        *(
            row(f"… {name}, until after its return", by_bureau[code])
            for code, name in BUREAUS.items()
            if code != ZHENGZHOU
        ),
        "",
        f"Steps, everything running (p50 / p99): {steps(usual.group)}.",
        "",
        f"Many at once: {len(crowd.group) / crowd.duration:.1f} certificates/s until the last,",
        f"{1000 * crowd.each:.0f} ms of processor time each.",
        "",
        *spending(usual),
    ]


def missed(*groups: Sequence[Person]) -> bool:
    """Say whether a group missed a target."""
    return any(
        quantile([person.seconds for person in group], share) > target
        for group in groups
        for share, target in zip((0.5, 0.99), TARGETS, strict=True)
    )


def keep(output: Path, lines: Sequence[str]) -> None:
    """Write the result over the last one; what was noted below it stays."""
    before = output.read_text() if output.exists() else ""
    _, mark, notes = before.partition(_NOTES)
    head = "# From a completed year to public verification\n\n`make bench b=issuance`\n\n"
    output.write_text(head + "\n".join(lines) + "\n" + mark + notes)


async def main() -> int:
    """Measure, print and keep the result; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rate", type=float, default=10.0)
    parser.add_argument("--crowd", type=int, default=400, help="years completed at once")
    parser.add_argument("--output", type=Path, default=RESULT)
    options = parser.parse_args()
    count, databases = round(options.seconds * options.rate), Databases()
    async with world() as offices, watching(databases) as watch:
        site = Site(databases, watch, offices)
        # Document processes compile their page at the first certificate.
        await healthy(site, 20, options.rate)
        usual = await healthy(site, count, options.rate)
        split = await one_stopped(site, count // 2, options.rate)
        crowd = await healthy(site, options.crowd, float("inf"))
    await databases.close()
    lines = report(usual, split, crowd, options.rate)
    print("\n".join(lines))
    keep(options.output, lines)
    unaffected = [person for person in split if person.bureau == ZHENGZHOU]
    return int(missed(usual.group, unaffected))


if __name__ == "__main__":
    raise SystemExit(uvloop.run(main()))
