"""Rules and lists."""

from collections.abc import Sequence

from sqlalchemy import RowMapping, exists, or_, select

from chassis.db import Transaction
from hours.policy import Rule
from hours.tables import activity_kinds, reason_codes, rules, subject_kinds


async def rules_of_year(tx: Transaction, year: int) -> list[Rule]:
    """Return the rules in force for ``year``; a handful, so the choice is made in code."""
    query = (
        select(rules)
        .where(rules.c.in_force, rules.c.year_from <= year)
        .where(or_(rules.c.year_to.is_(None), rules.c.year_to >= year))
    )
    return [_rule(row) for row in (await tx.execute(query)).mappings()]


async def rule(tx: Transaction, rule_id: object, version: int) -> Rule:
    """Return one version of a rule, in force or not: judged years refer to it for ever."""
    query = select(rules).where(rules.c.id == rule_id, rules.c.version == version)
    return _rule((await tx.execute(query)).mappings().one())


async def all_rules(tx: Transaction) -> list[Rule]:
    query = select(rules).order_by(rules.c.year_from.desc(), rules.c.name, rules.c.version.desc())
    return [_rule(row) for row in (await tx.execute(query)).mappings()]


async def all_activity_kinds(tx: Transaction) -> Sequence[RowMapping]:
    query = select(activity_kinds).order_by(activity_kinds.c.position)
    return (await tx.execute(query)).mappings().all()


async def all_reason_codes(tx: Transaction) -> Sequence[RowMapping]:
    query = select(reason_codes).order_by(reason_codes.c.position)
    return (await tx.execute(query)).mappings().all()


async def evidence_required(tx: Transaction, activity_kind: str) -> bool | None:
    """Tell whether the kind needs evidence; None when there is no such kind."""
    required: bool | None = await tx.scalar(
        select(activity_kinds.c.evidence_required).where(activity_kinds.c.code == activity_kind)
    )
    return required


async def has_subject_kind(tx: Transaction, code: str) -> bool:
    return bool(await tx.scalar(select(exists().where(subject_kinds.c.code == code))))


async def reason_remedy(tx: Transaction, code: str) -> str | None:
    """Return what the person is told to do by default; None when there is no such code."""
    remedy: str | None = await tx.scalar(
        select(reason_codes.c.remedy).where(reason_codes.c.code == code)
    )
    return remedy


def _rule(row: RowMapping) -> Rule:
    levels = row["levels"]
    return Rule(**{**row, "levels": frozenset(levels) if levels else None})
