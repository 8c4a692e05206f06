"""The authorities' revocation lists as last fetched."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from certificates.tables import revocation_lists
from chassis.db import Transaction


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
