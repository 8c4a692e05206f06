"""An employer confirms, rejects and lets go; who may, and what is told."""

import asyncio
from uuid import UUID, uuid4

import pytest

from identity.domain.organisations import Role

EMPLOYER, BUREAU = Role.EMPLOYER_ADMINISTRATOR, Role.BUREAU_ADMINISTRATOR
ACTIONS = {"confirmation": None, "rejection": {"reason": "查无此人"}, "end": {}}


async def decide(caller, made, action, body=None):
    affiliation = made["affiliation"]["affiliation_id"]
    return await caller.post(f"affiliations/{affiliation}/{action}", body or ACTIONS[action])


async def test_a_confirmation_proves_the_person_and_is_told(house):
    made = await house.register()
    caller = house.caller((EMPLOYER, "hospital"))
    answer = await decide(caller, made, "confirmation")
    assert answer.status_code == 200
    assert answer.json()["state"] == "confirmed"
    registered, confirmed, changed = await house.outgoing()
    assert registered["aggregateversion"] == 1
    assert confirmed["type"] == "identity.affiliation.confirmed.v1"
    assert confirmed["data"]["organisation_id"] == str(house.places["hospital"].id)
    assert (changed["type"], changed["aggregateversion"]) == ("identity.person.changed.v1", 2)
    assert changed["data"]["status"] == "proven"
    person = (await (await house.logged_in(made["management_number"])).get("me")).json()["person"]
    assert person["status"] == "proven"


async def test_two_confirmations_at_once_are_one(house):
    made = await house.register()
    caller = house.caller((EMPLOYER, "hospital"))
    answers = await asyncio.gather(*(decide(caller, made, "confirmation") for _ in range(5)))
    assert sorted(one.status_code for one in answers) == [200, 409, 409, 409, 409]
    assert len(await house.outgoing()) == 3


async def test_a_rejected_person_may_ask_another_employer(shared_house):
    made = await shared_house.register()
    assert (await decide(shared_house.caller((EMPLOYER, "hospital")), made, "rejection")).json()[
        "state"
    ] == "rejected"
    person = await shared_house.logged_in(made["management_number"])
    body = {"employer_id": str(shared_house.places["factory"].id), "title_level": "junior"}
    asked = await person.post("affiliations", body)
    assert asked.status_code == 201
    again = await person.post("affiliations", body)
    assert (again.status_code, again.json()["code"]) == (409, "identity.affiliation_open")
    moved = {"affiliation": asked.json()}
    factory = shared_house.caller((EMPLOYER, "factory"))
    assert (await decide(factory, moved, "confirmation")).status_code == 200


async def test_the_former_employer_lets_go_first(house):
    made = await house.register(starts_on="2026-01-05")
    hospital = house.caller((EMPLOYER, "hospital"))
    factory = house.caller((EMPLOYER, "factory"))
    await decide(hospital, made, "confirmation")
    person = await house.logged_in(made["management_number"])
    body = {"employer_id": str(house.places["factory"].id), "title_level": "junior"}
    moved = {"affiliation": (await person.post("affiliations", body)).json()}
    early = await decide(factory, moved, "confirmation")
    assert (early.status_code, early.json()["code"]) == (409, "identity.another_employer_confirmed")
    for bad in ("2026-01-04", "2026-11-24"):
        refused = await decide(hospital, made, "end", {"ends_on": bad})
        assert refused.json()["code"] == "identity.ends_before_it_starts"
    ended = await decide(hospital, made, "end", {"ends_on": "2026-10-31"})
    assert ended.json()["ends_on"] == "2026-10-31"
    assert (await decide(factory, moved, "confirmation")).status_code == 200
    types = [event["type"] for event in await house.outgoing()]
    assert types[-2:] == ["identity.affiliation.ended.v1", "identity.affiliation.confirmed.v1"]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("role", "place", "allowed"),
    [
        (EMPLOYER, "hospital", True),
        (EMPLOYER, "school", False),
        (EMPLOYER, "factory", False),
        (BUREAU, "jinshui", False),
        (BUREAU, "zhengzhou", False),
        (Role.PROVINCIAL_ADMINISTRATOR, "province", False),
        (Role.DEPARTMENT_ADMINISTRATOR, "hospital", False),
        (Role.TECHNICIAN, "hospital", False),
        (Role.OPERATOR, "province", False),
    ],
)
async def test_only_the_employer_decides(shared_house, action, role, place, allowed):
    made = await shared_house.register()
    if action == "end":
        await decide(shared_house.caller((EMPLOYER, "hospital")), made, "confirmation")
    answer = await decide(shared_house.caller((role, place)), made, action)
    assert answer.status_code == (200 if allowed else 403), answer.text


@pytest.mark.parametrize("action", ACTIONS)
async def test_nobody_decides_about_himself(shared_house, action):
    made = await shared_house.register()
    if action == "end":
        await decide(shared_house.caller((EMPLOYER, "hospital")), made, "confirmation")
    oneself = shared_house.caller((EMPLOYER, "hospital"), person=UUID(made["person_id"]))
    answer = await decide(oneself, made, action)
    assert (answer.status_code, answer.json()["code"]) == (403, "identity.own_affiliation")


@pytest.mark.parametrize("action", ACTIONS)
async def test_an_unknown_one_is_not_found(shared_house, action):
    made = {"affiliation": {"affiliation_id": str(uuid4())}}
    answer = await decide(shared_house.caller((EMPLOYER, "hospital")), made, action)
    assert (answer.status_code, answer.json()["code"]) == (404, "identity.affiliation_unknown")
    assert (await decide(shared_house.public, made, action)).status_code == 401


async def test_what_is_decided_is_decided(shared_house):
    made = await shared_house.register()
    caller = shared_house.caller((EMPLOYER, "hospital"))
    too_early = await decide(caller, made, "end")
    assert too_early.json()["code"] == "identity.affiliation_not_confirmed"
    await decide(caller, made, "rejection")
    again = await decide(caller, made, "confirmation")
    assert (again.status_code, again.json()["code"]) == (
        409,
        "identity.affiliation_already_decided",
    )


class TestList:
    async def test_an_employer_sees_its_own_people_only(self, house):
        for place in ("hospital", "school", "hospital"):
            await house.register(employer_id=str(house.places[place].id))
        caller = house.caller((EMPLOYER, "hospital"))
        page = (await caller.get("affiliations", state="requested")).json()
        assert {one["organisation_name"] for one in page["items"]} == {"hospital"}
        assert len(page["items"]) == 2
        assert all("*" in one["identity_masked"] for one in page["items"])

    async def test_pages_hold_everyone_once(self, house):
        made = [await house.register() for _ in range(5)]
        caller = house.caller((EMPLOYER, "hospital"))
        first = (await caller.get("affiliations", limit=3)).json()
        second = (await caller.get("affiliations", limit=3, cursor=first["next_cursor"])).json()
        numbers = [one["management_number"] for one in first["items"] + second["items"]]
        assert numbers == [one["management_number"] for one in made]
        assert second["next_cursor"] is None

    @pytest.mark.parametrize(
        "roles", [(), ((BUREAU, "jinshui"),), ((Role.PROVINCIAL_ADMINISTRATOR, "province"),)]
    )
    async def test_others_see_nothing(self, shared_house, roles):
        assert (await shared_house.caller(*roles).get("affiliations")).status_code == 403


async def test_the_person_is_told_of_each_decision_and_sees_the_reason(house):
    made = await house.register()
    hospital = house.caller((EMPLOYER, "hospital"))
    person = await house.logged_in(made["management_number"])
    await decide(hospital, made, "rejection")
    (rejected,) = (await person.get("me")).json()["affiliations"]
    assert rejected["reason"] == "查无此人"
    body = {"employer_id": str(house.places["hospital"].id), "title_level": "junior"}
    again = {"affiliation": (await person.post("affiliations", body)).json()}
    await decide(hospital, again, "confirmation")
    await decide(hospital, again, "end", {"reason": "调离"})
    told = [one["template"] for one in (await person.get("messages")).json()["items"]]
    assert told == ["affiliation_ended", "affiliation_confirmed", "affiliation_rejected"]
    listed = (await hospital.get("affiliations", state="ended")).json()["items"]
    assert [one["reason"] for one in listed] == ["调离"]
