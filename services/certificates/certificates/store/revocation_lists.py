"""What the authorities say of certificates, as last fetched: lists, and answers to questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from certificates.tables import ocsp_answers, revocation_lists
from chassis.db import Transaction


@dataclass(frozen=True, slots=True)
class Kept:
    """What an authority said, and when we had it from there."""

    content: bytes
    fetched_at: datetime


async def keep(
    tx: Transaction, *, url: str, content: bytes, issued_at: datetime, now: datetime
) -> None:
    """Store a list unless we have a newer one: an old list may lack the latest revocation."""
    statement = insert(revocation_lists).values(
        url=url, content=content, issued_at=issued_at, fetched_at=now
    )
    fresh = {name: statement.excluded[name] for name in ("content", "issued_at", "fetched_at")}
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["url"],
            set_=fresh,
            where=revocation_lists.c.issued_at <= statement.excluded.issued_at,
        )
    )


async def at(tx: Transaction, urls: Sequence[str]) -> list[bytes]:
    """Return the lists we have from ``urls``."""
    query = select(revocation_lists.c.content).where(revocation_lists.c.url.in_(urls))
    return list(await tx.scalars(query))


async def list_from(tx: Transaction, url: str) -> Kept | None:
    """Return the list's content and when it was fetched."""
    columns = (revocation_lists.c.content, revocation_lists.c.fetched_at)
    query = select(*columns).where(revocation_lists.c.url == url)
    row = (await tx.execute(query)).first()
    return Kept(*row) if row else None


async def keep_answer(
    tx: Transaction, *, certificate: str, content: bytes, issued_at: datetime, now: datetime
) -> None:
    """Store an OCSP answer unless we have a newer one."""
    statement = insert(ocsp_answers).values(
        certificate_sha256=certificate, content=content, issued_at=issued_at, fetched_at=now
    )
    fresh = {name: statement.excluded[name] for name in ("content", "issued_at", "fetched_at")}
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["certificate_sha256"],
            set_=fresh,
            where=ocsp_answers.c.issued_at <= statement.excluded.issued_at,
        )
    )


async def answer_about(tx: Transaction, certificate: str) -> Kept | None:
    """Return the last OCSP answer about a certificate (its SHA-256) and when it was fetched."""
    columns = (ocsp_answers.c.content, ocsp_answers.c.fetched_at)
    mine = ocsp_answers.c.certificate_sha256 == certificate
    row = (await tx.execute(select(*columns).where(mine))).first()
    return Kept(*row) if row else None
