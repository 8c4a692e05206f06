"""Look-ups of offices: who may, for whom, how often, and what is written down."""

import json

import pytest
from offices import EVERYBODY, STRANGERS, headers, identity, organisations, place
from sqlalchemy import text
from verify_kit import Certificate, heartbeat, make_settings, seal_event, served

from chassis.ids import uuid7

pytestmark = pytest.mark.infra
LOOKUPS = "/api/verify/v1/office-lookups"
NUMBER = "41038517264970"
ID_NUMBER = "410105199001011234"
PERSON = uuid7()
SEEING = {"own employer", "department above", "own bureau", "province"}
ASKING = SEEING | {"other employer", "county bureau", "other bureau"}


@pytest.fixture
async def known():
    async with identity() as fake:
        fake.people[ID_NUMBER] = PERSON
        yield fake


@pytest.fixture
async def api(tmp_path, database_url, redis_server, known):
    secret = tmp_path / "client-secret"
    secret.write_text("secret\n")
    settings = make_settings(
        tmp_path,
        database_url.render_as_string(hide_password=False),
        redis_server.url,
        jwks_url=f"{known.url}/api/identity/v1/jwks.json",
        identity_url=known.url,
        service_client_secret_file=secret,
        office_lookups_per_day=5,
    )
    async with served(settings) as running:
        yield running


@pytest.fixture(autouse=True)
async def certificate(tell):
    employer = str(place("hospital zhengzhou"))
    one = Certificate(more={"person_id": str(PERSON), "employer_id": employer})
    await tell(
        *organisations(),
        heartbeat(1, 0),
        one.event("valid", 1),
        seal_event("active", 1),
        heartbeat(2, 1, (one, 1)),
    )
    return one


async def ask(api, who: str, **question: object):
    body = {"purpose": "title_review", **question}
    return await api.client.post(LOOKUPS, json=body, headers=headers(who))


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("by", [{"id_number": ID_NUMBER}, {"management_number": NUMBER}])
async def test_who_sees_a_certificate(api, who, by) -> None:
    answer = await ask(api, who, **by)
    if who in SEEING:
        assert answer.status_code == 200
        assert answer.json()["certificates"][0]["management_number"] == NUMBER
    elif who in STRANGERS:
        assert answer.status_code == 401
    elif who in ASKING:
        assert answer.json()["code"] == "verify.office_lookup_not_found"
    else:
        assert answer.status_code == 403


async def test_name_opens_what_lies_elsewhere(api) -> None:
    found = await ask(api, "other employer", management_number=NUMBER, name="张䶮")
    assert found.status_code == 200
    missed = await ask(api, "other employer", management_number=NUMBER, name="张龑")
    assert missed.status_code == 404


async def test_nobody_and_somebody_elsewhere_look_the_same(api) -> None:
    answers = [
        await ask(api, "other bureau", id_number=number)
        for number in (ID_NUMBER, "410105199001010000")
    ]
    bodies = [answer.json() | {"request_id": ""} for answer in answers]
    assert bodies[0] == bodies[1]


async def test_question_is_audited_without_a_number(api, database) -> None:
    await ask(api, "own bureau", id_number=ID_NUMBER)
    await ask(api, "other bureau", id_number=ID_NUMBER)
    async with database.reading() as tx:
        rows = (await tx.execute(text("SELECT * FROM records.audit_rows ORDER BY at"))).mappings()
        seen, unseen = rows.all()
    assert seen["subject"] == f"person:{PERSON}"
    assert seen["detail"]["purpose"] == "title_review"
    assert unseen["subject"] == "nobody"
    assert ID_NUMBER not in json.dumps([dict(seen), dict(unseen)], default=str)


async def test_identity_is_told_why(api, known) -> None:
    await ask(api, "own bureau", id_number=ID_NUMBER)
    assert known.asked == [
        {"purpose": "verify.office_lookup.title_review", "id_numbers": [ID_NUMBER]}
    ]


async def test_daily_allowance_ends_also_with_misses(api) -> None:
    codes = [
        (await ask(api, "other bureau", management_number=NUMBER)).json()["code"] for _ in range(6)
    ]
    assert codes == ["verify.office_lookup_not_found"] * 5 + ["verify.quota_exceeded"]
    assert (await ask(api, "own bureau", management_number=NUMBER)).status_code == 200


@pytest.mark.parametrize("question", [{}, {"id_number": ID_NUMBER, "management_number": NUMBER}])
async def test_one_of_the_two_numbers_is_given(api, question) -> None:
    answer = await ask(api, "own bureau", **question)
    assert answer.json()["code"] == "verify.question_ambiguous"


async def test_purpose_is_required(api) -> None:
    body = {"management_number": NUMBER}
    answer = await api.client.post(LOOKUPS, json=body, headers=headers("own bureau"))
    assert answer.status_code == 422


async def test_identity_away_is_said(api, known, tmp_path, database_url, redis_server) -> None:
    settings = make_settings(
        tmp_path,
        database_url.render_as_string(hide_password=False),
        redis_server.url,
        jwks_url=f"{known.url}/api/identity/v1/jwks.json",
        identity_url="http://127.0.0.1:1",
    )
    async with served(settings) as alone:
        answer = await ask(alone, "own bureau", id_number=ID_NUMBER)
        assert answer.json()["code"] == "verify.identity_unavailable"
        assert (await ask(alone, "own bureau", management_number=NUMBER)).status_code == 200
