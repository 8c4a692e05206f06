"""Looking up and adding organisations; who may add what where."""

import pytest

from identity.domain.organisations import Role

CODE = "91350100M000100Y43"
BUREAU, PROVINCE = Role.BUREAU_ADMINISTRATOR, Role.PROVINCIAL_ADMINISTRATOR
EMPLOYER = Role.EMPLOYER_ADMINISTRATOR


def new(house, parent="jinshui", kind="employer", **changes):
    return {"parent_id": str(house.places[parent].id), "kind": kind, "name": "新单位"} | changes


class TestSearch:
    async def test_anybody_finds_employers_by_name_kind_and_place(self, house):
        found = (await house.public.get("organisations", kind="employer", q="ospit")).json()
        assert [(one["name"], one["parent_name"]) for one in found["items"]] == [
            ("hospital", "jinshui")
        ]
        below = await house.public.get("organisations", parent_id=house.places["luoyang"].id)
        assert [one["name"] for one in below.json()["items"]] == ["factory"]

    async def test_wildcards_are_plain_characters(self, shared_house):
        for q in ("%", "_", "\\"):
            assert (await shared_house.public.get("organisations", q=q)).json()["items"] == []

    async def test_pages_hold_everything_once_in_order(self, house):
        names, cursor = [], None
        while True:
            params = {"limit": 3} | ({"cursor": cursor} if cursor else {})
            page = (await house.public.get("organisations", **params)).json()
            assert len(page["items"]) <= 3
            names += [one["name"] for one in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert names == sorted(house.places)

    async def test_a_page_is_never_longer_than_fifty_and_a_cursor_never_made_up(self, shared_house):
        assert (await shared_house.public.get("organisations", limit=51)).status_code == 422
        answer = await shared_house.public.get("organisations", cursor="made-up")
        assert answer.json()["code"] == "identity.cursor_malformed"


class TestAdd:
    async def test_a_bureau_adds_an_employer_and_everybody_hears_of_it(self, house):
        caller = house.caller((BUREAU, "zhengzhou"))
        answer = await caller.post("organisations", new(house, code=CODE))
        assert answer.status_code == 201
        made = answer.json()
        (event,) = await house.outgoing()
        assert event["type"] == "identity.organisation.changed.v1"
        assert event["data"] == {
            "organisation_id": made["organisation_id"],
            "parent_id": str(house.places["jinshui"].id),
            "path": f"{house.places['jinshui'].path}{made['organisation_id']}/",
            "kind": "employer",
            "name": "新单位",
            "code": CODE,
            "active": True,
        }

    async def test_the_same_code_twice_is_a_conflict(self, house):
        caller = house.caller((BUREAU, "zhengzhou"))
        await caller.post("organisations", new(house, code=CODE))
        again = await caller.post("organisations", new(house, code=CODE.lower(), name="另一个"))
        assert again.status_code == 409
        assert again.json()["code"] == "identity.organisation_code_registered"

    async def test_a_failing_code_needs_a_word_and_is_then_taken(self, house):
        caller = house.caller((BUREAU, "jinshui"))
        body = new(house, code="91350100M000100Y44")
        assert (await caller.post("organisations", body)).json()["code"] == (
            "identity.organisation_code_suspect"
        )
        confirmed = await caller.post("organisations", body | {"confirm_code": True})
        assert confirmed.status_code == 201

    async def test_an_unknown_parent_is_named(self, shared_house):
        caller = shared_house.caller((BUREAU, "zhengzhou"))
        body = new(shared_house) | {"parent_id": "00000000-0000-7000-8000-000000000000"}
        answer = await caller.post("organisations", body)
        assert answer.status_code == 404
        assert answer.json()["field"] == "/parent_id"

    @pytest.mark.parametrize(
        ("role", "place", "parent", "kind", "status"),
        [
            (PROVINCE, "province", "jinshui", "employer", 201),
            (PROVINCE, "province", "province", "prefecture", 201),
            (BUREAU, "zhengzhou", "zhengzhou", "employer", 201),
            (BUREAU, "zhengzhou", "zhengzhou", "county", 201),
            (BUREAU, "zhengzhou", "jinshui", "employer", 201),
            (BUREAU, "jinshui", "jinshui", "employer", 201),
            (BUREAU, "gongyi", "gongyi", "employer", 201),
            # The code of 巩义 begins with that of 郑州; the tree says that it is not 郑州's.
            (BUREAU, "zhengzhou", "gongyi", "employer", 403),
            (BUREAU, "zhengzhou", "luoyang", "employer", 403),
            (BUREAU, "jinshui", "zhengzhou", "employer", 403),
            (BUREAU, "zhengzhou", "province", "employer", 403),
            (BUREAU, "zhengzhou", "province", "prefecture", 403),
            (EMPLOYER, "hospital", "jinshui", "employer", 403),
            (Role.DEPARTMENT_ADMINISTRATOR, "zhengzhou", "jinshui", "employer", 403),
            (Role.OPERATOR, "province", "jinshui", "employer", 403),
            (PROVINCE, "province", "hospital", "employer", 400),
            (BUREAU, "jinshui", "jinshui", "county", 400),
        ],
    )
    async def test_only_within_ones_own_area(
        self, shared_house, *, role, place, parent, kind, status
    ):
        caller = shared_house.caller((role, place))
        answer = await caller.post("organisations", new(shared_house, parent, kind))
        assert answer.status_code == status, answer.text

    async def test_nobody_adds_without_logging_in(self, shared_house):
        assert (
            await shared_house.public.post("organisations", new(shared_house))
        ).status_code == 401
