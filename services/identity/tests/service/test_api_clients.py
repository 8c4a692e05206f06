"""API clients: kept by the province alone, tokens by secrets that can be changed over."""

import base64
from datetime import timedelta

import pytest

from chassis.auth import TokenVerifier
from chassis.errors import Unauthenticated
from identity import tables
from identity.domain.organisations import Role
from identity.usecases import give_client_token

PROVINCE = (Role.PROVINCIAL_ADMINISTRATOR, "province")
NAME = "河南省职称评审平台"
EVERYBODY = {
    "technician": (),
    "employer": ((Role.EMPLOYER_ADMINISTRATOR, "hospital"),),
    "bureau": ((Role.BUREAU_ADMINISTRATOR, "zhengzhou"),),
    "operator": ((Role.OPERATOR, "province"),),
    "province": (PROVINCE,),
}


async def registered(house, **more):
    body = {"name": NAME, "organisation_id": str(house.places["zhengzhou"].id)} | more
    answer = await house.caller(PROVINCE).post("clients", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def token(house, client_id, secret, **more):
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    return await house.http.post("/api/identity/v1/client-tokens", data=form | more)


def verifier(house, audience):
    return TokenVerifier(
        house.services.keys.key_set,
        issuer="yuzheng-identity",
        audience=audience,
        clock=house.clock,
    )


async def test_client_gets_a_token_for_its_own_audience_alone(house):
    made = await registered(house)
    answer = await token(house, made["client_id"], made["client_secret"])
    assert answer.headers["cache-control"] == "no-store"
    found = await verifier(house, "yuzheng-clients").principal(answer.json()["access_token"])
    assert str(found.require_client("verify.check")) == made["client_id"]
    assert found.actor == f"client:{made['client_id']}"
    assert found.service is None
    with pytest.raises(Unauthenticated):
        await verifier(house, "yuzheng").principal(answer.json()["access_token"])


async def test_basic_authentication_is_as_good_as_the_form(house):
    made = await registered(house)
    pair = f"{made['client_id']}:{made['client_secret']}".encode()
    answer = await house.http.post(
        "/api/identity/v1/client-tokens",
        data={"grant_type": "client_credentials"},
        headers={"authorization": f"Basic {base64.b64encode(pair).decode()}"},
    )
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_secret": "yzs_wrong"},
        {"client_id": "00000000-0000-0000-0000-000000000000"},
        {"client_id": "nobody"},
        {"grant_type": "password"},
        {"client_id": "", "client_secret": ""},
    ],
)
async def test_bad_credentials_are_one_refusal(shared_house, wrong):
    made = await registered(shared_house)
    good = {"client_id": made["client_id"], "secret": made["client_secret"]}
    form = {"client_id": good["client_id"], "client_secret": good["secret"]} | wrong
    answer = await shared_house.http.post(
        "/api/identity/v1/client-tokens", data={"grant_type": "client_credentials"} | form
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "identity.client_refused")


async def test_secret_is_shown_once_and_kept_nowhere(house):
    body = {"name": NAME, "organisation_id": str(house.places["zhengzhou"].id)}
    caller = house.caller(PROVINCE)
    first = await caller.post("clients", body, key="one")
    again = await caller.post("clients", body, key="one")
    assert again.json() == first.json() | {"client_secret": None}
    secret = first.json()["client_secret"]
    for table in (tables.api_client_secrets, tables.idempotency_keys, tables.outbox):
        assert secret not in str(await house.rows(table))
    assert secret not in str(await house.rows(tables.audit.rows))


async def test_secrets_overlap_while_a_client_changes_over(house):
    made = await registered(house)
    caller, own = house.caller(PROVINCE), f"clients/{made['client_id']}"
    newer = (await caller.post(f"{own}/secrets", {"overlap_hours": 24})).json()
    third = await caller.post(f"{own}/secrets", {"overlap_hours": 24})
    assert third.json()["code"] == "identity.api_client_secrets_too_many"
    for secret in (made["client_secret"], newer["client_secret"]):
        assert (await token(house, made["client_id"], secret)).status_code == 200
    house.clock.advance(timedelta(hours=25))
    caller = house.caller(PROVINCE)
    assert (await token(house, made["client_id"], made["client_secret"])).status_code == 401
    assert (await token(house, made["client_id"], newer["client_secret"])).status_code == 200
    (shown,) = (await caller.get("clients")).json()["items"]
    assert [one["id"] for one in shown["secrets"]] == [newer["secret_id"]]
    assert shown["secrets"][0]["last_used_at"]


async def test_leaked_secret_ends_at_once(house):
    made = await registered(house)
    caller, own = house.caller(PROVINCE), f"clients/{made['client_id']}"
    newer = (await caller.post(f"{own}/secrets", {"overlap_hours": 0})).json()
    assert (await token(house, made["client_id"], made["client_secret"])).status_code == 401
    path = f"/api/identity/v1/{own}/secrets/{newer['secret_id']}"
    gone = [await house.http.delete(path, headers=caller._headers()) for _ in range(2)]
    assert [one.status_code for one in gone] == [204, 404]
    assert (await token(house, made["client_id"], newer["client_secret"])).status_code == 401


async def test_revoked_client_stays_revoked(house):
    made = await registered(house)
    caller, own = house.caller(PROVINCE), f"clients/{made['client_id']}"
    assert (await caller.post(f"{own}/revocation")).json()["active"] is False
    assert (await token(house, made["client_id"], made["client_secret"])).status_code == 401
    for path, body in (("secrets", {}), ("revocation", None)):
        refused = await caller.post(f"{own}/{path}", body)
        assert refused.json()["code"] == "identity.api_client_revoked"
    told = [one for one in await house.outgoing() if one["type"].startswith("identity.client")]
    assert [(one["aggregateversion"], one["data"]["active"]) for one in told] == [
        (1, True),
        (2, False),
    ]


async def test_allowance_is_changed_and_told(house):
    made = await registered(house)
    caller, path = house.caller(PROVINCE), f"/api/identity/v1/clients/{made['client_id']}"
    headers = caller._headers() | {"idempotency-key": "change"}
    answer = await house.http.patch(path, json={"checks_per_day": 5}, headers=headers)
    assert (answer.json()["checks_per_day"], answer.json()["name"]) == (5, NAME)
    assert (await house.outgoing())[-1]["data"]["checks_per_day"] == 5


async def test_tokens_are_limited_and_only_the_client_uses_its_limit_up(house, monkeypatch):
    monkeypatch.setattr(give_client_token, "MOST_TOKENS", 2)
    made = await registered(house)
    for _ in range(5):
        assert (await token(house, made["client_id"], "wrong")).status_code == 401
    codes = [
        (await token(house, made["client_id"], made["client_secret"])).status_code for _ in range(3)
    ]
    assert codes == [200, 200, 429]
    house.clock.advance(timedelta(hours=1))
    assert (await token(house, made["client_id"], made["client_secret"])).status_code == 200


@pytest.mark.parametrize("who", ["nobody", *EVERYBODY])
async def test_who_may_keep_clients(shared_house, who):
    house = shared_house
    made = await registered(house)
    caller = house.public if who == "nobody" else house.caller(*EVERYBODY[who])
    expected = {"nobody": 401, "province": None}.get(who, 403)
    own = f"clients/{made['client_id']}"
    place = str(house.places["factory"].id)
    answers = {
        "list": await caller.get("clients"),
        "register": await caller.post("clients", {"name": NAME, "organisation_id": place}),
        "rotate": await caller.post(f"{own}/secrets", {}),
        "end": await house.http.delete(
            f"/api/identity/v1/{own}/secrets/{made['secret_id']}", headers=caller._headers()
        ),
        "change": await house.http.patch(
            f"/api/identity/v1/{own}",
            json={"checks_per_day": 9},
            headers=caller._headers() | {"idempotency-key": f"change-{who}"},
        ),
        "revoke": await caller.post(f"{own}/revocation"),
    }
    for action, answer in answers.items():
        assert answer.status_code == expected or (expected is None and answer.is_success), action


async def test_token_of_a_client_opens_nothing_here(shared_house):
    made = await registered(shared_house)
    answer = await token(shared_house, made["client_id"], made["client_secret"])
    headers = {"authorization": f"Bearer {answer.json()['access_token']}"}
    for path in ("/api/identity/v1/me", "/api/identity/v1/clients"):
        assert (await shared_house.http.get(path, headers=headers)).status_code == 401


async def test_every_action_is_audited(house):
    made = await registered(house)
    caller, own = house.caller(PROVINCE), f"clients/{made['client_id']}"
    await caller.post(f"{own}/secrets", {"overlap_hours": 1})
    await caller.post(f"{own}/revocation")
    rows = sorted(await house.rows(tables.audit.rows), key=lambda row: row["id"])
    assert [row["action"] for row in rows] == [
        "api_client.registered",
        "api_client.secret_issued",
        "api_client.revoked",
    ]
    assert {row["subject"] for row in rows} == {f"client:{made['client_id']}"}
