"""What cannot be issued now waits visibly with a task, and goes on when the reason is gone."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from certificates.usecases.reconcile import reconcile
from chassis.bus import Retry
from chassis.clock import legal_date

pytestmark = pytest.mark.infra


async def parked(office, technician):
    intent = await office.intent(technician)
    assert intent["state"] == "parked"
    assert intent["task"]
    return intent["reason_code"]


class TestParked:
    async def test_without_an_active_seal_and_goes_on_when_there_is_one(self, office):
        technician = await office.technician()
        await office.complete_year(technician)
        await office.work()
        assert await parked(office, technician) == "certificates.seal_not_active"

        await office.activate_seal()
        await office.work()

        assert (await office.intent(technician))["state"] == "issued"

    async def test_is_told_and_listed_with_its_task(self, office):
        technician = await office.technician()
        await office.complete_year(technician)
        await office.work()

        page = await office.get("intents", office.bureau(), state="parked")

        (item,) = page.json()["items"]
        assert item["reason_code"] == "certificates.seal_not_active"
        assert "启用" in item["task"]
        types = [row["type"] for row in await office.rows("outbox")]
        assert "certificates.certificate.parked.v1" in types

    async def test_stays_parked_when_another_office_gets_its_seal(self, office):
        technician = await office.technician()
        await office.complete_year(technician)
        await office.work()

        await office.activate_seal("luoyang")
        await office.work()

        assert await parked(office, technician) == "certificates.seal_not_active"

    async def test_before_the_region_begins_and_goes_on_that_day(self, office):
        await office.activate_seal()
        tomorrow = legal_date(office.clock.now()) + timedelta(days=1)
        await office.rollout(office.city("zhengzhou"), tomorrow)
        technician = await office.technician()
        await office.complete_year(technician)
        await office.work()
        assert await parked(office, technician) == "certificates.rollout_not_started"
        bench = office.bench
        assert await reconcile(bench.database, bench.deps) == 0

        office.clock.advance(timedelta(days=1))
        assert await reconcile(bench.database, bench.deps) == 1
        await office.work()

        assert (await office.intent(technician))["state"] == "issued"

    async def test_goes_on_when_the_date_is_moved(self, office):
        await office.activate_seal()
        await office.rollout(office.city("zhengzhou"), date(2099, 1, 1))
        technician = await office.technician()
        await office.complete_year(technician)
        await office.work()
        assert await parked(office, technician) == "certificates.rollout_not_started"

        await office.rollout(office.city("zhengzhou"), date(2017, 9, 15), version=2)
        await office.work()

        assert (await office.intent(technician))["state"] == "issued"

    @pytest.mark.parametrize(
        ("person", "reason"),
        [
            ({"status": "unproven"}, "certificates.person_unproven"),
            ({"status": "closed"}, "certificates.person_closed"),
            ({"sex": "unknown"}, "certificates.sex_unknown"),
            ({"name": "张\U00032000"}, "certificates.glyph_missing"),
            ({"name": "长" * 65}, "certificates.text_too_long"),
        ],
    )
    async def test_for_the_person_and_goes_on_when_it_is_mended(self, office, person, reason):
        await office.activate_seal()
        technician = await office.technician(**person)
        await office.complete_year(technician)
        await office.work()
        assert await parked(office, technician) == reason
        task = (await office.intent(technician))["task"]
        assert person.get("name", "张䶮") not in task

        await office.technician(person_id=technician.person_id, version=2)
        await office.work()

        assert (await office.intent(technician))["state"] == "issued"

    async def test_may_be_retried_by_hand_and_parks_again_for_the_same_reason(self, office):
        technician = await office.technician()
        await office.complete_year(technician)
        await office.work()
        intent_id = (await office.intent(technician))["id"]

        answer = await office.post(f"intents/{intent_id}/retry", office.bureau())
        await office.work()

        assert answer.status_code == 202
        assert await parked(office, technician) == "certificates.seal_not_active"

    async def test_reopened_while_parked_is_cancelled(self, office):
        technician = await office.technician()
        await office.complete_year(technician)
        await office.work()

        await office.reopen_year(technician)
        await office.activate_seal()
        await office.work()

        assert (await office.intent(technician))["state"] == "cancelled"
        assert await office.rows("certificates") == []


class TestMissingCopies:
    async def test_unknown_person_is_asked_for_again(self, office):
        technician = await office.technician()
        state = office.year(technician, person_id=office.new_id())

        with pytest.raises(Retry, match="person"):
            await office.hear(office.subscribers.on_year_completed, state)

        # Nothing of the event stays, so that its redelivery is news again.
        assert await office.rows("year_accounts") == []

    async def test_unknown_employer_is_asked_for_again(self, office):
        technician = await office.technician()

        with pytest.raises(Retry, match="employer"):
            await office.complete_year(technician, employer_id=office.new_id())

    async def test_older_word_about_a_person_is_ignored(self, office):
        technician = await office.technician(name="新名", version=5)

        await office.technician(name="旧名", person_id=technician.person_id, version=4)

        (row,) = await office.rows("persons", person_id=technician.person_id)
        assert (row["name"], row["version"]) == ("新名", 5)

    async def test_events_raced_leave_the_newest(self, office):
        technician = await office.technician()

        await asyncio.gather(
            *(
                office.technician(name=f"名{n}", person_id=technician.person_id, version=n)
                for n in range(2, 12)
            )
        )

        (row,) = await office.rows("persons", person_id=technician.person_id)
        assert row["name"] == "名11"


class TestReconciler:
    async def test_takes_up_what_an_activation_left_parked(self, office):
        await office.activate_seal()
        technician = await office.technician()
        await office.complete_year(technician)
        async with office.bench.database.transaction() as tx:
            await tx.execute(
                text(
                    "UPDATE intents SET state = 'parked', task = 'x', next_attempt_at = NULL,"
                    " reason_code = 'certificates.seal_not_active'"
                )
            )
        bench = office.bench

        assert await reconcile(bench.database, bench.deps) == 1
        await office.work()

        assert (await office.intent(technician))["state"] == "issued"

    async def test_names_what_is_overdue_and_not_what_waits_for_a_person(self, office, capsys):
        bench = office.bench
        waiting = await office.technician()
        await office.complete_year(waiting)
        await office.work()
        office.clock.advance(timedelta(days=400))
        await reconcile(bench.database, bench.deps)
        assert "intents_overdue" not in capsys.readouterr().out
        await office.complete_year(await office.technician())
        office.clock.advance(timedelta(days=1))

        await reconcile(bench.database, bench.deps)

        assert "intents_overdue" in capsys.readouterr().out
        assert await parked(office, waiting) == "certificates.seal_not_active"
