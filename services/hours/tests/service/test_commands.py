"""migrate, audit, openapi, republish: what an operator runs."""

import asyncio
import json
import subprocess
import sys

import pytest
from sqlalchemy import text
from tests.kit.databases import migrated_database
from tests.kit.stack import ROOT

from chassis import migrations, outbox
from chassis.audit import Audit, InvariantBroken
from chassis.objects import ObjectStore
from chassis.restored import VERSION_STEP, raise_versions
from hours import subscribers, tables
from hours.__main__ import _present_states
from hours.app import build_tools, openapi_document
from hours.usecases.check_accounts import check_accounts

UNREVIEWED = """
INSERT INTO claims
SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid()))).*
FROM claims c LIMIT 1
"""
FORGED = """
ALTER TABLE audit_rows DISABLE TRIGGER ALL; UPDATE audit_rows SET actor = 'someone'
"""


async def audited(hours):
    audit = Audit(tables.audit, hours.clock)
    await audit.seal(hours.database)
    return await check_accounts(hours.database, ObjectStore(hours.settings.objects_url), audit)


class TestAudit:
    async def test_counts_what_it_checked(self, hours) -> None:
        await hours.complete(await hours.technician())
        checked = await audited(hours)
        assert (checked.accounts, checked.claims, checked.files) == (1, 2, 1)
        assert checked.audit_rows == 9  # 2 files, 2 claims, 4 decisions, 1 completion

    @pytest.mark.parametrize(
        ("tampering", "complaint"),
        [
            ("UPDATE claims SET approved_tenths = approved_tenths - 1", "does not add up"),
            ("UPDATE claims SET state = 'rejected'", "does not add up"),
            ("UPDATE year_accounts SET attested = '{\"public\": 999}'", "no longer has"),
            ("UPDATE rules SET total_tenths = 901", "without meeting its rule"),
            ("UPDATE evidence SET sha256 = repeat('0', 64)", "lost or damaged"),
            ("UPDATE evidence SET size_bytes = 1", "another size"),
            ("DELETE FROM year_accounts", "no account"),
            (UNREVIEWED, "did not pass both steps"),
            (FORGED, "audit chain broken"),
        ],
    )
    async def test_names_the_first_violation(self, hours, tampering, complaint) -> None:
        await hours.complete(await hours.technician())
        await audited(hours)
        for statement in tampering.split("; "):
            await hours.run(statement)
        with pytest.raises(InvariantBroken, match=complaint):
            await audited(hours)

    async def test_damaged_file_is_named(self, hours) -> None:
        await (await hours.technician()).evidence()
        (file,) = [path for path in hours.objects.rglob("*") if path.is_file()]
        file.write_bytes(b"something else")
        with pytest.raises(InvariantBroken, match="lost or damaged"):
            await audited(hours)


class TestCommandLine:
    async def test_audit_exits_0_then_1_naming_the_violation(self, hours) -> None:
        await hours.complete(await hours.technician())
        good = await command(hours, "audit")
        assert good.returncode == 0, good.stderr
        assert "1 year accounts, 2 claims" in good.stdout
        await hours.run("UPDATE year_accounts SET counted = '{}'")
        bad = await command(hours, "audit")
        assert bad.returncode == 1
        assert "VIOLATION" in bad.stdout

    async def test_replay_knows_the_queues_of_this_service(self, hours) -> None:
        refused = await command(hours, "replay", "--queue", "certificates.hours")
        assert refused.returncode == 2
        assert all(queue in refused.stderr for queue in subscribers.QUEUES)

    async def test_republish_wants_all_or_an_instant_with_zone(self, hours) -> None:
        await (await hours.technician()).claim()
        assert "1 events queued again" in (await command(hours, "republish", "--all")).stdout
        assert (await command(hours, "republish")).returncode == 2
        assert (await command(hours, "republish", "--since", "2026-01-01")).returncode == 2


async def command(hours, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = hours.settings
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": ":".join(str(ROOT / part) for part in ("chassis", "services/hours")),
        "HOURS_CONTRACTS_DIR": str(settings.contracts_dir),
        "HOURS_DATABASE_URL": settings.database_url,
        "HOURS_BUS_KEYS_FILE": str(settings.bus_keys_file),
        "HOURS_OBJECTS_URL": settings.objects_url,
        "HOURS_API_PORT": "1",
        "HOURS_WORKER_PORT": "1",
    }
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "hours", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


class TestAppendOnly:
    @pytest.mark.parametrize("table", ["decisions", "audit_rows"])
    async def test_history_cannot_be_altered(self, hours, table) -> None:
        await hours.complete(await hours.technician())
        statements = (f"DELETE FROM {table}", f"TRUNCATE {table}")  # noqa: S608 - names from above
        for statement in statements:
            with pytest.raises(Exception, match="append-only"):
                await hours.run(statement)


class TestRepublish:
    async def test_present_states_again_with_the_versions_they_have(self, hours) -> None:
        technician = await hours.technician()
        claims = await hours.complete(technician)
        open_claim = await technician.claim()
        before = await hours.told()
        await hours.run("DELETE FROM outbox")
        tools = build_tools(hours.settings, hours.clock)
        count = await outbox.republish(
            hours.database, tools.outbox, _present_states(hours.database, None)
        )
        again = {event["aggregateid"]: event for event in await hours.told()}
        assert count == len(again) == 4
        last = {event["aggregateid"]: event for event in before}
        for aggregate in (*claims, open_claim):
            assert again[aggregate]["type"] == last[aggregate]["type"]
        for aggregate, event in again.items():
            assert event["data"] == last[aggregate]["data"]
            assert event["aggregateversion"] == last[aggregate]["aggregateversion"]

    async def test_only_what_changed_since(self, hours) -> None:
        await (await hours.technician()).claim()
        moment = hours.clock.now()
        found = [one async for one in _present_states(hours.database, moment)]
        assert len(found) == 1
        later = moment.replace(year=2027)
        assert [one async for one in _present_states(hours.database, later)] == []


class TestMigrations:
    async def test_tables_in_code_are_those_the_migrations_build(self) -> None:
        async with migrated_database("hours") as url:
            folder = ROOT / "services/hours/migrations"
            await asyncio.to_thread(migrations.check, url, folder)
            await asyncio.to_thread(migrations.upgrade, url, folder)

    async def test_queue_page_is_found_in_its_index(self, hours) -> None:
        async with hours.database.transaction() as tx:
            await tx.execute(text("SET LOCAL enable_seqscan = off"))
            plan = await tx.execute(
                text(
                    "EXPLAIN SELECT id, submitted_at FROM claims WHERE state = 'submitted'"
                    " AND year = 2026 AND subject_kind = 'public' AND activity_kind = 'training'"
                    " AND person_id <> gen_random_uuid() ORDER BY submitted_at, id LIMIT 20"
                )
            )
            assert "Index Only Scan using ix_claims_queue" in "\n".join(row[0] for row in plan)


class TestOpenapi:
    def test_golden_is_current(self) -> None:
        golden = json.loads((ROOT / "contracts/http/hours.json").read_text())
        assert openapi_document() == golden, "python -m hours openapi > contracts/http/hours.json"


async def test_after_a_restore_claims_and_accounts_go_on_under_higher_versions(hours) -> None:
    await hours.complete(await hours.technician())
    async with hours.database.transaction() as tx:
        before = (await tx.execute(text("SELECT sum(version) FROM claims"))).scalar_one()
        raised = await raise_versions(tx, (tables.claims, tables.year_accounts))
        after = (await tx.execute(text("SELECT sum(version) FROM claims"))).scalar_one()

    assert raised == 3
    assert after == before + 2 * VERSION_STEP
    assert (await audited(hours)).claims == 2
