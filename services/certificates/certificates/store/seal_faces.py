"""How seals look, and the applications printed with it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from certificates.store.reading import columns_of, entity_of
from certificates.tables import seal_applications, seal_drawings, seals
from chassis.db import Transaction


@dataclass(frozen=True, slots=True)
class Application:
    """An application as it was printed: downloads give this very file for ever."""

    seal_id: UUID
    drawing_sha256: str
    file_sha256: str
    template_version: str
    template_digest: str
    printed_at: datetime


async def keep_drawing(
    tx: Transaction, operators: bytes, *, development: bool, now: datetime
) -> str:
    """Keep a drawing under its SHA-256 and return that; the same again changes nothing."""
    sha256 = hashlib.sha256(operators).hexdigest()
    row = {
        "sha256": sha256,
        "operators": operators,
        "development": development,
        "drawn_at": now,
    }
    await tx.execute(upsert(seal_drawings).values(row).on_conflict_do_nothing())
    return sha256


async def put_on(
    tx: Transaction, seal_id: UUID, *, drawing_sha256: str, impression_sha256: str | None
) -> None:
    """Give a seal that is not filed yet its face."""
    values = {"drawing_sha256": drawing_sha256, "impression_sha256": impression_sha256}
    await tx.execute(update(seals).where(seals.c.id == seal_id).values(values))


async def drawing(tx: Transaction, sha256: str) -> bytes:
    """Return a drawing's operators."""
    query = select(seal_drawings.c.operators).where(seal_drawings.c.sha256 == sha256)
    return bytes((await tx.execute(query)).scalar_one())


async def application(tx: Transaction, seal_id: UUID, drawing_sha256: str) -> Application | None:
    query = select(*columns_of(seal_applications, Application)).where(
        seal_applications.c.seal_id == seal_id,
        seal_applications.c.drawing_sha256 == drawing_sha256,
    )
    row = (await tx.execute(query)).mappings().first()
    return entity_of(Application, row) if row else None


async def keep_application(tx: Transaction, printed: Application) -> None:
    """Keep which file was printed; the first of two printed at the same time stays."""
    row = {name: getattr(printed, name) for name in Application.__slots__}
    await tx.execute(upsert(seal_applications).values(row).on_conflict_do_nothing())
