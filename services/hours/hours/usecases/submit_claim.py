"""File a claim of hours."""

from uuid import UUID

from chassis.clock import legal_date
from chassis.db import Transaction
from chassis.ids import uuid7
from hours.domain.claims import Claim, NewClaim, State
from hours.events import claim_changed
from hours.store import claims
from hours.usecases.filing import check_evidence, check_filing
from hours.usecases.tools import Tools


async def submit_claim(tools: Tools, tx: Transaction, person_id: UUID, form: NewClaim) -> Claim:
    """File ``form`` for the person; it then waits for the employer.

    The legal time of the claim is its submission: a late review never costs the person. Tells
    ``hours.claim.submitted`` and writes an audit row.
    """
    now = tools.clock.now()
    today = legal_date(now)
    filing = await check_filing(tx, person_id, form, today=today, filed_on=today)
    await check_evidence(tx, person_id, form.activity_kind, form.evidence_ids)
    claim = Claim(
        id=uuid7(),
        person_id=person_id,
        organisation_id=filing.employer["organisation_id"],
        year=form.year,
        subject_kind=form.subject_kind,
        activity_kind=form.activity_kind,
        title=form.title,
        credit_tenths=form.credit_tenths,
        approved_tenths=None,
        started_on=form.started_on,
        ended_on=form.ended_on,
        state=State.SUBMITTED,
        version=1,
        submitted_at=now,
        waiting_since=now,
        reason_code=None,
        reason=None,
        remedy=None,
    )
    await claims.add(tx, claim, form.evidence_ids)
    await tools.outbox.add(tx, claim_changed(claim))
    await tools.audit.record(
        tx,
        actor=f"person:{person_id}",
        action="claim.submitted",
        subject=f"claim:{claim.id}",
        detail={"year": claim.year, "credit_tenths": claim.credit_tenths},
    )
    return claim
