"""Look-ups by number and name, their limits, and receipts."""

import asyncio
import json
from datetime import timedelta
from time import monotonic

import httpx
import pytest
from joserfc import jws
from joserfc.jwk import KeySet
from verify_kit import Certificate, heartbeat, make_settings, mint, seal_event, served

from verify.limits import Ask, Limit, Limiter

pytestmark = pytest.mark.infra
LOOKUPS = "/api/verify/v1/lookups"
RECEIPTS = "/api/verify/v1/receipts"
NUMBER = "41038517264970"
NOWHERE = "postgresql+asyncpg://nobody@127.0.0.1:1/none"


@pytest.fixture
async def certificate(tell):
    one = Certificate()
    await tell(
        heartbeat(1, 0), one.event("valid", 1), seal_event("active", 1), heartbeat(2, 1, (one, 1))
    )
    return one


async def ask(api, *, number=NUMBER, name="张䶮", address="192.0.2.1", **more) -> httpx.Response:
    body = {"management_number": number, "name": name, **more}
    return await api.client.post(LOOKUPS, json=body, headers={"x-forwarded-for": address})


class TestAnswers:
    async def test_number_and_name_find_the_certificate(self, api, certificate) -> None:
        answer = await ask(api)
        assert answer.status_code == 200
        [found] = answer.json()["certificates"]
        assert found["state"] == "valid"
        assert found["seal"] == "active"
        assert found["name_masked"] == "张*"
        assert "张䶮" not in answer.text
        assert answer.json()["receipt"] is None

    async def test_number_is_read_as_people_write_it(self, api, certificate) -> None:
        assert (await ask(api, number=" 4103 8517 264970")).status_code == 200
        assert (await ask(api, number="４１０３８５１７２６４９７０")).status_code == 200

    @pytest.mark.parametrize(
        "asked",
        [
            {"name": "张龑"},
            {"number": "41038517264971"},
            {"number": "no number"},
            {"number": "41\x00"},
            {"year": 2025},
        ],
    )
    async def test_every_miss_looks_the_same(self, api, certificate, asked) -> None:
        answer = await ask(api, **asked)
        problem = answer.json()
        assert answer.status_code == 404
        problem.pop("request_id")
        assert problem == {
            "type": "urn:yuzheng:problem:verify.lookup_not_found",
            "title": "没有找到",
            "status": 404,
            "code": "verify.lookup_not_found",
            "detail": "没有查到证书管理号与姓名都相符的证书。",
            "remedy": "请核对证书管理号和姓名是否与证书所载一致，或扫描证书上的二维码。",
        }

    @pytest.mark.parametrize("asked", [{}, {"name": "张龑"}, {"number": "41038517264971"}])
    async def test_no_answer_comes_before_the_floor(self, api, certificate, asked) -> None:
        await ask(api)  # what only the first request pays
        started = monotonic()
        await ask(api, **asked)
        assert 0.3 <= monotonic() - started < 0.55

    async def test_revoked_certificate_is_found_as_revoked(self, api, certificate, tell) -> None:
        await tell(certificate.event("revoked", 2))
        assert (await ask(api)).json()["certificates"][0]["state"] == "revoked"

    async def test_nothing_is_said_when_the_reading_is_old(self, settings, certificate) -> None:
        async with served(settings, age=timedelta(hours=1)) as late:
            for asked in ({}, {"name": "张龑"}):
                answer = await ask(late, **asked)
                assert answer.json()["code"] == "verify.could_not_check"

    async def test_could_not_check_when_postgresql_is_away(self, redis_server, tmp_path) -> None:
        async with served(make_settings(tmp_path, NOWHERE, redis_server.url)) as blind:
            assert (await ask(blind)).json()["code"] == "verify.could_not_check"


class TestLimits:
    async def test_one_number_is_asked_for_only_so_often(self, api, certificate) -> None:
        answers = [
            await ask(api, name=f"试{turn}", address=f"192.0.2.{turn}") for turn in range(12)
        ]
        codes = [answer.json()["code"] for answer in answers]
        assert codes[:10] == ["verify.lookup_not_found"] * 10
        assert codes[10:] == ["verify.lookups_limited"] * 2
        assert int(answers[-1].headers["retry-after"]) > 60
        # Whoever is over a limit leaves all others unharmed.
        assert (await ask(api, number="41000000000034")).status_code == 404

    async def test_address_that_keeps_missing_is_told_to_scan(self, api, certificate) -> None:
        numbers = [f"41{serial:012d}" for serial in range(11)]
        codes = [(await ask(api, number=one)).json()["code"] for one in numbers]
        assert codes == ["verify.lookup_not_found"] * 10 + ["verify.lookups_limited"]
        limited = await ask(api)
        assert limited.status_code == 429
        assert "二维码" in limited.json()["remedy"]
        assert (await ask(api, address="198.51.100.9")).status_code == 200

    async def test_a_site_of_ipv6_is_one_address(self, api, certificate) -> None:
        for serial in range(10):
            await ask(api, number=f"41{serial:012d}", address=f"2001:db8::{serial:x}")
        assert (await ask(api, address="2001:db8::ffff")).status_code == 429
        assert (await ask(api, address="2001:db8:1::1")).status_code == 200

    async def test_each_process_counts_alone_when_redis_is_away(
        self, api, certificate, redis_server
    ) -> None:
        await redis_server.stop()
        codes = [(await ask(api)).status_code for _ in range(4)]
        assert codes == [200, 200, 429, 429], "a quarter of ten"

    async def test_nothing_readable_is_kept_in_redis(self, api, certificate, cache) -> None:
        await ask(api, name="张龑")
        keys = await cache._redis.keys("verify:limit:*")
        assert len(keys) == 3
        assert not [key for key in keys if b"192.0.2.1" in key or NUMBER.encode() in key]

    async def test_many_at_once_get_no_more_than_the_burst(self, redis_server) -> None:
        limiter = Limiter(redis_server.url, timeout_seconds=1, key=b"k" * 32, fraction_alone=1)
        limit = Limit("test", burst=7, per_hour=60)
        waits = await asyncio.gather(*(limiter.wait_for(Ask(limit, "one")) for _ in range(50)))
        await limiter.close()
        assert sum(wait == 0 for wait in waits) == 7


class TestReceipts:
    async def test_receipt_is_signed_and_found_by_its_code(self, api, certificate) -> None:
        given = (await ask(api, receipt=True)).json()["receipt"]
        keys = KeySet.import_key_set((await api.client.get("/api/verify/v1/receipt-keys")).json())
        signed = jws.deserialize_compact(given["signed"], keys, algorithms=["EdDSA"])
        assert signed.headers()["typ"] == "yuzheng-receipt+jwt"
        assert json.loads(signed.payload) == given["says"]
        assert given["says"]["certificates"][0]["state"] == "valid"
        assert "张䶮" not in json.dumps(given, ensure_ascii=False)
        typed = given["code"].lower().replace("-", " ").replace("0", "o")
        assert (await api.client.get(f"{RECEIPTS}/{typed}")).json() == given

    async def test_receipt_tells_what_was_then(self, api, certificate, tell) -> None:
        code = (await ask(api, receipt=True)).json()["receipt"]["code"]
        await tell(certificate.event("revoked", 2))
        says = (await api.client.get(f"{RECEIPTS}/{code}")).json()["says"]
        assert says["certificates"][0]["state"] == "valid"

    async def test_scanned_code_gets_a_receipt(self, api, certificate) -> None:
        answer = await api.client.post(RECEIPTS, json={"token": certificate.token})
        assert answer.status_code == 201
        assert answer.json()["says"]["how"] == "qr"

    async def test_forged_or_unknown_token_gets_none(self, api, certificate) -> None:
        forged = await api.client.post(RECEIPTS, json={"token": "X" * 36})
        assert forged.json()["code"] == "verify.token_invalid"
        unknown = await api.client.post(RECEIPTS, json={"token": mint()})
        assert unknown.json()["code"] == "verify.certificate_not_found"

    @pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA", "x", "%00", "证"])
    async def test_unknown_code_is_not_found(self, api, code) -> None:
        answer = await api.client.get(f"{RECEIPTS}/{code}")
        assert answer.json()["code"] == "verify.receipt_not_found"
