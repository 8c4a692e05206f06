"""Changing one's password, and messages that have been read."""

from datetime import timedelta
from uuid import uuid4

import pytest

from identity import tables
from identity.domain.organisations import Role

PASSWORD = "正确的马-电池-订书钉"
NEW = "另一匹马-充电器-回形针"


def change(old=PASSWORD, new=NEW):
    return {"old_password": old, "new_password": new}


async def begin(house, login, password=PASSWORD):
    answer = await house.public.post("sessions", {"login": login, "password": password})
    house.http.cookies.clear()
    caller = house.public
    caller.token = answer.json().get("access_token", "")
    return answer, caller


async def appointed(house, username):
    province = house.caller((Role.PROVINCIAL_ADMINISTRATOR, "province"))
    answer = await province.post(
        "administrators",
        {
            "organisation_id": str(house.places["zhengzhou"].id),
            "role": "bureau_administrator",
            "name": "王管理",
            "username": username,
            "password": PASSWORD,
        },
    )
    assert answer.status_code == 201, answer.text


async def test_a_new_password_replaces_the_old_and_ends_the_other_sessions(house):
    made = await house.register()
    login = made["management_number"]
    await begin(house, login)
    _, caller = await begin(house, login)
    answer = await caller.post("password", change())
    assert (answer.status_code, answer.json()) == (200, {"sessions_ended": 1})
    assert (await house.log_in(login)).status_code == 401
    assert (await house.log_in(login, NEW)).status_code == 200
    ended = [row["end_reason"] for row in await house.rows(tables.sessions)]
    assert sorted(ended, key=str) == [None, "password_changed"]
    (row,) = [r for r in await house.rows(tables.audit.rows) if "password" in r["action"]]
    assert row["actor"] == f"person:{made['person_id']}"
    (message,) = (await caller.get("messages")).json()["items"]
    assert message["template"] == "password_changed"


async def test_a_retry_whose_answer_was_lost_gets_it_again(house):
    made = await house.register()
    caller = await house.logged_in(made["management_number"])
    key = str(uuid4())
    answers = [await caller.post("password", change(), key=key) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert len(await house.rows(tables.messages)) == 1


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        (change(old="a wrong password"), "identity.old_password_wrong", "/old_password"),
        (change(new="short"), "identity.password_too_weak", "/new_password"),
        (change(new="410105194912310020"), "identity.password_too_weak", "/new_password"),
        (change(new=PASSWORD), "identity.password_unchanged", "/new_password"),
    ],
)
async def test_what_is_wrong_is_named_and_changes_nothing(house, body, code, field):
    made = await house.register()
    caller = await house.logged_in(made["management_number"])
    answer = await caller.post("password", body)
    assert answer.status_code == 400
    assert (answer.json()["code"], answer.json()["field"]) == (code, field)
    assert (await house.log_in(made["management_number"])).status_code == 200


async def test_the_old_password_cannot_be_guessed_with_a_stolen_token(house):
    made = await house.register()
    caller = await house.logged_in(made["management_number"])
    for n in range(10):
        answer = await caller.post("password", change(old=f"guess number {n}"))
        assert answer.status_code == 400
    assert (await caller.post("password", change())).status_code == 429
    # The owner is not locked out by it.
    assert (await house.log_in(made["management_number"])).status_code == 200
    house.clock.advance(timedelta(minutes=15, seconds=1))
    caller = await house.logged_in(made["management_number"])
    assert (await caller.post("password", change())).status_code == 200


async def test_who_was_given_a_password_is_to_change_it(house):
    await appointed(house, "zhengzhou-1")
    answer, caller = await begin(house, "zhengzhou-1")
    assert answer.json()["must_change_password"] is True
    assert answer.json()["roles"] == ["bureau_administrator"]
    assert (answer.json()["name"], answer.json()["person_id"]) == ("王管理", None)
    assert (await caller.get("messages/unread")).json() == {"unread": 0}
    assert (await caller.post("password", change())).status_code == 200
    answer, _ = await begin(house, "zhengzhou-1", NEW)
    assert answer.json()["must_change_password"] is False


async def test_messages_are_read_one_by_one_or_all_and_only_by_their_person(house):
    made, other = await house.register(), await house.register()
    caller = await house.logged_in(made["management_number"])
    stranger = await house.logged_in(other["management_number"])
    password = PASSWORD
    for n in range(3):
        await caller.post("password", change(old=password, new=f"{NEW}{n}"))
        password = f"{NEW}{n}"
    first, *_ = (await caller.get("messages")).json()["items"]
    assert first["read_at"] is None
    assert (await caller.get("messages/unread")).json() == {"unread": 3}
    await stranger.post("messages/read", {"message_ids": [first["message_id"]]})
    await stranger.post("messages/read", {})
    assert (await caller.get("messages/unread")).json() == {"unread": 3}
    answer = await caller.post("messages/read", {"message_ids": [first["message_id"]]})
    assert answer.json() == {"unread": 2}
    assert (await caller.get("messages")).json()["items"][0]["read_at"]
    assert (await caller.post("messages/read", {})).json() == {"unread": 0}
