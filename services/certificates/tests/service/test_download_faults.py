"""Bulk downloads that are broken off: killed, ended, taken over, shared, lost."""

import asyncio
import hashlib
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from services.certificates.tests.service.binder_process import killed_in_the_second_part
from services.certificates.tests.service.test_bulk_downloads import bound, order

from certificates.downloading import binding_of
from certificates.usecases import bulk_download
from certificates.usecases.bulk_download import bind_next, expire_downloads

pytestmark = pytest.mark.infra


@pytest.fixture
async def binding(settings, office):
    made = binding_of(settings, office.bench)
    yield made
    made.bindery.close()


@pytest.fixture
def employer(office):
    return office.administrator("employer_administrator", office.hospital("zhengzhou"))


@pytest.fixture
async def people(office):
    await office.activate_seal()
    technicians = [await office.technician() for _ in range(3)]
    for one in technicians:
        await office.complete_year(one)
    await office.work()
    return technicians


@pytest.fixture
def single_parts(monkeypatch):
    monkeypatch.setattr(bulk_download, "_PART", 1)


async def job_of(office, ordered):
    employer = office.administrator("employer_administrator", office.hospital("zhengzhou"))
    path = f"downloads/{ordered.json()['download_id']}"
    return (await office.get(path, employer)).json(), await office.get(f"{path}/file", employer)


def lives(pid):
    return Path(f"/proc/{pid}").exists()


async def gone(pid):
    for _ in range(100):
        if not lives(pid):
            return True
        await asyncio.sleep(0.1)
    return False


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Have temporary folders made where they can be seen."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.usefixtures("people", "single_parts")
class TestKilled:
    async def test_goes_on_where_the_dead_worker_stood(
        self, office, binding, employer, settings, temporary
    ):
        ordered = await order(office, employer)
        async with killed_in_the_second_part(settings, temporary) as document_process:
            assert await gone(document_process)
        assert len(list(temporary.glob("yuzheng-download-*"))) == 1
        job, _ = await job_of(office, ordered)
        assert (job["state"], job["done"]) == ("working", 1)
        assert not await bind_next(binding), "the lease keeps others away"
        office.clock.advance(timedelta(minutes=4))

        assert await bind_next(binding)

        job, file = await job_of(office, ordered)
        assert (job["state"], job["done"]) == ("ready", 3)
        assert hashlib.sha256(file.content).hexdigest() == job["file_sha256"]
        assert list(temporary.glob("yuzheng-download-*")) == []

    async def test_gives_up_visibly_when_it_kills_every_worker(
        self, office, binding, employer, monkeypatch
    ):
        async def killed(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr(binding.bindery, "bind_part", killed)
        ordered = await order(office, employer)
        for _ in range(5):
            with pytest.raises(KeyboardInterrupt):
                await bind_next(binding)
            office.clock.advance(timedelta(minutes=4))

        assert await bind_next(binding)

        job, file = await job_of(office, ordered)
        assert job["state"] == "failed"
        assert file.json()["code"] == "certificates.download_not_ready"
        assert not await bind_next(binding)

    async def test_ended_in_good_order_the_next_need_not_wait(
        self, office, binding, employer, monkeypatch
    ):
        with monkeypatch.context() as patch:
            begun = asyncio.Event()

            async def never(*_):
                begun.set()
                await asyncio.sleep(3600)

            patch.setattr(binding.bindery, "bind_part", never)
            ordered = await order(office, employer)
            turn = asyncio.create_task(bind_next(binding))
            await asyncio.wait_for(begun.wait(), 30)
            turn.cancel()
            with pytest.raises(asyncio.CancelledError):
                await turn

        assert await bind_next(binding)
        job, _ = await job_of(office, ordered)
        assert job["state"] == "ready"


@pytest.mark.usefixtures("single_parts")
class TestSharedContent:
    async def test_a_file_that_is_another_ones_part_stays(self, office, binding, employer, people):
        """Equal content is one object: the archive of the first is a part of the archive of all."""
        first = min(people, key=lambda one: one.management_number)
        one, file = await bound(office, binding, employer, "zip", person_ids=[str(first.person_id)])
        await bound(office, binding, employer, "zip")

        again = await office.get(f"downloads/{one['download_id']}/file", employer)

        assert (again.status_code, again.content) == (200, file.content)

    async def test_is_removed_when_nobody_needs_it_any_more(
        self, office, binding, employer, people, tmp_path
    ):
        for _ in range(2):
            await bound(office, binding, employer, "zip")
        office.clock.advance(timedelta(days=8))
        assert await expire_downloads(binding) == 2
        left = [one for one in (tmp_path / "objects" / "downloads").rglob("*") if one.is_file()]
        assert left == []

    @pytest.mark.usefixtures("people")
    async def test_a_lost_part_is_bound_again(
        self, office, binding, employer, tmp_path, monkeypatch
    ):
        async def lost(*_, **__):
            for part in (tmp_path / "objects" / "downloads").rglob("*"):
                if part.is_file():
                    part.unlink()
            raise KeyboardInterrupt

        ordered = await order(office, employer)
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(binding.bindery, "bind_whole", lost)
            await bind_next(binding)
        for _ in range(4):
            office.clock.advance(timedelta(minutes=5))
            await bind_next(binding)

        job, file = await job_of(office, ordered)
        assert job["state"] == "ready"
        assert hashlib.sha256(file.content).hexdigest() == job["file_sha256"]


@pytest.mark.parametrize("form", ["zip", "merged_pdf"])
async def test_starts_anew_when_the_file_is_another(office, binding, employer, people, form):
    job, whole = await bound(office, binding, employer, form)
    path = f"downloads/{job['download_id']}/file"

    answer = await office.get(path, employer | {"range": "bytes=9-", "if-range": '"another"'})
    beyond = await office.get(path, employer | {"range": "bytes=99999999-"})

    assert (answer.status_code, answer.content) == (200, whole.content)
    assert int(answer.headers["content-length"]) == job["file_bytes"]
    assert (beyond.status_code, beyond.content) == (416, b"")
    assert beyond.headers["content-range"] == f"bytes */{job['file_bytes']}"


async def test_of_another_employer_is_not_seen_after_changing_there(
    office, binding, employer, people
):
    """The role is the same, the people are not his any more."""
    job, _ = await bound(office, binding, employer, "zip")
    person = office.administrators[f"employer_administrator/{office.hospital('zhengzhou')}/first"]
    moved = office.headers(
        account=f"account-of-{person}",
        person=person,
        grants=[("employer_administrator", office.hospital("luoyang"))],
    )
    for path in (f"downloads/{job['download_id']}", f"downloads/{job['download_id']}/file"):
        assert (await office.get(path, moved)).status_code == 404
