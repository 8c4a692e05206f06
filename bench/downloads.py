"""How long 2,000 certificates take as one bulk download, and what it costs in memory.

The worker's own use case on a real database and real object store, with compiled files of
different people, in processes of its own; progress, parts and leases included. Baseline in the
same run: the same files in one go, as the documentation of pikepdf and zipfile shows, in one
process. It does less: no cover, no blank backs, the seals stay fields of a broken signature.
Needs built fonts and `make up-data`; `--count` for fewer.
"""

import argparse
import asyncio
import io
import multiprocessing
import os
import platform
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.queues import Queue
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import pikepdf
import uvloop
from archive import fill
from documents import Key, Ours
from tests.kit.databases import drop_templates, migrated_database

from certificates import tables
from certificates.bindery import Bindery
from certificates.press import Press
from certificates.store import jobs
from certificates.usecases import Dependencies
from certificates.usecases.bulk_download import Binding, bind_next
from chassis.audit import Audit
from chassis.clock import SystemClock
from chassis.db import Database
from chassis.objects import ObjectStore

FORMS = ("merged_pdf", "zip")
RESULT = Path(__file__).parent / "results" / "downloads.md"
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Places:
    """Where the files of one run lie."""

    database: str
    files: str
    downloads: str
    fonts: Path


@dataclass(frozen=True)
class Spent:
    """What one download took: seconds, memory (bytes) and size.

    ``worker`` is what it added to the process of the worker at its most, ``document_process`` all
    that the other one ever held.
    """

    seconds: float
    worker: int
    document_process: int
    size: int


async def order(database: Database, form: str, ids: list[UUID]) -> None:
    now = SystemClock().now()
    job = jobs.Job(
        id=uuid4(), state="waiting", requested_by="bench", year=2026, format=form,
        certificate_ids=tuple(ids), done=0, attempts=0, next_attempt_at=now - timedelta(seconds=1),
        last_error=None, lease_token=None, leased_until=None, file_sha256=None, file_bytes=None,
        expires_at=None, created_at=now, changed_at=now,
    )  # fmt: skip
    async with database.transaction() as tx:
        await jobs.add(tx, job)


def ours(places: Places, _: str, said: "Queue[Spent]") -> None:
    """Bind the one download that was ordered, as the worker does."""

    async def work() -> Spent:
        database = Database(places.database)
        bindery = Bindery(
            places.fonts, processes=1, documents_per_process=1000, timeout_seconds=600
        )
        nothing: Any = None
        clock = SystemClock()
        deps = Dependencies(nothing, Audit(tables.audit, clock), clock, nothing)
        downloads = ObjectStore(places.downloads)
        binding = Binding(deps, database, bindery, ObjectStore(places.files), downloads)
        before, started = _peak_of("self"), perf_counter()
        await bind_next(binding)
        seconds = perf_counter() - started
        child = max((_peak_of(one.pid) for one in multiprocessing.active_children()), default=0)
        async with database.reading() as tx:
            (job,) = [one for one in await jobs.ready(tx) if one.requested_by == "bench"]
        bindery.close()
        await database.close()
        return Spent(seconds, _peak_of("self") - before, child, job.file_bytes or 0)

    said.put(uvloop.run(work()))


def plain(places: Places, form: str, said: "Queue[Spent]") -> None:
    """Put all files into one, as the libraries' documentation shows."""
    before, started = _peak_of("self"), perf_counter()
    root = Path(places.files.removeprefix("file://"))
    files = sorted(path for path in root.rglob("*") if path.is_file())
    with tempfile.NamedTemporaryFile() as target:
        if form == "zip":
            with zipfile.ZipFile(target, "w") as archive:
                for path in files:
                    archive.write(path, path.name)
        else:
            with pikepdf.new() as merged:
                for path in files:
                    with pikepdf.open(io.BytesIO(path.read_bytes())) as one:
                        merged.pages.extend(one.pages)
                merged.save(target.name)
        size = Path(target.name).stat().st_size
        said.put(Spent(perf_counter() - started, _peak_of("self") - before, 0, size))


def _peak_of(process: int | str | None) -> int:
    """Return the most memory the process ever held."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    (line,) = [one for one in lines if one.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


async def apart(work: Callable[[Places, str, "Queue[Spent]"], None], *given: Any) -> Spent:
    """Do it in a process of its own, whose memory nothing else has used."""
    context = multiprocessing.get_context("spawn")
    said: Queue[Spent] = context.Queue()
    process = context.Process(target=work, args=(*given, said))
    process.start()
    await asyncio.to_thread(process.join, 900)
    if process.exitcode != 0:
        process.kill()
        raise SystemExit(f"{work.__name__} ended with {process.exitcode}")
    return said.get()


async def measure(fonts: Path, count: int) -> dict[str, Spent]:
    """Return what each way took."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        async with migrated_database("certificates") as url:
            places = Places(
                url.render_as_string(hide_password=False),
                (Path(folder) / "files").as_uri(),
                (Path(folder) / "downloads").as_uri(),
                fonts,
            )
            database = Database(places.database)
            make = Ours(Key(), Press(fonts), fast=True)
            ids = await fill(database, ObjectStore(places.files), make, count)
            for form in FORMS:
                found[f"{form}, in one go"] = await apart(plain, places, form)
                await order(database, form, ids)
                found[f"{form}, ours"] = await apart(ours, places, form)
                async with database.transaction() as tx:
                    await tx.execute(tables.download_jobs.delete())
            await database.close()
    await drop_templates()
    return found


def report(found: dict[str, Spent], count: int) -> str:
    """Return the table as Markdown."""
    rows = "\n".join(
        f"| {name} | {one.seconds:.1f} | {count / one.seconds:.0f} | {one.worker / _MEGABYTE:.0f} |"
        f" {one.document_process / _MEGABYTE:.0f} | {one.size / _MEGABYTE:.1f} |"
        for name, one in found.items()
    )
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"""# Bulk downloads

`make bench b=downloads`: {count} certificates of the compiled template. Wall time. Memory: what was
added to the process of the worker at its most, and all that the document process held. "In one go"
is the libraries' own example in one process, with fewer things to do.

| | seconds | certificates/s | worker + MB | document process MB | file MB |
|---|---|---|---|---|---|
{rows}

{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load}
"""


def main() -> None:
    """Measure, print and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, default=Path(".local/fonts"))
    parser.add_argument("--count", type=int, default=2000)
    given = parser.parse_args()
    found = uvloop.run(measure(given.fonts.resolve(), given.count))
    text = report(found, given.count)
    print(text)
    if given.count == parser.get_default("count"):
        RESULT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
