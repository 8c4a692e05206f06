"""What its owner may still do with a filed claim: take it back, or mend it and file it again."""

from uuid import UUID

from chassis.clock import legal_date
from chassis.db import Transaction
from hours.domain.claims import BY_OWNER, Claim, NewClaim, OwnAct
from hours.errors import ClaimNotFound
from hours.events import claim_changed
from hours.store import assignments, claims
from hours.usecases.filing import check_evidence, check_filing
from hours.usecases.tools import Tools


async def take_back(tools: Tools, tx: Transaction, person_id: UUID, claim_id: UUID) -> Claim:
    """Withdraw the person's own undecided claim; nobody reviews it any more."""
    claim = await _own(tx, person_id, claim_id)
    now = tools.clock.now()
    taken_back = claim.take_back()
    await claims.save(tx, taken_back, now)
    await assignments.release(tx, claim_id)
    await _note(tools, tx, taken_back, OwnAct.WITHDRAW, {})
    return taken_back


async def file_again(
    tools: Tools, tx: Transaction, person_id: UUID, claim_id: UUID, form: NewClaim
) -> Claim:
    """File a returned claim again with ``form`` in its place; both steps review it anew.

    It keeps its legal time. What it said before is kept in the audit row.
    """
    claim = await _own(tx, person_id, claim_id)
    now = tools.clock.now()
    mended = claim.file_again(form, now)
    filing = await check_filing(
        tx,
        person_id,
        form,
        today=legal_date(now),
        filed_on=legal_date(claim.submitted_at),
    )
    await check_evidence(tx, person_id, form.activity_kind, form.evidence_ids)
    mended = mended.at_employer(filing.employer["organisation_id"])
    before = [str(row["id"]) for row in await claims.evidence_of(tx, claim_id)]
    await claims.save(tx, mended, now)
    await claims.replace_evidence(tx, claim_id, form.evidence_ids)
    detail = {
        "title": claim.title,
        "subject_kind": claim.subject_kind,
        "activity_kind": claim.activity_kind,
        "credit_tenths": claim.credit_tenths,
        "started_on": claim.started_on.isoformat(),
        "ended_on": claim.ended_on.isoformat(),
        "evidence_ids": before,
    }
    await _note(tools, tx, mended, OwnAct.FILE_AGAIN, {"before": detail})
    return mended


async def own_year(tx: Transaction, person_id: UUID, claim_id: UUID) -> int:
    """Return the year of the person's claim, which no mending changes."""
    return (await _own(tx, person_id, claim_id)).year


async def _own(tx: Transaction, person_id: UUID, claim_id: UUID) -> Claim:
    """Return the person's claim under its row lock: a reviewer at the same moment waits here."""
    claim = await claims.locked(tx, claim_id)
    if claim is None or claim.person_id != person_id:
        raise ClaimNotFound
    return claim


async def _note(
    tools: Tools,
    tx: Transaction,
    claim: Claim,
    act: OwnAct,
    detail: dict[str, object],
) -> None:
    actor = f"person:{claim.person_id}"
    await claims.add_decision(
        tx,
        {
            "claim_id": claim.id,
            "claim_version": claim.version,
            "step": BY_OWNER,
            "outcome": act.value,
            "subject_kind": claim.subject_kind,
            "decided_by": actor,
            "decided_at": tools.clock.now(),
        },
    )
    await tools.outbox.add(tx, claim_changed(claim))
    await tools.audit.record(
        tx,
        actor=actor,
        action=f"claim.owner_{act}",
        subject=f"claim:{claim.id}",
        detail={"version": claim.version, **detail},
    )
