"""The auditor's look at the seal registry."""

from pathlib import Path

import pytest
from services.certificates.tests import impressions
from services.certificates.tests.service.impressing import hand_in
from sqlalchemy import text

from certificates.printshop import Printshop
from certificates.usecases.check_seals import check_seals
from chassis.audit import InvariantBroken
from chassis.objects import ObjectStore

pytestmark = pytest.mark.infra

_WITHOUT_IMPRESSION = """
UPDATE seals SET impression_sha256 = NULL;
UPDATE approvals SET payload = payload - 'impression_sha256'
"""


@pytest.fixture
async def objects(office, workshop, settings):
    """Have one seal with an impression and a printed application, and one drawn from its name."""
    office.app.state.printshop = Printshop(workshop, settings.fonts_dir, settings.contracts_dir)
    seal_id = (await office.apply(face="impression")).json()["seal_id"]
    await hand_in(office, seal_id, impressions.clean())
    paper = await office.get(f"seals/{seal_id}/application", office.bureau())
    assert paper.status_code == 200, paper.text
    await office.file_seal(seal_id)
    await office.activate_seal("luoyang")
    return ObjectStore(settings.objects_url, settings.objects_access)


async def test_counts_what_is_in_order(office, objects):
    assert await check_seals(office.bench.database, objects) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE approvals SET decided_by = proposer", "no two people"),
        ("UPDATE approvals SET outcome = 'refused'", "no two people"),
        ("UPDATE seals SET signer_sha256 = 'another'", "no two people"),
        ("UPDATE seals SET drawing_sha256 = NULL", "no two people"),
        ("UPDATE seal_drawings SET development = false", "another kind"),
        (_WITHOUT_IMPRESSION, "without its impression"),
    ],
)
async def test_names_a_seal_that_cannot_be(office, objects, change, said):
    async with office.bench.database.transaction() as tx:
        for table in ("seals", "seal_drawings"):
            await tx.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER stays"))
        for statement in change.split(";"):
            await tx.execute(text(statement))
        for table in ("seals", "seal_drawings"):
            await tx.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER stays"))
    with pytest.raises(InvariantBroken, match=said):
        await check_seals(office.bench.database, objects)


def damage(root, sha256, fate):
    (file,) = [path for path in root.rglob("*") if path.name == sha256]
    if fate == "missing":
        file.unlink()
    else:
        file.write_bytes(b"altered")


@pytest.mark.parametrize("fate", ["missing", "altered"])
async def test_names_a_seal_whose_file_is_lost(office, objects, settings, fate):
    (row,) = await office.rows("seal_applications")
    damage(Path(settings.objects_url.removeprefix("file://")), row["file_sha256"], fate)
    with pytest.raises(InvariantBroken, match=fate):
        await check_seals(office.bench.database, objects)
