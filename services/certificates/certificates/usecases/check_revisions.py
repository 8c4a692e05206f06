"""The auditor's look at every later revision of a file."""

from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from certificates.domain.entities import Certificate
from certificates.sealing.material import Material, RevisionExpectation
from certificates.store import revisions
from certificates.store.revisions import FileRevision
from certificates.workshop import Workshop
from chassis.audit import InvariantBroken
from chassis.db import Database
from chassis.errors import NotFound
from chassis.objects import DamagedObject, ObjectStore


async def check_revisions(
    database: Database,
    objects: ObjectStore,
    workshop: Workshop,
    roots: Sequence[x509.Certificate],
    *,
    certificate: Certificate,
    sealed: bytes,
) -> int:
    """Check that each revision is the one before it and its material; return how many there are.

    Raises ``InvariantBroken``. A timestamp is judged as of its own time.
    """
    async with database.reading() as tx:
        found = await revisions.of_certificate(tx, certificate.certificate_id)
    name = f"certificate {certificate.certificate_id}"
    if not found or found[0].sha256 != certificate.file_sha256:
        raise InvariantBroken(f"{name}: its sealed file is not its first revision")
    if [one.revision for one in found] != list(range(1, len(found) + 1)):
        raise InvariantBroken(f"{name}: a revision is missing")
    trusted = tuple(root.public_bytes(Encoding.DER) for root in roots)
    expectation = RevisionExpectation(Material(), trusted, at=None)
    previous = sealed
    for one in found[1:]:
        file = await _stored(objects, one, f"{name}: revision {one.revision}")
        report = await workshop.check_revision(previous, file, expectation)
        if not report.passed:
            failed = ", ".join(check.name for check in report.checks if not check.passed)
            raise InvariantBroken(f"{name}: revision {one.revision} fails {failed}")
        previous = file
    return len(found)


async def _stored(objects: ObjectStore, revision: FileRevision, name: str) -> bytes:
    try:
        content = await objects.get(revision.sha256)
    except NotFound as error:
        raise InvariantBroken(f"{name} is missing") from error
    except DamagedObject as error:
        raise InvariantBroken(f"{name} has been altered") from error
    if len(content) != revision.size_bytes:
        raise InvariantBroken(f"{name} does not have the registered size")
    return content
