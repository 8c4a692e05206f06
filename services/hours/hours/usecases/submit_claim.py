"""File a claim of hours."""

from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping

from chassis.clock import legal_date
from chassis.db import Transaction
from chassis.ids import uuid7
from hours.domain.claims import Claim, NewClaim, State
from hours.errors import (
    ActivityKindUnknown,
    AffiliationMissing,
    EvidenceMissing,
    EvidenceNotOwn,
    PersonUnknown,
    PersonUnproven,
    RuleMissing,
    SubjectKindUnknown,
    YearOutsideWindow,
)
from hours.events import claim_changed
from hours.policy import Situation, choose_rule
from hours.store import claims, copies, reference
from hours.usecases.tools import Tools

# A registration is seconds away when its owner is already here.
_ARRIVAL_SECONDS = 5


async def submit_claim(tools: Tools, tx: Transaction, person_id: UUID, form: NewClaim) -> Claim:
    """File ``form`` for the person; it then waits for the employer.

    The legal time of the claim is its submission: a late review never costs the person. Tells
    ``hours.claim.submitted`` and writes an audit row.
    """
    now = tools.clock.now()
    today = legal_date(now)
    form.check(today)
    person, employer = await _person_and_employer(tx, person_id, today)
    await _check_window(tx, form.year, person, employer, today)
    await _check_kinds_and_evidence(tx, person_id, form)
    claim = Claim(
        id=uuid7(),
        person_id=person_id,
        organisation_id=employer["organisation_id"],
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


async def _person_and_employer(
    tx: Transaction, person_id: UUID, today: date
) -> tuple[RowMapping, RowMapping]:
    person = await copies.person(tx, person_id)
    if person is None:
        raise PersonUnknown(retry_after_seconds=_ARRIVAL_SECONDS)
    if person["status"] != "proven":
        raise PersonUnproven
    employer = await copies.employer_on(tx, person_id, today)
    if employer is None:
        raise AffiliationMissing
    return person, employer


async def _check_window(
    tx: Transaction, year: int, person: RowMapping, employer: RowMapping, today: date
) -> None:
    if year > today.year:
        raise YearOutsideWindow(field="/year")
    situation = Situation(
        year=year,
        level=employer["title_level"],
        series=person["title_series"],
        path=employer["path"],
    )
    rule = choose_rule(await reference.rules_of_year(tx, year), situation)
    if rule is None:
        raise RuleMissing(field="/year")
    if not rule.accepts_filing(year, today):
        raise YearOutsideWindow(
            f"{year}年度的学时已于{rule.window_end(year):%Y-%m-%d}截止申报。", field="/year"
        )


async def _check_kinds_and_evidence(tx: Transaction, person_id: UUID, form: NewClaim) -> None:
    if not await reference.has_subject_kind(tx, form.subject_kind):
        raise SubjectKindUnknown(field="/subject_kind")
    required = await reference.evidence_required(tx, form.activity_kind)
    if required is None:
        raise ActivityKindUnknown(field="/activity_kind")
    if required and not form.evidence_ids:
        raise EvidenceMissing(field="/evidence_ids")
    own = await claims.own_evidence(tx, person_id, form.evidence_ids)
    if own != set(form.evidence_ids):
        raise EvidenceNotOwn(field="/evidence_ids")
