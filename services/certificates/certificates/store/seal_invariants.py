"""What must hold of every seal that was ever filed; each query returns one that breaks it."""

from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, select

from certificates.domain.entities import IMPRESSION
from certificates.domain.states import SealState
from certificates.tables import approvals, seal_applications, seal_drawings, seals
from chassis.db import Transaction

_FILED = seals.c.state.in_((SealState.ACTIVE, SealState.SUSPENDED, SealState.REPLACED))


async def unfiled(tx: Transaction) -> UUID | None:
    """Return a seal that was put into use without two people's word on just this key and face."""
    by_two = select(approvals.c.id).where(
        approvals.c.kind == "seal.filing",
        approvals.c.subject == "seal:" + cast(seals.c.id, String),
        approvals.c.outcome == "approved",
        approvals.c.proposer != approvals.c.decided_by,
        approvals.c.payload["signer_sha256"].astext == seals.c.signer_sha256,
        *(_the_approved(name) for name in ("drawing_sha256", "impression_sha256")),
    )
    return await tx.scalar(select(seals.c.id).where(_FILED, ~by_two.exists()).limit(1))


async def faceless(tx: Transaction) -> UUID | None:
    """Return a filed seal that is to look like an impression and has none, or no drawing of it."""
    lacking = seals.c.impression_sha256.is_(None) | seals.c.drawing_sha256.is_(None)
    query = select(seals.c.id).where(_FILED, seals.c.face == IMPRESSION, lacking)
    return await tx.scalar(query.limit(1))


async def misdrawn(tx: Transaction) -> UUID | None:
    """Return a filed seal whose drawing is not of its own kind: for tests, or in earnest."""
    query = (
        select(seals.c.id)
        .join(seal_drawings, seal_drawings.c.sha256 == seals.c.drawing_sha256)
        .where(_FILED, seal_drawings.c.development != seals.c.development)
    )
    return await tx.scalar(query.limit(1))


async def files(tx: Transaction) -> list[tuple[UUID, str]]:
    """Return every seal with the digest of its impression, and with each application printed."""
    impressions = select(seals.c.id, seals.c.impression_sha256).where(
        seals.c.impression_sha256.is_not(None)
    )
    printed = select(seal_applications.c.seal_id, seal_applications.c.file_sha256)
    return [(row[0], row[1]) for row in await tx.execute(impressions.union_all(printed))]


def _the_approved(name: str) -> ColumnElement[bool]:
    # Either may be null: a seal drawn from its name has no impression.
    approved: ColumnElement[str] = approvals.c.payload[name].astext
    return approved.is_not_distinct_from(seals.c[name])
