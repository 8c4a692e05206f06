"""The auditor's part about readers: share codes and bulk downloads."""

import hashlib
from dataclasses import dataclass

from certificates.store import jobs, shares
from certificates.usecases.share import LONGEST
from chassis.audit import InvariantBroken
from chassis.db import Database, Transaction
from chassis.errors import NotFound
from chassis.objects import ObjectStore


@dataclass(slots=True)
class Readers:
    """What was looked at."""

    shares: int = 0
    uses: int = 0
    downloads: int = 0
    files: int = 0

    @property
    def summary(self) -> str:
        """Tell it in one line."""
        return (
            f"{self.shares} shares used {self.uses} times,"
            f" {self.downloads} bulk downloads ({self.files} files)"
        )


async def check_readers(tx: Transaction) -> Readers:
    """Raise ``InvariantBroken`` naming the first share or download that cannot be."""
    if share := await shares.inconsistent(tx, LONGEST):
        raise InvariantBroken(f"share {share} lasts too long, or was used when it was not open")
    if job := await jobs.inconsistent(tx):
        raise InvariantBroken(f"bulk download {job} does not hold what its state says")
    many, uses = await shares.totals(tx)
    return Readers(many, uses, await jobs.total(tx))


async def check_downloads(database: Database, downloads: ObjectStore) -> int:
    """Read every bulk download that can be fetched; return how many there are.

    One whose week ends meanwhile is nobody's fault.
    """
    async with database.reading() as tx:
        found = await jobs.ready(tx)
    for job in found:
        problem = await _problem(job, downloads)
        if problem is None:
            continue
        async with database.reading() as tx:
            if await jobs.is_ready(tx, job.id):
                raise InvariantBroken(f"bulk download {job.id}: its file {problem}")
    return len(found)


async def _problem(job: jobs.Job, downloads: ObjectStore) -> str | None:
    sha256, size = job.file_sha256 or "", job.file_bytes or 0
    digest, length = hashlib.sha256(), 0
    try:
        # Not as one: it may be hundreds of megabytes.
        async for chunk in downloads.stream(sha256, 0, size):
            digest.update(chunk)
            length += len(chunk)
    except NotFound:
        return "is missing"
    return None if (digest.hexdigest(), length) == (sha256, size) else "has been altered"
