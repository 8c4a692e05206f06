"""``python -m seal``: the commands as an operator runs them."""

import asyncio
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from sqlalchemy import func, select, text
from tests.kit.databases import migrated_database
from tests.kit.pki import ZHENGZHOU
from tests.kit.stack import ROOT

from chassis import migrations
from seal import tables

pytestmark = pytest.mark.infra


@pytest.fixture
def run(environment_of):
    """Run a command with the settings as the stack gives them: by the environment."""

    def running(settings, *arguments):
        return subprocess.run(
            [sys.executable, "-m", "seal", *arguments],
            check=False,
            capture_output=True,
            text=True,
            env=environment_of(settings),
            cwd=ROOT,
        )

    return running


class TestKeygen:
    def test_it_makes_a_key_once_and_requests_a_certificate(
        self, run, make_settings, tmp_path: Path
    ):
        settings = make_settings(pkcs11_token_label="seal-spare")
        request = tmp_path / "seal.csr"

        first = run(settings, "keygen", "--request", str(request))
        second = run(settings, "keygen")

        assert first.returncode == 0, first.stderr
        assert second.stdout == first.stdout
        asked = x509.load_pem_x509_csr(request.read_bytes())
        assert asked.is_signature_valid
        assert asked.public_key() == load_pem_public_key(first.stdout.encode())
        assert ZHENGZHOU in asked.subject.rfc4514_string()

    def test_it_writes_the_public_key_to_a_file(self, run, make_settings, token, tmp_path):
        result = run(make_settings(), "keygen", "--public-key", str(tmp_path / "public.pem"))

        assert result.returncode == 0, result.stderr
        assert load_pem_public_key((tmp_path / "public.pem").read_bytes())


class TestAudit:
    async def test_it_says_what_it_checked(self, run, service, hashes):
        await service.certificates.seal(hashes(3))

        result = run(service.settings, "audit")

        assert (result.returncode, result.stdout) == (
            0,
            "seal: 3 signatures and 0 audit rows checked\n",
        )

    async def test_it_names_the_first_violation_and_fails(self, run, service, hashes):
        await service.certificates.seal(hashes(3))
        async with service.database.transaction() as tx:
            await tx.execute(text("ALTER TABLE signatures DISABLE TRIGGER USER"))
            await tx.execute(text("DELETE FROM signatures WHERE position = 2"))

        result = run(service.settings, "audit")

        assert (result.returncode, result.stdout) == (
            1,
            "seal: VIOLATION: the log is broken after position 1\n",
        )


class TestMigrations:
    async def test_the_tables_in_code_are_those_the_migrations_build(self):
        async with migrated_database("seal") as url:
            folder = ROOT / "services" / "seal" / "migrations"
            await asyncio.to_thread(migrations.check, url, folder)

    async def test_migrating_again_changes_nothing(self, run, make_settings, database_url):
        result = run(make_settings(database_url=database_url), "migrate")

        assert result.returncode == 0, result.stderr


class TestOpenapi:
    def test_the_published_document_is_the_services(self, run, make_settings):
        golden = ROOT / "contracts" / "http" / "seal.json"

        result = run(make_settings(), "openapi")

        assert json.loads(result.stdout) == json.loads(golden.read_text())
        assert result.stdout == golden.read_text()

    async def test_the_running_service_serves_the_same_document(self, service):
        served = service.app.openapi()

        assert served == json.loads((ROOT / "contracts" / "http" / "seal.json").read_text())


class TestWorker:
    async def test_it_chains_the_audit_rows_and_ends_when_told(
        self, service, hashes, environment_of, make_settings
    ):
        await service.certificates.seal(hashes(1))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = make_settings(database_url=service.settings.database_url, worker_port=port)
        worker = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "seal",
            "worker",
            env=environment_of(settings),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(20):
                while not await sealed_rows(service):
                    await asyncio.sleep(0.05)
        finally:
            worker.terminate()
            assert await asyncio.wait_for(worker.wait(), 10) == 0


async def sealed_rows(service) -> int:
    rows = tables.audit.rows
    query = select(func.count()).select_from(rows).where(rows.c.seal.is_not(None))
    async with service.database.reading() as tx:
        return int(await tx.scalar(query) or 0)
