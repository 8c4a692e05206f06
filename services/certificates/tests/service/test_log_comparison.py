"""What the bureaus' keys signed, compared with what we keep; real services keep the logs."""

import os
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from certificates.domain.canary import canary_digest
from certificates.store import digests
from certificates.usecases.check_lifecycle import check_lifecycle
from certificates.usecases.compare_logs import compare_logs
from certificates.usecases.render import render_due
from certificates.usecases.seal import ask, claim_batch, finish_certificate, seal_due
from chassis.audit import InvariantBroken

pytestmark = pytest.mark.infra


async def outcomes(office, *, since="earlier"):
    """Return what this test's signatures came to, in the order of the log."""
    rows = sorted(await office.rows("seal_log_entries"), key=lambda row: row["position"])
    return [row["outcome"] for row in rows if row["outcome"] != since]


async def sign(office, key, digest=None):
    """Have a digest signed past the service, as somebody who stole our access would."""
    service = await office.bench.seal_services.of("zhengzhou", "seal")
    await service.sign([digest or os.urandom(32)], idempotency_key=key)


async def alarms(office, action):
    return [row for row in await office.rows("audit_rows") if row["action"] == action]


async def past_the_deadline(office):
    office.clock.advance(office.bench.deps.rules.deadline + timedelta(minutes=5))
    await compare_logs(office.bench)


@pytest.fixture
async def planned(office):
    seal_id = await office.activate_seal()
    technician = await office.technician()
    await office.complete_year(technician)
    return technician, seal_id


class TestMatched:
    async def test_is_every_published_certificate(self, office, planned):
        await office.work()

        await compare_logs(office.bench)

        assert await outcomes(office) == ["matched"]
        (row,) = await office.rows("signing_digests")
        assert row["stored_at"] is not None, "kept although the prepared bytes are gone"
        assert await office.rows("prepared_documents") == []

    async def test_reads_on_from_where_it_was(self, office, planned):
        await office.work()
        await compare_logs(office.bench)

        again = await compare_logs(office.bench)

        assert again == 0
        assert await outcomes(office) == ["matched"]

    async def test_includes_what_was_quarantined(self, office, planned, monkeypatch):
        finish = office.bench.workshop.finish

        async def refused(*arguments, **named):
            report = await finish(*arguments, **named)
            return type(report)(False, report.file, report.rendered_length, "x", report.checks)

        monkeypatch.setattr(office.bench.workshop, "finish", refused)
        await office.work()

        await past_the_deadline(office)

        assert await outcomes(office) == ["matched"]

    async def test_by_two_workers_at_once_is_noted_once(self, office, planned, new_bench):
        await office.work()
        other = new_bench()

        await compare_logs(office.bench)
        await compare_logs(other)

        assert await outcomes(office) == ["matched"]


class TestOrphan:
    async def test_is_what_was_signed_before_a_worker_was_killed(self, office, planned, new_bench):
        technician, seal_id = planned
        await render_due(office.bench)
        first = await claim_batch(office.bench, seal_id)
        await ask(office.bench, first)
        # The worker dies here: signed, and nothing of it stored.
        await compare_logs(office.bench)
        young = await outcomes(office)

        await past_the_deadline(office)

        page = await office.get("work", office.bureau(), kind="orphans")
        assert young == ["pending"]
        assert await outcomes(office) == ["orphan"]
        (item,) = page.json()["items"]
        assert item["intent_id"] == str((await office.intent(technician))["id"])
        assert (item["state"], item["endpoint"]) == ("orphan", "zhengzhou")
        assert len(await alarms(office, "seal_log.orphan")) == 1

        # The work behind it never gives up: the file comes after all.
        await seal_due(new_bench(), seal_id)
        await compare_logs(office.bench)

        assert set(await outcomes(office)) == {"matched"}
        assert (await office.get("work", office.bureau(), kind="orphans")).json()["items"] == []

    async def test_is_a_signature_that_came_after_the_year_was_reopened(self, office, planned):
        technician, seal_id = planned
        await render_due(office.bench)
        batch = await claim_batch(office.bench, seal_id)
        answers = await ask(office.bench, batch)
        await office.reopen_year(technician)
        (held,) = batch.held
        await finish_certificate(office.bench, batch, held, answers.signatures[held.id])

        await past_the_deadline(office)

        assert await outcomes(office) == ["orphan"]
        assert await office.rows("certificates") == []


class TestUnknown:
    async def test_raises_an_alarm_at_once_and_is_listed(self, office, planned):
        await sign(office, f"thief-{uuid4()}")

        await compare_logs(office.bench)

        assert await outcomes(office) == ["unknown"]
        (alarm,) = await alarms(office, "seal_log.unknown_signature")
        assert alarm["detail"]["client"] == "certificates"
        page = await office.get("work", office.bureau(), kind="orphans")
        assert [item["state"] for item in page.json()["items"]] == ["unknown"]
        elsewhere = await office.get("work", office.bureau("luoyang"), kind="orphans")
        assert elsewhere.json()["items"] == []

    async def test_is_not_what_was_signed_before_the_seal_was_ours(self, office):
        await sign(office, f"before-{uuid4()}")
        office.clock.advance(timedelta(minutes=10))
        await office.activate_seal()

        await compare_logs(office.bench)

        assert await outcomes(office) == []

    async def test_is_not_a_canary(self, office, planned):
        _, seal_id = planned
        noted = os.urandom(32)
        async with office.bench.database.transaction() as tx:
            await digests.note(
                tx, noted, seal_id=seal_id, now=office.clock.now(), purpose=digests.CANARY
            )
        key = f"canary-{uuid4()}"
        await sign(office, key, canary_digest(key))
        await sign(office, f"trial-{uuid4()}", noted)

        await past_the_deadline(office)

        assert await outcomes(office) == ["canary", "canary"]

    async def test_the_mark_of_a_canary_hides_nothing_else(self, office, planned):
        await sign(office, f"canary-{uuid4()}")

        await compare_logs(office.bench)

        assert await outcomes(office) == ["unknown"]


class TestLogThat:
    async def test_changed_its_past_is_an_alarm_once_and_read_no_further(self, office, planned):
        await office.work()
        await compare_logs(office.bench)
        async with office.bench.database.transaction() as tx:
            await tx.execute(text("UPDATE seal_logs SET entry_hash = decode('00', 'hex')"))
        await sign(office, f"thief-{uuid4()}")

        await compare_logs(office.bench)
        await compare_logs(office.bench)

        (row,) = await office.rows("seal_logs", endpoint="zhengzhou")
        assert row["last_error"] == "certificates.seal_log_broken"
        assert len(await alarms(office, "seal_log.broken")) == 1
        assert await outcomes(office) == ["matched"]

    async def test_is_away_stops_no_other(self, office, planned, seal_servers):
        await office.activate_seal("luoyang")
        await office.work()
        await seal_servers["luoyang"].stop()

        await compare_logs(office.bench)

        rows = {row["endpoint"]: row for row in await office.rows("seal_logs")}
        assert rows["luoyang"]["last_error"] == "certificates.seal_unavailable"
        assert rows["zhengzhou"]["last_error"] is None
        assert await outcomes(office) == ["matched"]


REASON = {"reason": "已核查，文件没有流出"}


class TestAcknowledging:
    async def unexplained(self, office, kind="orphans"):
        return (await office.get("work", office.province(), kind=kind)).json()["items"]

    async def acknowledge(self, office, headers):
        (item,) = await self.unexplained(office)
        return await office.post(f"signatures/{item['id']}/acknowledgement", headers, REASON)

    @pytest.fixture
    async def orphan(self, office, planned):
        """Have a signature whose year was reopened before its file was stored."""
        technician, seal_id = planned
        await render_due(office.bench)
        await ask(office.bench, await claim_batch(office.bench, seal_id))
        await office.reopen_year(technician)
        await past_the_deadline(office)
        return technician

    @pytest.fixture
    async def unknown(self, office, planned):
        await sign(office, f"thief-{uuid4()}")
        await compare_logs(office.bench)

    async def test_an_orphan_takes_one_official_and_stays_in_history(self, office, orphan):
        answer = await self.acknowledge(office, office.bureau())

        assert answer.json()["acknowledged"]
        assert await self.unexplained(office) == []
        (item,) = await self.unexplained(office, "acknowledged")
        assert (item["state"], item["task"]) == ("orphan", REASON["reason"])
        assert await outcomes(office) == ["orphan"]
        (row,) = await alarms(office, "seal_log.acknowledged")
        assert row["detail"]["reason"] == REASON["reason"]
        again = await office.post(
            f"signatures/{item['id']}/acknowledgement", office.bureau(), REASON
        )
        assert again.json()["code"] == "certificates.signature_state_conflict"
        await self.recount(office)

    async def test_an_orphan_is_not_cleared_by_whom_it_is_for(self, office, orphan):
        grant = [("bureau_administrator", office.city("zhengzhou"))]

        answer = await self.acknowledge(
            office, office.headers(person=orphan.person_id, grants=grant)
        )

        assert answer.json()["code"] == "certificates.own_certificate"

    async def test_an_unknown_one_takes_two_and_the_second_is_the_provinces(self, office, unknown):
        proposed = await self.acknowledge(office, office.bureau())

        approval = proposed.json()["approval_id"]
        assert not proposed.json()["acknowledged"]
        assert len(await self.unexplained(office)) == 1
        path = f"approvals/{approval}/approval"
        colleague = await office.post(path, office.bureau(name="second"))
        assert colleague.status_code == 403, "no bureau clears its own key"
        done = await office.post(path, office.province())
        assert done.status_code == 200, done.text
        assert await self.unexplained(office) == []
        (item,) = await self.unexplained(office, "acknowledged")
        assert item["state"] == "unknown"
        assert await outcomes(office) == ["unknown"]
        await self.recount(office)

    async def test_nothing_that_has_its_file_can_be(self, office, planned):
        await office.work()
        await compare_logs(office.bench)
        (row,) = await office.rows("seal_log_entries", outcome="matched")

        answer = await office.post(
            f"signatures/{row['id']}/acknowledgement", office.province(), REASON
        )

        assert answer.json()["code"] == "certificates.signature_state_conflict"

    async def test_the_auditor_names_one_that_a_single_person_cleared(self, office, unknown):
        statement = (
            "UPDATE seal_log_entries SET acknowledged_at = now(), acknowledged_by = 'person:x',"
            " acknowledged_reason = 'x' WHERE outcome = 'unknown'"
        )
        async with office.bench.database.transaction() as tx:
            await tx.execute(text(statement))

        with pytest.raises(InvariantBroken, match="acknowledged against the rules"):
            await self.recount(office)

    async def recount(self, office):
        async with office.bench.database.reading() as tx:
            checked = await check_lifecycle(tx)
        assert checked.acknowledged == 1
