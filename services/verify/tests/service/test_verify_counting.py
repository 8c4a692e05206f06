"""Counting for the holder: every kind of check, told by event, and never in the way."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from offices import CLIENT_ID, headers, identity, organisations, place
from sqlalchemy import text
from tests.kit.contracts import bus_cipher, contracts
from verify_kit import (
    NOW,
    Certificate,
    client_event,
    heartbeat,
    make_settings,
    mint,
    seal_event,
    served,
)

from chassis.clock import FrozenClock
from chassis.db import Database
from chassis.ids import uuid7
from chassis.outbox import Outbox
from verify import counting
from verify.counting import CheckCounter
from verify.tables_of_records import outbox
from verify.usecases.tell_checks import tell_checks, told_so_far

pytestmark = pytest.mark.infra
NUMBER = "41038517264970"
QUESTION = {"management_number": NUMBER, "name": "张䶮"}


@pytest.fixture
async def settings(tmp_path, database_url, redis_server):
    async with identity() as known:
        yield make_settings(
            tmp_path,
            database_url.render_as_string(hide_password=False),
            redis_server.url,
            jwks_url=f"{known.url}/api/identity/v1/jwks.json",
        )


@pytest.fixture(autouse=True)
async def certificate(tell):
    employer = str(place("hospital zhengzhou"))
    one = Certificate(more={"person_id": str(uuid7()), "employer_id": employer})
    await tell(
        *organisations(),
        heartbeat(1, 0),
        one.event("valid", 1),
        seal_event("active", 1),
        heartbeat(2, 1, (one, 1)),
        client_event(CLIENT_ID),
    )
    return one


@pytest.fixture
def clock():
    return FrozenClock(NOW + timedelta(seconds=1))


@pytest.fixture
def leaving(clock):
    return Outbox(outbox, service="verify", contracts=contracts(), cipher=bus_cipher(), clock=clock)


async def counted(database) -> dict[str, int]:
    async with database.reading() as tx:
        rows = await tx.execute(text("SELECT verifier, count FROM records.check_counts"))
        return {row.verifier: row.count for row in rows}


async def sent(database) -> list[dict]:
    async with database.reading() as tx:
        found = await tx.scalars(text("SELECT body FROM records.outbox ORDER BY id"))
        return [json.loads(body) for body in found]


async def test_every_kind_of_check_is_counted(settings, database, certificate) -> None:
    async with served(settings) as api:
        for _ in range(3):
            assert await api.state(certificate.token) == "valid"
        await api.client.head(f"/v/{certificate.token}")
        await api.state(mint())
        await api.client.post("/api/verify/v1/lookups", json=QUESTION)
        body = {"management_number": NUMBER, "purpose": "inspection"}
        await api.client.post(
            "/api/verify/v1/office-lookups", json=body, headers=headers("own bureau")
        )
        await api.client.post(
            "/api/verify/v1/client/check", json=QUESTION, headers=headers("client")
        )
    # What was counted in memory is written when the process ends.
    assert await counted(database) == {
        "qr": 3,
        "number_and_name": 1,
        f"office/{place('zhengzhou')}/inspection": 1,
        f"client/{CLIENT_ID}": 1,
    }


class TestTelling:
    async def test_each_count_is_told_with_who_may_be_named(
        self, database, clock, leaving, certificate
    ) -> None:
        counter = CheckCounter(database, clock)
        counter.scanned(certificate.hash)
        await counter.flush()
        async with database.transaction() as tx:
            for verifier in (f"client/{CLIENT_ID}", f"batch/{place('luoyang')}/title_review"):
                await tx.execute(
                    text(
                        "INSERT INTO records.check_counts (certificate_id, verifier, hour, id,"
                        " count) VALUES (:one, :verifier, :hour, :id, 2)"
                    ),
                    {
                        "one": certificate.certificate_id,
                        "verifier": verifier,
                        "hour": NOW,
                        "id": uuid4(),
                    },
                )
        assert await tell_checks(database, leaving, clock, after=timedelta()) == 3
        told = {one["data"]["verifier"]: one["data"] for one in await sent(database)}
        assert told["qr"]["count"] == 1
        assert told["qr"]["organisation_id"] is None
        assert told["client"]["client_name"] == "河南省职称评审平台"
        assert told["batch"]["organisation_id"] == str(place("luoyang"))
        assert told["batch"]["purpose"] == "title_review"

    async def test_hour_is_told_when_it_is_over_and_again_when_it_grew(
        self, database, clock, leaving, certificate
    ) -> None:
        counter, hour = CheckCounter(database, clock), timedelta(hours=1)
        counter.scanned(certificate.hash)
        await counter.flush()
        assert await tell_checks(database, leaving, clock, after=hour) == 0
        counter.scanned(certificate.hash)
        await counter.flush()
        later = FrozenClock(NOW + timedelta(hours=1))
        assert await tell_checks(database, leaving, later, after=hour) == 1
        assert await tell_checks(database, leaving, later, after=hour) == 0
        # A process that could not write in time.
        counter.scanned(certificate.hash)
        await counter.flush()
        assert await tell_checks(database, leaving, later, after=hour) == 1
        found = [(one["aggregateversion"], one["data"]["count"]) for one in await sent(database)]
        assert found == [(1, 2), (2, 3)]
        assert len({one["aggregateid"] for one in await sent(database)}) == 1

    async def test_what_was_told_is_told_again_on_request(
        self, database, clock, leaving, certificate
    ) -> None:
        counter = CheckCounter(database, clock)
        counter.scanned(certificate.hash)
        await counter.flush()
        await tell_checks(database, leaving, clock, after=timedelta())
        counter.scanned(certificate.hash)
        await counter.flush()
        (again,) = [one async for one in told_so_far(database, since=None)]
        assert (again.aggregate_version, again.data["count"]) == (1, 1)
        later = NOW + timedelta(hours=1)
        assert [one async for one in told_so_far(database, since=later)] == []


class TestCounter:
    async def test_what_cannot_be_written_is_kept(self, database, clock, certificate) -> None:
        nowhere = Database("postgresql+asyncpg://nobody@127.0.0.1:1/nothing", pool_size=1)
        counter = CheckCounter(nowhere, clock)
        counter.scanned(certificate.hash)
        counter.checked(certificate.certificate_id, "number_and_name")
        await counter.flush()
        await nowhere.close()
        counter._database = database
        counter.scanned(certificate.hash)
        await counter.flush()
        await counter.flush()
        assert await counted(database) == {"qr": 2, "number_and_name": 1}

    async def test_storm_costs_a_bounded_memory_and_turn(
        self, database, clock, certificate, monkeypatch
    ) -> None:
        monkeypatch.setattr(counting, "_MOST_KEPT", 50)
        monkeypatch.setattr(counting, "_MOST_WRITTEN", 20)
        monkeypatch.setattr(counting, "_PART", 10)
        counter = CheckCounter(database, clock)
        counter.scanned(certificate.hash)
        for number in range(1000):
            counter.scanned(number.to_bytes(32))
        counter.scanned(certificate.hash)
        assert len(counter._scans) == 50
        await counter.flush()
        assert len(counter._scans) == 30
        assert await counted(database) == {"qr": 2}

    async def test_counts_go_on_while_they_are_written(self, database, clock, certificate) -> None:
        counter = CheckCounter(database, clock)
        other = UUID(int=5)
        counter.checked(other, "document")
        write = counter._write_part

        async def meanwhile() -> int:
            done = write()
            counter.scanned(certificate.hash)
            return await done

        counter._write_part = meanwhile
        await counter.flush()
        assert (await counted(database))["document"] == 1
        assert (await counted(database))["qr"] >= 1
