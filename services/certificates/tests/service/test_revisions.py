"""Later revisions of sealed files: validation material and timestamps of a real authority."""

import hashlib
import io
import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import async_validate_pdf_signature, async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from services.certificates.tests.service.seal_server import SealServer
from services.certificates.tests.service.served_pki import ServedPki, asked_bureau
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from certificates.downloading import binding_of
from certificates.store import revisions
from certificates.usecases.bulk_download import bind_next
from certificates.usecases.check import check_everything
from certificates.usecases.revise import revise_due
from certificates.usecases.revocation_lists import refresh_revocation_lists
from chassis.audit import InvariantBroken

pytestmark = pytest.mark.infra


@pytest.fixture(scope="module")
async def pki(tmp_path_factory) -> AsyncIterator[ServedPki]:
    served = ServedPki(tmp_path_factory.mktemp("pki") / "ca")
    await served.start()
    yield served
    await served.stop()


@pytest.fixture(autouse=True)
async def _pki_runs(pki):
    yield
    await pki.start()


@pytest.fixture(scope="module")
async def seal_servers(tmp_path_factory, pki) -> AsyncIterator[dict[str, SealServer]]:
    async with asked_bureau(tmp_path_factory.mktemp("asked"), pki) as servers:
        yield servers


@pytest.fixture
def settings(settings, pki):
    changes = {
        "trust_roots_file": pki.root,
        "timestamp_url": pki.timestamps,
        "revision_delay_seconds": 0,
    }
    return settings.model_copy(update=changes)


@pytest.fixture
async def issued(office):
    """Issue one certificate; return its id and its holder's headers."""
    await office.activate_seal()
    technician = await office.technician()
    certificate = await office.issue(technician)
    return certificate["certificate_id"], office.holder(technician)


async def download(office, issued):
    certificate_id, headers = issued
    answer = await office.get(f"certificates/{certificate_id}/file", headers)
    assert answer.status_code == 200
    assert answer.headers["etag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
    return answer.content


async def check(office):
    bench = office.bench
    return await check_everything(
        bench.database, bench.objects, bench.workshop, bench.deps.audit, bench.trust_roots
    )


async def test_newest_revision_begins_with_the_sealed_file(office, issued):
    sealed = await download(office, issued)
    assert await revise_due(office.bench) == 1
    revised = await download(office, issued)

    assert revised.startswith(sealed)
    assert len(revised) > len(sealed)
    first, second = sorted(await office.rows("file_revisions"), key=lambda row: row["revision"])
    assert (first["kind"], second["kind"]) == ("sealed", "validated")
    assert first["sha256"] == hashlib.sha256(sealed).hexdigest()
    assert second["sha256"] == hashlib.sha256(revised).hexdigest()
    told = [row["type"] for row in await office.rows("outbox")]
    assert told.count("certificates.certificate.issued.v1") == 1
    # Nothing is due until long before the authority's certificate ends.
    assert await revise_due(office.bench) == 0
    (work,) = await office.rows("revision_work")
    assert work["due_at"] == second["stamp_ends_at"] - timedelta(days=90)


async def test_certificate_of_an_earlier_release_is_adopted(office, issued):
    """Its worker registered no revisions; the sealed file becomes the first, and work is due."""
    async with office.bench.database.transaction() as tx:
        await tx.execute(text("TRUNCATE revision_work"))
        await tx.execute(text("ALTER TABLE file_revisions DISABLE TRIGGER USER"))
        await tx.execute(text("DELETE FROM file_revisions"))
        await tx.execute(text("ALTER TABLE file_revisions ENABLE TRIGGER USER"))
    for adopted in (1, 0):
        async with office.bench.database.transaction() as tx:
            assert await revisions.adopt(tx) == adopted
    (first,) = await office.rows("file_revisions")
    assert (first["revision"], first["kind"]) == (1, "sealed")
    assert first["sha256"] == hashlib.sha256(await download(office, issued)).hexdigest()
    assert await revise_due(office.bench) == 1


def begins_genuinely(event, file):
    """Apply what `contracts/file/profile.md` asks first, with nothing but an event."""
    told = event["data"]
    first = file[: told["file_bytes"]]
    return (
        len(first) == told["file_bytes"]
        and hashlib.sha256(first).hexdigest() == told["file_sha256"]
    )


async def test_an_event_is_enough_to_recognise_every_revision(office, issued):
    sealed = await download(office, issued)
    await revise_due(office.bench)
    revised = await download(office, issued)
    certificate_id, _ = issued
    await office.post(
        f"certificates/{certificate_id}/suspension",
        office.bureau(),
        {"reason_code": "under_review"},
    )

    told = [
        json.loads(row["body"])
        for row in await office.rows("outbox")
        if row["type"].startswith("certificates.certificate.")
    ]

    assert len(told) == 2
    for event in told:
        assert begins_genuinely(event, sealed)
        assert begins_genuinely(event, revised)
        assert not begins_genuinely(event, sealed[:-1])
        assert not begins_genuinely(event, b" " + revised[1:])


async def test_bulk_download_holds_the_newest_revision(office, issued, settings):
    await revise_due(office.bench)
    revised = await download(office, issued)
    employer = office.administrator("employer_administrator", office.hospital("zhengzhou"))
    binding = binding_of(settings, office.bench)
    ordered = await office.post("downloads", employer, {"year": 2026, "format": "zip"})
    try:
        assert await bind_next(binding)
    finally:
        binding.bindery.close()

    path = f"downloads/{ordered.json()['download_id']}/file"
    answer = await office.get(path, employer)

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [revised]


async def test_pyhanko_trusts_seal_and_timestamp_without_asking_anybody(office, issued, pki):
    await revise_due(office.bench)
    content = await download(office, issued)
    await pki.stop()

    root = load_cert_from_pemder(str(pki.root))
    reader = PdfFileReader(io.BytesIO(content))
    [seal] = reader.embedded_regular_signatures
    [stamp] = reader.embedded_timestamp_signatures

    offline = {"trust_roots": [root], "allow_fetching": False, "revocation_mode": "hard-fail"}
    store = DocumentSecurityStore.read_dss(reader)
    status = await async_validate_pdf_signature(seal, store.as_validation_context(offline))
    assert status.bottom_line, status.pretty_print_details()
    assert status.trusted
    assert status.docmdp_ok
    assert status.modification_level is ModificationLevel.LTA_UPDATES
    stamped = await async_validate_pdf_timestamp(stamp, store.as_validation_context(offline))
    assert stamped.valid
    assert stamped.trusted
    assert stamped.coverage.name == "ENTIRE_FILE"


async def test_material_is_fetched_once_for_all_files_of_a_turn(office, issued, monkeypatch):
    for _ in range(2):
        await office.issue(await office.technician())
    asked = []
    honest = office.bench.authorities._fetch

    async def counted(request):
        asked.append(request.headers.get("content-type"))
        return await honest(request)

    monkeypatch.setattr(office.bench.authorities, "_fetch", counted)
    assert await revise_due(office.bench) == 3
    assert asked.count("application/ocsp-request") == 1
    # The root's list, for the issuing authority and the timestamp authority.
    assert asked.count(None) == 1
    # One for each file, and one to see who stamps.
    assert asked.count("application/timestamp-query") == 4


async def test_answer_is_younger_than_the_seal(office, issued, monkeypatch):
    await revise_due(office.bench)
    (before,) = await office.rows("ocsp_answers")
    office.clock.advance(timedelta(minutes=5))
    await office.issue(await office.technician())
    await revise_due(office.bench)
    (after,) = await office.rows("ocsp_answers")
    assert after["fetched_at"] > before["fetched_at"]


async def test_sealed_file_stays_while_the_authorities_are_away(office, issued, pki):
    sealed = await download(office, issued)
    await pki.stop()
    assert await revise_due(office.bench) == 1
    assert await download(office, issued) == sealed
    (work,) = await office.rows("revision_work")
    assert work["due_at"] > office.clock.now()
    certificate_id, headers = issued
    seen = (await office.get(f"certificates/{certificate_id}/revisions", headers)).json()
    assert [one["kind"] for one in seen["items"]] == ["sealed"]
    assert (seen["attempts"], seen["last_error"]) == (1, "certificates.authority_unavailable")
    stranger = office.holder(await office.technician())
    assert (
        await office.get(f"certificates/{certificate_id}/revisions", stranger)
    ).status_code == 404
    assert await revise_due(office.bench) == 0

    await pki.start()
    office.clock.advance(timedelta(minutes=1))
    assert await revise_due(office.bench) == 1
    assert (await download(office, issued)).startswith(sealed)
    (work,) = await office.rows("revision_work")
    assert (work["attempts"], work["last_error"]) == (0, None)


async def test_worker_that_lost_its_lease_registers_nothing(office, issued, new_bench):
    slow, now = office.bench, office.clock.now()
    async with slow.database.transaction() as tx:
        [held] = await revisions.claim(tx, limit=1, now=now, until=now + timedelta(seconds=30))
    office.clock.advance(timedelta(seconds=31))
    assert await revise_due(new_bench()) == 1
    async with slow.database.transaction() as tx:
        assert not await revisions.finish(tx, held, due_at=now)


async def test_revisions_cannot_be_changed(office, issued):
    for statement in ("DELETE FROM file_revisions", "UPDATE file_revisions SET size_bytes = 1"):
        with pytest.raises(DBAPIError, match="kept as they are"):
            async with office.bench.database.transaction() as tx:
                await tx.execute(text(statement))


async def test_audit_finds_a_revision_that_was_altered(office, issued, settings):
    await revise_due(office.bench)
    assert (await check(office)).revisions == 2
    row = (await office.rows("file_revisions", revision=2))[0]
    folder, sha256 = Path(settings.objects_url.removeprefix("file://")), row["sha256"]
    path = folder / sha256[:2] / sha256[2:4] / sha256
    path.write_bytes(path.read_bytes()[:-20] + b"x" * 20)
    with pytest.raises(InvariantBroken, match="revision 2"):
        await check(office)


class TestEvidenceBeforeTheSeal:
    @pytest.fixture
    def strict(self, office):
        """Demand a fresh statement about the signer, as production does."""
        deps = office.bench.deps
        rules = replace(deps.rules, revocation_max_age=timedelta(hours=48))
        office.bench = replace(office.bench, deps=replace(deps, rules=rules))
        return office

    async def test_lane_waits_until_the_authority_has_said_something(self, strict):
        await strict.activate_seal()
        technician = await strict.technician()
        await strict.complete_year(technician)
        await strict.work()
        intent = await strict.intent(technician)
        assert (intent["state"], intent["last_error"]) == (
            "sealing",
            "certificates.revocation_unknown",
        )

        assert await refresh_revocation_lists(strict.bench) == 0
        strict.clock.advance(timedelta(minutes=2))
        await strict.work()
        assert (await strict.intent(technician))["state"] == "issued"

    async def test_statement_that_is_too_old_counts_no_more(self, strict):
        await strict.activate_seal()
        await refresh_revocation_lists(strict.bench)
        strict.clock.advance(timedelta(hours=49))
        technician = await strict.technician()
        await strict.complete_year(technician)
        await strict.work()
        intent = await strict.intent(technician)
        assert intent["last_error"] == "certificates.revocation_unknown"

    async def test_seal_is_suspended_when_the_authority_answers_revoked(self, office, pki):
        await office.activate_seal()
        async with pki.revoked(pki.first_seal):
            assert await refresh_revocation_lists(office.bench) >= 1
        (row,) = await office.rows("seals")
        assert (row["state"], row["state_reason"]) == ("suspended", "certificate_revoked")

    async def test_revoked_seal_gets_no_validation_material(self, office, issued, pki):
        async with pki.revoked(pki.first_seal):
            await revise_due(office.bench)
        (work,) = await office.rows("revision_work")
        assert work["last_error"] == "certificates.certificate_of_signer_revoked"
        assert len(await office.rows("file_revisions")) == 1
