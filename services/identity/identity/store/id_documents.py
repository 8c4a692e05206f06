"""ID documents whose keys are changed."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import RowMapping, not_, or_, select, update

from chassis.db import Transaction
from identity.domain.ids import PersonId
from identity.tables import id_documents
from identity.vault import BlindIndex


async def under_other_keys(
    tx: Transaction, *, prefix: str, index_version: int, after: UUID | None, limit: int
) -> Sequence[RowMapping]:
    """Return, locked, the next documents that are sealed or indexed under another key."""
    other = or_(
        not_(id_documents.c.sealed_number.startswith(prefix, autoescape=True)),
        id_documents.c.index_key_version != index_version,
    )
    query = select(id_documents.c.person_id, id_documents.c.sealed_number).where(other)
    if after:
        query = query.where(id_documents.c.person_id > after)
    query = query.order_by(id_documents.c.person_id).limit(limit).with_for_update()
    return (await tx.execute(query)).mappings().all()


async def seal_anew(
    tx: Transaction, person_id: PersonId, *, sealed: str, index: BlindIndex
) -> None:
    """Store the same number under other keys."""
    await tx.execute(
        update(id_documents)
        .where(id_documents.c.person_id == person_id)
        .values(sealed_number=sealed, index_key_version=index.key_version, blind_index=index.value)
    )
