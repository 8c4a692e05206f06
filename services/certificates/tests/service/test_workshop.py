"""Document processes that die or hang are replaced; what they did is done again."""

import asyncio
import os
import signal
import time
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from tests.kit.pki import throw_away_pki

from certificates.errors import DocumentWorkFailed
from certificates.workshop import Workshop

pytestmark = pytest.mark.slow


@pytest.fixture
def start(fonts_dir):
    """Open workshops of one process; close them at the end."""
    opened = []

    def starting(
        *,
        timeout_seconds=30.0,
        start_seconds=60.0,
        documents_per_process=1000,
        megabytes_per_process=512,
    ):
        one = Workshop(
            fonts_dir,
            processes=1,
            documents_per_process=documents_per_process,
            timeout_seconds=timeout_seconds,
            start_seconds=start_seconds,
            megabytes_per_process=megabytes_per_process,
        )
        opened.append(one)
        return one

    yield starting
    for one in opened:
        one.close()


async def look_at_nonsense(workshop):
    return await workshop.check(
        b"%PDF-1.7 nonsense",
        rendered_length=4,
        record=RECORD,
        pinned=throw_away_pki().good.certificate.public_bytes(Encoding.DER),
        at=datetime(2026, 11, 23, tzinfo=UTC),
    )


RECORD = (
    b'{"certificate_id":"0199d1f0-5c2a-7e31-9b1d-3f0a5d6c7b80","credit_tenths":{"professional":600,'
    b'"public":300,"total":900},"employer":"E","identity_masked":"410105********0020","issued_on":'
    b'"2026-11-23","level":"junior","name":"N","number":"41002345678917","office_id":'
    b'"e0c3c1a6-6a5b-5d0e-8a51-0a5a5c5d5e5f","office_name":"O","profile":'
    b'"yuzheng-certificate-record-1","rule_id":"0199d1f0-0000-7000-8000-000000000001",'
    b'"rule_version":1,"sex":"male","template_version":"2026.1","version":1,"year":2026}'
)


async def test_a_file_that_is_no_pdf_is_reported_and_not_raised(start):
    report = await look_at_nonsense(start())

    assert not report.passed
    assert report.code == "certificates.gate_refused"


async def test_a_process_that_dies_is_replaced(start):
    workshop = start()
    await workshop.template_version()
    os.kill(await workshop.run(os.getpid), signal.SIGKILL)

    with pytest.raises(DocumentWorkFailed):
        await workshop.run(os.getpid)

    assert await workshop.run(os.getpid)


async def test_a_step_that_takes_too_long_is_given_up(start):
    workshop = start(timeout_seconds=0.01, start_seconds=0)

    with pytest.raises(DocumentWorkFailed):
        await workshop.template_version()


async def test_only_the_first_step_has_time_for_the_start(start):
    workshop = start(timeout_seconds=0.01)
    assert await workshop.template_version()

    with pytest.raises(DocumentWorkFailed):
        await workshop.run(time.sleep, 3600)


async def test_a_process_that_hangs_is_replaced(start):
    workshop = start(timeout_seconds=2)
    first = await workshop.run(os.getpid)

    with pytest.raises(DocumentWorkFailed):
        await workshop.run(time.sleep, 3600)

    assert await workshop.run(os.getpid) != first
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


async def test_processes_are_replaced_after_so_many_documents_without_a_pause(start):
    workshop = start(documents_per_process=3)
    asked = 0

    async def other_than(first):
        nonlocal asked
        while (pid := await workshop.run(os.getpid)) == first:
            asked += 1
        return pid

    first = await workshop.run(os.getpid)
    async with asyncio.timeout(60):
        second = await other_than(first)
        third = await other_than(second)

    assert len({first, second, third}) == 3
    # The old process went on working while the new one became warm.
    assert asked > 6


async def test_process_that_keeps_too_much_memory_is_replaced(start):
    workshop = start(megabytes_per_process=128)
    first = await workshop.run(os.getpid)

    assert await workshop.run(_keep, 150) == 150

    async with asyncio.timeout(60):
        while await workshop.run(os.getpid) == first:
            continue


async def test_document_that_takes_all_memory_is_given_up(start):
    workshop = start(megabytes_per_process=256)
    first = await workshop.run(os.getpid)

    with pytest.raises(DocumentWorkFailed):
        await workshop.run(_keep, 2000)

    assert await workshop.run(os.getpid) != first


async def test_what_nobody_waits_for_has_a_process_of_low_priority(start):
    workshop = start()
    assert await workshop.run(os.nice, 0) == 0
    assert await workshop._background.run(os.nice, 0) == 10


_kept = []


def _keep(megabytes):
    """Grow the process that this runs in."""
    _kept.append(b"x" * (megabytes * 1024 * 1024))
    return megabytes
