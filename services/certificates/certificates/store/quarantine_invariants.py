"""What must hold of every quarantine; each query returns one that breaks it, or None."""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, select

from certificates.domain.quarantine import QuarantineState
from certificates.domain.states import IntentState
from certificates.store.quarantines import UNDECIDED
from certificates.tables import approvals, certificates, intents, quarantines
from chassis.db import Transaction

_ID = quarantines.c.id


async def intent_without(tx: Transaction) -> UUID | None:
    """Return a quarantined intent that no open quarantine shows on the work list."""
    mine = (quarantines.c.intent_id == intents.c.id) & quarantines.c.state.in_(UNDECIDED)
    shown = select(_ID).where(mine, quarantines.c.file_sha256 == intents.c.quarantined_sha256)
    stuck = intents.c.state == IntentState.QUARANTINED
    return await _first(tx, select(intents.c.id).where(stuck, ~shown.exists()))


async def without_intent(tx: Transaction) -> UUID | None:
    """Return an open quarantine of an intent that has gone on."""
    gone = intents.c.state != IntentState.QUARANTINED
    joined = select(_ID).join(intents, intents.c.id == quarantines.c.intent_id)
    return await _first(tx, joined.where(quarantines.c.state.in_(UNDECIDED), gone))


async def undecided_end(tx: Transaction) -> UUID | None:
    """Return one that was decided without an approval by somebody else of just this."""
    decided = quarantines.c.state.in_(
        (QuarantineState.EXAMINING, QuarantineState.DISCARDED, QuarantineState.RELEASED)
    )
    by_two = select(approvals.c.id).where(
        approvals.c.id == quarantines.c.approval_id,
        approvals.c.outcome == "approved",
        approvals.c.subject == "quarantine:" + cast(_ID, String),
        approvals.c.proposer != approvals.c.decided_by,
        approvals.c.payload["file_sha256"].astext == quarantines.c.file_sha256,
    )
    return await _first(tx, select(_ID).where(decided, ~by_two.exists()))


async def published(tx: Transaction) -> UUID | None:
    """Return one whose very file is a certificate's although it was never found right."""
    released = quarantines.c.state == QuarantineState.RELEASED
    return await _first(tx, select(_ID).where(~released, _is_a_certificates()))


async def unpublished(tx: Transaction) -> UUID | None:
    """Return one that was released and has no certificate."""
    released = quarantines.c.state == QuarantineState.RELEASED
    return await _first(tx, select(_ID).where(released, ~_is_a_certificates()))


async def files(tx: Transaction) -> list[tuple[UUID, str]]:
    """Return every quarantine with the digest of its file."""
    query = select(_ID, quarantines.c.file_sha256).order_by(_ID)
    return [(row[0], row[1]) for row in await tx.execute(query)]


def _is_a_certificates() -> ColumnElement[bool]:
    mine = certificates.c.file_sha256 == quarantines.c.file_sha256
    return select(certificates.c.certificate_id).where(mine).exists()


async def _first(tx: Transaction, query: Select[tuple[UUID]]) -> UUID | None:
    found: UUID | None = await tx.scalar(query.limit(1))
    return found
