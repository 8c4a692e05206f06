"""Logging in, being locked out, and what a token says."""

import asyncio
from datetime import timedelta

import pytest

from identity import tables
from identity.domain.organisations import Role

PASSWORD = "正确的马-电池-订书钉"


async def test_number_id_number_and_either_way_of_typing_it_lead_to_one_person(shared_house):
    body = shared_house.registration(id_number="410105194912310020")
    made = await shared_house.register(**body)
    for login in (
        made["management_number"],
        "410105194912310020",
        "410105491231002",
        "４１０１０５ 194912310020",
    ):
        caller = await shared_house.logged_in(login)
        profile = (await caller.get("me")).json()
        assert profile["person"]["management_number"] == made["management_number"]


async def test_me_shows_the_masked_number_and_where_one_asked_to_work(shared_house):
    made = await shared_house.register(title_series="卫生")
    profile = (await (await shared_house.logged_in(made["management_number"])).get("me")).json()
    assert profile["name"] == "张䶮"
    assert profile["person"]["identity_masked"].count("*") == 10
    assert profile["person"]["title_series"] == "卫生"
    assert [one["organisation_name"] for one in profile["affiliations"]] == ["hospital"]
    assert profile["grants"] == []


async def test_unknown_and_wrong_get_the_same_answer(shared_house):
    made = await shared_house.register()
    answers = [
        await shared_house.log_in(made["management_number"], "a wrong password"),
        await shared_house.log_in("41000000000000", "a wrong password"),
        await shared_house.log_in("410100199003070016", "a wrong password"),
        await shared_house.log_in("nobody-here", "a wrong password"),
    ]
    assert {one.status_code for one in answers} == {401}
    contents = [{k: v for k, v in one.json().items() if k != "request_id"} for one in answers]
    assert all(one == contents[0] for one in contents)
    assert contents[0]["code"] == "identity.log_in_refused"


async def test_an_unknown_login_costs_the_same_hash_as_a_known_one(shared_house, monkeypatch):
    made = await shared_house.register()
    checks = []
    check = shared_house.services.passwords._check
    monkeypatch.setattr(
        shared_house.services.passwords, "_check", lambda *args: checks.append(1) or check(*args)
    )
    await shared_house.log_in(made["management_number"], "a wrong password")
    await shared_house.log_in("nobody-here", "a wrong password")
    assert len(checks) == 2


@pytest.mark.parametrize("known", [True, False])
async def test_ten_failures_lock_a_login_known_or_not_for_a_quarter_of_an_hour(house, known):
    made = await house.register()
    login = made["management_number"] if known else "nobody-here"
    for _ in range(10):
        assert (await house.log_in(login, "a wrong password")).status_code == 401
    locked = await house.log_in(login)
    assert locked.status_code == 429
    assert locked.json()["code"] == "identity.log_in_locked"
    assert locked.headers["retry-after"] == "900"
    house.clock.advance(timedelta(minutes=14))
    assert (await house.log_in(login)).status_code == 429
    house.clock.advance(timedelta(minutes=1, seconds=1))
    assert (await house.log_in(login)).status_code == (200 if known else 401)


async def test_parallel_guesses_do_not_pass_the_lock(shared_house):
    made = await shared_house.register()
    answers = await asyncio.gather(
        *(shared_house.log_in(made["management_number"], f"guess number {n}") for n in range(30))
    )
    assert [one.status_code for one in answers].count(401) == 10


async def test_a_success_forgets_the_failures(house):
    made = await house.register()
    for _ in range(3):
        for _ in range(9):
            await house.log_in(made["management_number"], "a wrong password")
        assert (await house.log_in(made["management_number"])).status_code == 200
    assert await house.rows(tables.log_in_failures) == []


async def test_a_token_ends_and_a_forged_one_never_begins(house):
    made = await house.register()
    caller = await house.logged_in(made["management_number"])
    head, _, tail = caller.token.rpartition(".")
    forged = await house.http.get(
        "/api/identity/v1/me", headers={"authorization": f"Bearer {head}.{'A' * len(tail)}"}
    )
    assert forged.status_code == 401
    house.clock.advance(timedelta(minutes=10, seconds=1))
    assert (await caller.get("me")).status_code == 401
    assert (await house.public.get("me")).status_code == 401


async def test_the_published_keys_check_the_tokens(shared_house):
    answer = await shared_house.public.get("jwks.json")
    (key,) = answer.json()["keys"]
    assert (key["kty"], key["crv"], key["use"]) == ("OKP", "Ed25519", "sig")
    assert "d" not in key


async def test_a_token_names_what_its_account_administers(shared_house):
    province = shared_house.caller((Role.PROVINCIAL_ADMINISTRATOR, "province"))
    await province.post(
        "administrators",
        {
            "organisation_id": str(shared_house.places["zhengzhou"].id),
            "role": "bureau_administrator",
            "name": "王管理",
            "username": "zhengzhou-1",
            "password": PASSWORD,
        },
    )
    profile = (await (await shared_house.logged_in("ZhengZhou-1")).get("me")).json()
    assert profile["person"] is None
    assert [(one["role"], one["organisation_name"]) for one in profile["grants"]] == [
        ("bureau_administrator", "zhengzhou")
    ]
