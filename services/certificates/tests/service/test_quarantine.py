"""A file that failed the gate: two people end its quarantine, and nobody declares it good."""

import io
import runpy
import zipfile
from hashlib import sha256

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs
from tests.kit.stack import ROOT

from certificates.domain.quarantine import FINDINGS
from certificates.sealing.gate import CHECKS
from certificates.usecases.check_quarantines import check_quarantines
from certificates.usecases.examine_again import examine_released
from certificates.usecases.render import render_due
from certificates.usecases.seal import seal_due
from chassis.audit import InvariantBroken

pytestmark = pytest.mark.infra
REASON = "已与签章单位核实"


@pytest.fixture
async def pin(office):
    """Exchange what the gate is told to be the seal's certificate, and put it right again."""

    async def change(seal_id, der=None):
        (row,) = await office.rows("seals", id=seal_id)
        async with office.bench.database.transaction() as tx:
            statement = text("UPDATE seals SET signer_certificate = :der WHERE id = :id")
            await tx.execute(statement, {"der": der, "id": seal_id})
        return row["signer_certificate"]

    return change


@pytest.fixture
async def quarantined(office, pin):
    """Have a right file fail the gate, because the wrong certificate is pinned."""
    seal_id = await office.activate_seal()
    other = await office.activate_seal("luoyang")
    technician = await office.technician()
    await office.complete_year(technician)
    await render_due(office.bench)
    (stranger,) = await office.rows("seals", id=other)
    right = await pin(seal_id, stranger["signer_certificate"])
    await seal_due(office.bench, seal_id)
    assert (await office.intent(technician))["state"] == "quarantined"
    return technician, seal_id, right


async def listed(office, headers=None):
    answer = await office.get("work", headers or office.bureau(), kind="quarantined")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def propose(office, decision, *, who=None, reason=REASON):
    (row,) = await office.rows("quarantines", state="open")
    body = {"decision": decision, "reason": reason}
    return await office.post(f"quarantines/{row['id']}/decision", who or office.bureau(), body)


async def decide(office, decision):
    proposed = await propose(office, decision)
    assert proposed.status_code == 202, proposed.text
    approval = proposed.json()["approval_id"]
    done = await office.post(f"approvals/{approval}/approval", office.bureau(name="second"))
    assert done.status_code == 200, done.text


async def actions(office):
    return [row["action"] for row in await office.rows("audit_rows")]


async def checked(office):
    return await check_quarantines(office.bench.database, office.bench.objects)


def test_every_check_of_the_gate_says_what_to_do():
    assert set(CHECKS) <= set(FINDINGS)
    for finding in FINDINGS.values():
        assert finding.remedy.endswith("。")
        assert "作废重签" in finding.remedy or "重新检查" in finding.remedy


class TestShown:
    async def test_work_list_names_checks_time_digest_and_what_to_do(self, office, quarantined):
        technician, _, _ = quarantined

        (item,) = await listed(office)

        intent = await office.intent(technician)
        shown = item["quarantine"]
        assert item["task"].startswith("签章文件未通过检查：签名证书不是该单位备案的证书")
        assert "重新检查" in item["task"]
        assert [one["check"] for one in shown["failed"]] == ["signer"]
        assert shown["failed"][0]["detail"] == "the certificate is not filed for the office"
        assert shown["file_sha256"] == intent["quarantined_sha256"]
        assert shown["examined_at"] == shown["quarantined_at"]
        assert (shown["state"], shown["examinations"]) == ("open", 1)
        assert await listed(office, office.bureau("luoyang")) == []
        assert await checked(office) == 1

    async def test_intent_shows_it_to_officials_and_not_to_the_holder(self, office, quarantined):
        technician, _, _ = quarantined
        path = f"intents/{(await office.intent(technician))['id']}"

        official = (await office.get(path, office.bureau())).json()
        holder = (await office.get(path, office.holder(technician))).json()

        assert [one["state"] for one in official["quarantines"]] == ["open"]
        assert holder["state"] == "quarantined"
        assert holder["quarantines"] == []

    async def test_file_comes_marked_with_its_very_bytes_and_is_recorded(self, office, quarantined):
        (item,) = await listed(office)
        path = item["quarantine"]["file"].removeprefix("/api/certificates/v1/")

        answer = await office.get(path, office.administrator("operator", office.place("province")))

        assert answer.headers["content-type"] == "application/zip"
        assert "no-store" in answer.headers["cache-control"]
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.namelist() == ["说明.txt", "检查结果.json", "隔离文件-不得使用.pdf"]
            file = archive.read("隔离文件-不得使用.pdf")
            assert "不是证书" in archive.read("说明.txt").decode()
        assert sha256(file).hexdigest() == item["quarantine"]["file_sha256"]
        (row,) = await office.rows("audit_rows", action="quarantine.file_read")
        assert row["actor"].startswith("person:")
        assert row["detail"]["file_sha256"] == item["quarantine"]["file_sha256"]


class TestDiscarded:
    async def test_is_made_and_sealed_anew_and_the_file_is_kept(self, office, quarantined, pin):
        technician, seal_id, right = quarantined
        old = await office.intent(technician)
        await pin(seal_id, right)

        await decide(office, "discard")

        assert (await office.intent(technician))["state"] == "planned"
        assert await listed(office) == []
        await office.work(seal_id)
        (certificate,) = await office.rows("certificates")
        assert certificate["state"] == "valid"
        assert certificate["certificate_id"] != old["certificate_id"]
        assert certificate["token_hash"] != old["token_hash"]
        assert certificate["file_sha256"] != old["quarantined_sha256"]
        assert await office.bench.objects.get(old["quarantined_sha256"])
        (row,) = await office.rows("quarantines")
        assert row["state"] == "discarded"
        assert await checked(office) == 1

    async def test_may_fail_again_and_is_listed_anew(self, office, quarantined):
        technician, seal_id, _ = quarantined

        await decide(office, "discard")
        await office.work(seal_id)

        assert len(await listed(office)) == 1
        states = sorted(row["state"] for row in await office.rows("quarantines"))
        assert states == ["discarded", "open"]
        path = f"intents/{(await office.intent(technician))['id']}"
        seen = (await office.get(path, office.bureau())).json()["quarantines"]
        assert [one["state"] for one in seen] == ["discarded", "open"]


class TestExaminedAgain:
    async def test_is_published_with_the_very_same_bytes_once_the_pin_is_right(
        self, office, quarantined, pin
    ):
        technician, seal_id, right = quarantined
        held = await office.intent(technician)
        await decide(office, "examine_again")
        (item,) = await listed(office)
        assert item["task"] == "已批准重新检查，系统正在办理。"
        await pin(seal_id, right)

        assert await examine_released(office.bench) == 1

        (certificate,) = await office.rows("certificates")
        assert certificate["state"] == "valid"
        assert certificate["file_sha256"] == held["quarantined_sha256"]
        assert certificate["certificate_id"] == held["certificate_id"]
        assert (await office.intent(technician))["state"] == "issued"
        (row,) = await office.rows("quarantines")
        assert row["state"] == "released"
        assert "quarantine.released" in await actions(office)
        assert len(await office.rows("ledger_entries")) == 1
        assert await examine_released(office.bench) == 0
        assert await checked(office) == 1

    async def test_still_wrong_it_stays_in_quarantine_with_the_new_findings(
        self, office, quarantined
    ):
        technician, _, _ = quarantined
        await decide(office, "examine_again")

        with capture_logs() as logs:
            await examine_released(office.bench)

        assert [one["checks"] for one in logs if one["event"] == "gate_refused_again"] == [
            ["signer"]
        ]
        assert await office.rows("certificates") == []
        assert (await office.intent(technician))["state"] == "quarantined"
        (item,) = await listed(office)
        assert (item["quarantine"]["state"], item["quarantine"]["examinations"]) == ("open", 2)
        # Neither is it examined for ever nor can the same word be used twice.
        assert await examine_released(office.bench) == 0
        assert await checked(office) == 1

    async def test_nothing_is_published_while_the_office_has_no_active_seal(
        self, office, quarantined, pin
    ):
        _, seal_id, right = quarantined
        await pin(seal_id, right)
        await decide(office, "examine_again")
        body = {"reason_code": "key_compromised"}
        await office.post(f"seals/{seal_id}/suspension", office.bureau(), body)

        await examine_released(office.bench)

        assert await office.rows("certificates") == []
        (item,) = await listed(office)
        assert [one["check"] for one in item["quarantine"]["failed"]] == ["seal_in_use"]

    async def test_a_stored_file_that_was_altered_is_not_even_examined(
        self, office, quarantined, pin, tmp_path
    ):
        _, seal_id, right = quarantined
        await pin(seal_id, right)
        await decide(office, "examine_again")
        (row,) = await office.rows("quarantines")
        (file,) = tmp_path.rglob(row["file_sha256"])
        file.write_bytes(b"%PDF-1.7 something else")

        await examine_released(office.bench)

        assert await office.rows("certificates") == []
        (item,) = await listed(office)
        assert [one["check"] for one in item["quarantine"]["failed"]] == ["stored_file"]
        with pytest.raises(InvariantBroken, match="its file was altered"):
            await checked(office)

    async def test_a_year_reopened_meanwhile_ends_it(self, office, quarantined, pin):
        technician, seal_id, right = quarantined
        await pin(seal_id, right)
        await decide(office, "examine_again")
        await office.reopen_year(technician)

        await examine_released(office.bench)

        assert await office.rows("certificates") == []
        (row,) = await office.rows("quarantines")
        assert row["state"] == "cancelled"
        assert (await office.intent(technician))["state"] == "cancelled"
        assert await checked(office) == 1

    async def test_two_workers_at_once_publish_once(self, office, quarantined, pin, new_bench):
        _, seal_id, right = quarantined
        await pin(seal_id, right)
        await decide(office, "examine_again")

        await examine_released(office.bench)
        await examine_released(new_bench())

        assert len(await office.rows("certificates")) == 1
        assert await checked(office) == 1


class TestDeciding:
    async def test_takes_another_person(self, office, quarantined):
        approval = (await propose(office, "discard")).json()["approval_id"]

        answer = await office.post(f"approvals/{approval}/approval", office.bureau())

        assert answer.json()["code"] == "chassis.approval_by_same_person"
        assert len(await listed(office)) == 1

    async def test_one_proposal_at_a_time_whatever_it_says(self, office, quarantined):
        await propose(office, "discard")

        second = await propose(office, "examine_again", who=office.bureau(name="second"))

        assert second.json()["code"] == "certificates.proposal_open"

    async def test_is_over_once_carried_out(self, office, quarantined):
        (row,) = await office.rows("quarantines")
        await decide(office, "discard")

        body = {"decision": "examine_again", "reason": REASON}
        answer = await office.post(f"quarantines/{row['id']}/decision", office.bureau(), body)

        assert answer.status_code == 409
        assert answer.json()["code"] == "certificates.quarantine_state_conflict"

    async def test_an_approval_after_the_year_was_reopened_does_nothing(self, office, quarantined):
        technician, _, _ = quarantined
        approval = (await propose(office, "discard")).json()["approval_id"]
        await office.reopen_year(technician)

        answer = await office.post(f"approvals/{approval}/approval", office.bureau(name="second"))

        assert answer.json()["code"] == "certificates.quarantine_state_conflict"
        assert (await office.intent(technician))["state"] == "cancelled"

    async def test_not_by_whom_it_is_for(self, office, quarantined):
        technician, _, _ = quarantined
        grant = [("bureau_administrator", office.city("zhengzhou"))]
        himself = office.headers(person=technician.person_id, grants=grant)

        proposing = await propose(office, "discard", who=himself)
        approval = (await propose(office, "discard")).json()["approval_id"]
        approving = await office.post(f"approvals/{approval}/approval", himself)

        for answer in (proposing, approving):
            assert answer.json()["code"] == "certificates.own_certificate"

    async def test_no_single_person_sends_it_on(self, office, quarantined):
        technician, _, _ = quarantined
        path = f"intents/{(await office.intent(technician))['id']}/retry"

        answer = await office.post(path, office.province())

        assert answer.json()["code"] == "certificates.quarantine_needs_two"

    @pytest.mark.parametrize(
        "body", [{"decision": "release", "reason": REASON}, {"decision": "discard", "reason": ""}]
    )
    async def test_release_without_the_gate_does_not_exist(self, office, quarantined, body):
        (row,) = await office.rows("quarantines")

        answer = await office.post(f"quarantines/{row['id']}/decision", office.bureau(), body)

        assert answer.status_code == 422


class TestAuditor:
    @pytest.mark.parametrize(
        ("statements", "found"),
        [
            (["UPDATE quarantines SET state = 'cancelled'"], "without an open quarantine"),
            (["UPDATE intents SET state = 'cancelled'"], "its intent is not quarantined"),
            (
                [
                    "UPDATE intents SET state = 'cancelled'",
                    "UPDATE quarantines SET state='discarded', approval_id=gen_random_uuid()",
                ],
                "without two people's decision",
            ),
        ],
    )
    async def test_names_what_is_wrong(self, office, quarantined, statements, found):
        async with office.bench.database.transaction() as tx:
            for part in statements:
                await tx.execute(text(part))

        with pytest.raises(InvariantBroken, match=found):
            await checked(office)

    async def test_names_a_quarantined_file_that_was_published(self, office, quarantined, pin):
        _, seal_id, right = quarantined
        await pin(seal_id, right)
        await decide(office, "examine_again")
        await examine_released(office.bench)
        async with office.bench.database.transaction() as tx:
            await tx.execute(text("UPDATE quarantines SET state = 'discarded'"))

        with pytest.raises(InvariantBroken, match="was not released"):
            await checked(office)


async def test_what_was_quarantined_before_there_was_a_list_is_on_it(office, quarantined):
    path = (
        ROOT / "services/certificates/migrations/versions/2026-11-24-0910_quarantine_decisions.py"
    )
    migration = runpy.run_path(str(path))
    (before,) = await listed(office)
    async with office.bench.database.transaction() as tx:
        await tx.execute(text("DELETE FROM quarantines"))
        await tx.execute(text(migration["_BACKFILL"]))

    (after,) = await listed(office)

    for item in (before, after):
        for changing in ("quarantine_id", "file"):
            item["quarantine"].pop(changing)
        item["quarantine"]["failed"][0].pop("detail")
    assert after == before
    assert await checked(office) == 1
