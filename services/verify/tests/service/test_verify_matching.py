"""The form of the page: a full name is compared, never kept, never shown, never without limit."""

from datetime import date

import pytest
from verify_kit import Certificate, heartbeat, make_settings, mint, seal_event, served

pytestmark = pytest.mark.infra
NOWHERE = "postgresql+asyncpg://nobody@127.0.0.1:1/none"
NUMBER = "41038517264970"


@pytest.fixture
async def certificate(tell, mirror):
    one = Certificate(name="买买提·吐尔逊")
    await tell(one.event("valid", 1), seal_event("active", 1), heartbeat(1, 1, (one, 1)))
    await mirror.turn()
    return one


async def post(api, token, name="买买提·吐尔逊", *, address="192.0.2.1", **headers):
    headers = {"x-forwarded-for": address, **headers}
    return await api.client.post(f"/v/{token}", data={"name": name}, headers=headers)


async def outcome(api, token, name, **more) -> str:
    answer = await post(api, token, name, accept="application/json", **more)
    checks = {one["check"]: one["outcome"] for one in answer.json()["checks"]}
    return checks["name"]


class TestComparing:
    async def test_page_says_that_the_name_is_the_registered_one(self, api, certificate, caplog):
        answer = await post(api, certificate.token)
        assert answer.status_code == 200
        assert "与登记的姓名一致" in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers
        assert "吐尔逊" not in answer.text + str(answer.headers) + caplog.text

    async def test_page_says_that_the_name_is_another(self, api, certificate):
        answer = await post(api, certificate.token, "买买提·艾力")
        assert answer.status_code == 200
        assert "与登记的姓名不一致" in answer.text
        assert "艾力" not in answer.text

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("买买提•吐尔逊", "match"),
            (" 买买提 ·　吐尔逊", "match"),
            ("买买提吐尔逊", "differs"),
            ("买", "differs"),
            ("%00", "differs"),
            ("", "empty"),
            ("　", "empty"),
        ],
    )
    async def test_name_is_compared_in_its_normal_form(self, api, certificate, name, said):
        assert await outcome(api, certificate.token, name) == said

    @pytest.mark.parametrize(
        "body", [b"", b"\xff", b"name=%ff", b"&" * 50, b"name=" + b"a" * 3000, b'{"name": "x"}']
    )
    async def test_hostile_body_is_an_empty_name(self, api, certificate, body):
        answer = await api.client.post(f"/v/{certificate.token}", content=body)
        assert answer.status_code == 200
        assert "请输入姓名全称" in answer.text

    async def test_form_of_an_unknown_certificate_gets_its_page(self, api, certificate):
        assert (await post(api, mint())).status_code == 404
        assert (await post(api, "0" * 36)).status_code == 404

    async def test_name_is_not_compared_while_the_projection_is_away(
        self, api, tmp_path, redis_server, certificate
    ):
        await api.page(certificate.token)  # fills Redis
        settings = make_settings(tmp_path, NOWHERE, redis_server.url)
        async with served(settings) as alone:
            answer = await post(alone, certificate.token)
        assert answer.status_code == 503
        assert "暂时不能核对姓名" in answer.text
        assert "证书有效" in answer.text


class TestLimits:
    async def test_names_cannot_be_tried_on_one_certificate(self, api, certificate):
        said = [
            await outcome(api, certificate.token, f"张{i}", address=f"192.0.2.{i}")
            for i in range(12)
        ]
        assert said == ["differs"] * 10 + ["limited"] * 2
        answer = await post(api, certificate.token, address="192.0.2.99")
        assert answer.status_code == 429
        assert "核对次数已达上限" in answer.text
        assert "证书有效" in answer.text

    async def test_asking_by_number_and_by_code_are_counted_together(self, api, certificate):
        for _ in range(10):
            await outcome(api, certificate.token, "张三")
        body = {"management_number": NUMBER, "name": "买买提·吐尔逊"}
        headers = {"x-forwarded-for": "192.0.2.1"}
        answer = await api.client.post("/api/verify/v1/lookups", json=body, headers=headers)
        assert answer.status_code == 429

    async def test_nobody_else_is_limited_by_it(self, api, certificate, tell, mirror):
        for _ in range(11):
            await outcome(api, certificate.token, "张三")
        other = Certificate(more={"management_number": "41000000000044"})
        await tell(other.event("valid", 1), heartbeat(2, 2, (other, 1)))
        await mirror.turn()
        assert await outcome(api, other.token, "张䶮", address="192.0.2.2") == "match"


class TestSuccessor:
    async def test_superseded_page_names_the_new_version(self, api, tell, mirror):
        old, new = await self._replaced(tell, mirror)
        page = (await api.page(old.token)).text
        assert "新版为第 2 版，签发于 2026 年 12 月 1 日" in page
        assert new.token not in page
        told = (await api.json(old.token)).json()["successor"]
        assert told == {"version": 2, "issued_on": "2026-12-01"}
        assert (await api.json(new.token)).json()["successor"] is None

    async def test_successor_that_is_told_of_later_is_named_all_the_same(
        self, api, tell, mirror, cache
    ):
        old, new = self._versions()
        await tell(old.event("superseded", 2), heartbeat(1, 2, (old, 2)))
        await mirror.turn()
        assert (await api.json(old.token)).json()["successor"] is None
        before = await self._cached(cache, old)
        await tell(new.event("valid", 1), heartbeat(2, 3, (new, 1)))
        await mirror.turn()
        await api.forget()
        assert (await api.json(old.token)).json()["successor"]["version"] == 2
        # A reader that comes late with what it read before does not take the line away again.
        await cache.offer({old.hash: before})
        assert (await self._cached(cache, old)).successor_version == 2

    async def _replaced(self, tell, mirror):
        old, new = self._versions()
        await tell(new.event("valid", 1), old.event("superseded", 2))
        await tell(heartbeat(1, 3, (new, 1), (old, 2)))
        await mirror.turn()
        return old, new

    def _versions(self):
        old = Certificate()
        more = {"version": 2, "issued_on": date(2026, 12, 1), "supersedes": old.certificate_id}
        return old, Certificate(more=more)

    async def _cached(self, cache, certificate):
        head = await cache.head()
        _, facts, _ = await cache.read(head.epoch, [certificate.hash], with_offices=False)
        return facts[certificate.hash]
