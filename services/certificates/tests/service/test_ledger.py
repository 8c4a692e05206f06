"""The heartbeat: contiguous, complete up to its instant, and never silent."""

import json
from datetime import datetime, timedelta

import pytest

from certificates.usecases.advance_ledger import advance_ledger

pytestmark = pytest.mark.infra
REASON = {"reason_code": "under_review"}


async def heartbeats(office):
    rows = sorted(await office.rows("outbox"), key=lambda row: row["id"])
    return [json.loads(row["body"])["data"] for row in rows if ".ledger." in row["type"]]


async def beat(office):
    return await advance_ledger(office.bench.database, office.bench.deps)


class TestHeartbeat:
    async def test_is_emitted_when_nothing_is_new(self, office):
        await beat(office)
        office.clock.advance(timedelta(seconds=1))
        await beat(office)

        first, second = await heartbeats(office)
        assert (first["sequence"], second["sequence"]) == (1, 2)
        assert second["entries"] == []
        assert datetime.fromisoformat(second["as_of"]) == office.clock.now()

    async def test_tells_each_transition_once_in_contiguous_places(self, office):
        await office.activate_seal()
        certificate = await office.issue(await office.technician())
        await beat(office)
        path = f"certificates/{certificate['certificate_id']}"
        await office.post(f"{path}/suspension", office.bureau(), REASON)
        await office.post(f"{path}/reinstatement", office.bureau(), REASON)
        await beat(office)
        await beat(office)

        told = await heartbeats(office)
        assert [one["size"] for one in told] == [1, 3, 3]
        entries = [entry["aggregate_version"] for one in told for entry in one["entries"]]
        assert entries == [1, 2, 3]
        places = sorted(row["position"] for row in await office.rows("ledger_entries"))
        assert places == [0, 1, 2]

    async def test_does_not_claim_what_commits_after_its_instant(self, office):
        await office.activate_seal()
        technician = await office.technician()
        await office.complete_year(technician)
        bench = office.bench
        async with bench.database.engine.connect() as open_one, open_one.begin():
            # A transition that is written and not yet committed when the heartbeat looks.
            await office.insert_certificate(open_one, technician)
            await beat(office)
            (before,) = await heartbeats(office)
            assert before["entries"] == []
        office.clock.advance(timedelta(seconds=1))

        await beat(office)

        _, after = await heartbeats(office)
        assert len(after["entries"]) == 1
        assert after["size"] == 1

    async def test_never_goes_back_in_time(self, office):
        await beat(office)
        office.clock.advance(timedelta(seconds=-30))
        await beat(office)

        first, second = await heartbeats(office)
        assert second["as_of"] == first["as_of"]

    async def test_full_heartbeat_is_not_called_complete(self, office, monkeypatch):
        monkeypatch.setattr("certificates.usecases.advance_ledger._MOST_ENTRIES", 2)
        await office.activate_seal()
        for _ in range(3):
            await office.complete_year(await office.technician())
        await beat(office)
        earlier = (await heartbeats(office))[0]["as_of"]
        await office.work()
        office.clock.advance(timedelta(seconds=5))

        assert await beat(office) == 3

        _, full, rest = await heartbeats(office)
        assert (len(full["entries"]), len(rest["entries"])) == (2, 1)
        assert full["as_of"] == earlier
        assert datetime.fromisoformat(rest["as_of"]) == office.clock.now()
