"""The instant that answers carry never runs ahead of what is applied."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs
from verify_kit import NOW, Certificate, heartbeat, seal_event

from verify import store
from verify.domain import Fact

pytestmark = pytest.mark.infra


def later(seconds):
    return NOW + timedelta(seconds=seconds)


@pytest.fixture
def reached(database):
    async def read():
        async with database.reading() as tx:
            row = await store.current_freshness(tx)
        return (row["sequence"], row["as_of"]) if row else None

    return read


class TestProjection:
    async def test_advances_when_everything_listed_is_applied(self, tell, reached):
        one = Certificate()
        await tell(one.event("valid", 1), heartbeat(1, 1, (one, 1), as_of=later(1)))
        assert await reached() == (1, later(1))

    async def test_advances_when_nothing_is_listed(self, tell, reached):
        await tell(heartbeat(1, 0), heartbeat(2, 0, as_of=later(2)))
        assert await reached() == (2, later(2))

    async def test_waits_when_a_listed_transition_has_not_come(self, tell, reached, mirror):
        one, other = Certificate(), Certificate()
        await tell(one.event("valid", 1), heartbeat(1, 2, (one, 1), (other, 1)))
        assert await reached() is None
        await tell(other.event("valid", 1))
        await mirror.turn()
        assert await reached() == (1, NOW)

    async def test_waits_when_a_held_version_is_older_than_listed(self, tell, reached):
        one = Certificate()
        await tell(one.event("valid", 1), heartbeat(1, 1, (one, 1)))
        await tell(heartbeat(2, 2, (one, 2), as_of=later(1)))
        assert await reached() == (1, NOW)
        await tell(one.event("revoked", 2), heartbeat(3, 2, as_of=later(2)))
        assert await reached() == (3, later(2))

    async def test_waits_at_a_gap_until_the_count_is_complete(self, tell, reached):
        one, other = Certificate(), Certificate()
        # Heartbeats 1 to 6 were told before anyone listened.
        await tell(one.event("valid", 1), heartbeat(7, 3, (one, 1)))
        assert await reached() is None
        await tell(other.event("revoked", 2), heartbeat(8, 3, as_of=later(1)))
        assert await reached() == (8, later(1))

    async def test_gap_is_not_bridged_by_transitions_newer_than_the_count(self, tell, reached):
        one, missing = Certificate(), Certificate()
        await tell(one.event("valid", 1, told_at=later(5)), heartbeat(7, 1, as_of=later(1)))
        assert await reached() is None, f"{missing.certificate_id} is counted and not here"

    async def test_goes_on_in_order_when_heartbeats_overtake_each_other(self, tell, reached):
        one = Certificate()
        await tell(heartbeat(1, 0), one.event("valid", 1, told_at=later(1)))
        await tell(heartbeat(3, 1, as_of=later(0)), heartbeat(2, 1, (one, 1), as_of=later(0)))
        assert await reached() == (3, later(0))

    async def test_duplicate_heartbeat_changes_nothing(self, tell, reached):
        await tell(heartbeat(1, 0), heartbeat(2, 0, as_of=later(1)), heartbeat(1, 0))
        assert await reached() == (2, later(1))

    async def test_a_ledger_that_went_back_is_named_and_moves_nothing(self, tell, reached):
        await tell(heartbeat(1, 0), heartbeat(2, 0, as_of=later(1)))
        with capture_logs() as usual:
            await tell(heartbeat(1, 0), heartbeat(3, 0, as_of=later(2)))
        with capture_logs() as restored:
            await tell(heartbeat(2, 0, as_of=later(60)))
        assert await reached() == (3, later(2))
        names = [[one["event"] for one in logs] for logs in (usual, restored)]
        assert ["ledger_went_back" in some for some in names] == [False, True]


class TestMirror:
    async def test_cache_gets_a_head_when_the_projection_has_one(self, tell, mirror, cache):
        await mirror.turn()
        assert await cache.head() is None
        await tell(heartbeat(1, 0))
        await mirror.turn()
        head = await cache.head()
        assert (head.sequence, head.as_of) == (1, NOW)

    async def test_cache_stays_within_its_epoch_when_it_missed_nothing(self, tell, mirror, cache):
        one = Certificate()
        await tell(heartbeat(1, 0))
        await mirror.turn()
        epoch = (await cache.head()).epoch
        await tell(one.event("valid", 1), heartbeat(2, 1, (one, 1), as_of=later(1)))
        await mirror.turn()
        head, facts, _ = await cache.read(epoch, [one.hash], with_offices=True)
        assert (head.epoch, head.sequence) == (epoch, 2)
        assert facts[one.hash].state == "valid"

    async def test_head_stands_still_until_missed_facts_are_offered(
        self, tell, mirror, cache, redis_server, database
    ):
        one = Certificate()
        await tell(heartbeat(1, 0), heartbeat(2, 0))
        await mirror.turn()
        head = await cache.head()
        await tell(one.event("valid", 1))
        # What a write that never reached Redis leaves behind: an old fact in a living cache.
        async with database.transaction() as tx:
            await store.put_newer(tx, store.certificates, await _row(database, one, "revoked", 2))
        stale = (await cache.read(head.epoch, [one.hash], with_offices=False))[1]
        assert stale[one.hash].state == "valid"
        await tell(heartbeat(3, 2, (one, 1), (one, 2), as_of=later(3)))
        assert (await cache.head()).sequence == 2
        await mirror.turn()
        head, facts, _ = await cache.read(head.epoch, [one.hash], with_offices=False)
        assert (head.sequence, facts[one.hash].state) == (3, "revoked")

    async def test_new_epoch_begins_when_cache_came_back_empty(
        self, tell, mirror, cache, redis_server
    ):
        await tell(heartbeat(1, 0))
        await mirror.turn()
        before = (await cache.head()).epoch
        await redis_server.stop()
        await redis_server.start()
        await mirror.turn()
        assert (await cache.head()).epoch != before

    async def test_new_epoch_begins_when_missed_heartbeats_are_forgotten(
        self, tell, mirror, cache, database
    ):
        one = Certificate()
        await tell(heartbeat(1, 0), one.event("valid", 1))
        await mirror.turn()
        before = await cache.head()
        await tell(heartbeat(2, 1, (one, 1)), heartbeat(3, 1, as_of=later(3)))
        async with database.transaction() as tx:
            await store.purge(tx, later(7200), inbox_days=30, heartbeat_hours=1)
        await mirror.turn()
        head = await cache.head()
        assert head.epoch != before.epoch
        assert head.sequence == 3

    async def test_cache_is_left_alone_while_the_projection_is_rebuilt(
        self, tell, mirror, cache, database
    ):
        await tell(*(heartbeat(n, 0) for n in range(1, 6)))
        await mirror.turn()
        before = await cache.head()
        async with database.transaction() as tx:
            await store.truncate(tx)
        await tell(heartbeat(1, 0))
        await mirror.turn()
        assert await cache.head() == before

    async def test_projection_still_advances_when_cache_is_away(
        self, tell, mirror, redis_server, reached
    ):
        one = Certificate()
        await tell(heartbeat(1, 1, (one, 1)))
        await redis_server.stop()
        await tell(one.event("valid", 1))
        await mirror.turn()
        assert await reached() == (1, NOW)

    async def test_offices_travel_with_the_head(self, tell, mirror, cache):
        await tell(seal_event("active", 1), heartbeat(1, 0))
        await mirror.turn()
        _, _, offices = await cache.read("", [], with_offices=True)
        assert [office.seal for office in offices.values()] == ["active"]


async def _row(database, certificate, state, version):
    async with database.reading() as tx:
        row = (await tx.execute(select(store.certificates))).mappings().one()
    return dict(row) | {"state": state, "aggregate_version": version}


def test_fact_begins_with_its_version():
    """The script on the server reads the version from the start of the record."""
    assert Fact._fields[0] == "aggregate_version"
