"""The projection ends in the same state whichever way its events come."""

import random

import pytest
from sqlalchemy import select
from verify_kit import NOW, OFFICE_ID, Certificate, heartbeat, office_event, seal_event

from verify import store
from verify.tables import certificates, freshness, heartbeats, metadata, offices, seals

pytestmark = pytest.mark.infra


async def contents(database):
    async with database.reading() as tx:
        return {
            table.name: sorted(map(tuple, await tx.execute(select(table))), key=repr)
            for table in (certificates, seals, offices, freshness, heartbeats)
        }


@pytest.mark.parametrize("seed", range(6))
async def test_state_is_the_same_when_events_are_shuffled_and_doubled(database, tell, seed):
    first, second = Certificate(), Certificate()
    seal = seal_event("active", 1)
    events = [
        first.event("valid", 1),
        first.event("suspended", 2),
        first.event("valid", 3),
        first.event("revoked", 4),
        second.event("valid", 1),
        second.event("superseded", 2),
        seal,
        seal_event("suspended", 2, seal_id=seal.data.seal_id),
        office_event("郑州市人社局", 2),
        office_event("郑州市人力资源和社会保障局", 1),
        heartbeat(1, 1, (first, 1)),
        heartbeat(2, 4, (first, 2), (first, 3), (second, 1)),
        heartbeat(3, 6, (first, 4), (second, 2)),
    ]
    await tell(*events)
    expected = await contents(database)
    async with database.transaction() as tx:
        await store.truncate(tx)

    chance = random.Random(seed)  # noqa: S311 - an order that can be repeated
    disorder = events + chance.sample(events, 6)
    chance.shuffle(disorder)
    # Whatever came last, the next heartbeat looks at everything again.
    await tell(*disorder, heartbeat(3, 6, (first, 4), (second, 2)))

    assert await contents(database) == expected
    states = {row[0]: row[4] for row in expected["certificates"]}
    assert states == {first.certificate_id: "revoked", second.certificate_id: "superseded"}
    assert expected["freshness"] == [(1, 3, 6, NOW)]


async def test_only_the_masked_name_is_stored(database, tell):
    await tell(Certificate(name="张䶮").event("valid", 1))
    assert "䶮" not in repr(await contents(database))


async def test_only_issuing_offices_are_kept(database, tell):
    await tell(office_event("某医院", 1, kind="employer"))
    assert (await contents(database))["offices"] == []


async def test_office_seal_follows_its_seals(database, tell):
    old, new = seal_event("active", 1), seal_event("active", 1)
    await tell(old, new, seal_event("suspended", 2, seal_id=old.data.seal_id))
    async with database.reading() as tx:
        assert (await store.all_offices(tx))[str(OFFICE_ID)].seal == "active"
    await tell(seal_event("suspended", 2, seal_id=new.data.seal_id))
    async with database.reading() as tx:
        assert (await store.all_offices(tx))[str(OFFICE_ID)].seal == "suspended"


async def test_truncate_empties_every_table(database, tell):
    await tell(Certificate().event("valid", 1), seal_event("active", 1), heartbeat(1, 0))
    async with database.transaction() as tx:
        await store.truncate(tx)
        for table in metadata.sorted_tables:
            assert (await tx.execute(select(table))).all() == []
