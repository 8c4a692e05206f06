"""Who sees what of the lanes: applicants their own place, offices their own lane, operators all."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from certificates.usecases.claim import claim_batch
from certificates.usecases.render import render_due
from certificates.usecases.seal import seal_due

pytestmark = pytest.mark.infra
BOTH, OWN, OTHER = {"zhengzhou", "luoyang"}, {"zhengzhou"}, {"luoyang"}
# The lanes each role sees, by role and where it is held.
LANES_SEEN = {
    ("employer_administrator", "hospital zhengzhou"): set(),
    ("department_administrator", "zhengzhou"): set(),
    ("training_institution", "zhengzhou"): set(),
    ("bureau_administrator", "county"): set(),
    ("bureau_administrator", "zhengzhou"): OWN,
    ("bureau_administrator", "luoyang"): OTHER,
    ("provincial_administrator", "province"): BOTH,
    ("operator", "province"): BOTH,
}


@pytest.fixture
async def lanes(office):
    """Have two lanes, three people waiting in the first and one in the second."""
    ids = {city: await office.activate_seal(city) for city in ("zhengzhou", "luoyang")}
    people = []
    for city in ("zhengzhou", "zhengzhou", "zhengzhou", "luoyang"):
        person = await office.technician(city=city, name="李明")
        await office.complete_year(person, employer_id=office.hospital(city))
        people.append(person)
        office.clock.advance(timedelta(seconds=1))
    while await render_due(office.bench):
        continue
    return ids, people


@pytest.mark.parametrize(("role", "place"), LANES_SEEN)
async def test_lanes_are_seen_by_those_responsible(office, lanes, role, place):
    ids, _ = lanes
    who = office.administrator(role, office.place(place))

    listed = (await office.get("seals", who)).json()["items"]
    each = {city: (await office.get(f"seals/{one}", who)).status_code for city, one in ids.items()}

    seen = LANES_SEEN[role, place]
    assert {one["endpoint"] for one in listed} == seen
    assert all(one["lane"]["waiting"] for one in listed)
    assert each == {city: 200 if city in seen else 404 for city in ids}


async def test_applicants_and_strangers_see_no_lane(office, lanes):
    ids, (person, *_) = lanes
    for headers in (office.holder(person), office.headers(person=uuid4())):
        assert (await office.get("seals", headers)).json()["items"] == []
        assert (await office.get(f"seals/{ids['zhengzhou']}", headers)).status_code == 404
    assert (await office.get("seals", {})).status_code == 401
    assert (await office.get("intents", {})).status_code == 401


async def test_everybody_sees_his_own_place_and_nobody_elses(office, lanes):
    _, people = lanes
    shown = {}
    for person in people:
        (mine,) = (await office.get("intents", office.holder(person))).json()["items"]
        assert mine["person_id"] == str(person.person_id)
        shown[person.person_id] = (mine["lane"]["position"], mine["lane"]["state"])

    assert [shown[one.person_id] for one in people] == [
        (1, "flowing"),
        (2, "flowing"),
        (3, "flowing"),
        (1, "flowing"),
    ]
    other = (await office.intent(people[1]))["id"]
    assert (await office.get(f"intents/{other}", office.holder(people[0]))).status_code == 404


async def test_operators_see_depth_oldest_in_flight_circuit_and_rate(office, lanes):
    ids, people = lanes
    oldest = (await office.intent(people[0]))["created_at"]
    operator = office.administrator("operator", office.place("province"))

    batch = await claim_batch(office.bench, ids["zhengzhou"])
    assert len(batch.held) == 3
    busy = {one["endpoint"]: one["lane"] for one in await listed(office, operator)}

    lane = busy["zhengzhou"]
    assert (lane["waiting"], lane["in_hand"], lane["calls"]) == (3, 3, 1)
    assert datetime.fromisoformat(lane["oldest_at"]) == oldest
    assert lane["documents_last_minute"] == 3
    assert lane["pace"] == {"concurrency": 4, "per_second": 500, "batch": 20, "linger_ms": 10}
    assert (lane["state"], lane["failures"], lane["since"]) == ("flowing", 0, None)
    assert (busy["luoyang"]["waiting"], busy["luoyang"]["calls"]) == (1, 0)


async def test_rate_is_that_of_the_last_minute(office, lanes):
    ids, _ = lanes
    operator = office.administrator("operator", office.place("province"))
    await seal_due(office.bench, ids["zhengzhou"])

    (first,) = [one for one in await listed(office, operator) if one["endpoint"] == "zhengzhou"]
    office.clock.advance(timedelta(seconds=60))
    (later,) = [one for one in await listed(office, operator) if one["endpoint"] == "zhengzhou"]

    assert (first["lane"]["documents_last_minute"], first["lane"]["waiting"]) == (3, 0)
    assert (first["lane"]["calls"], first["lane"]["oldest_at"]) == (0, None)
    assert later["lane"]["documents_last_minute"] == 0


async def test_a_lane_that_waits_says_why_to_applicant_and_operator(office, lanes, seal_servers):
    ids, people = lanes
    await seal_servers["zhengzhou"].stop()
    await seal_due(office.bench, ids["zhengzhou"])
    operator = office.administrator("operator", office.place("province"))

    lanes_now = {one["endpoint"]: one["lane"] for one in await listed(office, operator)}
    (mine,) = (await office.get("intents", office.holder(people[0]))).json()["items"]
    (theirs,) = (await office.get("intents", office.holder(people[3]))).json()["items"]

    assert lanes_now["zhengzhou"]["state"] == mine["lane"]["state"] == "waiting"
    assert lanes_now["zhengzhou"]["last_error"] == mine["lane"]["reason"]
    assert mine["lane"]["reason"] == "certificates.seal_unavailable"
    assert mine["lane"]["expected_at"] >= lanes_now["zhengzhou"]["since"]
    assert (lanes_now["luoyang"]["state"], theirs["lane"]["reason"]) == ("flowing", None)


async def test_a_lane_whose_seal_is_suspended_promises_nothing(office, lanes):
    ids, people = lanes
    body = {"reason_code": "key_compromised"}
    stopped = await office.post(f"seals/{ids['zhengzhou']}/suspension", office.bureau(), body)
    assert stopped.status_code == 200, stopped.text

    (mine,) = (await office.get("intents", office.holder(people[1]))).json()["items"]
    lane = (await office.get(f"seals/{ids['zhengzhou']}", office.bureau())).json()["lane"]
    (theirs,) = (await office.get("intents", office.holder(people[3]))).json()["items"]

    assert (mine["lane"]["state"], mine["lane"]["expected_at"]) == ("stopped", None)
    assert mine["lane"]["position"] == 2, "nobody loses his place"
    assert (lane["state"], lane["waiting"], lane["calls"]) == ("stopped", 3, 0)
    assert theirs["lane"]["state"] == "flowing"
    assert await seal_due(office.bench, ids["zhengzhou"]) == 0


async def test_a_lane_whose_certificate_has_ended_says_so(office, lanes):
    ids, people = lanes
    (seal,) = await office.rows("seals", id=ids["zhengzhou"])
    office.clock.advance(seal["valid_until"] - office.clock.now() + timedelta(seconds=1))
    operator = office.administrator("operator", office.place("province"))

    shown = {one["endpoint"]: one["lane"]["state"] for one in await listed(office, operator)}
    (mine,) = (await office.get("intents", office.holder(people[0]))).json()["items"]

    assert shown["zhengzhou"] == mine["lane"]["state"] == "expired"
    assert mine["lane"]["expected_at"] is None


async def listed(office, who):
    answer = await office.get("seals", who)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]
