"""Bring a year account in line with the approved claims, inside the deciding transaction."""

from datetime import date, datetime, timedelta
from uuid import UUID

from chassis.clock import legal_date, legal_midnight, legal_year
from chassis.db import Transaction
from hours.domain.accounts import Circumstances, Turn, YearAccount, settle
from hours.domain.claims import Claim
from hours.events import year_turned
from hours.policy import Rule, Situation, choose_rule, count, judge
from hours.store import accounts, claims, copies, reference
from hours.usecases.tools import Tools


async def judge_year(tools: Tools, tx: Transaction, claim: Claim, actor: str) -> YearAccount:
    """Recount the year of ``claim`` under its row lock; tell and record what it turns into.

    Two reviewers who approve the last two claims at once take turns at the lock, and the second
    sees the first's hours: one completion, never two.
    """
    now = tools.clock.now()
    account = await accounts.locked(tx, claim.person_id, claim.year, now)
    approved = await claims.approved_credits(tx, claim.person_id, claim.year)
    instant = completion_instant(claim.year, now)
    situation, employer_id = await situation_at(
        tx, claim.person_id, claim.year, instant, claim.organisation_id
    )
    rule = choose_rule(await reference.rules_of_year(tx, claim.year), situation)
    settlement = settle(
        account,
        counted=count(approved),
        complete=rule is not None and judge(rule, approved).complete,
        circumstances=_circumstances(instant, employer_id, situation, rule),
    )
    if settlement.account == account:
        return account
    await accounts.save(tx, settlement.account, now)
    for turn, then in settlement.turns:
        await tools.outbox.add(tx, year_turned(turn, then))
        await _record(tools, tx, actor, turn, then)
    return settlement.account


def completion_instant(year: int, now: datetime) -> datetime:
    """Return when a completion judged now takes effect: for a year already over, its last second.

    A late review must not move the person to next year's employer, level or rule.
    """
    if legal_year(now) <= year:
        return now
    return legal_midnight(date(year + 1, 1, 1)) - timedelta(seconds=1)


async def situation_at(
    tx: Transaction, person_id: UUID, year: int, instant: datetime, last_employer: UUID
) -> tuple[Situation, UUID]:
    """Return what the person's year is judged by at ``instant``, and the employer then.

    Someone without an employer at that instant is judged where the claim was filed.
    """
    person = await copies.person(tx, person_id)
    employer = await copies.employer_on(tx, person_id, legal_date(instant))
    level = employer["title_level"] if employer else person["title_level"] if person else "unrated"
    employer_id = employer["organisation_id"] if employer else last_employer
    path = employer["path"] if employer else await copies.path_of(tx, last_employer)
    series = person["title_series"] if person else None
    return Situation(year=year, level=level, series=series, path=path), employer_id


def _circumstances(
    instant: datetime, employer_id: UUID, situation: Situation, rule: Rule | None
) -> Circumstances | None:
    if rule is None:
        return None
    return Circumstances(
        completed_at=instant,
        employer_id=employer_id,
        title_level=situation.level,
        rule_id=rule.id,
        rule_version=rule.version,
    )


async def _record(
    tools: Tools, tx: Transaction, actor: str, turn: Turn, account: YearAccount
) -> None:
    await tools.audit.record(
        tx,
        actor=actor,
        action=f"year.{turn}",
        subject=f"year_account:{account.id}",
        detail={
            "person_id": str(account.person_id),
            "year": account.year,
            "completion": account.completion,
            "counted": dict(account.counted),
        },
    )
