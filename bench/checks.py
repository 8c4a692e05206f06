"""How fast a QR code is checked, beside what it could be compared with, in one run.

Targets: at least half of a constant answer of the same size on the same server; at least five times
a plain FastAPI route with one GET of Redis, served as its documentation does it; through the
gateway at least 0.7 of the gateway before the constant answer; a revocation is in every public
answer within two seconds (p99 of 1,000). Then the latency at a fixed rate (reckoned from when each
request was due): warm, with hot keys, cold, without Redis, and while 10,000 are revoked.

Everything is on 127.0.0.1 and in one process each: API, worker, Redis, PostgreSQL, generator. While
requests are counted, the server has one core and everything around it (the generator, Redis, the
gateway) another: what is compared is what a core of the server can do. Needs `make up-data`, wrk
and nginx; `make bench b=checks`. With `python bench/checks.py --only-cold` it is the cold start
alone, with 5,000,000 certificates.
"""

import argparse
import asyncio
import json
import os
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import httpx
import uvloop
from bench.checking import closed_loop, open_loop, revoking, servers
from bench.checking.gateway import gateway
from bench.checking.world import World, load, settled, world
from tests.kit.ports import free_port

from verify.seeding import seeded_certificate, seeded_token

RESULTS = Path(__file__).parent / "results"
ROUNDS, ROUND_SECONDS = 5, 5
OPEN_RATE, OPEN_SECONDS = 1000.0, 20.0
REVOCATIONS, REVOCATIONS_PER_SECOND = 1000, 25.0
OURS, CONSTANT = "ours, HTML", "constant"
STORM, WATCHED = 10_000, 200
# The cores of the server and of everything around it.
ANSWERING, ASKING = 0, (os.cpu_count() or 1) - 1


class Report:
    """The lines of the result, printed as they come."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, line: str = "") -> None:
        print(line, flush=True)
        self.lines.append(line)


class Contender(NamedTuple):
    """A server and how it is asked."""

    name: str
    port: int
    process: asyncio.subprocess.Process
    mix: str = "uniform"
    accept: str = "text/html"
    gateway: asyncio.subprocess.Process | None = None

    def processes(self) -> list[asyncio.subprocess.Process]:
        """Return the processes whose time is counted, each on the core it is measured on."""
        servers.keep_to({ANSWERING}, self.process)
        if self.gateway is None:
            return [self.process]
        servers.keep_to({ASKING}, self.gateway)
        return [self.process, self.gateway]


class Rates:
    """Requests a second by the clock, and microseconds of the server's processor time for each."""

    def __init__(self, tokens: Path) -> None:
        self._tokens = tokens
        self.per_second: dict[str, list[float]] = {}
        self.processor: dict[str, list[float]] = {}

    async def measure(self, one: Contender, seed: int) -> None:
        processes = one.processes()
        used = servers.processor_seconds(*processes)
        found = await closed_loop.rate(
            one.port,
            self._tokens,
            seconds=ROUND_SECONDS,
            seed=seed,
            mix=one.mix,
            accept=one.accept,
            core=ASKING,
        )
        used = servers.processor_seconds(*processes) - used
        # A revoked one is answered with 200 as well.
        if found.failed:
            raise RuntimeError(f"{one.name}: {found.failed} requests failed")
        self.per_second.setdefault(one.name, []).append(found.per_second)
        self.processor.setdefault(one.name, []).append(used / found.requests * 1e6)

    def table(self, ours: str) -> Iterator[str]:
        """Yield the lines of the table: medians, and ``ours`` compared with each."""
        yield "| | requests/s | ours to it | processor, µs a request | it to ours |"
        yield "|---|---|---|---|---|"
        rates = {name: statistics.median(one) for name, one in self.per_second.items()}
        costs = {name: statistics.median(one) for name, one in self.processor.items()}
        for name, rate in rates.items():
            span = f"{min(self.per_second[name]):,.0f}–{max(self.per_second[name]):,.0f}"
            yield (
                f"| {name} | {rate:,.0f} ({span}) | {rates[ours] / rate:.2f} "
                f"| {costs[name]:.0f} | {costs[name] / costs[ours]:.2f} |"
            )


async def throughput(here: World, api: asyncio.subprocess.Process, report: Report) -> None:
    """Compare ours with the baselines, in rounds that take turns; then both behind the gateway."""
    answer = await here.page()
    page = here.folder / "page.html"
    page.write_bytes(answer.content)
    headers = json.dumps({name: value for name, value in answer.headers.items() if name != "date"})
    commands: dict[str, tuple[int, Sequence[str]]] = {
        name: (port := free_port(), servers.baseline(which, port, page, *options))
        for name, which, options in (
            (CONSTANT, "constant", ()),
            ("constant, with our headers", "constant", ("--headers", headers)),
            ("plain FastAPI and one GET", "plain", ("--redis-url", here.redis_url)),
            ("the same on uvicorn", "documented", ("--redis-url", here.redis_url)),
        )
    }
    if nginx := servers.nginx(port := free_port(), page, here.folder):
        commands["nginx, constant"] = (port, nginx)
    ours = [
        Contender(OURS, here.api_port, api),
        Contender("ours, JSON", here.api_port, api, accept="application/json"),
        Contender("ours, HTML, hot keys", here.api_port, api, mix="hot"),
    ]
    rates, behind = Rates(here.tokens), Rates(here.tokens)
    for seed in range(ROUNDS):
        for one in ours:
            await rates.measure(one, seed)
        for name, (port, command) in commands.items():
            async with servers.process(command, port=port) as started:
                await rates.measure(Contender(name, port, started), seed)
        await through_gateway(here, ours[0], behind, seed)
        port, command = commands[CONSTANT]
        async with servers.process(command, port=port) as started:
            await through_gateway(here, Contender(CONSTANT, port, started), behind, seed)
    report.say(f"{page.stat().st_size:,} bytes a page; {ROUNDS} rounds in turns, medians:\n")
    for line in rates.table(OURS):
        report.say(line)
    report.say("\nThe same through the gateway, its processor time included:\n")
    for line in behind.table(OURS):
        report.say(line)


async def through_gateway(here: World, one: Contender, rates: Rates, seed: int) -> None:
    """Measure what it answers behind a gateway of its own."""
    front = free_port()
    async with gateway(front, one.port, here.folder) as envoy:
        await rates.measure(one._replace(port=front, gateway=envoy), seed)


async def latency(here: World, report: Report, name: str, *, mix: str = "uniform") -> None:
    """Say the latency at the fixed rate."""
    took = await open_loop.measured(
        here.api_port, here.tokens, rate=OPEN_RATE, seconds=OPEN_SECONDS, mix=mix
    )
    report.say(f"| {name} | {took.text()} |")


async def cold_start(here: World, report: Report) -> None:
    """Say how soon a new process answers when Redis is empty; the API must be down."""
    began = perf_counter()
    async with here.redis(), here.api(), httpx.AsyncClient() as client:
        token = seeded_token(here.keys, 0)
        address = f"http://127.0.0.1:{here.api_port}/v/{token}"
        answer = await client.get(address, headers={"accept": "application/json"})
        state, seconds = answer.json().get("state"), perf_counter() - began
        report.say(
            f"Cold start, Redis empty: the first answer ({state}) {seconds:.1f} s after the start "
            "of Redis and the process."
        )
        async with here.worker():
            report.say("\n| cold: Redis fills from the readers | p50 / p99 / p99.9 / worst |")
            report.say("|---|---|")
            await latency(here, report, "uniform")


async def revocations(here: World, report: Report) -> None:
    """Say how soon revocations are public: one by one, and in a storm with readers beside it."""
    valid = [one for one in range(2 * STORM) if seeded_certificate(here.keys, one).state == "valid"]
    async with here.worker(), revoking.registry(here) as registry:
        took = await revoking.steadily(
            here, registry, valid[:REVOCATIONS], per_second=REVOCATIONS_PER_SECOND
        )
        report.say(f"\nRevocation, from its commit to the public answer: {_spread(took)}.")
        reading = asyncio.create_task(
            open_loop.measured(
                here.api_port, here.tokens, rate=OPEN_RATE, seconds=OPEN_SECONDS, mix="uniform"
            )
        )
        numbers = valid[REVOCATIONS : REVOCATIONS + STORM]
        took = await revoking.storm(here, registry, numbers, watched=WATCHED)
        report.say(
            f"\nStorm of {STORM:,} at once, beside {OPEN_RATE:,.0f} checks/s: {_spread(took)}.\n"
        )
        report.say("| during the storm | p50 / p99 / p99.9 / worst |\n|---|---|")
        report.say(f"| uniform | {(await reading).text()} |")


def _spread(took: list[float]) -> str:
    p50, p99 = (took[int(len(took) * share)] for share in (0.5, 0.99))
    return f"p50 {p50:.2f} s, p99 {p99:.2f} s, last {took[-1]:.2f} s ({len(took):,} watched)"


async def main(certificates: int, *, only_cold: bool) -> None:
    """Measure everything and write the result; or the cold start alone."""
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        async with world(Path(folder)) as here:
            if only_cold:
                async with here.redis():
                    seconds = await here.seed(certificates)
                report.say(f"{certificates:,} certificates, written in {seconds:,.0f} s.\n")
                await cold_start(here, report)
            else:
                await measure(here, report, certificates)
    heading = f"# Checks of QR codes\n\n`make bench b=checks`, {load()}.\n\n"
    result = RESULTS / ("checks_cold.md" if only_cold else "checks.md")
    result.write_text(heading + "\n".join(report.lines) + "\n", encoding="utf-8")


async def measure(here: World, report: Report, certificates: int) -> None:
    """Take every figure; each part starts and ends the processes it needs."""
    async with here.redis() as redis:
        seconds = await here.seed(certificates)
        report.say(f"{certificates:,} certificates, written in {seconds:,.0f} s.\n")
        async with here.api() as api:
            servers.keep_to({ASKING}, redis)
            await throughput(here, api, report)
            servers.keep_to(os.sched_getaffinity(0), redis, api)
            report.say(f"\nAt {OPEN_RATE:,.0f} requests/s, each reckoned from when it was due:\n")
            report.say("| warm | p50 / p99 / p99.9 / worst |\n|---|---|")
            await latency(here, report, "uniform")
            await latency(here, report, "hot keys", mix="hot")
            await revocations(here, report)
            redis.kill()
            await settled()
            report.say("\n| Redis stopped | p50 / p99 / p99.9 / worst |\n|---|---|")
            await latency(here, report, "uniform")
    await cold_start(here, report)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--certificates", type=int)
    parser.add_argument("--only-cold", action="store_true")
    told = parser.parse_args()
    certificates = told.certificates or (5_000_000 if told.only_cold else 1_000_000)
    uvloop.run(main(certificates, only_cold=told.only_cold))
