"""Claims, their evidence and their decisions."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, delete, exists, func, insert, select, text, tuple_, update

from chassis.db import Transaction, within
from hours.domain.claims import WAITING, Claim, State
from hours.policy import Credit
from hours.tables import claim_evidence, claims, decisions, evidence, organisations

Position = tuple[datetime, UUID]

_CLAIM = tuple(claims.c[name] for name in Claim.__dataclass_fields__)
# Mistyped column names would silently widen the subtree, so the condition is written once.
_IN_SCOPE = within("organisations.path")


# Nobody reads more beside the claim that is decided.
_MOST_OF_A_YEAR = 100


async def add_evidence(tx: Transaction, row: Mapping[str, Any]) -> None:
    await tx.execute(insert(evidence).values(row))


async def evidence_row(tx: Transaction, evidence_id: UUID) -> RowMapping | None:
    return (
        (await tx.execute(select(evidence).where(evidence.c.id == evidence_id))).mappings().first()
    )


async def own_evidence(tx: Transaction, person_id: UUID, ids: Iterable[UUID]) -> set[UUID]:
    """Return those of ``ids`` that are the person's."""
    query = select(evidence.c.id).where(
        evidence.c.id.in_(list(ids)), evidence.c.person_id == person_id
    )
    return set((await tx.execute(query)).scalars())


async def evidence_in_scope(tx: Transaction, evidence_id: UUID, scopes: Sequence[str]) -> bool:
    """Tell whether the file belongs to a claim at an employer inside ``scopes``."""
    query = (
        select(claim_evidence.c.claim_id)
        .join(claims, claims.c.id == claim_evidence.c.claim_id)
        .join(organisations, organisations.c.id == claims.c.organisation_id)
        .where(claim_evidence.c.evidence_id == evidence_id)
        .where(text(_IN_SCOPE).bindparams(scopes=list(scopes)))
    )
    return bool(await tx.scalar(select(query.exists())))


async def evidence_of(tx: Transaction, claim_id: UUID) -> Sequence[RowMapping]:
    query = (
        select(evidence.c.id, evidence.c.media_type, evidence.c.size_bytes)
        .join(claim_evidence, claim_evidence.c.evidence_id == evidence.c.id)
        .where(claim_evidence.c.claim_id == claim_id)
        .order_by(claim_evidence.c.position)
    )
    return (await tx.execute(query)).mappings().all()


async def add(tx: Transaction, claim: Claim, evidence_ids: Sequence[UUID]) -> None:
    await tx.execute(insert(claims).values(**_row(claim), updated_at=claim.submitted_at))
    await _attach(tx, claim.id, evidence_ids)


async def replace_evidence(tx: Transaction, claim_id: UUID, evidence_ids: Sequence[UUID]) -> None:
    """Attach these files in place of those before; the files themselves stay."""
    await tx.execute(delete(claim_evidence).where(claim_evidence.c.claim_id == claim_id))
    await _attach(tx, claim_id, evidence_ids)


async def _attach(tx: Transaction, claim_id: UUID, evidence_ids: Sequence[UUID]) -> None:
    if evidence_ids:
        rows = [
            {"claim_id": claim_id, "evidence_id": one, "position": position}
            for position, one in enumerate(evidence_ids)
        ]
        await tx.execute(insert(claim_evidence), rows)


async def save(tx: Transaction, claim: Claim, now: datetime) -> None:
    """Write the claim back; the caller holds its row lock."""
    await tx.execute(
        update(claims).where(claims.c.id == claim.id).values(**_row(claim), updated_at=now)
    )


async def add_decision(tx: Transaction, row: Mapping[str, Any]) -> None:
    await tx.execute(insert(decisions).values(row))


async def decisions_of(tx: Transaction, claim_id: UUID) -> Sequence[RowMapping]:
    query = select(decisions).where(decisions.c.claim_id == claim_id)
    return (await tx.execute(query.order_by(decisions.c.claim_version))).mappings().all()


async def locked(tx: Transaction, claim_id: UUID) -> Claim | None:
    """Return the claim and hold its row: a second reviewer waits here, then sees the outcome."""
    query = select(*_CLAIM).where(claims.c.id == claim_id).with_for_update()
    row = (await tx.execute(query)).mappings().first()
    return _claim(row) if row else None


async def find(tx: Transaction, claim_id: UUID) -> Claim | None:
    row = (await tx.execute(select(*_CLAIM).where(claims.c.id == claim_id))).mappings().first()
    return _claim(row) if row else None


async def in_scope(tx: Transaction, claim: Claim, scopes: Sequence[str]) -> bool:
    """Tell whether the claim's employer lies in one of the subtrees."""
    query = select(
        exists()
        .where(organisations.c.id == claim.organisation_id)
        .where(text(_IN_SCOPE).bindparams(scopes=list(scopes)))
    )
    return bool(await tx.scalar(query))


async def own_page(
    tx: Transaction,
    person_id: UUID,
    *,
    year: int | None,
    states: Sequence[State] = (),
    subject_kind: str | None = None,
    before: Position | None,
    limit: int,
) -> list[Claim]:
    """Return the person's claims, newest first."""
    query = select(*_CLAIM).where(claims.c.person_id == person_id)
    if year is not None:
        query = query.where(claims.c.year == year)
    if states:
        query = query.where(claims.c.state.in_(states))
    if subject_kind is not None:
        query = query.where(claims.c.subject_kind == subject_kind)
    if before is not None:
        query = query.where(tuple_(claims.c.submitted_at, claims.c.id) < tuple_(*before))
    query = query.order_by(claims.c.submitted_at.desc(), claims.c.id.desc()).limit(limit)
    return [_claim(row) for row in (await tx.execute(query)).mappings()]


async def others_of_year(tx: Transaction, claim: Claim) -> list[Claim]:
    """Return the other claims of the same person and year, newest first."""
    query = (
        select(*_CLAIM)
        .where(claims.c.person_id == claim.person_id, claims.c.year == claim.year)
        .where(claims.c.id != claim.id)
        .order_by(claims.c.submitted_at.desc(), claims.c.id.desc())
        .limit(_MOST_OF_A_YEAR)
    )
    return [_claim(row) for row in (await tx.execute(query)).mappings()]


async def undecided_of_year(tx: Transaction, person_id: UUID, year: int) -> Sequence[RowMapping]:
    """Return what still stands between the person and the year: waiting or sent back."""
    query = (
        select(
            *_CLAIM,
            organisations.c.name.label("organisation_name"),
            organisations.c.path.label("organisation_path"),
        )
        .join(organisations, organisations.c.id == claims.c.organisation_id)
        .where(claims.c.person_id == person_id, claims.c.year == year)
        .where(claims.c.state.in_([*WAITING.values(), State.RETURNED]))
        .order_by(claims.c.submitted_at, claims.c.id)
    )
    return (await tx.execute(query)).mappings().all()


async def approved_credits(tx: Transaction, person_id: UUID, year: int) -> list[Credit]:
    """Return what counts: the approved hours of the person's year."""
    query = select(claims.c.subject_kind, claims.c.approved_tenths).where(
        claims.c.person_id == person_id,
        claims.c.year == year,
        claims.c.state == State.APPROVED,
    )
    return [Credit(row.subject_kind, row.approved_tenths) for row in await tx.execute(query)]


async def waiting_credits(tx: Transaction, person_id: UUID, year: int) -> list[Credit]:
    """Return the hours of the person's year that reviewers still have before them."""
    tenths = func.coalesce(claims.c.approved_tenths, claims.c.credit_tenths)
    query = select(claims.c.subject_kind, tenths.label("tenths")).where(
        claims.c.person_id == person_id,
        claims.c.year == year,
        claims.c.state.in_(WAITING.values()),
    )
    return [Credit(row.subject_kind, row.tenths) for row in await tx.execute(query)]


async def changed_since(tx: Transaction, since: datetime | None) -> AsyncIterator[Claim]:
    """Stream all claims, or those changed at or after ``since``."""
    query = select(*_CLAIM)
    if since is not None:
        query = query.where(claims.c.updated_at >= since)
    async for row in (await tx.stream(query)).mappings():
        yield _claim(row)


def _claim(row: RowMapping) -> Claim:
    fields = {name: row[name] for name in Claim.__dataclass_fields__}
    return Claim(**{**fields, "state": State(row["state"])})


def _row(claim: Claim) -> dict[str, Any]:
    return {**asdict(claim), "state": claim.state.value}
