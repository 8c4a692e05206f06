"""The worker as a whole: events from a real broker to the public answer, and its commands."""

import asyncio
import base64
import json
import os
import subprocess
import sys
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from sqlalchemy import select
from tests.kit import broker
from tests.kit.contracts import KEYRING, bus_cipher, contracts
from tests.kit.stack import ROOT
from verify_kit import NOW, Certificate, heartbeat, make_settings, served, until

from chassis import migrations
from chassis.bus import BusPublisher, connect
from chassis.envelope import Context, NewEvent, seal
from chassis.statements import SigningKeys
from verify import store
from verify.status_list import CODES, read_status_list
from verify.worker import run_worker

pytestmark = pytest.mark.infra
LEDGER = UUID(int=7)
TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture(scope="module")
def spans():
    exporter = InMemorySpanExporter()
    provider = trace.get_tracer_provider()
    if not isinstance(provider, TracerProvider):
        provider = TracerProvider()
        trace.set_tracer_provider(provider)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return exporter


@pytest.fixture
def bus_keys(tmp_path):
    path = tmp_path / "bus-keys.json"
    keys = {str(v): base64.b64encode(key).decode() for v, key in KEYRING.keys.items()}
    path.write_text(json.dumps({"current": KEYRING.current, "keys": keys}))
    return path


@pytest.fixture
async def bus(tmp_path, database_url, redis_server, bus_keys):
    """Yield settings of a worker with a vhost of its own."""
    async with broker.vhost() as url:
        yield make_settings(
            tmp_path,
            database_url.render_as_string(hide_password=False),
            redis_server.url,
            broker_url=url,
            bus_keys_file=bus_keys,
            retry_delays_ms=(100, 200),
        )


@asynccontextmanager
async def working(settings):
    stop = asyncio.Event()
    task = asyncio.create_task(run_worker(settings, stop))
    try:
        yield task
    finally:
        stop.set()
        await task


@asynccontextmanager
async def publishing(settings):
    async with await connect(settings.broker, name="test") as connection:
        publisher = BusPublisher(connection)
        await publisher.open()

        async def publish(event: NewEvent, *, time=NOW):
            event_id, body = seal(
                event,
                contracts()[event.type],
                bus_cipher(),
                source="certificates",
                time=time,
                context=Context("story", "cause", TRACEPARENT),
            )

            async def accepted():
                try:
                    await publisher.publish(
                        event_id=event_id,
                        event_type=event.type,
                        body=body,
                        traceparent=TRACEPARENT,
                    )
                except Exception as failure:
                    if (
                        type(failure).__name__ != "DeliveryError"
                        and "Publish" not in type(failure).__name__
                    ):
                        raise
                    return False  # the worker has not bound its queues yet
                return True

            await until(accepted)

        yield publish


def beat(sequence, size, *entries, as_of=NOW):
    listed = [{"certificate_id": str(c.certificate_id), "aggregate_version": v} for c, v in entries]
    data = {"sequence": sequence, "size": size, "as_of": as_of.isoformat(), "entries": listed}
    return NewEvent("certificates.ledger.advanced.v1", LEDGER, sequence, data)


async def test_events_become_answers_and_their_trace_goes_on(bus, spans):
    one = Certificate()
    async with working(bus), publishing(bus) as publish, served(bus) as api:
        await publish(one.new_event("issued", "valid", 1))
        await publish(beat(1, 1, (one, 1)))

        async def state_is(expected):
            return await api.state(one.token) == expected

        await until(lambda: state_is("valid"))
        await publish(one.new_event("revoked", "revoked", 2))
        await publish(beat(2, 2, (one, 2), as_of=NOW + timedelta(seconds=1)))
        await until(lambda: state_is("revoked"), seconds=3)
        await publish(one.new_event("issued", "valid", 1))  # late and once more
        await publish(beat(3, 2, as_of=NOW + timedelta(seconds=2)))

        async def third_beat():
            answer = (await api.json(one.token)).json()
            return answer["as_of"] == (NOW + timedelta(seconds=2)).isoformat() and answer

        await until(third_beat)
        assert await api.state(one.token) == "revoked"

    handled = [s for s in spans.get_finished_spans() if s.name.startswith("process certificates")]
    assert {trace.format_trace_id(s.context.trace_id) for s in handled} == {TRACEPARENT[3:35]}
    assert all(one.token not in repr(dict(s.attributes)) + s.name for s in handled)


async def test_revocation_is_in_the_published_list_within_the_minute(bus):
    one = Certificate(more={"status_index": 5})
    keys = SigningKeys.load(bus.status_keys_file).public

    async def says(state):
        answer = await api.client.get("/v/status/0")
        if answer.status_code == 404:
            return False
        return read_status_list(answer.text, keys).slots[5] == CODES[state]

    async with working(bus), publishing(bus) as publish, served(bus) as api:
        await publish(one.new_event("issued", "valid", 1))
        await publish(beat(1, 1, (one, 1)))
        await until(lambda: says("valid"), seconds=30)
        await publish(one.new_event("revoked", "revoked", 2))
        await publish(beat(2, 2, (one, 2), as_of=NOW + timedelta(seconds=1)))
        # A device that is online may keep what it has for another half.
        await until(lambda: says("revoked"), seconds=30)


async def test_sampled_check_is_traced_by_its_template(settings, spans):
    spans.clear()
    async with served(settings) as api:
        token = Certificate().token
        await api.page(token, traceparent=TRACEPARENT)
        await api.page(token)
    found = [s for s in spans.get_finished_spans() if s.name == "GET /v/{token}"]
    assert len(found) == 1, "the one that came sampled"
    assert trace.format_trace_id(found[0].context.trace_id) == TRACEPARENT[3:35]
    assert all(token not in repr(dict(s.attributes)) + s.name for s in spans.get_finished_spans())


class TestCommands:
    @pytest.fixture
    def run(self, settings):
        def command(*arguments):
            environment = {
                "PATH": os.defpath,
                **{
                    f"VERIFY_{name.upper()}": str(value)
                    for name, value in settings.model_dump(exclude_unset=True).items()
                },
            }
            return subprocess.run(
                [sys.executable, "-m", "verify", *arguments],
                cwd=ROOT,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )

        return command

    async def test_audit_counts_what_it_checked(self, run, tell, mirror):
        one = Certificate()
        await tell(heartbeat(1, 0))
        await mirror.turn()
        await tell(one.event("valid", 1), heartbeat(2, 1, (one, 1)))
        await mirror.turn()
        audited = await asyncio.to_thread(run, "audit")
        assert audited.returncode == 0, audited.stdout
        assert "1 certificates checked, 1 of them cached" in audited.stdout

    async def test_audit_names_a_fact_altered_in_the_cache(self, run, tell, mirror, cache):
        one = Certificate()
        await tell(heartbeat(1, 0))
        await mirror.turn()
        await tell(one.event("revoked", 2), heartbeat(2, 2, (one, 2)))
        head = await cache.head()
        facts = (await cache.read(head.epoch, [one.hash], with_offices=False))[1]
        await cache.offer({one.hash: facts[one.hash]._replace(state="valid")})
        audited = await asyncio.to_thread(run, "audit")
        assert audited.returncode == 1
        assert f"certificate {one.certificate_id}: the cache differs" in audited.stdout

    async def test_audit_names_a_fact_older_than_the_cache_says(self, run, tell, mirror, database):
        one = Certificate()
        await tell(heartbeat(1, 0))
        await mirror.turn()
        await tell(one.event("valid", 1))
        async with database.transaction() as tx:
            row = (await tx.execute(select(store.certificates))).mappings().one()
            changed = dict(row) | {"state": "revoked", "aggregate_version": 2}
            await store.put_newer(tx, store.certificates, changed)
        await tell(heartbeat(2, 2, (one, 2)))
        audited = await asyncio.to_thread(run, "audit")
        assert audited.returncode == 1
        assert "older than it says" in audited.stdout

    async def test_audit_names_a_heartbeat_counted_too_early(self, run, tell, database):
        one = Certificate()
        await tell(heartbeat(1, 1, (one, 1)))
        async with database.transaction() as tx:
            await store.set_freshness(tx, await store.newest_heartbeat(tx))
        audited = await asyncio.to_thread(run, "audit")
        assert audited.returncode == 1
        assert "heartbeat 1 counts as applied and is not" in audited.stdout

    async def test_rebuild_empties_the_projection_and_events_refill_it(
        self, run, tell, mirror, settings
    ):
        one = Certificate()
        await tell(one.event("revoked", 2), heartbeat(4, 2))
        await mirror.turn()
        rebuilt = await asyncio.to_thread(run, "rebuild")
        assert rebuilt.returncode == 0, rebuilt.stderr
        await tell(heartbeat(5, 2, as_of=NOW + timedelta(seconds=5)))
        await mirror.turn()
        async with served(settings) as api:
            assert await api.state(one.token) == "could_not_check", "nothing is claimed half-way"
            await tell(one.event("revoked", 2, told_at=NOW + timedelta(seconds=6)))
            await tell(heartbeat(6, 2, as_of=NOW + timedelta(seconds=7)))
            await mirror.turn()
            await api.forget()
            assert await api.state(one.token) == "revoked"

    async def test_witness_writes_down_what_was_told_and_nobody_by_name(self, run, tell, tmp_path):
        one = Certificate()
        await tell(one.event("revoked", 2), heartbeat(4, 2))
        file = tmp_path / "witness.jsonl"

        written = await asyncio.to_thread(run, "witness", "--output", str(file))

        assert written.returncode == 0, written.stderr
        assert "2 lines" in written.stdout
        text = await asyncio.to_thread(file.read_text)
        ledger, told = [json.loads(line) for line in text.splitlines()]
        assert ledger == {"kind": "ledger", "sequence": 4, "size": 2}
        assert (told["state"], told["aggregate_version"]) == ("revoked", 2)
        data = one.event("revoked", 2).data
        assert told["file_sha256"] == data.file_sha256
        assert data.name not in text
        assert data.management_number not in text

    async def test_migrate_runs_twice(self, run):
        for _ in range(2):
            migrated = await asyncio.to_thread(run, "migrate")
            assert migrated.returncode == 0, migrated.stderr


async def test_migrations_build_what_the_code_declares(database_url):
    await asyncio.to_thread(
        migrations.check, database_url, ROOT / "services" / "verify" / "migrations"
    )
