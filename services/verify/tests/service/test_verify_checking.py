"""The hot route: every state in both forms, and how it speaks HTTP."""

from datetime import timedelta

import pytest
from verify_kit import (
    NOW,
    Certificate,
    heartbeat,
    make_settings,
    mint,
    office_event,
    seal_event,
    served,
)

pytestmark = pytest.mark.infra

FORGED = ["", "0" * 36, "A" * 35, "A" * 400, "x/y", "../health/live", "查验码", mint()[:-1]]


@pytest.fixture
async def certificate(tell, mirror):
    one = Certificate()
    await tell(
        one.event("valid", 1),
        seal_event("active", 1),
        office_event("郑州市人力资源和社会保障局", 1),
        heartbeat(1, 1, (one, 1)),
    )
    await mirror.turn()
    return one


class TestStates:
    @pytest.mark.parametrize(
        ("state", "title"),
        [
            ("valid", "证书有效"),
            ("suspended", "证书已暂停使用"),
            ("superseded", "证书已被新版取代"),
            ("revoked", "证书已撤销"),
        ],
    )
    async def test_known_certificate_is_shown_with_its_state(self, api, tell, mirror, state, title):
        one = Certificate()
        await tell(one.event(state, 1), seal_event("active", 1), heartbeat(1, 1, (one, 1)))
        await mirror.turn()
        page = await api.page(one.token)
        assert page.status_code == 200
        assert f"<h1>{title}</h1>" in page.text
        assert "张*" in page.text
        assert "䶮" not in page.text
        document = (await api.json(one.token)).json()
        assert document == {
            "state": state,
            "as_of": NOW.isoformat(),
            "checks": [
                {"check": "token", "outcome": "passed"},
                {"check": "registry", "outcome": state},
                {"check": "seal", "outcome": "active"},
            ],
            "name_masked": "张*",
            "sex": "female",
            "identity_masked": "4101**********0016",
            "management_number": "41038517264970",
            "year": 2026,
            "version": 1,
            "title_level": "intermediate",
            "total_tenths": 900,
            "public_tenths": 300,
            "professional_tenths": 600,
            "employer_name": "郑州市第一人民医院",
            "office_name": "郑州市人力资源和社会保障局",
            "office_name_now": None,
            "issued_on": "2026-11-20",
            "successor": None,
            "status_index": 0,
            "record_digest": "0" * 16,
            "official_host": "www.example.gov.cn",
        }

    async def test_not_found_when_token_is_genuine_and_registry_has_nothing(self, api, certificate):
        page = await api.page(mint())
        assert page.status_code == 404
        assert "未查到此证书" in page.text
        problem = await api.json(mint())
        assert problem.headers["content-type"] == "application/problem+json"
        assert problem.json()["code"] == "verify.certificate_not_found"
        assert problem.json()["state"] == "not_found"

    async def test_could_not_check_when_broker_has_been_silent_too_long(self, api, certificate):
        api.clock.advance(timedelta(seconds=901))
        page = await api.page(certificate.token)
        assert page.status_code == 503
        assert "暂时无法核验" in page.text
        assert "张*" not in page.text
        assert "14:00:00" in page.text, "the instant it knows of is still shown"
        problem = (await api.json(certificate.token)).json()
        assert (problem["code"], problem["status"]) == ("verify.could_not_check", 503)

    async def test_could_not_check_when_no_heartbeat_ever_came(self, api, tell):
        one = Certificate()
        await tell(one.event("valid", 1))
        assert await api.state(one.token) == "could_not_check"

    async def test_revocation_stands_when_broker_has_been_silent_too_long(
        self, api, certificate, tell
    ):
        await tell(certificate.event("revoked", 2))
        api.clock.advance(timedelta(days=1))
        assert await api.state(certificate.token) == "revoked"

    async def test_seal_has_its_own_outcome(self, api, tell, mirror):
        one, seal = Certificate(), seal_event("active", 1)
        suspended = seal_event("suspended", 2, seal_id=seal.data.seal_id)
        await tell(one.event("valid", 1), seal, suspended, heartbeat(1, 1, (one, 1)))
        await mirror.turn()
        document = (await api.json(one.token)).json()
        assert document["state"] == "valid"
        assert document["checks"][2] == {"check": "seal", "outcome": "suspended"}


class TestForgedTokens:
    @pytest.mark.parametrize("token", FORGED)
    async def test_forged_token_is_refused(self, api, certificate, token):
        page = await api.client.get(f"/v/{token}")
        if token == "../health/live":  # the client resolves it before sending
            assert page.json() == {"status": "live"}
            return
        assert page.status_code == 404
        assert "二维码无效" in page.text
        problem = await api.json(token)
        assert problem.headers["content-type"] == "application/problem+json"
        assert problem.json()["code"] == "verify.token_invalid"
        assert problem.json()["request_id"]

    async def test_forged_token_is_refused_before_any_reading(
        self, settings, redis_server, tmp_path
    ):
        nothing = "postgresql+asyncpg://nobody@127.0.0.1:1/none"
        async with served(make_settings(tmp_path, nothing, "redis://127.0.0.1:1/0")) as blind:
            assert (await blind.page("0" * 36)).status_code == 404
            assert (await blind.page(mint())).status_code == 503

    async def test_typed_token_is_folded(self, api, certificate):
        typed = certificate.token.lower().replace("0", "o").replace("1", "l")
        assert await api.state(typed) == "valid"


class TestHTTP:
    async def test_answer_carries_the_promised_headers(self, api, certificate):
        headers = (await api.page(certificate.token)).headers
        assert headers["cache-control"] == "no-cache"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert "script-src" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["vary"] == "accept, accept-language"

    async def test_same_answer_is_304_until_it_changes(self, api, certificate, tell, mirror):
        for accept in ("text/html", "application/json"):
            first = await api.page(certificate.token, accept=accept)
            tag = first.headers["etag"]
            for sent in (tag, f"W/{tag}", f'"other", {tag}'):
                again = await api.page(certificate.token, accept=accept, **{"if-none-match": sent})
                assert again.status_code == 304
                assert again.content == b""
                assert again.headers["etag"] == tag
        await tell(certificate.event("revoked", 2))
        await api.forget()
        changed = await api.page(
            certificate.token, accept="application/json", **{"if-none-match": tag}
        )
        assert (changed.status_code, changed.json()["state"]) == (200, "revoked")

    async def test_head_has_the_headers_of_get_and_no_body(self, api, certificate):
        for token in (certificate.token, mint(), "0" * 36):
            get, head = await api.page(token), await api.client.head(f"/v/{token}")
            assert head.content == b""
            assert head.status_code == get.status_code
            for name in ("content-length", "content-type", "cache-control"):
                assert head.headers[name] == get.headers[name]

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
    async def test_other_methods_are_refused(self, api, certificate, method):
        refused = await api.client.request(method, f"/v/{certificate.token}")
        assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, POST")

    async def test_language_and_size_are_as_asked(self, api, certificate):
        english = await api.page(certificate.token, **{"accept-language": "en-GB,en;q=0.9"})
        assert '<html lang="en" class="normal">' in english.text
        assert "Certificate is valid" in english.text
        large = await api.client.get(f"/v/{certificate.token}?type=large")
        assert '<html lang="zh-Hans" class="large">' in large.text

    async def test_token_is_nowhere_in_page_or_metrics(self, api, certificate):
        page = await api.page(certificate.token)
        assert certificate.token not in page.text
        await api.json("0" * 36)
        metrics = (await api.client.get("/metrics")).text
        assert certificate.token not in metrics

    async def test_health_still_answers_behind_the_hot_route(self, api):
        assert (await api.client.get("/health/ready")).json()["ready"] is True
