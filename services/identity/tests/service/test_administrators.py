"""Appointing administrators: always by the level above."""

from uuid import uuid4

import pytest

from identity.domain.organisations import Role

PASSWORD = "正确的马-电池-订书钉"
BUREAU, PROVINCE = Role.BUREAU_ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR
EMPLOYER = Role.EMPLOYER_ADMINISTRATOR


def appointment(house, role=EMPLOYER, place="hospital", **changes):
    return {
        "organisation_id": str(house.places[place].id),
        "role": role,
        "name": "王管理",
        "username": "new-administrator",
        "password": PASSWORD,
    } | changes


@pytest.mark.parametrize(
    ("by", "at", "role", "place", "status"),
    [
        (PROVINCE, "province", PROVINCE, "province", 201),
        (PROVINCE, "province", BUREAU, "zhengzhou", 201),
        (PROVINCE, "province", BUREAU, "jinshui", 201),
        (PROVINCE, "province", EMPLOYER, "hospital", 201),
        (BUREAU, "zhengzhou", BUREAU, "jinshui", 201),
        (BUREAU, "zhengzhou", EMPLOYER, "hospital", 201),
        (BUREAU, "jinshui", EMPLOYER, "hospital", 201),
        # Own level: a bureau does not multiply itself.
        (BUREAU, "zhengzhou", BUREAU, "zhengzhou", 403),
        (BUREAU, "jinshui", BUREAU, "jinshui", 403),
        (EMPLOYER, "hospital", EMPLOYER, "hospital", 403),
        # Sibling.
        (BUREAU, "luoyang", BUREAU, "zhengzhou", 403),
        (BUREAU, "luoyang", EMPLOYER, "hospital", 403),
        (BUREAU, "zhengzhou", BUREAU, "gongyi", 403),
        (EMPLOYER, "school", EMPLOYER, "hospital", 403),
        # Above.
        (BUREAU, "jinshui", BUREAU, "zhengzhou", 403),
        (BUREAU, "zhengzhou", PROVINCE, "province", 403),
        (EMPLOYER, "hospital", BUREAU, "jinshui", 403),
        # Other roles, however high they stand.
        (Role.DEPARTMENT_ADMINISTRATOR, "province", EMPLOYER, "hospital", 403),
        (Role.OPERATOR, "province", EMPLOYER, "hospital", 403),
        (Role.TECHNICIAN, "province", EMPLOYER, "hospital", 403),
        # A role where it cannot be held.
        (PROVINCE, "province", EMPLOYER, "jinshui", 400),
        (PROVINCE, "province", BUREAU, "hospital", 400),
        (PROVINCE, "province", Role.OPERATOR, "province", 201),
        (PROVINCE, "province", Role.OPERATOR, "zhengzhou", 400),
        (BUREAU, "zhengzhou", Role.OPERATOR, "province", 403),
        (Role.OPERATOR, "province", Role.OPERATOR, "province", 403),
        (PROVINCE, "province", Role.TECHNICIAN, "hospital", 400),
    ],
)
async def test_the_level_above_appoints(shared_house, *, by, at, role, place, status):
    caller = shared_house.caller((by, at))
    body = appointment(shared_house, role, place, username=f"u{uuid4()}")
    answer = await caller.post("administrators", body)
    assert answer.status_code == status, answer.text


async def test_one_person_keeps_one_account_with_several_roles(shared_house):
    made = await shared_house.register()
    caller = shared_house.caller((BUREAU, "jinshui"))
    body = appointment(shared_house, name="张䶮", management_number=made["management_number"])
    body |= {"username": None, "password": None}
    assert (await caller.post("administrators", body)).status_code == 201
    profile = (await (await shared_house.logged_in(made["management_number"])).get("me")).json()
    assert profile["person"]["management_number"] == made["management_number"]
    assert [one["role"] for one in profile["grants"]] == ["employer_administrator"]
    again = await caller.post("administrators", body)
    assert (again.status_code, again.json()["code"]) == (409, "identity.grant_held")


@pytest.mark.parametrize("wrong", ["number", "name", "form"])
async def test_the_number_alone_opens_nothing(shared_house, wrong):
    made = await shared_house.register()
    numbers = {"number": "41000000000049", "form": "123"}
    body = appointment(
        shared_house,
        name="李四" if wrong == "name" else "张䶮",
        management_number=numbers.get(wrong, made["management_number"]),
    )
    answer = await shared_house.caller((BUREAU, "jinshui")).post("administrators", body)
    assert (answer.status_code, answer.json()["code"]) == (404, "identity.no_such_holder")


async def test_nobody_appoints_himself(shared_house):
    made = await shared_house.register()
    caller = await shared_house.logged_in(made["management_number"])
    account = (await caller.get("me")).json()["account_id"]
    same = shared_house.caller((BUREAU, "jinshui"), account=account)
    body = appointment(shared_house, name="张䶮", management_number=made["management_number"])
    answer = await same.post("administrators", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "identity.own_appointment")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"username": "123456789012345678"}, "identity.username_malformed"),
        ({"username": "a b"}, "identity.username_malformed"),
        ({"password": "short"}, "identity.password_too_weak"),
        ({"username": None}, "identity.account_details_missing"),
        ({"password": None}, "identity.account_details_missing"),
        ({"name": "\x00"}, "identity.name_unacceptable"),
    ],
)
async def test_bad_account_details_are_named(shared_house, changes, code):
    body = appointment(shared_house, **changes)
    answer = await shared_house.caller((BUREAU, "jinshui")).post("administrators", body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)


async def test_a_username_is_given_once(house):
    caller = house.caller((BUREAU, "jinshui"))
    assert (await caller.post("administrators", appointment(house))).status_code == 201
    again = await caller.post("administrators", appointment(house, username="New-Administrator"))
    assert (again.status_code, again.json()["code"]) == (409, "identity.username_taken")


async def test_an_unknown_organisation_is_named(shared_house):
    body = appointment(shared_house) | {"organisation_id": "00000000-0000-7000-8000-000000000000"}
    answer = await shared_house.caller((BUREAU, "jinshui")).post("administrators", body)
    assert (answer.status_code, answer.json()["field"]) == (404, "/organisation_id")


async def appointed(house, username, **more):
    caller = house.caller((PROVINCE, "province"))
    answer = await caller.post("administrators", appointment(house, username=username, **more))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def listed(house, by, at, place="hospital"):
    return await house.caller((by, at)).get(
        "administrators", organisation_id=str(house.places[place].id)
    )


async def test_administrators_are_listed_with_how_far_they_are(house):
    await appointed(house, "first-one")
    made = await house.register()
    number = {"management_number": made["management_number"], "name": "张䶮", "password": None}
    await appointed(house, None, **number)
    session = {"login": "first-one", "password": PASSWORD}
    assert (await house.public.post("sessions", session)).json()["must_change_password"]
    first, second = (await listed(house, BUREAU, "jinshui")).json()["items"]
    assert (first["name"], first["username"]) == ("王管理", "first-one")
    assert first["password_initial"] is True
    assert (second["name"], second["username"]) == ("张䶮", None)
    assert second["password_initial"] is False
    assert first["own"] is second["own"] is False
    page = await house.caller((BUREAU, "jinshui")).get(
        "administrators", organisation_id=str(house.places["hospital"].id), limit=1
    )
    assert page.json()["next_cursor"]


@pytest.mark.parametrize(
    ("by", "at", "place", "status"),
    [
        (PROVINCE, "province", "hospital", 200),
        (BUREAU, "zhengzhou", "hospital", 200),
        (BUREAU, "jinshui", "jinshui", 200),
        (BUREAU, "luoyang", "hospital", 403),
        (BUREAU, "jinshui", "zhengzhou", 403),
        (EMPLOYER, "hospital", "hospital", 403),
        (Role.OPERATOR, "province", "hospital", 403),
        (Role.TECHNICIAN, "hospital", "hospital", 403),
    ],
)
async def test_administrators_are_seen_from_above(shared_house, by, at, place, status):
    assert (await listed(shared_house, by, at, place)).status_code == status


@pytest.mark.parametrize(
    ("by", "at", "role", "place", "status"),
    [
        (PROVINCE, "province", EMPLOYER, "hospital", 200),
        (PROVINCE, "province", PROVINCE, "province", 200),
        (BUREAU, "jinshui", EMPLOYER, "hospital", 200),
        (BUREAU, "jinshui", BUREAU, "jinshui", 403),
        (BUREAU, "luoyang", EMPLOYER, "hospital", 403),
        (BUREAU, "jinshui", BUREAU, "zhengzhou", 403),
        (EMPLOYER, "hospital", EMPLOYER, "hospital", 403),
        (Role.OPERATOR, "province", EMPLOYER, "hospital", 403),
    ],
)
async def test_whoever_may_give_a_role_may_take_it(shared_house, *, by, at, role, place, status):
    username = f"u{uuid4()}"
    more = {"role": role, "organisation_id": str(shared_house.places[place].id)}
    made = await appointed(shared_house, username, **more)
    (held,) = [
        one
        for one in (await listed(shared_house, PROVINCE, "province", place)).json()["items"]
        if one["account_id"] == made["account_id"]
    ]
    path = f"administrators/{held['grant_id']}/end"
    answer = await shared_house.caller((by, at)).post(path, {"reason": "调离"})
    assert answer.status_code == status, answer.text
    session = {"login": username, "password": PASSWORD}
    roles = (await shared_house.public.post("sessions", session)).json()["roles"]
    shared_house.http.cookies.clear()
    assert roles == ([] if status == 200 else [role])
    if status == 200:
        again = await shared_house.caller((by, at)).post(path, {"reason": "调离"})
        assert again.json()["code"] == "identity.grant_unknown"


async def test_nobody_takes_his_own_role(house):
    made = await appointed(
        house, "second-one", role=PROVINCE, organisation_id=str(house.places["province"].id)
    )
    (held,) = (await listed(house, PROVINCE, "province", "province")).json()["items"]
    self = house.caller((PROVINCE, "province"), account=made["account_id"])
    answer = await self.post(f"administrators/{held['grant_id']}/end", {"reason": "调离"})
    assert (answer.status_code, answer.json()["code"]) == (403, "identity.own_grant")


async def test_an_organisation_tells_its_place(shared_house):
    hospital = shared_house.places["hospital"]
    caller = shared_house.caller((EMPLOYER, "hospital"))
    place = (await caller.get(f"organisations/{hospital.id}")).json()
    assert [one["name"] for one in place["above"]] == ["province", "zhengzhou", "jinshui"]
    assert place["organisation"]["parent_name"] == "jinshui"
    assert (await caller.get(f"organisations/{uuid4()}")).status_code == 404
    assert (await shared_house.public.get(f"organisations/{hospital.id}")).status_code == 401
