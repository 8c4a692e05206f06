"""What readers see while Redis or PostgreSQL is away, and what can never be brought back."""

import asyncio

import pytest
from sqlalchemy import text
from verify_kit import Certificate, heartbeat, make_settings, mint, seal_event, served, until

from verify import store
from verify.lookup import Lookup

pytestmark = pytest.mark.infra

NOWHERE = "postgresql+asyncpg://nobody@127.0.0.1:1/none"


@pytest.fixture
async def certificate(tell, mirror):
    one = Certificate()
    await tell(heartbeat(1, 0))
    await mirror.turn()
    await tell(one.event("valid", 1), seal_event("active", 1), heartbeat(2, 1, (one, 1)))
    await mirror.turn()
    return one


async def test_projection_answers_when_redis_is_stopped(api, certificate, redis_server):
    await redis_server.stop()
    answers = await asyncio.gather(*(api.json(certificate.token) for _ in range(50)))
    assert {answer.json()["state"] for answer in answers} == {"valid"}
    assert (await api.json(mint())).json()["code"] == "verify.certificate_not_found"


async def test_redis_answers_when_postgresql_is_unreachable(certificate, redis_server, tmp_path):
    async with served(make_settings(tmp_path, NOWHERE, redis_server.url)) as blind:
        assert await blind.state(certificate.token) == "valid"
        assert (await blind.client.get("/health/ready")).status_code == 200
        unknown = await blind.json(mint())
        assert unknown.json()["code"] == "verify.could_not_check", "not found needs a reading"


async def test_could_not_check_when_both_are_away(certificate, redis_server, tmp_path):
    await redis_server.stop()
    async with served(make_settings(tmp_path, NOWHERE, redis_server.url)) as blind:
        assert await blind.state(certificate.token) == "could_not_check"
        assert (await blind.client.get("/health/ready")).status_code == 503


async def test_answers_recover_when_redis_comes_back_empty(
    api, certificate, redis_server, mirror, tell
):
    await redis_server.stop()
    await tell(certificate.event("revoked", 2))
    await redis_server.start()
    await mirror.turn()
    await api.forget()
    assert await api.state(certificate.token) == "revoked"


async def test_revocation_reaches_readers_when_redis_was_away_meanwhile(
    api, certificate, mirror, tell, cache
):
    """Redis is cut off from the worker, not stopped: it still holds the certificate as valid."""
    assert await api.state(certificate.token) == "valid"
    away = cache._redis
    cache._redis = cache._redis.__class__.from_url("redis://127.0.0.1:1/0", socket_timeout=0.1)
    script, cache._offer = cache._offer, cache._redis.register_script("return 0")
    await tell(certificate.event("revoked", 2), heartbeat(3, 2, (certificate, 2)))
    await cache._redis.aclose()
    cache._redis, cache._offer = away, script
    await mirror.turn()

    async def revoked():
        return await api.state(certificate.token) == "revoked"

    await until(revoked, seconds=2)


async def test_reader_that_comes_late_cannot_bring_back_valid(certificate, tell, cache, database):
    """The reader read "valid"; before it fills the cache, the revocation is applied."""
    async with database.reading() as tx:
        reading = await store.facts_by_hash(tx, [certificate.hash])
    await tell(certificate.event("revoked", 2))
    head = await cache.head()
    await cache.offer(reading, epoch=head.epoch)
    facts = (await cache.read(head.epoch, [certificate.hash], with_offices=False))[1]
    assert facts[certificate.hash].state == "revoked"


async def test_reading_of_an_earlier_epoch_is_not_taken(
    certificate, tell, cache, mirror, redis_server
):
    """The cache was lost in between, and with it the version that would have refused."""
    before = await cache.head()
    reading = (await cache.read(before.epoch, [certificate.hash], with_offices=False))[1]
    await tell(certificate.event("revoked", 2))
    await redis_server.stop()
    await redis_server.start()
    await mirror.turn()
    await cache.offer(reading, epoch=before.epoch)
    after = await cache.head()
    assert (await cache.read(after.epoch, [certificate.hash], with_offices=False))[1] == {}


async def test_never_valid_after_revoked_when_readers_and_revocation_race(
    tell, cache, database, mirror
):
    await tell(heartbeat(1, 0))
    await mirror.turn()
    certificates = [Certificate() for _ in range(40)]
    await tell(*(one.event("valid", 1) for one in certificates))
    # Facts out of the cache, so that every reader has to fill it from the projection.
    await cache._redis.eval(
        "for _,k in ipairs(redis.call('KEYS','verify3:*:*')) do redis.call('DEL',k) end", 0
    )
    stop = asyncio.Event()

    async def read_without_end():
        seen = {one.hash: "valid" for one in certificates}
        while not stop.is_set():
            lookup = Lookup(
                database, cache, projection_timeout_seconds=5, projection_waiting_limit=100
            )
            for one in certificates:
                fact = (await lookup.find(one.hash)).fact
                assert (seen[one.hash], fact.state) != ("revoked", "valid")
                seen[one.hash] = fact.state
                await asyncio.sleep(0)

    readers = [asyncio.create_task(read_without_end()) for _ in range(3)]
    for one in certificates:
        await tell(one.event("revoked", 2))
    stop.set()
    await asyncio.gather(*readers)
    head = await cache.head()
    facts = (await cache.read(head.epoch, [c.hash for c in certificates], with_offices=False))[1]
    assert {fact.state for fact in facts.values()} == {"revoked"}


async def test_one_slow_table_does_not_hold_readers_for_ever(
    certificate, redis_server, database, database_url, tmp_path
):
    await redis_server.stop()
    settings = make_settings(
        tmp_path,
        database_url.render_as_string(hide_password=False),
        redis_server.url,
        projection_timeout_seconds=0.3,
    )
    async with served(settings) as api, database.transaction() as tx:
        await tx.execute(text("LOCK TABLE projection.certificates IN ACCESS EXCLUSIVE MODE"))
        async with asyncio.timeout(3):
            assert await api.state(certificate.token) == "could_not_check"
