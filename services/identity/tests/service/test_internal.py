"""What other services ask: tokens of their own, and whose ID numbers are."""

from identity import tables
from identity.domain.organisations import Role

SECRET = "a-secret-made-by-a-machine-0123456789"
SCOPE = "identity.resolve"


def form(**changes):
    return {
        "grant_type": "client_credentials",
        "client_id": "hours",
        "client_secret": SECRET,
    } | changes


async def test_a_service_gets_a_token_and_resolves_with_it(house):
    body = house.registration(id_number="410105194912310020")
    made = await house.register(**body)
    token = (await house.http.post("/internal/tokens", data=form())).json()
    answer = await house.http.post(
        "/internal/resolve",
        json={
            "purpose": "培训机构学时导入",
            "id_numbers": ["410105491231002", "410100199003070016", "1", "410105194912310020"],
        },
        headers={"authorization": f"Bearer {token['access_token']}"},
    )
    assert answer.status_code == 200
    assert answer.json()["people"] == [
        {"person_id": made["person_id"], "problem": None},
        {"person_id": None, "problem": "identity.id_number_not_registered"},
        {"person_id": None, "problem": "identity.id_number_malformed"},
        {"person_id": made["person_id"], "problem": None},
    ]
    (row,) = [
        row for row in await house.rows(tables.audit.rows) if row["action"] == "people.resolved"
    ]
    assert row["actor"] == "service:hours"
    assert row["detail"] == {
        "purpose": "培训机构学时导入",
        "asked": 4,
        "people": [made["person_id"]],
    }


async def test_bad_credentials_are_one_refusal(shared_house):
    for wrong in (
        {"client_secret": "wrong"},
        {"client_id": "nobody"},
        {"grant_type": "password"},
    ):
        answer = await shared_house.http.post("/internal/tokens", data=form(**wrong))
        assert (answer.status_code, answer.json()["code"]) == (401, "identity.client_refused")


async def test_only_a_service_with_the_scope_resolves(shared_house):
    made = await shared_house.register()
    body = {"purpose": "查询", "id_numbers": []}
    callers = [
        shared_house.service("hours"),
        shared_house.service("hours", "identity.portrait"),
        shared_house.caller((Role.PROVINCIAL_ADMINISTRATOR, "province")),
        await shared_house.logged_in(made["management_number"]),
    ]
    for caller in callers:
        assert (await caller.post("/internal/resolve", body)).status_code == 403
    assert (await shared_house.public.post("/internal/resolve", body)).status_code == 401


async def test_a_purpose_is_needed_and_a_thousand_is_the_limit(shared_house):
    caller = shared_house.service("hours", SCOPE)
    numbers = ["410100199003070016"] * 1000
    full = await caller.post("/internal/resolve", {"purpose": "查询", "id_numbers": numbers})
    assert len(full.json()["people"]) == 1000
    over = await caller.post(
        "/internal/resolve", {"purpose": "查询", "id_numbers": [*numbers, "1"]}
    )
    assert (over.status_code, over.json()["code"]) == (400, "identity.too_many_id_numbers")
    without = await caller.post("/internal/resolve", {"purpose": "", "id_numbers": []})
    assert without.status_code == 422


async def test_a_services_token_has_no_profile(shared_house):
    assert (await shared_house.service("hours", SCOPE).get("me")).status_code == 404
