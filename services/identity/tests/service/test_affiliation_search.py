"""An employer looks for one of its people: by how a name begins, or by management number."""

import pytest

from identity.domain.organisations import Role

EMPLOYER = Role.EMPLOYER_ADMINISTRATOR
PATH = "affiliations/search"
PEOPLE = (
    ("张䶮", "hospital"),
    ("张三", "hospital"),
    ("李四", "hospital"),
    ("阿卜杜拉·买买提", "hospital"),
    ("张三", "school"),
    ("张三丰", "factory"),
)


async def told(house):
    """Register everybody; return their management numbers in that order."""
    made = [
        await house.register(name=name, employer_id=str(house.places[place].id))
        for name, place in PEOPLE
    ]
    return [one["management_number"] for one in made]


async def found(caller, person, **more):
    answer = await caller.post(PATH, {"person": person, **more})
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["items"]]


async def test_a_name_is_found_by_its_beginning_however_it_is_spelt(shared_house):
    await told(shared_house)
    hospital = shared_house.caller((EMPLOYER, "hospital"))
    for person, names in (
        ("张", ["张䶮", "张三"]),
        (" 张 三 ", ["张三"]),
        ("三", []),
        ("阿卜杜拉•", ["阿卜杜拉·买买提"]),
        # Not what SQL would make of them.
        ("%", []),
        ("张_", []),
        ("' OR 1=1 --", []),
    ):
        assert await found(hospital, person) == names, person


async def test_a_number_is_found_whole_or_by_its_beginning(house):
    numbers = await told(house)
    hospital = house.caller((EMPLOYER, "hospital"))
    assert await found(hospital, numbers[2]) == ["李四"]
    wide = numbers[2].translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})
    assert await found(hospital, wide) == ["李四"]
    assert len(await found(hospital, "41")) == 4
    assert await found(hospital, numbers[5]) == [], "of another employer"


async def test_state_and_pages_are_as_in_the_list(house):
    await told(house)
    hospital = house.caller((EMPLOYER, "hospital"))
    first = (await hospital.post(PATH, {"person": "张", "limit": 1})).json()
    assert [one["name"] for one in first["items"]] == ["张䶮"]
    rest = await found(hospital, "张", limit=1, cursor=first["next_cursor"])
    assert rest == ["张三"]
    affiliation = first["items"][0]["affiliation_id"]
    await hospital.post(f"affiliations/{affiliation}/confirmation")
    assert await found(hospital, "张", state="confirmed") == ["张䶮"]
    assert await found(hospital, "张", state="requested") == ["张三"]


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.BUREAU_ADMINISTRATOR, "jinshui"),
        (Role.PROVINCIAL_ADMINISTRATOR, "province"),
        (Role.DEPARTMENT_ADMINISTRATOR, "hospital"),
        (Role.TECHNICIAN, "hospital"),
        (Role.OPERATOR, "province"),
    ],
)
async def test_only_employers_look(shared_house, role, place):
    answer = await shared_house.caller((role, place)).post(PATH, {"person": "张"})
    assert answer.status_code == 403


async def test_an_employer_finds_in_its_own_subtree_only(shared_house):
    await shared_house.register(name="孙悟空", employer_id=str(shared_house.places["school"].id))
    assert await found(shared_house.caller((EMPLOYER, "school")), "孙") == ["孙悟空"]
    for place in ("hospital", "factory"):
        assert await found(shared_house.caller((EMPLOYER, place)), "孙") == []
    above = shared_house.caller((EMPLOYER, "jinshui"))
    assert await found(above, "孙") == ["孙悟空"]
    assert (await shared_house.public.post(PATH, {"person": "孙"})).status_code == 401


@pytest.mark.parametrize(
    "body", [{}, {"person": ""}, {"person": "   "}, {"person": "张" * 61}, {"q": "张"}]
)
async def test_what_cannot_be_looked_for_is_refused(shared_house, body):
    caller = shared_house.caller((EMPLOYER, "hospital"))
    assert (await caller.post(PATH, body)).status_code == 422
