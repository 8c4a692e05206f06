"""What the bench of lanes runs on: seal services that behave in known ways, and lanes with work."""

import asyncio
import base64
import hashlib
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from aiohttp import web
from sqlalchemy import insert, update
from tests.kit.databases import migrated_database

from certificates import tables
from certificates.domain.pace import Pace
from certificates.seal_services import SealEndpoint, SealServices
from certificates.sealing.connection import SealAddress
from certificates.usecases import Bench, Dependencies, Rules
from certificates.usecases.ask import Answers, Batch
from chassis.clock import SystemClock
from chassis.db import Database

LATENCY_SECONDS = 0.2
# How long each call to a service takes, by the name of its credential; errors answers with 500.
_SECONDS = {
    "answers": LATENCY_SECONDS,
    "busy": LATENCY_SECONDS,
    "hangs": 3600.0,
    "slow": 2.0,
    "errors": 0.0,
}


def serve(port: int, certificate: str) -> None:
    """Answer as a Cloud Signature Consortium service, each credential in its own time."""

    async def token(_: web.Request) -> web.Response:
        return web.json_response({"access_token": "t", "expires_in": 3600})

    async def call(request: web.Request) -> web.Response:
        body = await request.json()
        await asyncio.sleep(_SECONDS[body["credentialID"]])
        if body["credentialID"] == "errors":
            return web.Response(status=500)
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
async def parts(ports: Mapping[str, int], pace: Pace) -> AsyncIterator[Bench]:
    """Yield what lanes need; what only comes after the signature is absent.

    ``ports``: where each service is, by its name.
    """
    endpoints = {
        name: SealEndpoint("", SealAddress(f"http://127.0.0.1:{port}", "c", "s", name), "csc", pace)
        for name, port in ports.items()
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
