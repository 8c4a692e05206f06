"""Later revisions over the years: as another party's validation for archives judges them."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from pyhanko.sign.ades.report import AdESIndeterminate, AdESPassed
from services.certificates.tests.service.archive_validation import (
    validate_as_if_maintained,
    validate_for_archive,
)
from services.certificates.tests.service.seal_server import SealServer
from services.certificates.tests.service.served_pki import ServedPki, asked_bureau, asking_at

from certificates.sealing.authorities import Authorities
from certificates.usecases.check import check_everything
from certificates.usecases.revise import revise_due

pytestmark = pytest.mark.infra
# The first timestamp authority's certificate; renewed 90 days before it ends.
FIRST_ENDS = timedelta(days=200)
SECOND_ENDS = timedelta(days=2000)
A_DAY = timedelta(days=1)
# The seal's certificate has ended by then, and the first timestamp's.
YEARS_LATER = timedelta(days=1000)


@pytest.fixture(scope="module")
async def pki(tmp_path_factory) -> AsyncIterator[ServedPki]:
    served = ServedPki(tmp_path_factory.mktemp("pki") / "ca")
    await served.start()
    yield served
    await served.stop()


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
async def office(office, clock, pki):
    """Let the authorities live at the office's time."""
    await pki.stamp_with_another(clock.now() + FIRST_ENDS)
    authorities = Authorities(asking_at(clock))
    office.bench = replace(office.bench, authorities=authorities)
    await office.activate_seal()
    yield office
    await authorities.close()


@pytest.fixture
def root(pki) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pki.root.read_bytes())


async def newest(office, technician) -> bytes:
    (one,) = (await office.get("certificates", office.holder(technician))).json()["items"]
    path = f"certificates/{one['certificate_id']}/file"
    answer = await office.get(path, office.holder(technician))
    assert answer.status_code == 200
    return answer.content


# One set by the fast path, one with a character that takes the full rendering.
@pytest.mark.parametrize("name", ["张三", "张𬱖"])
async def test_second_revision_is_accepted_and_can_be_maintained(office, root, clock, name):
    technician = await office.technician(name=name)
    await office.issue(technician)
    sealed = await newest(office, technician)
    assert await revise_due(office.bench) == 1
    second, now = await newest(office, technician), clock.now() + timedelta(seconds=5)

    found = await validate_for_archive(second, root, at=now)

    assert found.ades_subindic is AdESPassed.OK, found.failure_msg
    assert found.oldest_evidence_record_timestamp is not None
    for years in (1, 3, 9):
        at = now + 365 * years * A_DAY
        later = await validate_as_if_maintained(second, root, at=at, now=now)
        assert later.ades_subindic is AdESPassed.OK, (years, later.failure_msg)
    # What the revision is for: the sealed file alone proves nothing without asking somebody.
    alone = await validate_for_archive(sealed, root, at=now)
    assert isinstance(alone.ades_subindic, AdESIndeterminate)


async def test_file_is_stamped_again_in_time_and_outlives_seal_and_first_timestamp(
    office, root, clock, pki
):
    technician = await office.technician()
    await office.issue(technician)
    assert await revise_due(office.bench) == 1
    second = await newest(office, technician)
    clock.advance(FIRST_ENDS - 92 * A_DAY)
    assert await revise_due(office.bench) == 0
    await pki.stamp_with_another(clock.now() + SECOND_ENDS)
    clock.advance(3 * A_DAY)

    assert await revise_due(office.bench) == 1

    (work,) = await office.rows("revision_work")
    assert work["last_error"] is None
    third = await newest(office, technician)
    assert third.startswith(second)
    assert [row["kind"] for row in await office.rows("file_revisions")] == [
        "sealed",
        "validated",
        "renewed",
    ]
    bench = office.bench
    checked = await check_everything(
        bench.database, bench.objects, bench.workshop, bench.deps.audit, bench.trust_roots
    )
    assert checked.revisions == 3
    stamped = clock.now() + timedelta(seconds=5)
    assert (await validate_for_archive(third, root, at=stamped)).ades_subindic is AdESPassed.OK
    clock.advance(YEARS_LATER)
    found = await validate_for_archive(third, root, at=clock.now())
    assert found.ades_subindic is AdESPassed.OK, found.failure_msg
    neglected = await validate_for_archive(second, root, at=clock.now())
    assert isinstance(neglected.ades_subindic, AdESIndeterminate)


async def test_waits_while_the_authority_has_no_certificate_that_ends_later(office, clock, pki):
    technician = await office.technician()
    await office.issue(technician)
    assert await revise_due(office.bench) == 1
    clock.advance(FIRST_ENDS - 89 * A_DAY)

    for _ in range(3):
        await revise_due(office.bench)

    (work,) = await office.rows("revision_work")
    assert (work["attempts"], work["last_error"]) == (1, "certificates.timestamp_gains_nothing")
    assert len(await office.rows("file_revisions")) == 2
    await pki.stamp_with_another(clock.now() + SECOND_ENDS)
    clock.advance(timedelta(hours=7))
    assert await revise_due(office.bench) == 1
    assert len(await office.rows("file_revisions")) == 3
