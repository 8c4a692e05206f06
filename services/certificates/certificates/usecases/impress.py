"""Hand in the impression that an office's seal is drawn from."""

from dataclasses import dataclass
from uuid import UUID

from certificates.domain.entities import IMPRESSION, Seal
from certificates.domain.states import SealState
from certificates.errors import (
    ImpressionNotWanted,
    ProposalOpen,
    SealNotFound,
    SealStateConflict,
)
from certificates.store import approvals, seal_faces, seals
from certificates.usecases import Dependencies
from certificates.usecases.authority import BUREAU, require_over
from certificates.usecases.propose import SEAL_FILING
from chassis.auth import Principal
from chassis.db import Transaction

# What is filed is never drawn again; what was rejected is applied for anew.
_BEFORE_FILING = frozenset({SealState.APPLIED, SealState.INSPECTED})


@dataclass(frozen=True, slots=True)
class Face:
    """What became of an upload: the stored impression's SHA-256, and the drawing traced from it."""

    impression_sha256: str
    operators: bytes
    development: bool


async def seal_of_caller(tx: Transaction, caller: Principal, seal_id: UUID) -> Seal:
    """Return the seal if the caller is of the bureau that may hand in its impression."""
    seal = await seals.find(tx, seal_id)
    if seal is None:
        raise SealNotFound
    await require_over(tx, caller, seal.office_id, BUREAU)
    return seal


async def _awaiting(tx: Transaction, deps: Dependencies, seal_id: UUID) -> None:
    """Lock the seal; raise unless it waits for its impression."""
    seal = await seals.lock(tx, seal_id)
    if seal is None:
        raise SealNotFound
    if seal.face != IMPRESSION:
        raise ImpressionNotWanted
    if seal.state not in _BEFORE_FILING:
        raise SealStateConflict
    # The province is looking at the present one.
    if await approvals.waiting(tx, SEAL_FILING, f"seal:{seal_id}", deps.clock.now()):
        raise ProposalOpen


async def put_impression(
    tx: Transaction, deps: Dependencies, caller: Principal, seal_id: UUID, face: Face
) -> None:
    """Give the seal this face, in place of one handed in before.

    The impression was stored before this transaction: left over after a failure it is harmless.
    """
    await seal_of_caller(tx, caller, seal_id)
    await _awaiting(tx, deps, seal_id)
    drawing = await seal_faces.keep_drawing(
        tx, face.operators, development=face.development, now=deps.clock.now()
    )
    await seal_faces.put_on(
        tx, seal_id, drawing_sha256=drawing, impression_sha256=face.impression_sha256
    )
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action="seal.impression_handed_in",
        subject=f"seal:{seal_id}",
        detail={"impression_sha256": face.impression_sha256, "drawing_sha256": drawing},
    )
