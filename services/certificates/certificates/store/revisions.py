"""Revisions of the certificates' files, and the work of making the next one."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, insert, literal, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert

from certificates.domain.entities import Certificate
from certificates.tables import certificates, file_revisions, revision_work, seals
from chassis.db import Transaction

SEALED, VALIDATED, RENEWED = "sealed", "validated", "renewed"


@dataclass(frozen=True, slots=True)
class FileRevision:
    """One file of a certificate; the next one begins with exactly its bytes."""

    certificate_id: UUID
    revision: int
    kind: str
    sha256: str
    size_bytes: int
    made_at: datetime
    stamped_at: datetime | None = None
    stamp_chain: tuple[bytes, ...] | None = None
    stamp_ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RevisionWork:
    """A file that is due for its next revision, held under a lease."""

    certificate_id: UUID
    attempts: int
    lease_token: UUID
    issued_at: datetime
    signer_certificate: bytes
    chain: tuple[bytes, ...]
    newest: FileRevision


@dataclass(frozen=True, slots=True)
class Waiting:
    """When the next revision of a file is due and what kept it from being made."""

    due_at: datetime
    attempts: int
    last_error: str | None


async def register_sealed(tx: Transaction, certificate: Certificate, *, due_at: datetime) -> None:
    """Register the sealed file as r1, and the making of r2."""
    await register(
        tx,
        FileRevision(
            certificate_id=certificate.certificate_id,
            revision=1,
            kind=SEALED,
            sha256=certificate.file_sha256,
            size_bytes=certificate.file_bytes,
            made_at=certificate.issued_at,
        ),
    )
    await tx.execute(
        insert(revision_work), {"certificate_id": certificate.certificate_id, "due_at": due_at}
    )


async def register(tx: Transaction, revision: FileRevision) -> None:
    await tx.execute(insert(file_revisions), asdict(revision))


async def adopt(tx: Transaction) -> int:
    """Register r1 of certificates that a worker of an earlier release has issued."""
    held = select(1).where(revision_work.c.certificate_id == certificates.c.certificate_id)
    missing = ~held.exists()
    first = select(
        certificates.c.certificate_id,
        literal(1),
        literal(SEALED),
        certificates.c.file_sha256,
        certificates.c.file_bytes,
        certificates.c.issued_at,
    ).where(missing)
    columns = ["certificate_id", "revision", "kind", "sha256", "size_bytes", "made_at"]
    await tx.execute(upsert(file_revisions).from_select(columns, first).on_conflict_do_nothing())
    work = select(certificates.c.certificate_id, certificates.c.issued_at).where(missing)
    statement = upsert(revision_work).from_select(["certificate_id", "due_at"], work)
    return (await tx.execute(statement.on_conflict_do_nothing())).rowcount


async def of_certificate(tx: Transaction, certificate_id: UUID) -> list[FileRevision]:
    """Return all revisions, the first one first."""
    query = select(file_revisions).where(file_revisions.c.certificate_id == certificate_id)
    rows = (await tx.execute(query.order_by(file_revisions.c.revision))).mappings()
    return [_revision(dict(row)) for row in rows]


async def newest_file(tx: Transaction, certificate: Certificate) -> str:
    """Return the SHA-256 of the file to give to readers."""
    found = await _newest(tx, [certificate.certificate_id])
    one = found.get(certificate.certificate_id)
    return one.sha256 if one else certificate.file_sha256


async def waiting(tx: Transaction, certificate_id: UUID) -> Waiting | None:
    columns = (revision_work.c.due_at, revision_work.c.attempts, revision_work.c.last_error)
    query = select(*columns).where(revision_work.c.certificate_id == certificate_id)
    row = (await tx.execute(query)).first()
    return Waiting(*row) if row else None


async def claim(
    tx: Transaction, *, limit: int, now: datetime, until: datetime
) -> list[RevisionWork]:
    """Take up to ``limit`` due files; other workers skip them until the lease ends."""
    free = or_(revision_work.c.leased_until.is_(None), revision_work.c.leased_until < now)
    due = (
        select(revision_work.c.certificate_id)
        .where(revision_work.c.due_at <= now, free)
        .order_by(revision_work.c.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    token = uuid4()
    taken = (
        update(revision_work)
        .where(revision_work.c.certificate_id.in_(due.scalar_subquery()))
        .values(lease_token=token, leased_until=until)
        .returning(revision_work.c.certificate_id, revision_work.c.attempts)
    )
    attempts = {row.certificate_id: row.attempts for row in await tx.execute(taken)}
    files = await _newest(tx, list(attempts))
    facts = (
        select(
            certificates.c.certificate_id,
            certificates.c.issued_at,
            certificates.c.signer_certificate,
            seals.c.chain,
        )
        .join(seals, seals.c.id == certificates.c.seal_id)
        .where(certificates.c.certificate_id.in_(list(attempts)))
    )
    return [
        RevisionWork(
            certificate_id=row.certificate_id,
            attempts=attempts[row.certificate_id],
            lease_token=token,
            issued_at=row.issued_at,
            signer_certificate=row.signer_certificate,
            chain=tuple(row.chain or ()),
            newest=files[row.certificate_id],
        )
        for row in await tx.execute(facts)
    ]


async def finish(tx: Transaction, work: RevisionWork, *, due_at: datetime) -> bool:
    """Set when the file is due again; False (and nothing) when the lease is somebody else's."""
    return await _release(tx, [work], due_at=due_at, attempts=0, last_error=None)


async def postpone(
    tx: Transaction, held: Sequence[RevisionWork], *, error: str, until: datetime
) -> None:
    """Give the work back; it shows why it waits."""
    more = revision_work.c.attempts + 1
    await _release(tx, held, due_at=until, attempts=more, last_error=error)


async def _release(tx: Transaction, held: Sequence[RevisionWork], **values: object) -> bool:
    tokens = {work.lease_token for work in held}
    ids = [work.certificate_id for work in held]
    mine = revision_work.c.certificate_id.in_(ids) & revision_work.c.lease_token.in_(tokens)
    statement = update(revision_work).where(mine)
    done = await tx.execute(statement.values(lease_token=None, leased_until=None, **values))
    return done.rowcount == len(held)


async def _newest(tx: Transaction, ids: Sequence[UUID]) -> dict[UUID, FileRevision]:
    query = (
        select(file_revisions)
        .where(file_revisions.c.certificate_id.in_(ids))
        .ext(distinct_on(file_revisions.c.certificate_id))
        .order_by(file_revisions.c.certificate_id, file_revisions.c.revision.desc())
    )
    rows = [_revision(dict(row)) for row in (await tx.execute(query)).mappings()]
    return {one.certificate_id: one for one in rows}


async def totals(tx: Transaction) -> tuple[int, int]:
    """Return how many certificates lack a first revision, and how many lack the work of a next."""
    own = certificates.c.certificate_id
    first = select(1).where(file_revisions.c.certificate_id == own).exists()
    work = select(1).where(revision_work.c.certificate_id == own).exists()
    lacking = [
        await tx.scalar(select(func.count()).select_from(certificates).where(~one))
        for one in (first, work)
    ]
    return int(lacking[0] or 0), int(lacking[1] or 0)


def _revision(row: dict[str, object]) -> FileRevision:
    if row["stamp_chain"] is not None:
        row["stamp_chain"] = tuple(row["stamp_chain"])  # type: ignore[arg-type]  # an array column
    return FileRevision(**row)  # type: ignore[arg-type]  # the columns are the fields
