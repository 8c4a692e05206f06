"""How many documents a second one lane has sealed by a service that takes 200 ms (target: 200).

The lane alone: real database, real HTTP, a service in another process that waits 200 ms before it
answers each call (a batch takes two: authorize and signHash). What follows the signature (gate,
storing, publishing) belongs to other figures and is left out. Baseline in the same run: the same
lane with one call at a time and one document in each. A second lane hangs all the while.
Needs `make up-data`.
"""

import asyncio
import base64
import hashlib
import multiprocessing
import os
import platform
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import uvloop
from aiohttp import web
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import func, insert, select, update
from tests.kit.databases import drop_templates, migrated_database
from tests.kit.pki import throw_away_pki

from certificates import lanes as lanes_module
from certificates import tables
from certificates.domain.pace import Pace
from certificates.lanes import Lanes
from certificates.seal_services import SealEndpoint, SealServices
from certificates.sealing.connection import SealAddress
from certificates.usecases import Bench, Dependencies, Rules
from certificates.usecases.ask import Answers, Batch
from chassis.clock import SystemClock
from chassis.db import Database

LATENCY_SECONDS = 0.2
DOCUMENTS, BASELINE_DOCUMENTS, HANGING_DOCUMENTS = 2000, 10, 50
OURS = Pace(concurrency=4, batch=50, per_second=10_000)
ONE_BY_ONE = Pace(concurrency=1, batch=1, per_second=10_000, linger_seconds=0)
TARGET = 200
RESULT = Path(__file__).parent / "results" / "lanes.md"


def serve(port: int, certificate: str) -> None:
    """Answer as a Cloud Signature Consortium service; a credential named hangs never answers."""

    async def token(_: web.Request) -> web.Response:
        return web.json_response({"access_token": "t", "expires_in": 3600})

    async def call(request: web.Request) -> web.Response:
        body = await request.json()
        await asyncio.sleep(3600 if body["credentialID"] == "hangs" else LATENCY_SECONDS)
        key = {"status": "enabled", "algo": ["1.2.840.10045.4.3.2"]}
        answer = {
            "cert": {"certificates": [certificate]},
            "key": key,
            "multisign": 1000,
            "SAD": "s",
        }
        signature = base64.b64encode(b"0" * 70).decode()
        answer["signatures"] = [signature for _ in body.get("hash", ())]
        return web.json_response(answer)

    app = web.Application(client_max_size=8 * 1024 * 1024)
    app.router.add_post("/oauth2/token", token)
    app.router.add_post("/csc/v1/{group}/{method}", call)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


async def add_seal(database: Database, endpoint: str, certificate: bytes, count: int) -> UUID:
    """Add an active seal and ``count`` prepared documents that wait for it."""
    now, seal_id = SystemClock().now(), uuid4()
    same = {"created_at": now, "changed_at": now, "aggregate_version": 1}
    seal = {
        "id": seal_id,
        "state": "active",
        "office_id": uuid4(),
        "name": endpoint,
        "endpoint": endpoint,
        "credential_id": endpoint,
        "signer_certificate": certificate,
        "chain": [],
        "signer_sha256": hashlib.sha256(certificate).hexdigest(),
        "valid_until": now + timedelta(days=300),
        "applied_by": "bench",
        **same,
    }
    intent = {
        "state": "rendered",
        "seal_id": seal_id,
        "year": 2026,
        "completion": 1,
        "completed_at": now,
        "employer_id": uuid4(),
        "title_level": "junior",
        "rule_id": uuid4(),
        "rule_version": 1,
        "total_tenths": 900,
        "public_tenths": 300,
        "professional_tenths": 600,
        "attempts": 0,
        "next_attempt_at": now,
        "deadline_at": now,
        "correlation_id": "",
        "causation_id": "",
        "traceparent": "",
        **same,
    }
    intents = [
        {**intent, "id": uuid4(), "person_id": uuid4(), "certificate_id": uuid4()}
        for _ in range(count)
    ]
    prepared = [
        {
            "intent_id": one["id"],
            "prepared": b"p",
            "digest_to_sign": os.urandom(32),
            "created_at": now,
        }
        for one in intents
    ]
    async with database.transaction() as tx:
        await tx.execute(insert(tables.seals).values(seal))
        await tx.execute(insert(tables.intents), intents)
        await tx.execute(insert(tables.prepared_documents), prepared)
    return seal_id


async def done(bench: Bench, _: Batch, answers: Answers, __: asyncio.Semaphore) -> None:
    """Take the signed documents out of the lane, in place of gate, storing and publishing."""
    signed = tables.intents.c.id.in_(list(answers.signatures))
    async with bench.database.transaction() as tx:
        await tx.execute(update(tables.intents).where(signed).values(state="issued"))


@asynccontextmanager
async def parts(port: int, pace: Pace) -> AsyncIterator[Bench]:
    """Yield what a lane needs; what only comes after the signature is absent."""
    endpoints = {
        name: SealEndpoint("", SealAddress(f"http://127.0.0.1:{port}", "c", "s", name), "csc", pace)
        for name in ("answers", "hangs")
    }
    seconds = timedelta(seconds=1)
    rules = Rules(
        production=False,
        public_host="",
        seal_endpoints=endpoints,
        deadline=seconds,
        lease=timedelta(seconds=60),
        documents_at_once=2,
        seal_batch=20,
        lane_first_delay=seconds,
        lane_longest_delay=seconds,
    )
    nothing: Any = None
    async with migrated_database("certificates") as url:
        database, services = Database(url), SealServices(endpoints)
        absent = dict.fromkeys(Bench.__dataclass_fields__, nothing)
        deps = Dependencies(nothing, nothing, SystemClock(), rules)
        yield Bench(
            **absent
            | {"deps": deps, "database": database, "seal_services": services, "trust_roots": []}
        )
        await services.close()
        await database.close()


async def measure(port: int, certificate: bytes, pace: Pace, count: int) -> float:
    """Return documents a second of the answering lane, beside one that hangs."""
    async with parts(port, pace) as bench:
        seal_id = await add_seal(bench.database, "answers", certificate, count)
        await add_seal(bench.database, "hangs", certificate, HANGING_DOCUMENTS)
        mine = (tables.intents.c.seal_id == seal_id) & (tables.intents.c.state != "issued")
        lanes, stop = Lanes(bench, rendered=asyncio.Event(), poll_seconds=0.05), asyncio.Event()
        started = perf_counter()
        running = asyncio.create_task(lanes.run(stop))
        left = count
        while left:
            await asyncio.sleep(0.02)
            async with bench.database.reading() as tx:
                left = await tx.scalar(select(func.count()).where(mine)) or 0
        rate = count / (perf_counter() - started)
        stop.set()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return rate


async def main() -> None:
    """Measure both, print and keep the result."""
    certificate = throw_away_pki().good.certificate.public_bytes(Encoding.DER)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    context = multiprocessing.get_context("spawn")
    text = base64.b64encode(certificate).decode()
    server = context.Process(target=serve, args=(port, text), daemon=True)
    server.start()
    try:
        with patch.object(lanes_module, "finish_batch", done):
            plain = await measure(port, certificate, ONE_BY_ONE, BASELINE_DOCUMENTS)
            ours = await measure(port, certificate, OURS, DOCUMENTS)
    finally:
        server.kill()
        await drop_templates()
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    report = f"""# Seal lane alone

`python -m bench.lanes`: {DOCUMENTS} documents, seal service with {LATENCY_SECONDS * 1000:.0f} ms a
call (two calls a batch), {OURS.concurrency} calls at once, {OURS.batch} documents a batch, beside a
lane whose service hangs. Gate and publishing are not in it.

| | documents/s |
|---|---|
| one call at a time, one document each | {plain:.1f} |
| ours | {ours:.0f} |
| target | {TARGET} |

{os.cpu_count()} cores, Python {platform.python_version()}, load {load}
"""
    print(report)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(report, encoding="utf-8")
    if ours < TARGET:
        raise SystemExit(f"{ours:.0f} documents/s is below {TARGET}")


if __name__ == "__main__":
    uvloop.run(main())
