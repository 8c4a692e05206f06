"""The worker on a real broker: identity's events in, a completed year out."""

import asyncio
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from sqlalchemy import text
from tests.kit import tokens
from tests.kit.broker import collecting, vhost
from tests.kit.contracts import bus_cipher, contracts

from chassis import bus
from chassis.clock import SystemClock
from chassis.envelope import Context, NewEvent, seal
from hours.worker import run_worker


@pytest.fixture
async def broker():
    async with vhost() as url:
        yield url


@asynccontextmanager
async def working(hours, broker, tmp_path, unused_tcp_port):
    """Run the worker for the block; a failure of its own fails the test."""
    settings = hours.settings.model_copy(
        update={
            "broker_url": broker,
            "worker_port": unused_tcp_port,
            "retry_delays_ms": (50, 100, 200),
        }
    )
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(run_worker(settings, stop))
        try:
            yield
        finally:
            stop.set()


async def tell(broker: str, event_type: str, version: int = 1, **changes) -> None:
    """Publish the contract's example as its producer would."""
    contract = contracts()[event_type]
    data = dict(contract.schema["examples"][0]) | changes
    aggregate = UUID(str(next(iter(data.values()))))
    event = NewEvent(event_type, aggregate, version, data)
    event_id, body = seal(
        event,
        contract,
        bus_cipher(),
        source="identity",
        time=SystemClock().now(),
        context=Context("story", "cause", ""),
    )
    connection = await bus.connect(broker, name="identity-test")
    async with connection:
        publisher = bus.BusPublisher(connection)
        await _until_bound(
            lambda: publisher.publish(
                event_id=event_id, event_type=event_type, body=body, traceparent=""
            )
        )


async def _until_bound(publish) -> None:
    """Publish as soon as a queue is bound; before that the broker returns the message."""
    async with asyncio.timeout(15):
        while True:
            try:
                await publish()
            except Exception:  # noqa: BLE001 - returned until the worker has declared its queue
                await asyncio.sleep(0.05)
            else:
                return


async def until(hours, query: str) -> None:
    async with asyncio.timeout(20):
        while True:
            async with hours.database.reading() as tx:
                if await tx.scalar(text(query)):
                    return
            await asyncio.sleep(0.05)


class TestWorker:
    async def test_events_in_any_order_lead_to_one_completed_year(
        self, hours, broker, tmp_path, unused_tcp_port
    ) -> None:
        # The affiliation comes first, is retried, and finds person and organisation later.
        async with (
            collecting(broker, ["hours.#"]) as collector,
            working(hours, broker, tmp_path, unused_tcp_port),
        ):
            confirmed = contracts()["identity.affiliation.confirmed.v1"].schema["examples"][0]
            person = UUID(confirmed["person_id"])
            await tell(broker, "identity.affiliation.confirmed.v1")
            await tell(
                broker,
                "identity.organisation.changed.v1",
                organisation_id=confirmed["organisation_id"],
                path=f"/{confirmed['organisation_id']}/",
                parent_id=None,
            )
            await tell(broker, "identity.person.registered.v1", person_id=str(person))
            await tell(broker, "identity.person.changed.v1", 2, person_id=str(person))
            await until(hours, "SELECT count(*) FROM affiliations")
            await until(hours, "SELECT count(*) FROM persons WHERE status = 'proven'")

            technician = hours.caller(person=person)
            place = UUID(confirmed["organisation_id"])
            await _review(hours, technician, place)
            told = [await collector.next() for _ in range(7)]
        kinds = [one["type"] for one in told]
        assert kinds.count("hours.claim.submitted.v1") == 2
        assert kinds.count("hours.claim.decided.v1") == 4
        assert kinds.count("hours.year.completed.v1") == 1

    async def test_encrypted_name_arrives_and_duplicate_is_harmless(
        self, hours, broker, tmp_path, unused_tcp_port
    ) -> None:
        async with working(hours, broker, tmp_path, unused_tcp_port):
            for _ in range(2):
                await tell(broker, "identity.person.changed.v1", 2)
            await until(hours, "SELECT count(*) = 2 FROM inbox")
        async with hours.database.reading() as tx:
            row = (await tx.execute(text("SELECT name, management_number FROM persons"))).one()
        assert row == ("张䶮", "41038517264970")

    async def test_what_cannot_be_handled_is_seen_by_operators_and_handled_when_replayed(
        self, hours, broker, tmp_path, unused_tcp_port
    ) -> None:
        operator = hours.caller(("operator", "province"))
        confirmed = contracts()["identity.affiliation.confirmed.v1"].schema["examples"][0]
        async with working(hours, broker, tmp_path, unused_tcp_port):
            await tell(broker, "identity.affiliation.confirmed.v1")
            await until(hours, "SELECT count(*) FROM parked_messages")
            (queue,) = (await operator.get("/parked")).json()["queues"]
            (item,) = queue["items"]
            assert item["event_type"] == "identity.affiliation.confirmed.v1"
            place = confirmed["organisation_id"]
            await tell(
                broker,
                "identity.organisation.changed.v1",
                organisation_id=place,
                path=f"/{place}/",
                parent_id=None,
            )
            await tell(broker, "identity.person.registered.v1", person_id=confirmed["person_id"])
            await until(hours, "SELECT count(*) FROM persons")
            answer = await operator.post(f"/parked/{item['id']}/replay", {})
            assert answer.status_code == 202, answer.text
            await until(hours, "SELECT count(*) FROM affiliations")
        assert (await operator.get("/parked")).json() == {"queues": []}
        assert (await hours.bureau_administrator().get("/parked")).status_code == 403

    async def test_audit_rows_are_chained(self, hours, broker, tmp_path, unused_tcp_port) -> None:
        await (await hours.technician()).claim()
        async with working(hours, broker, tmp_path, unused_tcp_port):
            await until(hours, "SELECT count(*) = 0 FROM audit_rows WHERE seal IS NULL")


async def _review(hours, technician, place) -> None:
    for subject, tenths in (("public", 300), ("professional", 600)):
        claim = await technician.claim(
            subject_kind=subject,
            credit_tenths=tenths,
            evidence_ids=[],
            activity_kind="accredited_class",
        )
        for step in ("employer", "bureau"):
            grants = [(f"{step}_administrator", place)]
            headers = tokens.bearer(grants=grants, clock=hours.clock) | {
                "idempotency-key": f"{claim}{step}"
            }
            answer = await hours.http.post(
                f"/api/hours/v1/claims/{claim}/decisions",
                json={"step": step, "outcome": "approve"},
                headers=headers,
            )
            assert answer.status_code == 200, answer.text
