"""Show a person what a year requires, what counts, and what is blocking it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import RowMapping

from chassis.clock import legal_date
from chassis.db import Transaction
from hours.domain.accounts import YearAccount
from hours.domain.claims import State, Step, step_of
from hours.errors import AffiliationMissing, PersonUnknown, RuleMissing
from hours.policy import Judgement, Rule, Situation, choose_rule, judge
from hours.store import accounts, claims, copies, reference
from hours.usecases.judge_year import completion_instant
from hours.usecases.tools import Tools


@dataclass(frozen=True)
class OpenClaim:
    """A claim that stands between the person and the year, and who holds it."""

    row: RowMapping
    step: Step | None
    holder: str
    age_seconds: int


@dataclass(frozen=True)
class YearView:
    rule: Rule
    account: YearAccount | None
    judgement: Judgement
    open_claims: Sequence[OpenClaim]
    certificate: RowMapping | None
    parked: RowMapping | None


async def view_year(tools: Tools, tx: Transaction, person_id: UUID, year: int) -> YearView:
    """Return the person's year as it stands; nothing is written."""
    account = await accounts.find(tx, person_id, year)
    rule = await _rule(tools, tx, person_id, year, account)
    approved = await claims.approved_credits(tx, person_id, year)
    certificate = await accounts.newest_certificate(tx, account.id) if account else None
    parked = await accounts.newest_parking(tx, account.id) if account else None
    if certificate and parked and certificate["noted_at"] > parked["noted_at"]:
        parked = None  # what it waited for has been done
    return YearView(
        rule=rule,
        account=account,
        judgement=judge(rule, approved),
        open_claims=await _open_claims(tools, tx, person_id, year),
        certificate=certificate,
        parked=parked,
    )


async def _rule(
    tools: Tools, tx: Transaction, person_id: UUID, year: int, account: YearAccount | None
) -> Rule:
    """Return the rule that judged a completed year, else the one that would judge it now."""
    if account and account.completed and account.circumstances:
        fixed = account.circumstances
        return await reference.rule(tx, fixed.rule_id, fixed.rule_version)
    person = await copies.person(tx, person_id)
    if person is None:
        raise PersonUnknown(retry_after_seconds=5)
    day = legal_date(completion_instant(year, tools.clock.now()))
    employer = await copies.employer_on(tx, person_id, day)
    if employer is None:
        raise AffiliationMissing
    situation = Situation(
        year=year,
        level=employer["title_level"],
        series=person["title_series"],
        path=employer["path"],
    )
    rule = choose_rule(await reference.rules_of_year(tx, year), situation)
    if rule is None:
        raise RuleMissing
    return rule


async def _open_claims(
    tools: Tools, tx: Transaction, person_id: UUID, year: int
) -> list[OpenClaim]:
    rows = await claims.undecided_of_year(tx, person_id, year)
    at_bureau = {row["organisation_path"] for row in rows if row["state"] == "employer_approved"}
    offices = await copies.office_names(tx, at_bureau) if at_bureau else {}
    now = tools.clock.now()
    return [
        OpenClaim(
            row=row,
            step=step_of(State(row["state"])),
            holder=_holder(row, offices),
            age_seconds=int((now - row["submitted_at"]).total_seconds()),
        )
        for row in rows
    ]


def holder_of(state: State, employer: str, office: str | None) -> str | None:
    """Name who holds a claim in ``state``; None when it is decided."""
    if state is State.SUBMITTED:
        return employer
    if state is State.EMPLOYER_APPROVED:
        return office or "人社部门"
    return "本人" if state is State.RETURNED else None


def _holder(row: RowMapping, offices: dict[str, str]) -> str:
    office = offices.get(row["organisation_path"])
    return holder_of(State(row["state"]), row["organisation_name"], office) or ""
