"""The review queue: pages of waiting claims within a subtree, oldest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, RowMapping, Select, and_, func, select, text, true, tuple_

from chassis.db import Transaction, within
from hours.domain.claims import WAITING, Claim, Step
from hours.tables import claims, organisations, persons

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
    tx: Transaction,
    step: Step,
    *,
    scopes: Sequence[str],
    not_of: UUID | None,
    after: Position | None,
    limit: int,
) -> Sequence[RowMapping]:
    """Return the claims that wait for ``step`` within ``scopes``, never those of ``not_of``."""
    waiting = [claims.c.state == WAITING[step]]
    if not_of is not None:
        waiting.append(claims.c.person_id != not_of)
    if after is not None:
        waiting.append(tuple_(claims.c.submitted_at, claims.c.id) > tuple_(*after))
    few = await _count(tx, scopes) <= _FEW_ORGANISATIONS
    query = _merged(waiting, limit) if few else _walked(waiting, limit)
    rows: Sequence[RowMapping] = (
        (await tx.execute(query, {"scopes": list(scopes)})).mappings().all()
    )
    return rows


async def _count(tx: Transaction, scopes: Sequence[str]) -> int:
    some = select(organisations.c.id).where(text(_IN_SCOPE)).limit(_FEW_ORGANISATIONS + 1)
    query = select(func.count()).select_from(some.subquery())
    return int(await tx.scalar(query, {"scopes": list(scopes)}) or 0)


def _columns(of: Any) -> list[Column[Any]]:
    names = (name for name in Claim.__dataclass_fields__)
    return [
        *(of.c[name] for name in names),
        persons.c.name.label("person_name"),
        persons.c.management_number,
        organisations.c.name.label("organisation_name"),
    ]


def _walked(waiting: Sequence[Any], limit: int) -> Select[Any]:
    oldest = (
        select(claims)
        .where(and_(*waiting), text(_EMPLOYER_IN_SCOPE))
        .order_by(claims.c.submitted_at, claims.c.id)
        .limit(limit)
        .subquery("oldest")
    )
    return (
        select(*_columns(oldest))
        .join(organisations, organisations.c.id == oldest.c.organisation_id)
        .join(persons, persons.c.id == oldest.c.person_id)
        .order_by(oldest.c.submitted_at, oldest.c.id)
    )


def _merged(waiting: Sequence[Any], limit: int) -> Select[Any]:
    oldest = (
        select(claims)
        .where(claims.c.organisation_id == organisations.c.id, *waiting)
        .order_by(claims.c.submitted_at, claims.c.id)
        .limit(limit)
        .correlate(organisations)
        .lateral("oldest")
    )
    return (
        select(*_columns(oldest))
        .select_from(organisations)
        .join(oldest, true())
        .join(persons, persons.c.id == oldest.c.person_id)
        .where(text(_IN_SCOPE))
        .order_by(oldest.c.submitted_at, oldest.c.id)
        .limit(limit)
    )
