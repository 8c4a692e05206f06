"""What a filing must meet: one set of checks for filing, filing again and estimating."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import RowMapping

from chassis.db import Transaction
from hours.domain.claims import NewClaim
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
from hours.policy import Rule, Situation, choose_rule
from hours.store import claims, copies, reference

# A registration is seconds away when its owner is already here.
_ARRIVAL_SECONDS = 5


@dataclass(frozen=True)
class Filing:
    """The employer that reviews first, and the rule whose window let the filing in."""

    employer: RowMapping
    rule: Rule


async def check_filing(
    tx: Transaction, person_id: UUID, form: NewClaim, *, today: date, filed_on: date
) -> Filing:
    """Refuse what must not be filed, apart from its evidence; else say who reviews it, and why.

    ``filed_on`` is the claim's legal day: a claim sent back is mended under the window in which
    it was first filed, because a late review never costs the person.
    """
    form.check(today)
    person = await copies.person(tx, person_id)
    if person is None:
        raise PersonUnknown(retry_after_seconds=_ARRIVAL_SECONDS)
    if person["status"] != "proven":
        raise PersonUnproven
    employer = await copies.employer_on(tx, person_id, today)
    if employer is None:
        raise AffiliationMissing
    rule = await _rule(tx, form.year, person, employer)
    if form.year > today.year:
        raise YearOutsideWindow(field="/year")
    if not rule.accepts_filing(form.year, filed_on):
        raise YearOutsideWindow(
            f"{form.year}年度的学时已于{rule.window_end(form.year):%Y-%m-%d}截止申报。",
            field="/year",
        )
    if not await reference.has_subject_kind(tx, form.subject_kind):
        raise SubjectKindUnknown(field="/subject_kind")
    return Filing(employer, rule)


async def check_evidence(
    tx: Transaction, person_id: UUID, activity_kind: str, evidence_ids: Sequence[UUID]
) -> None:
    """Refuse a kind without the evidence it needs, and evidence that is not the person's."""
    required = await evidence_required(tx, activity_kind)
    if required and not evidence_ids:
        raise EvidenceMissing(field="/evidence_ids")
    own = await claims.own_evidence(tx, person_id, evidence_ids)
    if own != set(evidence_ids):
        raise EvidenceNotOwn(field="/evidence_ids")


async def evidence_required(tx: Transaction, activity_kind: str) -> bool:
    required = await reference.evidence_required(tx, activity_kind)
    if required is None:
        raise ActivityKindUnknown(field="/activity_kind")
    return required


async def _rule(tx: Transaction, year: int, person: RowMapping, employer: RowMapping) -> Rule:
    situation = Situation(
        year=year,
        level=employer["title_level"],
        series=person["title_series"],
        path=employer["path"],
    )
    rule = choose_rule(await reference.rules_of_year(tx, year), situation)
    if rule is None:
        raise RuleMissing(field="/year")
    return rule
