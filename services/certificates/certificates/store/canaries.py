"""How each seal's last canary went, and the page that a service still has."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from certificates.store.reading import columns_of, entity_of
from certificates.tables import canaries, canary_errands
from chassis.db import Transaction


@dataclass(frozen=True, slots=True)
class Canary:
    """One row for each seal: the last try, and when one last succeeded."""

    seal_id: UUID
    at: datetime
    succeeded: bool
    error: str | None
    milliseconds: int
    last_success_at: datetime | None


@dataclass(frozen=True, slots=True)
class CanaryErrand:
    """A page at a service for whole PDFs; ``ticket`` entitles to deliver it."""

    seal_id: UUID
    request_key: str
    page: bytes
    ticket: str
    location: str | None
    asked_at: datetime
    next_attempt_at: datetime
    returned: bytes | None


async def of(tx: Transaction, seal_ids: Sequence[UUID]) -> dict[UUID, Canary]:
    query = select(*columns_of(canaries, Canary)).where(canaries.c.seal_id.in_(seal_ids))
    rows = (await tx.execute(query)).mappings()
    return {row["seal_id"]: entity_of(Canary, row) for row in rows}


async def save(tx: Transaction, canary: Canary) -> None:
    row = asdict(canary)
    statement = upsert(canaries).values(row)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["seal_id"],
            set_={name: statement.excluded[name] for name in row if name != "seal_id"},
        )
    )


async def errands_of(tx: Transaction, seal_ids: Sequence[UUID]) -> dict[UUID, CanaryErrand]:
    query = select(*columns_of(canary_errands, CanaryErrand))
    rows = (await tx.execute(query.where(canary_errands.c.seal_id.in_(seal_ids)))).mappings()
    return {row["seal_id"]: entity_of(CanaryErrand, row) for row in rows}


async def begin_errand(tx: Transaction, errand: CanaryErrand) -> None:
    """Note the page before it is sent."""
    await tx.execute(upsert(canary_errands).values(asdict(errand)))


async def wait_for_errand(
    tx: Transaction, seal_id: UUID, *, location: str | None, until: datetime
) -> None:
    """Remember where the service said to ask, and when."""
    mine = canary_errands.c.seal_id == seal_id
    values = {"location": location, "next_attempt_at": until}
    await tx.execute(update(canary_errands).where(mine).values(values))


async def end_errand(tx: Transaction, seal_id: UUID) -> None:
    """Forget the page and what came of it; its ticket is worth nothing any more."""
    await tx.execute(delete(canary_errands).where(canary_errands.c.seal_id == seal_id))


async def deliver(tx: Transaction, ticket: str, file: bytes) -> bool:
    """Keep what the service delivered; the first delivery stands. False for an unknown ticket."""
    mine = canary_errands.c.ticket == ticket
    first = mine & canary_errands.c.returned.is_(None)
    await tx.execute(update(canary_errands).where(first).values(returned=file))
    return await expected(tx, ticket)


async def expected(tx: Transaction, ticket: str) -> bool:
    mine = canary_errands.c.ticket == ticket
    return await tx.scalar(select(canary_errands.c.seal_id).where(mine)) is not None
