"""The auditor's look at share codes and bulk downloads."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from certificates.downloading import binding_of
from certificates.usecases.bulk_download import bind_next
from certificates.usecases.check_readers import check_downloads, check_readers
from chassis.audit import InvariantBroken

pytestmark = pytest.mark.infra


@pytest.fixture
async def used(office, settings):
    """Have a share that was looked at and a bulk download that is ready."""
    await office.activate_seal()
    technician = await office.technician()
    await office.issue(technician)
    holder = office.holder(technician)
    ends_at = (office.clock.now() + timedelta(days=30)).isoformat()
    share = await office.post("shares", holder, {"years": [2026], "ends_at": ends_at})
    assert share.status_code == 201, share.text
    assert (await office.get(f"shares/{share.json()['code']}", {})).status_code == 200
    employer = office.administrator("employer_administrator", office.hospital("zhengzhou"))
    await office.post("downloads", employer, {"year": 2026, "format": "zip"})
    binding = binding_of(settings, office.bench)
    try:
        assert await bind_next(binding)
    finally:
        binding.bindery.close()
    return binding.downloads


async def check(office):
    async with office.bench.database.reading() as tx:
        return await check_readers(tx)


async def test_counts_what_is_in_order(office, used):
    found = await check(office)
    found.files = await check_downloads(office.bench.database, used)
    assert found.summary == "1 shares used 1 times, 1 bulk downloads (1 files)"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE shares SET ends_at = ends_at + interval '90 days'", "share"),
        ("UPDATE shares SET revoked_at = created_at - interval '1 day'", "share"),
        ("UPDATE share_uses SET at = at + interval '31 days'", "share"),
        ("UPDATE download_jobs SET file_sha256 = NULL", "bulk download"),
        ("UPDATE download_jobs SET done = 0", "bulk download"),
        ("UPDATE download_jobs SET state = 'waiting'", "bulk download"),
        (
            "INSERT INTO download_parts SELECT id, 0, '' FROM download_jobs",
            "bulk download",
        ),
    ],
)
async def test_finds_what_cannot_be(office, used, change, said):
    async with office.bench.database.transaction() as tx:
        await tx.execute(text(change))
    with pytest.raises(InvariantBroken, match=said):
        await check(office)


async def test_finds_a_download_that_was_altered_or_lost(office, used, settings):
    (job,) = await office.rows("download_jobs")
    sha256 = job["file_sha256"]
    folder = Path(settings.downloads_url.removeprefix("file://"))
    path = folder / sha256[:2] / sha256[2:4] / sha256
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(InvariantBroken, match="altered"):
        await check_downloads(office.bench.database, used)
    path.unlink()
    with pytest.raises(InvariantBroken, match="missing"):
        await check_downloads(office.bench.database, used)
