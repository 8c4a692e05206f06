"""The review queue: pages of waiting claims within a subtree, in the order of filing.

A page is found from the index alone (`ix_claims_queue`, `ix_claims_queue_at` hold every column
that is filtered by); only its few claims are then read.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    ColumnElement,
    RowMapping,
    Select,
    Subquery,
    and_,
    func,
    select,
    text,
    true,
    tuple_,
)

from chassis.db import Transaction, within
from hours.domain.claims import WAITING, Claim
from hours.domain.reviews import Holding, Sort, Wanted
from hours.tables import claim_evidence, claims, organisations, persons, review_assignments

Position = tuple[datetime, UUID]

# Up to so many organisations the oldest claims of each are looked up and merged; beyond, the
# province's whole queue is walked in time order, where a large subtree soon fills a page.
# Measured with 360,000 waiting claims, one employer: 340 ms walking, 3 ms merging.
_FEW_ORGANISATIONS = 500
_IN_SCOPE = within("organisations.path")
# A scalar subquery, not a join: the planner cannot guess how many paths match, and a join would
# let it leave the time order and sort the whole queue (measured: 520 ms instead of 2 ms).
_EMPLOYER_IN_SCOPE = within(
    "(SELECT path FROM organisations WHERE organisations.id = claims.organisation_id)"
)


async def waiting_page(
    tx: Transaction, wanted: Wanted, *, sort: Sort, after: Position | None, limit: int
) -> Sequence[RowMapping]:
    """Return the wanted claims behind ``after`` in the given order, with who filed them where."""
    conditions = _conditions(wanted)
    if after is not None:
        place = tuple_(claims.c.submitted_at, claims.c.id)
        conditions.append(place > tuple_(*after) if sort is Sort.OLDEST else place < tuple_(*after))
    if wanted.holding in {Holding.MINE, Holding.OTHERS}:
        page = _held(wanted, conditions, sort, limit)
    elif await _count(tx, wanted.scopes) <= _FEW_ORGANISATIONS:
        page = _merged(conditions, sort, limit)
    else:
        page = _walked(conditions, sort, limit)
    query = _described(page.subquery("page"), sort)
    rows = (await tx.execute(query, {"scopes": list(wanted.scopes)})).mappings().all()
    return list(rows)


async def one(tx: Transaction, claim_id: UUID) -> RowMapping:
    """Return one claim that exists as the queue shows it, whatever its state."""
    it = select(claims.c.id, claims.c.submitted_at).where(claims.c.id == claim_id)
    query = _described(it.subquery("page"), Sort.OLDEST)
    row: RowMapping = (await tx.execute(query)).mappings().one()
    return row


async def figures(tx: Transaction, wanted: Wanted, *, overdue_before: datetime) -> RowMapping:
    """Return how many wanted claims wait, since when the oldest, and how many are overdue."""
    query = (
        select(
            func.count().label("waiting"),
            func.min(claims.c.submitted_at).label("oldest"),
            func.count().filter(claims.c.submitted_at < overdue_before).label("overdue"),
        )
        .select_from(claims)
        .join(organisations, organisations.c.id == claims.c.organisation_id)
        .where(text(_IN_SCOPE), *_conditions(wanted))
    )
    if wanted.holding in {Holding.MINE, Holding.OTHERS}:
        held = _holders(wanted)
        query = query.join(held, held.c.claim_id == claims.c.id)
    row: RowMapping = (await tx.execute(query, {"scopes": list(wanted.scopes)})).mappings().one()
    return row


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [claims.c.state == WAITING[wanted.step]]
    if wanted.not_of is not None:
        conditions.append(claims.c.person_id != wanted.not_of)
    for name in ("year", "subject_kind", "activity_kind"):
        asked = getattr(wanted, name)
        if asked is not None:
            conditions.append(claims.c[name] == asked)
    if wanted.filed_before is not None:
        conditions.append(claims.c.submitted_at < wanted.filed_before)
    if wanted.holding is Holding.FREE:
        # NOT IN, not an anti-join: it is hashed once and leaves the rows in their order.
        in_force = select(review_assignments.c.claim_id).where(
            review_assignments.c.until > wanted.now
        )
        conditions.append(claims.c.id.not_in(in_force))
    return conditions


async def _count(tx: Transaction, scopes: Sequence[str]) -> int:
    some = select(organisations.c.id).where(text(_IN_SCOPE)).limit(_FEW_ORGANISATIONS + 1)
    query = select(func.count()).select_from(some.subquery())
    return int(await tx.scalar(query, {"scopes": list(scopes)}) or 0)


def _order(of: Any, sort: Sort) -> tuple[ColumnElement[Any], ...]:
    columns = (of.c.submitted_at, of.c.id)
    return columns if sort is Sort.OLDEST else tuple(column.desc() for column in columns)


def _described(page: Subquery, sort: Sort) -> Select[Any]:
    names = (name for name in Claim.__dataclass_fields__)
    files = select(func.count()).where(claim_evidence.c.claim_id == claims.c.id)
    return (
        select(
            *(claims.c[name] for name in names),
            persons.c.name.label("person_name"),
            persons.c.management_number,
            organisations.c.name.label("organisation_name"),
            files.scalar_subquery().label("evidence_count"),
        )
        .select_from(page)
        .join(claims, claims.c.id == page.c.id)
        .join(organisations, organisations.c.id == claims.c.organisation_id)
        .join(persons, persons.c.id == claims.c.person_id)
        .order_by(*_order(page, sort))
    )


def _walked(conditions: Sequence[ColumnElement[bool]], sort: Sort, limit: int) -> Select[Any]:
    return (
        select(claims.c.id, claims.c.submitted_at)
        .where(and_(*conditions), text(_EMPLOYER_IN_SCOPE))
        .order_by(*_order(claims, sort))
        .limit(limit)
    )


def _merged(conditions: Sequence[ColumnElement[bool]], sort: Sort, limit: int) -> Select[Any]:
    first = (
        select(claims.c.id, claims.c.submitted_at)
        .where(claims.c.organisation_id == organisations.c.id, *conditions)
        .order_by(*_order(claims, sort))
        .limit(limit)
        .correlate(organisations)
        .lateral("first")
    )
    return (
        select(first.c.id, first.c.submitted_at)
        .select_from(organisations)
        .join(first, true())
        .where(text(_IN_SCOPE))
        .order_by(*_order(first, sort))
        .limit(limit)
    )


def _held(
    wanted: Wanted, conditions: Sequence[ColumnElement[bool]], sort: Sort, limit: int
) -> Select[Any]:
    """Begin with what is taken: a few claims for each reviewer at work, never the queue."""
    held = _holders(wanted)
    return (
        select(claims.c.id, claims.c.submitted_at)
        .select_from(held)
        .join(claims, claims.c.id == held.c.claim_id)
        .where(and_(*conditions), text(_EMPLOYER_IN_SCOPE))
        .order_by(*_order(claims, sort))
        .limit(limit)
    )


def _holders(wanted: Wanted) -> CTE:
    table = review_assignments
    mine = table.c.held_by == wanted.actor
    return (
        select(table.c.claim_id)
        .where(table.c.until > wanted.now, mine if wanted.holding is Holding.MINE else ~mine)
        .cte("held")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
