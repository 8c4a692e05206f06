"""Web hooks never led astray; changes fetched; whose they are."""

from uuid import uuid4

import pytest
from hooking import API, OWN, ask, checked, fetched, listens, rows_of
from offices import CLIENT_ID, EVERYBODY, headers
from receiver import certified, listening
from tests.kit.tokens import client_bearer
from verify_kit import NOW, client_event, make_settings

from chassis.clock import FrozenClock
from verify import changes
from verify.tables_of_records import records
from verify.webhook_addresses import AddressRules

pytestmark = pytest.mark.infra


class TestAddresses:
    async def test_private_address_is_refused_when_set_and_when_sent(
        self, *, api, tell, certificate, receiver, delivering, database
    ) -> None:
        await checked(api)
        await listens(api, receiver.url())
        await tell(certificate.event("revoked", 2))
        await delivering(rules=AddressRules()).turn()
        (row,) = await rows_of(database, "deliveries")
        assert (row["state"], row["last_problem"]) == ("pending", "address_refused")
        assert receiver.heard == []
        for url in ("ftp://a.cn/", "http://user@a.cn/", "https://no-such-name.invalid/"):
            answer = await ask(api, "PUT", f"{OWN}/webhook", {"url": url})
            assert answer.json()["code"] == "verify.webhook_refused", url

    async def test_production_has_no_private_addresses(self, settings, tmp_path) -> None:
        with pytest.raises(ValueError, match="for development"):
            make_settings(
                tmp_path,
                "postgresql://x/y",
                "redis://x",
                environment="production",
                webhooks_to_private_addresses=True,
            )

    @pytest.mark.parametrize(
        ("name", "trusted", "state"),
        [
            ("localhost", True, "delivered"),
            ("localhost", False, "pending"),
            ("another.example", True, "pending"),
        ],
    )
    async def test_server_proves_its_name(
        self, *, api, tell, certificate, delivering, database, tmp_path, name, trusted, state
    ) -> None:
        server, trusting = certified(tmp_path, name)
        await checked(api)
        async with listening(server) as receiver:
            await listens(api, receiver.url("https", "localhost"))
            await tell(certificate.event("revoked", 2))
            await delivering(trust=trusting if trusted else True).turn()
        (row,) = await rows_of(database, "deliveries")
        assert row["state"] == state
        assert row["last_problem"] == (None if state == "delivered" else "tls")
        assert len(receiver.heard) == (state == "delivered")


class TestFetching:
    async def test_who_does_not_listen_fetches(
        self, *, api, tell, certificate, delivering, database
    ) -> None:
        await checked(api)
        await tell(certificate.event("suspended", 2), certificate.event("valid", 3))
        assert (await fetched(api))["changes"] == [], "not before it has a number"
        await delivering().turn()
        page = (await ask(api, "GET", f"{OWN}/changes?limit=1")).json()
        assert (page["more"], len(page["changes"])) == (True, 1)
        rest = await fetched(api, page["next"])
        found = [one["data"]["state"] for one in [*page["changes"], *rest["changes"]]]
        assert found == ["suspended", "valid"]
        assert (await fetched(api, rest["next"])) == {
            "changes": [],
            "next": rest["next"],
            "more": False,
        }

    async def test_number_appears_only_after_all_smaller_ones(self, database, clock) -> None:
        client = str(CLIENT_ID)
        table = records.tables["records.deliveries"]

        def row() -> dict:
            data = {"certificate_id": str(uuid4())}
            return changes.new_delivery(client, "certificate.revoked", NOW, data, listens=False)

        async with database.engine.connect() as late, late.begin():
            await late.execute(table.insert().values(row()))
            async with database.transaction() as tx:
                await tx.execute(table.insert().values(row()))
            async with database.transaction() as tx:
                await changes.number(tx)
            async with database.reading() as tx:
                (first,) = await changes.after(tx, client, 0, limit=10)
        async with database.transaction() as tx:
            await changes.number(tx)
        async with database.reading() as tx:
            (second,) = await changes.after(tx, client, first["number"], limit=10)
        assert second["number"] > first["number"]

    async def test_removed_web_hook_leaves_the_list(
        self, *, api, tell, certificate, receiver, delivering
    ) -> None:
        await checked(api)
        await listens(api, receiver.url())
        await tell(certificate.event("revoked", 2))
        assert (await ask(api, "DELETE", f"{OWN}/webhook")).status_code == 204
        await delivering().turn()
        assert receiver.heard == []
        assert len((await fetched(api))["changes"]) == 1
        assert (await ask(api, "GET", f"{OWN}/webhook")).status_code == 404


class TestWho:
    @pytest.mark.parametrize("who", EVERYBODY)
    async def test_only_the_client_keeps_its_web_hook(self, api, receiver, who) -> None:
        expected = {"client"}
        for method, path, body in (
            ("PUT", "webhook", {"url": receiver.url()}),
            ("GET", "webhook", None),
            ("POST", "webhook/secret", {}),
            ("POST", "webhook/test", None),
            ("GET", "deliveries", None),
            ("POST", "deliveries/retries", None),
            ("GET", "changes", None),
            ("DELETE", "webhook", None),
        ):
            answer = await ask(api, method, f"{OWN}/{path}", body, who)
            assert answer.is_success == (who in expected), (method, path)
            assert who in expected or answer.status_code == 401

    @pytest.mark.parametrize("who", EVERYBODY)
    async def test_province_and_operators_look_after_clients(self, api, receiver, who) -> None:
        await listens(api, receiver.url())
        own = f"{API}/clients/{CLIENT_ID}/deliveries"
        expected = (
            200 if who in {"province", "operator"} else 401 if who in {"nobody", "client"} else 403
        )
        assert (await ask(api, "GET", own, who=who)).status_code == expected
        assert (await ask(api, "POST", f"{own}/retries", who=who)).status_code == expected

    async def test_one_client_sees_nothing_of_another(
        self, api, tell, certificate, delivering
    ) -> None:
        other = uuid4()
        await tell(client_event(other))
        await checked(api)
        await tell(certificate.event("revoked", 2))
        await delivering().turn()
        sent = client_bearer(other, "verify.check", clock=FrozenClock(NOW))
        for path, name in (("changes", "changes"), ("deliveries", "items")):
            answer = await api.client.get(f"{OWN}/{path}", headers=sent)
            assert answer.json()[name] == []

    async def test_secret_is_shown_once_and_kept_sealed(self, api, receiver, database) -> None:
        secret = await listens(api, receiver.url())
        assert await listens(api, receiver.url()) is None
        (row,) = await rows_of(database, "webhooks")
        assert secret not in str(row)
        sent = headers("client") | {"idempotency-key": "once"}
        answers = [
            (await api.client.post(f"{OWN}/webhook/secret", json={}, headers=sent)).json()
            for _ in range(2)
        ]
        assert answers[0]["secret"]
        assert answers[1]["secret"] is None

    async def test_trials_are_limited(self, api, receiver) -> None:
        await listens(api, receiver.url())
        codes = [(await ask(api, "POST", f"{OWN}/webhook/test")).status_code for _ in range(10)]
        assert codes == [202] * 9 + [429]
