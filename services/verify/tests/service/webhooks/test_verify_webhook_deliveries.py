"""Web hooks against a real server: told, told again, told in the end."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from hooking import NUMBER, OWN, WAITS, ask, checked, fetched, listens, rows_of
from offices import CLIENT_ID
from receiver import listening
from sqlalchemy import text
from tests.kit.tokens import client_bearer
from verify_kit import NOW, client_event, until

from chassis.clock import FrozenClock
from verify.tables_of_records import records

pytestmark = pytest.mark.infra


class TestDelivery:
    async def test_change_arrives_signed_and_says_nothing_personal(
        self, *, api, tell, certificate, receiver, delivering
    ) -> None:
        await checked(api)
        secret = await listens(api, receiver.url())
        await tell(certificate.event("revoked", 2))
        await delivering().turn()
        (one,) = receiver.heard
        assert one.signed_with(secret)
        assert not one.signed_with("whsec_AAAA")
        assert one.headers["webhook-timestamp"] == str(int(NOW.timestamp()) + 1)
        assert one.says["type"] == "certificate.revoked"
        assert one.says["data"] == {
            "certificate_id": str(certificate.certificate_id),
            "state": "revoked",
            "previous_state": "valid",
            "version": 2,
        }
        for personal in (NUMBER, "张", "4101", "医院"):
            assert personal.encode() not in one.body

    async def test_each_change_has_its_word(
        self, *, api, tell, certificate, receiver, delivering
    ) -> None:
        await checked(api)
        await listens(api, receiver.url())
        states = ["suspended", "valid", "superseded"]
        for version, state in enumerate(states, 2):
            await tell(certificate.event(state, version))
        await delivering().turn()
        assert {one.says["type"] for one in receiver.heard} == {
            "certificate.suspended",
            "certificate.reinstated",
            "certificate.superseded",
        }

    async def test_who_never_checked_it_is_told_nothing(
        self, *, api, tell, certificate, receiver, delivering
    ) -> None:
        await listens(api, receiver.url())
        await tell(certificate.event("revoked", 2))
        await delivering().turn()
        assert receiver.heard == []

    async def test_event_that_comes_twice_or_late_is_told_once(
        self, *, api, tell, certificate, receiver, delivering
    ) -> None:
        await checked(api)
        await listens(api, receiver.url())
        late = certificate.event("suspended", 2)
        newest = certificate.event("revoked", 3)
        await tell(newest, newest, late)
        await delivering().turn()
        assert [one.says["data"]["state"] for one in receiver.heard] == ["revoked"]

    async def test_change_that_meets_the_check_is_told_all_the_same(
        self, *, api, tell, certificate, receiver, delivering, database
    ) -> None:
        await listens(api, receiver.url())
        await tell(certificate.event("revoked", 2))
        # What a check leaves that read before the change and committed after it.
        async with database.transaction() as tx:
            row = {
                "certificate_id": certificate.certificate_id,
                "client": str(CLIENT_ID),
                "state": "valid",
                "aggregate_version": 1,
                "told_at": NOW,
            }
            await tx.execute(records.tables["records.told_clients"].insert().values(row))
        for _ in range(2):
            await delivering().turn()
        assert [one.says["data"]["state"] for one in receiver.heard] == ["revoked"]

    async def test_two_secrets_sign_while_a_client_changes_over(
        self, *, api, tell, certificate, receiver, delivering, clock
    ) -> None:
        await checked(api)
        old = await listens(api, receiver.url())
        answer = await ask(api, "POST", f"{OWN}/webhook/secret", {"overlap_hours": 1})
        new = answer.json()["secret"]
        await tell(certificate.event("suspended", 2))
        await delivering().turn()
        clock.advance(timedelta(hours=2))
        await tell(certificate.event("valid", 3))
        await delivering().turn()
        first, second = receiver.heard
        assert (first.signed_with(old), first.signed_with(new)) == (True, True)
        assert (second.signed_with(old), second.signed_with(new)) == (False, True)

    async def test_trial_arrives(self, api, receiver, delivering) -> None:
        secret = await listens(api, receiver.url())
        assert (await ask(api, "POST", f"{OWN}/webhook/test")).status_code == 202
        await delivering().turn()
        (one,) = receiver.heard
        assert one.signed_with(secret)
        assert one.says["type"] == "webhook.test"
        assert (await fetched(api))["changes"] == []


class TestFailure:
    @pytest.mark.parametrize(
        ("how", "problem"),
        [("500", "status_500"), ("slow", "timeout"), ("redirect", "status_302")],
    )
    async def test_delivery_is_tried_again_later_with_the_same_id(
        self, *, api, tell, certificate, receiver, delivering, clock, database, how, problem
    ) -> None:
        receiver.answers = [how, "200"]
        await checked(api)
        await listens(api, receiver.url())
        await tell(certificate.event("revoked", 2))
        deliveries = delivering()
        await deliveries.turn()
        (row,) = await rows_of(database, "deliveries")
        assert (row["state"], row["last_problem"]) == ("pending", problem)
        await deliveries.turn()
        assert len(receiver.heard) == 1, "tried again before its time"
        clock.advance(timedelta(seconds=WAITS[0] * 1.3))
        await deliveries.turn()
        first, second = receiver.heard
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert first.body == second.body
        (row,) = await rows_of(database, "deliveries")
        assert row["state"] == "delivered"

    async def test_after_the_last_attempt_it_is_dead_seen_and_sent_again(
        self, *, api, tell, certificate, receiver, delivering, clock
    ) -> None:
        receiver.answers = ["500"]
        await checked(api)
        await listens(api, receiver.url())
        await tell(certificate.event("revoked", 2))
        deliveries = delivering()
        for wait in (*WAITS, 0):
            await deliveries.turn()
            clock.advance(timedelta(seconds=wait * 1.3))
        (dead,) = (await ask(api, "GET", f"{OWN}/deliveries?state=dead")).json()["items"]
        assert (dead["attempts"], dead["last_problem"]) == (len(WAITS) + 1, "status_500")
        assert dead["certificate_id"] == str(certificate.certificate_id)
        receiver.answers = ["200"]
        again = f"{OWN}/deliveries/{dead['id']}/retry"
        assert (await ask(api, "POST", again)).json() == {"count": 1}
        await deliveries.turn()
        (shown,) = (await ask(api, "GET", f"{OWN}/deliveries")).json()["items"]
        assert shown["state"] == "delivered"
        assert (await ask(api, "POST", again)).json()["code"] == "verify.delivery_not_found"

    async def test_client_that_asks_for_time_gets_it(
        self, *, api, tell, certificate, receiver, delivering, clock, database
    ) -> None:
        receiver.answers = ["later", "200"]
        await checked(api)
        await listens(api, receiver.url())
        await tell(certificate.event("revoked", 2))
        await delivering().turn()
        (row,) = await rows_of(database, "deliveries")
        assert row["next_at"] == clock.now() + timedelta(hours=1)

    async def test_endless_answer_is_not_read(
        self, *, api, tell, certificate, receiver, delivering, database
    ) -> None:
        receiver.answers = ["endless"]
        await checked(api)
        await listens(api, receiver.url())
        await tell(certificate.event("revoked", 2))
        async with asyncio.timeout(5):
            await delivering().turn()
        (row,) = await rows_of(database, "deliveries")
        assert row["state"] == "delivered"

    @pytest.mark.parametrize(
        ("end", "problem"), [("gone", "status_410"), ("revoked", "client_revoked")]
    )
    async def test_who_is_gone_is_not_called_again(
        self, *, api, tell, certificate, receiver, delivering, database, end, problem
    ) -> None:
        receiver.answers = ["410"]
        await checked(api)
        await listens(api, receiver.url())
        await tell(certificate.event("revoked", 2))
        if end == "revoked":
            await tell(client_event(CLIENT_ID, 2, active=False))
        await delivering().turn()
        (row,) = await rows_of(database, "deliveries")
        assert (row["state"], row["last_problem"]) == ("dead", problem)
        assert len(receiver.heard) == (end == "gone")

    async def test_nobody_there(self, *, api, tell, certificate, receiver, delivering, database):
        await checked(api)
        await listens(api, "http://127.0.0.1:1/hook")
        await tell(certificate.event("revoked", 2))
        await delivering().turn()
        (row,) = await rows_of(database, "deliveries")
        assert (row["state"], row["last_problem"]) == ("pending", "connection")

    async def test_slow_client_holds_up_no_other(
        self, *, api, tell, certificate, receiver, delivering
    ) -> None:
        other = uuid4()
        await tell(client_event(other))
        await checked(api)
        sent = client_bearer(other, "verify.check", clock=FrozenClock(NOW))
        body = {"token": certificate.token}
        await api.client.post(f"{OWN}/check", json=body, headers=sent)
        async with listening() as slow:
            slow.answers = ["slow"]
            await listens(api, slow.url())
            await api.client.put(f"{OWN}/webhook", json={"url": receiver.url()}, headers=sent)
            await tell(certificate.event("revoked", 2))
            turn = asyncio.create_task(delivering().turn())

            async def told() -> bool:
                return bool(receiver.heard)

            await until(told, seconds=5)
            await turn
            assert len(slow.heard) == 1

    async def test_delivery_lost_by_a_dead_worker_is_due_again(
        self, *, api, tell, certificate, receiver, delivering, clock, database
    ) -> None:
        await checked(api)
        await listens(api, receiver.url())
        await tell(certificate.event("revoked", 2))
        async with database.transaction() as tx:
            await tx.execute(
                text("UPDATE records.deliveries SET attempts = 1, next_at = :later"),
                {"later": clock.now() + timedelta(minutes=2)},
            )
        deliveries = delivering()
        await deliveries.turn()
        assert receiver.heard == []
        clock.advance(timedelta(minutes=2))
        await deliveries.turn()
        assert len(receiver.heard) == 1
