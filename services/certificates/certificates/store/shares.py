"""Share codes and what was looked at with them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import distinct_on

from certificates.domain.entities import Certificate
from certificates.domain.states import CertificateState
from certificates.store.reading import columns_of, entity_of
from certificates.tables import certificates, share_uses, shares
from chassis.db import Transaction


@dataclass(frozen=True, slots=True)
class Share:
    """What a holder lets others see until its end; the code is not among it."""

    id: UUID
    person_id: UUID
    years: tuple[int, ...]
    ends_at: datetime
    revoked_at: datetime | None
    created_at: datetime

    def open_at(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.ends_at


@dataclass(frozen=True, slots=True)
class Use:
    """One look: when, at what (``detail`` or ``file``), with what kind of device."""

    id: UUID
    share_id: UUID
    at: datetime
    what: str
    viewer: str


async def add(tx: Transaction, share: Share, code_hash: bytes) -> None:
    await tx.execute(insert(shares).values({**asdict(share), "code_hash": code_hash}))


async def find(tx: Transaction, code_hashes: Collection[bytes]) -> Share | None:
    """Return the share of a code, open or not."""
    query = select(*columns_of(shares, Share)).where(shares.c.code_hash.in_(code_hashes))
    row = (await tx.execute(query)).mappings().first()
    return entity_of(Share, row) if row else None


async def of_person(
    tx: Transaction, person_id: UUID, *, before: UUID | None, limit: int
) -> list[Share]:
    """Return one page of a holder's shares, the newest first."""
    query = select(*columns_of(shares, Share)).where(shares.c.person_id == person_id)
    if before:
        query = query.where(shares.c.id < before)
    rows = await tx.execute(query.order_by(shares.c.id.desc()).limit(limit))
    return [entity_of(Share, row) for row in rows.mappings()]


async def lock(tx: Transaction, share_id: UUID, person_id: UUID) -> Share | None:
    """Return the person's own share, locked until the transaction ends."""
    mine = (shares.c.id == share_id) & (shares.c.person_id == person_id)
    query = select(*columns_of(shares, Share)).where(mine).with_for_update()
    row = (await tx.execute(query)).mappings().first()
    return entity_of(Share, row) if row else None


async def revoke(tx: Transaction, share_id: UUID, at: datetime) -> None:
    await tx.execute(update(shares).where(shares.c.id == share_id).values(revoked_at=at))


async def count_open(tx: Transaction, person_id: UUID, now: datetime) -> int:
    query = select(func.count()).where(
        shares.c.person_id == person_id, shares.c.revoked_at.is_(None), shares.c.ends_at > now
    )
    return int(await tx.scalar(query) or 0)


async def add_use(tx: Transaction, use: Use) -> None:
    await tx.execute(insert(share_uses).values(asdict(use)))


async def newest_uses(
    tx: Transaction, share_ids: Sequence[UUID], *, each: int
) -> dict[UUID, list[Use]]:
    """Return the newest uses of each share, at most ``each``, the newest first."""
    place = func.row_number().over(
        partition_by=share_uses.c.share_id, order_by=share_uses.c.id.desc()
    )
    ranked = select(*columns_of(share_uses, Use), place.label("place"))
    found = ranked.where(share_uses.c.share_id.in_(share_ids)).subquery()
    query = select(found).where(found.c.place <= each).order_by(found.c.id.desc())
    uses: dict[UUID, list[Use]] = {}
    for row in (await tx.execute(query)).mappings():
        uses.setdefault(row["share_id"], []).append(entity_of(Use, row))
    return uses


async def count_uses(tx: Transaction, share_ids: Sequence[UUID]) -> dict[UUID, int]:
    query = select(share_uses.c.share_id, func.count().label("uses"))
    query = query.where(share_uses.c.share_id.in_(share_ids)).group_by(share_uses.c.share_id)
    return {row.share_id: row.uses for row in await tx.execute(query)}


async def shown(tx: Transaction, share: Share) -> list[Certificate]:
    """Return the certificates a share shows: each year's newest, whatever its state."""
    query = (
        select(*columns_of(certificates, Certificate))
        .where(
            certificates.c.person_id == share.person_id,
            certificates.c.year.in_(share.years),
            certificates.c.state != CertificateState.SUPERSEDED,
        )
        .ext(distinct_on(certificates.c.year))
        .order_by(certificates.c.year, certificates.c.version.desc())
    )
    return [entity_of(Certificate, row) for row in (await tx.execute(query)).mappings()]


async def years_of(tx: Transaction, person_id: UUID) -> set[int]:
    """Return the years of which the person has a certificate."""
    query = select(certificates.c.year).where(certificates.c.person_id == person_id).distinct()
    return set(await tx.scalars(query))


async def purge(tx: Transaction, before: datetime) -> None:
    """Forget shares that ended before an instant, and their uses with them."""
    await tx.execute(delete(shares).where(shares.c.ends_at < before))


async def inconsistent(tx: Transaction, longest: timedelta) -> UUID | None:
    """Return a share that lasts too long, or that showed something when it was not open."""
    end = func.least(shares.c.ends_at, func.coalesce(shares.c.revoked_at, shares.c.ends_at))
    misused = select(1).where(
        share_uses.c.share_id == shares.c.id,
        (share_uses.c.at < shares.c.created_at) | (share_uses.c.at > end),
    )
    wrong = (
        (shares.c.ends_at > shares.c.created_at + longest)
        | (shares.c.revoked_at < shares.c.created_at)
        | misused.exists()
    )
    found: UUID | None = await tx.scalar(select(shares.c.id).where(wrong).limit(1))
    return found


async def totals(tx: Transaction) -> tuple[int, int]:
    """Return how many shares there are and how often something was looked at with them."""
    counted = [
        await tx.scalar(select(func.count()).select_from(table)) for table in (shares, share_uses)
    ]
    return int(counted[0] or 0), int(counted[1] or 0)
