"""Who an official in a record is: told to officials below and above him, to nobody else."""

from uuid import uuid4

import pytest

from identity.domain.organisations import Role

BUREAU, PROVINCE = Role.BUREAU_ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR
EMPLOYER = Role.EMPLOYER_ADMINISTRATOR
PASSWORD = "正确的马-电池-订书钉"


async def appointed(house, role, place, **changes):
    """Appoint 王管理; return his account's actor."""
    body = {
        "organisation_id": str(house.places[place].id),
        "role": role,
        "name": "王管理",
        "username": f"u{uuid4()}",
        "password": PASSWORD,
    } | changes
    answer = await house.caller((PROVINCE, "province")).post("administrators", body)
    assert answer.status_code == 201, answer.text
    return f"account:{answer.json()['account_id']}"


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [
        (BUREAU, "zhengzhou", 200),
        (BUREAU, "jinshui", 200),
        (PROVINCE, "province", 200),
        (BUREAU, "luoyang", 404),
        (BUREAU, "gongyi", 404),
        (EMPLOYER, "hospital", 403),
        (Role.DEPARTMENT_ADMINISTRATOR, "zhengzhou", 403),
        (Role.OPERATOR, "province", 403),
        (Role.TECHNICIAN, "hospital", 403),
    ],
)
async def test_officials_are_named_up_and_down_the_tree(shared_house, role, at, status):
    actor = await appointed(shared_house, BUREAU, "zhengzhou")
    answer = await shared_house.caller((role, at)).get(f"officials/{actor}")
    assert answer.status_code == status, answer.text
    if status == 200:
        assert answer.json() == {"name": "王管理", "organisation_name": "zhengzhou"}


async def test_only_officials_are_named(shared_house):
    province = shared_house.caller((PROVINCE, "province"))
    employer = await appointed(shared_house, EMPLOYER, "hospital")
    made = await shared_house.register()
    for actor in (employer, f"person:{made['person_id']}", f"account:{uuid4()}"):
        answer = await province.get(f"officials/{actor}")
        assert (answer.status_code, answer.json()["code"]) == (404, "identity.official_unknown")
    assert (await province.get("officials/王管理")).status_code == 422
    assert (await shared_house.public.get(f"officials/{employer}")).status_code == 401


async def test_a_person_is_named_by_the_person_and_after_the_role_ended(shared_house):
    made = await shared_house.register(name="李正")
    account = await appointed(
        shared_house,
        BUREAU,
        "zhengzhou",
        name="李正",
        management_number=made["management_number"],
        username=None,
        password=None,
    )
    province = shared_house.caller((PROVINCE, "province"))
    place = shared_house.places["zhengzhou"].id
    page = (await province.get("administrators", organisation_id=place)).json()
    (grant,) = [one["grant_id"] for one in page["items"] if account.endswith(one["account_id"])]
    assert (
        await province.post(f"administrators/{grant}/end", {"reason": "调离"})
    ).status_code == 200
    for actor in (account, f"person:{made['person_id']}"):
        assert (await province.get(f"officials/{actor}")).json()["name"] == "李正"
