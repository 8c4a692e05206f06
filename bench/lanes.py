"""How many documents a second one lane has sealed by a service that takes 200 ms (target: 200).

The lane alone, then beside another lane whose service works, is down, hangs, is slow or fails: all
in one run, each twice, in opposite order. Real database, real HTTP, a service in another process
that waits 200 ms before it answers each call (a batch takes two: authorize and signHash). What
follows the signature (gate, storing, publishing) belongs to other figures and is left out.
Baseline in the same run: the same lane with one call at a time and one document in each.
Needs `make up-data`.
"""

import asyncio
import base64
import logging
import multiprocessing
import os
import platform
from pathlib import Path
from statistics import mean
from time import perf_counter
from unittest.mock import patch
from uuid import UUID

import structlog
import uvloop
from bench.lane_stage import LATENCY_SECONDS, add_seal, done, parts, serve
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import func, select, update
from tests.kit.databases import drop_templates
from tests.kit.pki import throw_away_pki
from tests.kit.ports import free_port

from certificates import lanes as lanes_module
from certificates import tables
from certificates.domain.pace import Pace
from certificates.lanes import Lanes
from certificates.store import lanes as lane_store
from certificates.usecases import Bench
from chassis.clock import SystemClock

DOCUMENTS, BASELINE_DOCUMENTS, OTHERS = 1000, 10, 1000
OURS = Pace(concurrency=4, batch=50, per_second=10_000)
ONE_BY_ONE = Pace(concurrency=1, batch=1, per_second=10_000, linger_seconds=0)
TARGET = 200
# Twice the work on the same processors: not a fault, only told.
BUSY = "busy"
# Beside what the lane is measured, and the name of that service; down: nobody listens.
BESIDE = {
    "alone": None,
    "beside a lane that is down": "down",
    "beside a lane that hangs": "hangs",
    "beside a lane that takes 2 s a call": "slow",
    "beside a lane that answers 500": "errors",
    "beside a lane as busy as itself": BUSY,
}
UNAFFECTED = 0.85
RESULT = Path(__file__).parent / "results" / "lanes.md"


async def measure(
    bench: Bench, certificate: bytes, count: int, other: str | None
) -> tuple[float, str]:
    """Return documents a second of the answering lane, and how the other one stood at the end."""
    seal_id = await add_seal(bench.database, "answers", certificate, count)
    beside = await add_seal(bench.database, other, certificate, OTHERS) if other else None
    mine = (tables.intents.c.seal_id == seal_id) & (tables.intents.c.state != "issued")
    started = perf_counter()
    running = asyncio.create_task(Lanes(bench, poll_seconds=0.05).run(asyncio.Event()))
    left = count
    while left:
        await asyncio.sleep(0.02)
        async with bench.database.reading() as tx:
            left = await tx.scalar(select(func.count()).where(mine)) or 0
    rate = count / (perf_counter() - started)
    stood = await standing(bench, beside) if beside else ""
    # A lane that hangs would be waited for.
    pending = asyncio.all_tasks() - {asyncio.current_task()}
    for task in [running, *pending]:
        task.cancel()
    await asyncio.gather(running, *pending, return_exceptions=True)
    async with bench.database.transaction() as tx:
        await tx.execute(update(tables.intents).values(state="cancelled", next_attempt_at=None))
    return rate, stood


async def standing(bench: Bench, seal_id: UUID) -> str:
    """Say what the other lane did meanwhile."""
    left = tables.intents.c.seal_id == seal_id
    async with bench.database.reading() as tx:
        circuit = await lane_store.circuit(tx, seal_id)
        now = SystemClock().now()
        traffic = (await lane_store.traffic(tx, [seal_id], now)).get(seal_id)
        sealed = await tx.scalar(
            select(func.count()).where(left, tables.intents.c.state == "issued")
        )
    calls = traffic.calls if traffic else 0
    failures = circuit.failures if circuit else 0
    return f"{sealed} sealed, {calls} calls out, {failures} failures in a row"


async def compare(port: int, certificate: bytes) -> dict[str, tuple[list[float], str]]:
    """Measure the lane beside each of the others, there and back, on one database."""
    found: dict[str, tuple[list[float], str]] = {}
    ports = dict.fromkeys(("answers", BUSY, "hangs", "slow", "errors"), port)
    async with parts(ports | {"down": free_port()}, OURS) as bench:
        await measure(bench, certificate, DOCUMENTS, None)  # warms up
        for name in [*BESIDE, *reversed(BESIDE)]:
            rate, stood = await measure(bench, certificate, DOCUMENTS, BESIDE[name])
            print(f"{name}: {rate:.0f}/s; other: {stood}", flush=True)
            found.setdefault(name, ([], stood))[0].append(rate)
    return found


def report_of(plain: float, found: dict[str, tuple[list[float], str]]) -> str:
    """Return the page that is kept."""
    alone = mean(found["alone"][0])
    rows = "\n".join(
        f"| ours, {name} | {mean(rates):.0f} ({' and '.join(f'{one:.0f}' for one in rates)})"
        f" | {mean(rates) / alone:.2f} | {stood} |"
        for name, (rates, stood) in found.items()
    )
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"""# Seal lane, alone and beside others

`python -m bench.lanes`: {DOCUMENTS} documents in the lane that is measured, {OTHERS} in the other
one, seal service with {LATENCY_SECONDS * 1000:.0f} ms a call (two calls a batch),
{OURS.concurrency} calls at once, {OURS.batch} documents a batch. All in one run, each twice: from
the first row to the last and back. Gate and publishing are not in it.

| | documents/s | to alone | the other lane at the end |
|---|---|---|---|
| one call at a time, one document each | {plain:.1f} | | |
{rows}
| target | {TARGET} | {UNAFFECTED} but for the last | |

A lane as busy as itself shares the processors with it, and the seal services' process too: that
row is what two busy offices get each, not a fault.

{os.cpu_count()} cores, Python {platform.python_version()}, load {load}
"""


async def main() -> None:
    """Measure, print and keep the result; fail when the target is missed or a lane is affected."""
    # What a lane says of its failures is not what is measured.
    quiet = structlog.make_filtering_bound_logger(logging.CRITICAL)
    structlog.configure(wrapper_class=quiet)
    certificate = throw_away_pki().good.certificate.public_bytes(Encoding.DER)
    port = free_port()
    context = multiprocessing.get_context("spawn")
    text = base64.b64encode(certificate).decode()
    server = context.Process(target=serve, args=(port, text), daemon=True)
    server.start()
    try:
        with patch.object(lanes_module, "finish_batch", done):
            async with parts({"answers": port}, ONE_BY_ONE) as bench:
                plain, _ = await measure(bench, certificate, BASELINE_DOCUMENTS, None)
            found = await compare(port, certificate)
    finally:
        server.kill()
        await drop_templates()
    report = report_of(plain, found)
    print(report)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(report, encoding="utf-8")
    alone = mean(found["alone"][0])
    slowest = min(mean(found[name][0]) for name, other in BESIDE.items() if other != BUSY)
    if slowest < max(TARGET, UNAFFECTED * alone):
        raise SystemExit(f"{slowest:.0f} documents/s beside another lane, {alone:.0f} alone")


if __name__ == "__main__":
    uvloop.run(main())
