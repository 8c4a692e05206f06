"""How many later revisions (r2: validation material and a timestamp) a second and a core.

Ours is the worker's own use case: database, object store, document process, every check of the
result, the material fetched once for all files of a signer. Baseline in the same run, on the same
files and against the same authorities: pyHanko as its documentation shows, which asks for each
document: validate the signature with fetching, add what was gathered, timestamp the document. It
checks nothing afterwards. Authorities are a test PKI in a process of its own, whose time is waited
for and not counted as ours.
Needs built fonts and `make up-data`; `--count` for fewer.
"""

import argparse
import io
import logging
import multiprocessing
import os
import platform
import tempfile
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch

import aiohttp
import httpx
import requests
import uvloop
from archive import fill
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from documents import HOST, address, record
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation import async_add_validation_info
from pyhanko_certvalidator import ValidationContext
from services.certificates.tests.service.served_pki import ServedPki
from sqlalchemy import func, select
from tests.kit.databases import drop_templates, migrated_database

from certificates import tables
from certificates.press import Press
from certificates.sealing.appearance import SealFace
from certificates.sealing.authorities import Authorities
from certificates.sealing.prepare import assemble
from certificates.usecases import Bench, Dependencies, Rules
from certificates.usecases.revise import revise_due
from certificates.workshop import Workshop
from chassis.audit import Audit
from chassis.clock import SystemClock
from chassis.db import Database
from chassis.objects import ObjectStore

OFFICE = "郑州市人力资源和社会保障局"
RESULT = Path(__file__).parent / "results" / "revisions.md"
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """What ``count`` revisions took: wall time, our processor time, requests, bytes added each."""

    count: int
    seconds: float
    processor: float
    requests: int
    added: int


class Sealed:
    """Makes sealed files under one seal certificate of the test PKI."""

    def __init__(self, pki: ServedPki, fonts: Path) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        chain = x509.load_pem_x509_certificates(pki.issue(OFFICE, self._key.public_key()).encode())
        self.signer, *self.chain = [one.public_bytes(Encoding.DER) for one in chain]
        self._press, self._at = Press(fonts), SystemClock().now()

    def __call__(self, number: int) -> bytes:
        """Return one of many different files."""
        prepared = self._press.prepare(
            record(number),
            address(number),
            SealFace(f"{OFFICE}专业技术人员继续教育专用章", development=True),
            (self.signer, tuple(self.chain)),
            signed_at=self._at,
            may_be_fast=True,
        )
        signature = self._key.sign(prepared.signed_attributes, ec.ECDSA(hashes.SHA256()))
        return assemble(prepared, signature)


async def plain(pki: ServedPki, make: Sealed, count: int) -> Spent:
    """Extend files one by one as the documentation of pyHanko does."""
    root = load_cert_from_pemder(str(pki.root))
    files = [make(number) for number in range(count)]
    added = 0
    started, processor = perf_counter(), process_time()
    with counted_requests() as sent:
        for file in files:
            context = ValidationContext(trust_roots=[root], allow_fetching=True)
            signature = PdfFileReader(io.BytesIO(file)).embedded_signatures[0]
            output = await async_add_validation_info(signature, context)
            stamper: Any = PdfTimeStamper(HTTPTimeStamper(pki.timestamps))
            again = ValidationContext(trust_roots=[root], allow_fetching=True)
            stamped = await stamper.async_timestamp_pdf(
                IncrementalPdfFileWriter(output), "sha256", validation_context=again
            )
            added += len(stamped.getvalue()) - len(file)
    spent = process_time() - processor
    return Spent(count, perf_counter() - started, spent, len(sent), added // count)


@contextmanager
def counted_requests() -> Iterator[list[str]]:
    """Yield a list of the requests that pyHanko sends, by the names of its two clients."""
    sent: list[str] = []
    send, request = requests.Session.send, getattr(aiohttp.ClientSession, "_request")  # noqa: B009 - private

    def sending(*given: Any, **named: Any) -> Any:
        sent.append("requests")
        return send(*given, **named)

    async def requesting(*given: Any, **named: Any) -> Any:
        sent.append("aiohttp")
        return await request(*given, **named)

    with (
        patch.object(requests.Session, "send", sending),
        patch.object(aiohttp.ClientSession, "_request", requesting),
    ):
        yield sent


async def ours(pki: ServedPki, make: Sealed, count: int, fonts: Path) -> Spent:
    """Have the worker's use case extend as many."""
    requests = 0

    async def counted(_: httpx.Request) -> None:
        nonlocal requests
        requests += 1

    async with migrated_database("certificates") as url:
        with tempfile.TemporaryDirectory() as folder:
            objects, database = ObjectStore(Path(folder).as_uri()), Database(url)
            await fill(database, objects, make, count, signer=make.signer, chain=make.chain)
            client = httpx.AsyncClient(event_hooks={"request": [counted]}, timeout=10)
            bench = _bench(pki, database, objects, Authorities(client), fonts)
            started, processor = perf_counter(), process_time()
            while await revise_due(bench):
                continue
            seconds = perf_counter() - started
            spent = process_time() - processor + _of_document_processes()
            revised = tables.file_revisions.c.revision == 2
            size = tables.file_revisions.c.size_bytes
            async with database.reading() as tx:
                made = await tx.scalar(select(func.count()).where(revised))
                grown = await tx.scalar(select(func.avg(size)).where(revised))
                before = await tx.scalar(select(func.avg(size)).where(~revised))
            if made != count:
                raise SystemExit(f"{made} of {count} revisions were made")
            bench.workshop.close()
            await client.aclose()
            await database.close()
    return Spent(count, seconds, spent, requests, int((grown or 0) - (before or 0)))


def _bench(
    pki: ServedPki, database: Database, objects: ObjectStore, authorities: Authorities, fonts: Path
) -> Bench:
    clock, second = SystemClock(), timedelta(seconds=1)
    rules = Rules(
        production=False, public_host=HOST, seal_endpoints={}, deadline=second,
        lease=timedelta(minutes=10), documents_at_once=2, seal_batch=20, lane_first_delay=second,
        lane_longest_delay=second, timestamp_url=pki.timestamps,
    )  # fmt: skip
    nothing: Any = None
    absent = dict.fromkeys(Bench.__dataclass_fields__, nothing)
    given = {
        "deps": Dependencies(nothing, Audit(tables.audit, clock), clock, rules),
        "database": database,
        "workshop": Workshop(fonts, processes=1, documents_per_process=100_000, timeout_seconds=60),
        "objects": objects,
        "trust_roots": x509.load_pem_x509_certificates(pki.root.read_bytes()),
        "authorities": authorities,
    }
    return Bench(**absent | given)


def _of_document_processes() -> float:
    """Return the processor seconds of all document processes that run, their start included."""
    ticks = 0
    for process in multiprocessing.active_children():
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICKS


def report(found: dict[str, Spent]) -> str:
    """Return the table as Markdown; the first row is the baseline."""
    head = (
        "revisions | a second | ms processor each | a second a core | times plain | requests each"
    )
    base = next(iter(found.values()))
    rows = "\n".join(
        f"| {name} | {one.count} | {one.count / one.seconds:.1f} |"
        f" {1000 * one.processor / one.count:.1f} | {one.count / one.processor:.1f} |"
        f" {base.processor / base.count / (one.processor / one.count):.1f} |"
        f" {one.requests / one.count:.2f} | {one.added:,} |"
        for name, one in found.items()
    )
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return f"""# Later revisions: validation material and timestamp

`make bench b=revisions`: files of the compiled template under one seal certificate; each gets the
chain, OCSP answers or lists, and a document timestamp over everything (PAdES B-LTA). Processor time
is ours (worker and document process), without the authorities. Ours includes database, storing and
every check of the finished revision; the baseline checks nothing afterwards.

| | {head} | bytes added |
|---|---|---|---|---|---|---|---|
{rows}

{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load}
"""


async def measure(fonts: Path, count: int, plain_count: int) -> dict[str, Spent]:
    """Return what each way took."""
    with tempfile.TemporaryDirectory() as folder:
        pki = ServedPki(Path(folder) / "pki")
        make = Sealed(pki, fonts)
        await pki.start()
        try:
            steps: dict[str, Awaitable[Spent]] = {
                "pyHanko, asking for each document": plain(pki, make, plain_count),
                "ours, material shared": ours(pki, make, count, fonts),
            }
            return {name: await step for name, step in steps.items()}
        finally:
            await pki.stop()
            await drop_templates()


def main() -> None:
    """Measure, print and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, default=Path(".local/fonts"))
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--plain-count", type=int, default=20)
    given = parser.parse_args()
    # pyHanko leaves its clients open, and says for each document that it asks softly.
    for name in ("asyncio", "pyhanko", "pyhanko.sign"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    found = uvloop.run(measure(given.fonts.resolve(), given.count, given.plain_count))
    text = report(found)
    print(text)
    if given.count == parser.get_default("count"):
        RESULT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
