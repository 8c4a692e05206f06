"""From the completed year to the sealed, stored and published file."""

import asyncio
import hashlib
import json

import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError
from tests.kit.people import RARE_NAMES

from certificates import tables
from certificates.record import parse_record
from certificates.store import certificates
from certificates.usecases.check import check_everything
from certificates.usecases.render import render_due
from certificates.usecases.seal import seal_due

pytestmark = pytest.mark.infra


async def told(office, prefix="certificates.certificate."):
    rows = sorted(await office.rows("outbox"), key=lambda row: row["id"])
    return [row["type"] for row in rows if row["type"].startswith(prefix)]


class TestHappyPath:
    async def test_completed_year_becomes_a_sealed_certificate(self, office):
        await office.activate_seal()
        technician = await office.technician(name="张䶮")

        certificate = await office.issue(technician)

        answer = await office.get(
            f"certificates/{certificate['certificate_id']}/file", office.holder(technician)
        )
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF-")
        assert hashlib.sha256(answer.content).hexdigest() == certificate["file_sha256"]
        assert certificate["version"] == 1
        assert certificate["office_name"] == "郑州市人力资源和社会保障局"

    async def test_everything_is_written_with_the_certificate(self, office):
        await office.activate_seal()
        technician = await office.technician()

        await office.issue(technician)

        (row,) = await office.rows("certificates")
        assert (await office.intent(technician))["state"] == "issued"
        assert await told(office) == ["certificates.certificate.issued.v1"]
        (entry,) = await office.rows("ledger_entries")
        assert (entry["state"], entry["aggregate_version"]) == ("valid", 1)
        actions = {one["action"] for one in await office.rows("audit_rows")}
        assert {"intent.planned", "certificate.issued"} <= actions
        assert parse_record(row["record"]).name == "张䶮"

    async def test_token_is_kept_as_its_hash_only(self, office):
        seal_id = await office.activate_seal()
        technician = await office.technician()
        await office.complete_year(technician)
        await render_due(office.bench)
        (prepared,) = await office.rows("prepared_documents")

        await seal_due(office.bench, seal_id)

        assert prepared["prepared"]
        assert await office.rows("prepared_documents") == []
        (row,) = await office.rows("certificates")
        assert len(row["token_hash"]) == 32

    @pytest.mark.parametrize("name", RARE_NAMES[:3])
    async def test_rare_names_pass_the_gate(self, office, name):
        await office.activate_seal()
        technician = await office.technician(name=name)

        certificate = await office.issue(technician)

        assert certificate["name"] == name

    async def test_two_offices_seal_with_their_own_keys(self, office):
        await office.activate_seal("zhengzhou")
        await office.activate_seal("luoyang")
        here, there = await office.technician(), await office.technician(city="luoyang")

        first = await office.issue(here)
        second = await office.issue(there, employer_id=office.hospital("luoyang"))

        assert first["office_name"] != second["office_name"]
        rows = await office.rows("certificates")
        assert len({row["signer_certificate"] for row in rows}) == 2


class TestOnceOnly:
    async def test_duplicate_completion_changes_nothing(self, office):
        await office.activate_seal()
        technician = await office.technician()
        await office.issue(technician)

        await office.complete_year(technician)
        await office.complete_year(technician, version=3)
        await office.work()

        assert len(await office.rows("intents")) == 1
        assert len(await office.rows("certificates")) == 1

    async def test_raced_completions_make_one_intent(self, office):
        technician = await office.technician()

        outcomes = await asyncio.gather(
            *(office.complete_year(technician, version=one) for one in range(1, 9)),
            return_exceptions=True,
        )

        assert [one for one in outcomes if one] == []
        assert len(await office.rows("intents")) == 1

    async def test_completing_again_supersedes_the_earlier_version(self, office):
        await office.activate_seal()
        technician = await office.technician()
        first = await office.issue(technician)
        await office.reopen_year(technician, version=2)

        second = await office.issue(technician, version=3, completion=2)

        assert (second["version"], second["supersedes"]) == (2, first["certificate_id"])
        states = {str(row["certificate_id"]): row for row in await office.rows("certificates")}
        assert states[first["certificate_id"]]["state"] == "superseded"
        assert states[first["certificate_id"]]["attention"] is None
        assert await told(office) == [
            "certificates.certificate.issued.v1",
            "certificates.certificate.superseded.v1",
            "certificates.certificate.issued.v1",
        ]

    async def test_earlier_version_stays_valid_until_the_next_is_sealed(self, office):
        await office.activate_seal()
        technician = await office.technician()
        first = await office.issue(technician)

        await office.complete_year(technician, version=3, completion=2)
        await render_due(office.bench)

        (row,) = await office.rows("certificates")
        assert (str(row["certificate_id"]), row["state"]) == (first["certificate_id"], "valid")

    async def test_database_refuses_a_second_certificate_in_force(self, office):
        await office.activate_seal()
        technician = await office.technician()
        await office.issue(technician)
        (row,) = await office.rows("certificates")
        twin = dict(row) | {
            "certificate_id": office.new_id(),
            "version": 2,
            "token_hash": b"x" * 32,
            "status_index": 9,
            "intent_id": office.new_id(),
        }

        with pytest.raises(IntegrityError, match="uq_certificates_in_force"):
            async with office.bench.database.transaction() as tx:
                await tx.execute(tables.certificates.insert().values(twin))

    async def test_database_refuses_to_change_what_was_printed(self, office):
        await office.activate_seal()
        await office.issue(await office.technician())

        with pytest.raises(DBAPIError, match="keeps its facts"):
            async with office.bench.database.transaction() as tx:
                await tx.execute(tables.certificates.update().values(name="李四"))


class TestReopening:
    async def test_before_valid_cancels_and_discards_a_late_signature(self, office, monkeypatch):
        seal_id = await office.activate_seal()
        technician = await office.technician()
        await office.complete_year(technician)
        await render_due(office.bench)
        workshop = office.bench.workshop
        finish = workshop.finish

        async def reopened_meanwhile(*arguments, **named):
            await office.reopen_year(technician)
            return await finish(*arguments, **named)

        monkeypatch.setattr(workshop, "finish", reopened_meanwhile)
        await seal_due(office.bench, seal_id)

        assert (await office.intent(technician))["state"] == "cancelled"
        assert await office.rows("certificates") == []
        assert await office.rows("prepared_documents") == []
        assert await told(office) == []

    async def test_after_valid_is_shown_to_the_office_and_changes_nothing(self, office):
        await office.activate_seal()
        technician = await office.technician()
        await office.issue(technician)

        await office.reopen_year(technician)

        page = await office.get("certificates", office.bureau(), attention=True)
        (item,) = page.json()["items"]
        assert item["state"] == "valid"
        assert item["attention"] == "certificates.year_reopened"
        assert item["attention_text"]

    async def test_late_completion_after_its_reopening_plans_nothing(self, office):
        technician = await office.technician()

        await office.reopen_year(technician, version=2)
        await office.complete_year(technician, version=1)

        assert await office.rows("intents") == []

    async def test_completing_again_before_issue_uses_the_new_figures(self, office):
        await office.activate_seal()
        technician = await office.technician()
        await office.complete_year(technician)
        await render_due(office.bench)
        await office.reopen_year(technician, version=2)

        certificate = await office.issue(
            technician, version=3, completion=2, total_tenths=950, professional_tenths=650
        )

        assert certificate["total_tenths"] == 950
        assert (await office.intent(technician, 1))["state"] == "cancelled"


class TestAuditCommand:
    async def test_counts_what_it_checked(self, office, workshop):
        await office.activate_seal()
        await office.issue(await office.technician())
        bench = office.bench
        await bench.deps.audit.seal(bench.database)

        checked = await check_everything(bench.database, bench.objects, workshop, bench.deps.audit)

        assert (checked.certificates, checked.ledger_entries) == (1, 1)
        assert checked.audit_rows > 0

    async def test_names_a_file_that_was_altered(self, office, workshop, tmp_path):
        await office.activate_seal()
        certificate = await office.issue(await office.technician())
        sha256 = certificate["file_sha256"]
        path = tmp_path / "objects" / sha256[:2] / sha256[2:4] / sha256
        path.write_bytes(path.read_bytes() + b"\n")
        bench = office.bench

        with pytest.raises(Exception, match="has been altered"):
            await check_everything(bench.database, bench.objects, workshop, bench.deps.audit)

    async def test_names_a_ledger_entry_that_is_missing(self, office, workshop):
        await office.activate_seal()
        await office.issue(await office.technician())
        bench = office.bench
        async with bench.database.transaction() as tx:
            (row,) = await office.rows("certificates")
            locked = await certificates.lock(tx, row["certificate_id"])
            await tx.execute(
                tables.certificates.update().values(aggregate_version=locked.aggregate_version + 1)
            )

        with pytest.raises(Exception, match="2 state changes, 1 ledger entries"):
            await check_everything(bench.database, bench.objects, workshop, bench.deps.audit)


class TestEvents:
    async def test_issued_event_hides_personal_fields(self, office):
        await office.activate_seal()
        technician = await office.technician()
        await office.issue(technician)

        bodies = [row["body"].decode() for row in await office.rows("outbox")]
        issued = next(json.loads(body) for body in bodies if ".issued." in body)

        assert issued["data"]["state"] == "valid"
        assert issued["data"]["name"].startswith("enc:")
        assert technician.management_number not in json.dumps(issued)
