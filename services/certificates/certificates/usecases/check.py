"""The after-the-fact auditor: every stored certificate and every count, recomputed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cryptography import x509
from sqlalchemy import text

from certificates.domain.entities import Certificate
from certificates.record import digest, parse_record
from certificates.store import certificates, ledger
from certificates.usecases.check_lifecycle import Lifecycle, check_lifecycle
from certificates.usecases.check_log import check_log
from certificates.usecases.check_quarantines import check_quarantines
from certificates.usecases.check_readers import Readers, check_downloads, check_readers
from certificates.usecases.check_revisions import check_revisions
from certificates.usecases.check_seals import check_seals
from certificates.usecases.check_templates import check_templates
from certificates.workshop import Workshop
from chassis.audit import Audit, InvariantBroken
from chassis.db import Database, Transaction
from chassis.errors import NotFound
from chassis.objects import DamagedObject, ObjectStore

_PAGE = 100


@dataclass(slots=True)
class Checked:
    """How much was looked at."""

    certificates: int = 0
    revisions: int = 0
    ledger_entries: int = 0
    audit_rows: int = 0
    signed_roots: int = 0
    lifecycle: Lifecycle = field(default_factory=Lifecycle)
    readers: Readers = field(default_factory=Readers)
    template_versions: int = 0
    quarantines: int = 0
    seal_files: int = 0


async def check_everything(
    database: Database,
    objects: ObjectStore,
    workshop: Workshop,
    audit: Audit,
    roots: Sequence[x509.Certificate] = (),
    *,
    downloads: ObjectStore | None = None,
) -> Checked:
    """Recompute every invariant; raise ``InvariantBroken`` naming the first that does not hold."""
    checked = Checked()
    last: UUID | None = None
    while page := await _page(database, last):
        # No transaction stays open meanwhile: a page of files takes seconds.
        for certificate in page:
            sealed = await _check_file(certificate, objects, workshop)
            checked.revisions += await check_revisions(
                database, objects, workshop, roots, certificate=certificate, sealed=sealed
            )
        checked.certificates += len(page)
        last = page[-1].certificate_id
    checked.quarantines = await check_quarantines(database, objects)
    checked.seal_files = await check_seals(database, objects)
    shipped = await workshop.templates()
    async with database.reading() as tx:
        # One snapshot for all counts: the service goes on working while it is audited.
        await tx.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        if found := await certificates.doubled(tx):
            raise InvariantBroken(f"two certificates in force: person {found[0]}, year {found[1]}")
        checked.ledger_entries = await _check_ledger(tx)
        checked.signed_roots = await check_log(tx, await _ledger_size(tx))
        checked.template_versions = await check_templates(tx, shipped)
        checked.lifecycle = await check_lifecycle(tx)
        checked.readers = await check_readers(tx)
        checked.audit_rows = await audit.verify(tx)
    if downloads:
        checked.readers.files = await check_downloads(database, downloads)
    return checked


async def _page(database: Database, last: UUID | None) -> list[Certificate]:
    async with database.reading() as tx:
        return await certificates.page(tx, after=last, since=None, limit=_PAGE)


async def _check_file(certificate: Certificate, objects: ObjectStore, workshop: Workshop) -> bytes:
    name = f"certificate {certificate.certificate_id}"
    try:
        content = await objects.get(certificate.file_sha256)
    except NotFound as error:
        raise InvariantBroken(f"{name}: its file is missing") from error
    except DamagedObject as error:
        raise InvariantBroken(f"{name}: its file has been altered") from error
    if digest(parse_record(certificate.record)) != certificate.record_digest:
        raise InvariantBroken(f"{name}: its record does not have the registered digest")
    report = await workshop.check(
        content,
        rendered_length=certificate.rendered_length,
        record=certificate.record,
        pinned=certificate.signer_certificate,
        # The gate judges as of the issue: a seal that expires later has not sealed badly.
        at=certificate.issued_at,
    )
    if not report.passed:
        failed = ", ".join(check.name for check in report.checks if not check.passed)
        raise InvariantBroken(f"{name}: the file fails {failed}")
    return content


async def _check_ledger(tx: Transaction) -> int:
    entries, placed, end = await ledger.totals(tx)
    if placed != end:
        raise InvariantBroken(f"the ledger has {placed} placed entries and ends at {end}")
    head = await ledger.head(tx)
    if placed != (head.size if head else 0):
        raise InvariantBroken(f"the ledger's head says {head and head.size}, it holds {placed}")
    changes = await certificates.count_versions(tx)
    if entries != changes:
        raise InvariantBroken(f"{changes} state changes, {entries} ledger entries")
    return entries


async def _ledger_size(tx: Transaction) -> int:
    head = await ledger.head(tx)
    return head.size if head else 0
