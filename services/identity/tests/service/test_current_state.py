"""Publishing again what is: the same states, the same versions, nothing that was never told."""

from sqlalchemy import text

from identity.domain.organisations import Role
from identity.usecases.current_state import current_state


async def told_again(house, since=None):
    events = [event async for event in current_state(house.core.database, since=since)]
    return {(event.type, str(event.aggregate_id), event.aggregate_version) for event in events}


async def test_consumers_get_what_they_would_have_heard_last(house):
    made = await house.register()
    other = await house.register()
    caller = house.caller((Role.EMPLOYER_ADMINISTRATOR, "hospital"))
    affiliation = made["affiliation"]["affiliation_id"]
    await caller.post(f"affiliations/{affiliation}/confirmation")
    await caller.post(f"affiliations/{affiliation}/end", {})
    places = {
        ("identity.organisation.changed.v1", str(place.id), 1) for place in house.places.values()
    }
    assert await told_again(house) == places | {
        ("identity.person.changed.v1", made["person_id"], 2),
        ("identity.person.registered.v1", other["person_id"], 1),
        ("identity.affiliation.ended.v1", affiliation, 3),
    }


async def test_only_what_changed_since_then(house):
    await house.register()
    async with house.core.database.transaction() as tx:
        await tx.execute(text("UPDATE organisations SET changed_at = '2020-01-01'"))
        await tx.execute(text("UPDATE people SET changed_at = '2020-01-01'"))
    made = await house.register()
    assert await told_again(house, since=house.clock.now()) == {
        ("identity.person.registered.v1", made["person_id"], 1)
    }


async def test_a_repeated_event_follows_its_contract_as_the_first_did(house):
    await house.register()
    (first,) = await house.outgoing()
    async with house.core.database.transaction() as tx:
        async for event in current_state(house.core.database, since=None):
            await house.core.deps.outbox.add(tx, event)
    again = [event for event in await house.outgoing() if event["type"] == first["type"]]
    assert [event["aggregateversion"] for event in again] == [1, 1]
    assert again[0]["id"] != again[1]["id"]
