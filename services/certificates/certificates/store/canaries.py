"""How each seal's last canary went."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert

from certificates.store.reading import columns_of, entity_of
from certificates.tables import canaries
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
