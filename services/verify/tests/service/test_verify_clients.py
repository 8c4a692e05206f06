"""Checks of API clients: what they are told, how often they may ask, what is written down."""

from datetime import timedelta
from uuid import uuid4

import pytest
from offices import CLIENT_ID, EVERYBODY, headers, identity
from tests.kit.tokens import bearer, client_bearer
from verify_kit import NOW, Certificate, client_event, heartbeat, make_settings, mint, served

from chassis.clock import FrozenClock
from verify.limits import Limit
from verify.tables_of_records import records
from verify.usecases import check_for_client

pytestmark = pytest.mark.infra
ONE, MANY = "/api/verify/v1/client/check", "/api/verify/v1/client/checks"
NUMBER = "41038517264970"
GOOD = {
    "management_number": NUMBER,
    "name": "张䶮",
    "year": 2026,
    "total_tenths": 900,
    "employer_name": "郑州市第一人民医院",
}
ALL_MATCH = dict.fromkeys(("name", "year", "total_tenths", "employer_name"), "match")
SHAPE = {"name", "year", "total_tenths", "employer_name"}


@pytest.fixture
async def api(tmp_path, database_url, redis_server):
    async with identity() as known:
        settings = make_settings(
            tmp_path,
            database_url.render_as_string(hide_password=False),
            redis_server.url,
            jwks_url=f"{known.url}/api/identity/v1/jwks.json",
        )
        async with served(settings) as running:
            yield running


@pytest.fixture(autouse=True)
async def certificate(tell):
    one = Certificate()
    await tell(
        heartbeat(1, 0), one.event("valid", 1), heartbeat(2, 1, (one, 1)), client_event(CLIENT_ID)
    )
    return one


async def check(api, body, who: str = "client", path: str = ONE):
    return await api.client.post(path, json=body, headers=headers(who))


async def rows_of(database, table: str) -> list[dict]:
    async with database.reading() as tx:
        found = await tx.execute(records.tables[f"records.{table}"].select())
        return [dict(row) for row in found.mappings()]


class TestAnswers:
    async def test_by_number_and_name_with_a_verdict_for_each_claim(self, api, certificate) -> None:
        answer = (await check(api, GOOD | {"reference": "r-1"})).json()
        assert (answer["outcome"], answer["fields"], answer["reference"]) == (
            "valid",
            ALL_MATCH,
            "r-1",
        )
        assert answer["certificate_id"] == str(certificate.certificate_id)
        assert answer["certificate"]["name_masked"] == "张*"

    async def test_by_the_code_alone(self, api, certificate) -> None:
        answer = (await check(api, {"token": certificate.token, "total_tenths": 600})).json()
        assert answer["outcome"] == "valid"
        assert answer["fields"] == dict.fromkeys(SHAPE, "not_given") | {"total_tenths": "differs"}

    async def test_code_of_another_year_is_told_as_such(self, api, certificate) -> None:
        answer = (await check(api, {"token": certificate.token, "year": 2025, "name": "李"})).json()
        assert (answer["outcome"], answer["fields"]["year"]) == ("valid", "differs")
        assert answer["fields"]["name"] == "differs"

    @pytest.mark.parametrize(
        ("body", "outcome"),
        [
            (GOOD | {"name": "张龑"}, "not_found"),
            (GOOD | {"management_number": "41000000000034"}, "not_found"),
            (GOOD | {"management_number": "1"}, "not_found"),
            (GOOD | {"year": 2025}, "not_found"),
            ({"token": mint()}, "not_found"),
            ({"token": "0" * 36}, "token_invalid"),
        ],
    )
    async def test_what_is_not_there(self, api, body, outcome) -> None:
        answer = (await check(api, body)).json()
        assert (answer["outcome"], answer["certificate"]) == (outcome, None)
        assert answer["certificate_id"] is None

    async def test_list_keeps_its_order(self, api, certificate) -> None:
        body = {"checks": [GOOD | {"name": "x"}, {"token": certificate.token}, {"token": mint()}]}
        answer = (await check(api, body, path=MANY)).json()
        found = [one["outcome"] for one in answer["results"]]
        assert found == ["not_found", "valid", "not_found"]

    async def test_receipt_covers_the_list(self, api) -> None:
        answer = (await check(api, {"checks": [GOOD], "receipt": True}, path=MANY)).json()
        assert answer["receipt"]["says"]["how"] == "client"
        assert len(answer["receipt"]["says"]["certificates"]) == 1

    @pytest.mark.parametrize(
        "body",
        [{}, {"management_number": NUMBER}, {"name": "张䶮"}, GOOD | {"token": mint()}],
    )
    async def test_one_way_of_asking_is_chosen(self, api, body) -> None:
        assert (await check(api, body)).json()["code"] == "verify.check_ambiguous"

    @pytest.mark.parametrize("count", [0, 101])
    async def test_list_has_one_to_a_hundred(self, api, count) -> None:
        answer = await check(api, {"checks": [GOOD] * count}, path=MANY)
        assert answer.status_code == 422

    async def test_old_reading_is_no_answer_and_costs_nothing(self, api, database) -> None:
        api.clock.advance(timedelta(hours=1))
        clock = FrozenClock(NOW + timedelta(hours=1))
        for body in (GOOD, GOOD | {"name": "x"}, {"token": mint()}):
            answer = await api.client.post(
                ONE, json=body, headers=client_bearer(CLIENT_ID, "verify.check", clock=clock)
            )
            assert answer.json()["code"] == "verify.could_not_check"
        assert await rows_of(database, "quota_uses") == []


class TestWho:
    @pytest.mark.parametrize("who", EVERYBODY)
    async def test_only_a_client_asks_here(self, api, who) -> None:
        expected = 200 if who == "client" else 401
        assert (await check(api, GOOD, who)).status_code == expected
        assert (await check(api, {"checks": [GOOD]}, who, MANY)).status_code == expected

    @pytest.mark.parametrize(
        ("claims", "status"),
        [
            ({"scopes": []}, 403),
            ({"scopes": ["identity.resolve"]}, 403),
            ({"aud": "yuzheng"}, 401),
            ({"iss": "somebody"}, 401),
            ({"exp": 1}, 401),
        ],
    )
    async def test_token_must_be_a_clients_with_the_scope(self, api, claims, status) -> None:
        clock = FrozenClock(NOW)
        sent = client_bearer(CLIENT_ID, "verify.check", clock=clock, **claims)
        assert (await api.client.post(ONE, json=GOOD, headers=sent)).status_code == status

    async def test_service_of_ours_with_the_scope_is_no_client(self, api) -> None:
        sent = bearer(
            service="hours",
            scopes=["verify.check"],
            aud="yuzheng-clients",
            clock=FrozenClock(NOW),
        )
        assert (await api.client.post(ONE, json=GOOD, headers=sent)).status_code == 403

    async def test_revoked_client_is_refused_though_its_token_lives(self, api, tell) -> None:
        await tell(client_event(CLIENT_ID, 2, active=False))
        assert (await check(api, GOOD)).json()["code"] == "verify.client_revoked"

    async def test_client_not_told_of_yet_comes_again(self, api) -> None:
        sent = client_bearer(uuid4(), "verify.check", clock=FrozenClock(NOW))
        answer = await api.client.post(ONE, json=GOOD, headers=sent)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


class TestAllowance:
    async def test_day_ends_in_a_refusal_that_says_when_to_come_again(self, api, tell) -> None:
        await tell(client_event(CLIENT_ID, 2, checks_per_day=3))
        first = await check(api, {"checks": [GOOD] * 2}, path=MANY)
        # 14:00:01 at Zhengzhou; the legal day ends at midnight there.
        left = 10 * 3600
        assert first.headers["ratelimit"] == f'"day";r=1;t={left}'
        assert first.headers["ratelimit-policy"] == '"day";q=3;w=86400, "pace";q=1200;w=120'
        over = await check(api, {"checks": [GOOD] * 2}, path=MANY)
        assert (over.json()["code"], over.headers["retry-after"]) == (
            "verify.quota_exceeded",
            str(left),
        )
        assert (await check(api, GOOD)).headers["ratelimit"].startswith('"day";r=0')

    async def test_pace_is_limited_for_each_client_alone(self, api, tell, monkeypatch) -> None:
        monkeypatch.setattr(check_for_client, "PACE", Limit("test", burst=2, per_hour=60))
        other = uuid4()
        await tell(client_event(other))
        codes = [(await check(api, GOOD)).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
        sent = client_bearer(other, "verify.check", clock=FrozenClock(NOW))
        assert (await api.client.post(ONE, json=GOOD, headers=sent)).status_code == 200


async def test_what_was_told_is_remembered_without_personal_data(
    api, certificate, database
) -> None:
    await check(api, {"checks": [GOOD, GOOD, GOOD | {"name": "x"}]}, path=MANY)
    (told,) = await rows_of(database, "told_clients")
    assert (told["certificate_id"], told["client"], told["state"]) == (
        certificate.certificate_id,
        str(CLIENT_ID),
        "valid",
    )
    (counted,) = await rows_of(database, "check_counts")
    assert (counted["verifier"], counted["count"]) == (f"client/{CLIENT_ID}", 1)
    (row,) = await rows_of(database, "audit_rows")
    assert (row["actor"], row["action"]) == (f"client:{CLIENT_ID}", "certificates.checked")
    assert row["detail"] == {"asked": 3, "certificates": [str(certificate.certificate_id)]}
