"""Tell what a claim would count before it is filed; nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.clock import legal_date
from chassis.db import Transaction
from hours.domain.claims import NewClaim
from hours.errors import ClaimNotFound
from hours.policy import Credit, Judgement, choose_rule, count, judge
from hours.store import claims, copies, reference
from hours.usecases.filing import check_filing, evidence_required
from hours.usecases.judge_year import completion_instant, situation_at
from hours.usecases.tools import Tools


@dataclass(frozen=True)
class Estimate:
    """What approval of the hours in full would make of the year, and the way there."""

    counted_tenths: int
    required: Mapping[str, int]
    required_total: int
    present: Judgement
    waiting: Mapping[str, int]
    then: Judgement
    evidence_required: bool
    filing_until: date
    reviewers: tuple[str, str | None]


async def estimate_claim(
    tools: Tools, tx: Transaction, person_id: UUID, form: NewClaim, *, mending: UUID | None = None
) -> Estimate:
    """Judge the year with the hours of ``form`` approved, by the rule that would judge it now.

    Refuses whatever filing would refuse, apart from missing evidence, which it only names.
    ``mending`` is the returned claim that is being written anew, with its legal time.
    """
    now = tools.clock.now()
    today = legal_date(now)
    filed_on = await _filed_on(tx, person_id, mending) if mending else today
    filing = await check_filing(tx, person_id, form, today=today, filed_on=filed_on)
    needs_evidence = await evidence_required(tx, form.activity_kind)
    employer_id = filing.employer["organisation_id"]
    situation, _ = await situation_at(
        tx, person_id, form.year, completion_instant(form.year, now), employer_id
    )
    rule = choose_rule(await reference.rules_of_year(tx, form.year), situation) or filing.rule
    approved = await claims.approved_credits(tx, person_id, form.year)
    present = judge(rule, approved)
    then = judge(rule, [*approved, Credit(form.subject_kind, form.credit_tenths)])
    path = filing.employer["path"]
    offices = await copies.office_names(tx, [path])
    return Estimate(
        counted_tenths=sum(then.counted.values()) - sum(present.counted.values()),
        required=rule.minimum_tenths,
        required_total=rule.total_tenths,
        present=present,
        waiting=count(await claims.waiting_credits(tx, person_id, form.year)),
        then=then,
        evidence_required=needs_evidence,
        filing_until=filing.rule.window_end(form.year),
        reviewers=(await copies.name_of(tx, employer_id), offices.get(path)),
    )


async def _filed_on(tx: Transaction, person_id: UUID, claim_id: UUID) -> date:
    claim = await claims.find(tx, claim_id)
    if claim is None or claim.person_id != person_id:
        raise ClaimNotFound
    return legal_date(claim.submitted_at)
