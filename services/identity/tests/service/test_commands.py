"""What an operator runs: migrate, seed, audit, republish, replay, as the real commands."""

import argparse
import asyncio
import base64
import json
import secrets
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aio_pika import Message
from sqlalchemy import text
from tests.kit.broker import vhost
from tests.kit.databases import migrated_database
from tests.kit.people import new_identity_number
from tests.kit.stack import ROOT

from chassis import bus, migrations
from chassis.ids import uuid7
from chassis.restored import VERSION_STEP
from chassis.topology import Topology
from identity import tables
from identity.__main__ import SERVICE
from identity.building import build_core
from identity.domain.id_numbers import IdNumber
from identity.domain.ids import division_id
from identity.domain.organisations import Kind
from identity.domain.people import Person, Status, TitleLevel
from identity.store import people

DIRECT_COUNTIES = {
    "419001", "410181", "410225", "410482", "410526", "410783",
    "411381", "411481", "411525", "411628", "411729",
}  # fmt: skip


class Commands:
    """Runs the commands as ``python -m identity`` does, within this process."""

    def __init__(self, core, capsys):
        self.core = core
        self._capsys = capsys

    async def run(self, name, **arguments):
        """Return the exit code and what was said."""
        self._capsys.readouterr()
        result = SERVICE.commands()[name].run(argparse.Namespace(**arguments))
        code = await result if asyncio.iscoroutine(result) else result
        return code or 0, self._capsys.readouterr().out

    async def rows(self, table):
        async with self.core.database.reading() as tx:
            return [dict(row) for row in (await tx.execute(table.select())).mappings()]

    async def execute(self, statement):
        async with self.core.database.transaction() as tx:
            await tx.execute(text(statement))


@pytest.fixture
async def commands(new_settings, key_files, monkeypatch, capsys):
    async with migrated_database("identity") as url:
        settings = new_settings(url)
        environment = {
            "CONTRACTS_DIR": ROOT / "contracts",
            "API_PORT": 1,
            "WORKER_PORT": 1,
            "ARGON2_MEMORY_KIB": 8,
            "DATABASE_URL": settings.database_url,
            **key_files,
        }
        for name, value in environment.items():
            monkeypatch.setenv(f"IDENTITY_{name.upper()}", str(value))
        core = build_core(settings)
        yield Commands(core, capsys)
        await core.database.close()


async def test_the_seed_loads_the_province_once(commands):
    code, said = await commands.run("seed")
    assert code == 0, said
    rows = {row["code"]: row for row in await commands.rows(tables.organisations)}
    kinds = Counter(row["kind"] for row in rows.values())
    assert kinds == {
        Kind.PROVINCE: 1,
        Kind.PREFECTURE: 17,
        Kind.DIRECT_COUNTY: 11,
        Kind.COUNTY: 146,
    }
    direct = {code for code, row in rows.items() if row["kind"] == Kind.DIRECT_COUNTY}
    assert direct == DIRECT_COUNTIES
    assert {rows[code]["parent_id"] for code in direct} == {division_id("410000")}
    assert rows["410105"]["path"] == "/" + "".join(
        f"{division_id(code)}/" for code in ("410000", "410100", "410105")
    )
    assert rows["410100"]["name"] == "郑州市人力资源和社会保障局"
    rollouts = {row["organisation_id"]: row for row in await commands.rows(tables.rollouts)}
    assert str(rollouts[division_id("410100")]["starts_on"]) == "2017-09-15"
    assert str(rollouts[division_id("410000")]["starts_on"]) == "2017-12-01"
    assert {str(row["paper_until"]) for row in rollouts.values()} == {"2019-10-30"}
    events = Counter(row["type"] for row in await commands.rows(tables.outbox))
    assert events == {
        "identity.organisation.changed.v1": 175,
        "identity.rollout.changed.v1": 2,
    }
    again = await commands.run("seed")
    assert again == (0, "identity: added 0 organisations, 0 rollout dates, 0 administrators\n")
    assert len(await commands.rows(tables.outbox)) == 177
    names = [row["username"] for row in await commands.rows(tables.accounts)]
    assert sorted(names) == ["province-admin-1", "province-admin-2"]


async def test_the_seed_leaves_what_an_administrator_has_changed(commands):
    await commands.run("seed")
    await commands.execute("UPDATE organisations SET name = '郑州' WHERE code = '410100'")
    await commands.run("seed")
    (city,) = [row for row in await commands.rows(tables.organisations) if row["code"] == "410100"]
    assert city["name"] == "郑州"


async def test_an_empty_service_is_sound_says_the_real_process(commands):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "identity", "audit", stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    assert process.returncode == 0
    assert said == b"identity: 0 people, 0 organisations and 0 audit rows checked\n"


async def test_the_audit_says_what_is_broken_and_fails(commands):
    await commands.run("seed")
    code, said = await commands.run("audit")
    assert (code, said) == (
        0,
        "identity: 0 people, 175 organisations and 0 audit rows checked\n",
    )
    await commands.execute("UPDATE organisations SET path = '/x/' WHERE code = '410105'")
    code, said = await commands.run("audit")
    assert code == 1
    assert said.startswith("identity: VIOLATION: organisation ")


async def test_republishing_writes_the_current_state_again(commands):
    await commands.run("seed")
    await commands.execute("DELETE FROM outbox")
    assert await commands.run("republish", since=None) == (0, "identity: 177 events queued again\n")
    await commands.execute("DELETE FROM outbox")
    later = datetime(2100, 1, 1, tzinfo=UTC)
    assert await commands.run("republish", since=later) == (
        0,
        "identity: 0 events queued again\n",
    )


async def test_replay_moves_parked_messages_back(commands, monkeypatch):
    async with vhost() as broker_url:
        monkeypatch.setenv("IDENTITY_BROKER_URL", broker_url)
        connection = await bus.connect(broker_url, name="test")
        channel = await connection.channel()
        await Topology("identity.messages", (1,)).declare(channel, ["a.b.c.v1"])
        await channel.default_exchange.publish(
            Message(b"{}"), routing_key="identity.messages.parked"
        )
        code, said = await commands.run("replay", queue="identity.messages")
        assert (code, said) == (0, "identity: 1 parked messages moved back to identity.messages\n")
        queue = await channel.get_queue("identity.messages")
        assert (await queue.get(no_ack=True)).body == b"{}"
        await connection.close()


async def test_the_migrations_build_what_the_code_declares(commands):
    url = commands.core.settings.database
    await asyncio.to_thread(migrations.check, url, SERVICE.migrations)
    await asyncio.to_thread(SERVICE.commands()["migrate"].run, argparse.Namespace())


async def test_rekey_puts_every_number_under_the_current_keys(
    commands, key_files, monkeypatch, tmp_path
):
    for _ in range(3):
        await add_person_with_number(commands, uuid7())
    rings = Rings(key_files, tmp_path, monkeypatch)
    rings.add_a_key()

    code, said = await commands.run("rekey")

    assert (code, said) == (0, "identity: 3 ID numbers under the current keys now\n")
    documents = await commands.rows(tables.id_documents)
    assert {row["index_key_version"] for row in documents} == {2}
    assert all(row["sealed_number"].startswith("enc:2:") for row in documents)
    rings.take_the_old_key_away()
    code, said = await commands.run("audit")
    assert (code, "3 people" in said) == (0, True), said
    assert (await commands.run("rekey"))[1].startswith("identity: 0 ID numbers")


class Rings:
    """Copies of the keys of ID numbers, to be changed as operators do."""

    def __init__(self, key_files, folder, monkeypatch):
        self._files = []
        for name in ("id_number_keys_file", "index_keys_file"):
            copy = folder / name
            copy.write_text(Path(key_files[name]).read_text())
            monkeypatch.setenv(f"IDENTITY_{name.upper()}", str(copy))
            self._files.append(copy)

    def add_a_key(self):
        for file in self._files:
            ring = json.loads(file.read_text())
            ring["keys"]["2"] = base64.b64encode(secrets.token_bytes(32)).decode()
            file.write_text(json.dumps(ring | {"current": 2}))

    def take_the_old_key_away(self):
        for file in self._files:
            ring = json.loads(file.read_text())
            del ring["keys"]["1"]
            file.write_text(json.dumps(ring))


async def test_after_a_restore_versions_go_on_and_numbers_are_not_given_again(commands, tmp_path):
    known, forgotten = uuid7(), uuid7()
    await add_person_with_number(commands, known)
    (held,) = await commands.rows(tables.management_numbers)
    lost = "41000000000182" if held["number"] != "41000000000182" else "41000000000279"
    file = tmp_path / "numbers.jsonl"
    lines = [(known, held["number"]), (forgotten, lost)]
    text_of = [json.dumps({"person_id": str(p), "management_number": n}) for p, n in lines]
    await asyncio.to_thread(file.write_text, "\n".join(text_of) + "\n")

    code, said = await commands.run("restored", numbers=file)

    assert code == 0
    assert said.endswith("1 numbers of forgotten people are kept\n")
    (person,) = await commands.rows(tables.people)
    assert person["version"] == 1 + VERSION_STEP
    rows = await commands.rows(tables.management_numbers)
    kept = {row["number"]: row["person_id"] for row in rows}
    assert kept == {held["number"]: known, lost: forgotten}
    assert (await commands.run("restored", numbers=None))[0] == 0


async def add_person_with_number(commands, person):
    """Register somebody as the use case does, without an account."""
    now, vault = datetime(2026, 11, 23, 4, tzinfo=UTC), commands.core.deps.vault
    number = IdNumber(new_identity_number())
    async with commands.core.database.transaction() as tx:
        one = Person(
            id=person,
            version=1,
            management_number=await people.issue_number(tx, person, now=now),
            status=Status.PROVEN,
            name="张三",
            identity_masked=number.masked,
            sex=number.sex,
            title_level=TitleLevel.UNRATED,
            title_series=None,
        )
        await people.add_person(tx, one, name_key="张三", now=now)
        await people.add_id_document(
            tx,
            person,
            id_type=number.id_type,
            sealed=vault.seal(number, person),
            index=vault.index(number),
        )
