"""The commands as operations run them."""

import asyncio
import json
import sys
from collections import Counter

import pytest
from tests.kit.stack import ROOT

from chassis.migrations import check, upgrade

pytestmark = pytest.mark.infra


@pytest.fixture
def run(settings):
    async def running(*arguments, **changes):
        given = settings.model_dump(mode="json", exclude_unset=True) | changes
        environment = {f"CERTIFICATES_{name.upper()}": str(v) for name, v in given.items()}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "certificates",
            *arguments,
            env=environment,
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate()
        return process.returncode, output.decode()

    return running


async def test_migrations_build_what_the_code_declares(settings):
    folder = ROOT / "services" / "certificates" / "migrations"
    await asyncio.to_thread(upgrade, settings.database, folder)
    await asyncio.to_thread(check, settings.database, folder)


async def test_audit_says_what_it_checked_and_names_what_is_broken(office, run, tmp_path):
    await office.activate_seal()
    certificate = await office.issue(await office.technician())

    code, output = await run("audit")

    assert code == 0
    assert "1 certificates with their files in 1 revisions, 1 ledger entries" in output
    sha256 = certificate["file_sha256"]
    (tmp_path / "objects" / sha256[:2] / sha256[2:4] / sha256).unlink()
    code, output = await run("audit")
    assert code == 1
    assert f"certificate {certificate['certificate_id']}: its file is missing" in output


async def test_republish_queues_present_states_again(office, run):
    await office.activate_seal()
    await office.issue(await office.technician())
    before = Counter(row["type"] for row in await office.rows("outbox"))

    code, output = await run("republish", "--all")

    assert (code, "2 events queued again" in output) == (0, True)
    after = Counter(row["type"] for row in await office.rows("outbox"))
    again = ["certificates.seal.activated.v1", "certificates.certificate.issued.v1"]
    assert after - before == Counter(again)


async def test_openapi_needs_no_settings():
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "certificates",
        "openapi",
        env={},
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()

    assert process.returncode == 0
    document = json.loads(output)
    golden = ROOT / "contracts" / "http" / "certificates.json"
    assert document == json.loads(golden.read_text())


async def test_numbers_are_written_down_with_their_people(office, run, tmp_path):
    technician = await office.technician()
    file = tmp_path / "numbers.jsonl"

    code, output = await run("numbers", "--output", str(file))

    assert (code, "1 numbers" in output) == (0, True)
    assert json.loads(await asyncio.to_thread(file.read_text)) == {
        "person_id": str(technician.person_id),
        "management_number": technician.management_number,
    }


async def test_recover_says_what_is_left_and_fails_for_it(office, run, tmp_path):
    file = tmp_path / "witness.jsonl"
    seal = {"kind": "seal", "seal_id": str(office.new_id()), "aggregate_version": 1}
    await asyncio.to_thread(file.write_text, json.dumps(seal | {"state": "active"}) + "\n")

    code, output = await run("recover", "--witness", str(file))

    assert code == 1
    assert f"LEFT: seal {seal['seal_id']}: not registered here, file it again" in output
    await asyncio.to_thread(file.write_text, "")
    assert (await run("recover", "--witness", str(file)))[0] == 0
    await asyncio.to_thread(file.write_text, "{}\n")
    assert (await run("recover", "--witness", str(file)))[0] == 1
