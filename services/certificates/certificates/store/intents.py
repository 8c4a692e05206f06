"""Intents: planned work, its claims, and how each turn ended."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    Integer,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.sql.dml import ReturningUpdate

from certificates.domain.entities import Intent
from certificates.domain.states import AWAITING_SEAL, OPEN_INTENT, IntentState, SealState
from certificates.store.reading import columns_of, entity_of
from certificates.tables import (
    intents,
    organisations,
    prepared_documents,
    seals,
    status_indexes,
)
from chassis.db import Transaction, within

_COLUMNS = columns_of(intents, Intent)
# A parked one is on a work list with its task and waits for a person.
MAY_BE_LATE = OPEN_INTENT - {IntentState.PARKED}
_RELEASED = {"lease_token": None, "leased_until": None}


def _due() -> ColumnElement[bool]:
    now = bindparam("now", type_=intents.c.leased_until.type)
    free = or_(intents.c.leased_until.is_(None), intents.c.leased_until < now)
    return and_(intents.c.next_attempt_at <= now, free)


def _claim(which: ColumnElement[bool], **step: Any) -> ReturningUpdate[Any]:
    free = (
        select(intents.c.id)
        .where(which, _due())
        .order_by(intents.c.next_attempt_at, intents.c.id)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
        .cte("free")
    )
    return (
        update(intents)
        .where(intents.c.id == free.c.id)
        .values(lease_token=bindparam("token"), leased_until=bindparam("until"), **step)
        .returning(*_COLUMNS)
    )


# What every certificate needs several times is built once: building costs as much as asking.
_LOCKED = select(*_COLUMNS).where(intents.c.id == bindparam("of_id")).with_for_update()
_CHANGE = update(intents).where(intents.c.id == bindparam("of_id"))
_CLAIM_PLANNED = _claim(intents.c.state == IntentState.PLANNED)
_CLAIM_FOR_SEAL = _claim(
    and_(intents.c.seal_id == bindparam("seal"), intents.c.state.in_(AWAITING_SEAL)),
    state=IntentState.SEALING,
    attempts=intents.c.attempts + 1,
)
_SEALS_WITH_WORK = (
    select(intents.c.seal_id).where(intents.c.state.in_(AWAITING_SEAL), _due()).distinct()
)
_NEXT_NUMBERS = select(
    func.coalesce(func.max(intents.c.version), 0), status_indexes.next_value()
).where(intents.c.person_id == bindparam("person"), intents.c.year == bindparam("of_year"))


async def add(tx: Transaction, row: dict[str, Any]) -> bool:
    """Insert an intent; return False when this completion has one already."""
    statement = upsert(intents).values(row)
    once = statement.on_conflict_do_nothing(
        index_elements=["person_id", "year", "completion", "correction"]
    )
    return (await tx.execute(once.returning(intents.c.id))).first() is not None


async def find(tx: Transaction, intent_id: UUID) -> Intent | None:
    row = (await tx.execute(select(*_COLUMNS).where(intents.c.id == intent_id))).mappings().first()
    return entity_of(Intent, row) if row else None


async def lock(tx: Transaction, intent_id: UUID) -> Intent | None:
    """Return the intent, locked until the transaction ends."""
    row = (await tx.execute(_LOCKED, {"of_id": intent_id})).mappings().first()
    return entity_of(Intent, row) if row else None


async def lock_held(tx: Transaction, intent_id: UUID, token: UUID) -> Intent | None:
    """Return the intent locked, or None when the lease was lost: what was done is discarded."""
    intent = await lock(tx, intent_id)
    return intent if intent and intent.lease_token == token else None


async def lock_open_of_year(tx: Transaction, person_id: UUID, year: int) -> list[Intent]:
    """Return the intents of a person's year that may still lead to a certificate, locked."""
    mine = (intents.c.person_id == person_id) & (intents.c.year == year)
    query = select(*_COLUMNS).where(mine, intents.c.state.in_(OPEN_INTENT)).with_for_update()
    return [entity_of(Intent, row) for row in (await tx.execute(query)).mappings()]


async def change(
    tx: Transaction, intent: Intent, state: IntentState, now: datetime, **values: Any
) -> int:
    """Move a locked intent to ``state``, free its lease, raise its version and return that."""
    version = intent.aggregate_version + 1
    # Only a parked intent has a task; leaving that state clears it.
    cleared = {} if state is IntentState.PARKED else {"reason_code": None, "task": None}
    row = {**cleared, **_RELEASED, **values, "state": state, "aggregate_version": version}
    await tx.execute(_CHANGE, {**row, "changed_at": now, "of_id": intent.id})
    return version


async def claim_planned(
    tx: Transaction, *, limit: int, now: datetime, until: datetime
) -> list[Intent]:
    """Take up to ``limit`` due planned intents; other workers skip them until the lease ends."""
    leased = {"now": now, "until": until, "token": uuid4(), "most": limit}
    rows = (await tx.execute(_CLAIM_PLANNED, leased)).mappings()
    return [entity_of(Intent, row) for row in rows]


async def claim_for_seal(
    tx: Transaction, seal_id: UUID, *, limit: int, now: datetime, until: datetime
) -> list[Intent]:
    """Step 4: take due prepared intents of one seal; they are ``sealing`` from here on."""
    leased = {"now": now, "until": until, "token": uuid4(), "most": limit, "seal": seal_id}
    rows = (await tx.execute(_CLAIM_FOR_SEAL, leased)).mappings()
    return [entity_of(Intent, row) for row in rows]


async def seals_with_work(tx: Transaction, now: datetime) -> list[UUID]:
    """Return the seals that prepared intents wait for."""
    return [seal_id for seal_id in await tx.scalars(_SEALS_WITH_WORK, {"now": now}) if seal_id]


async def postpone(
    tx: Transaction,
    held: Sequence[Intent],
    *,
    error: str,
    until: datetime,
    count_attempt: bool = False,
) -> None:
    """Give claimed intents back unchanged, to be tried again at ``until``."""
    by_lease = or_(
        *(and_(intents.c.id == one.id, intents.c.lease_token == one.lease_token) for one in held)
    )
    attempts = intents.c.attempts + (1 if count_attempt else 0)
    values = {**_RELEASED, "last_error": error, "next_attempt_at": until, "attempts": attempts}
    if held:
        await tx.execute(update(intents).where(by_lease).values(values))


async def hasten(tx: Transaction, seal_id: UUID, now: datetime) -> None:
    """Make due what waited for a seal service that has just answered."""
    mine = (intents.c.seal_id == seal_id) & intents.c.state.in_(AWAITING_SEAL)
    late = mine & (intents.c.next_attempt_at > now)
    await tx.execute(update(intents).where(late).values(next_attempt_at=now))


async def make_due(tx: Transaction, intent_id: UUID, now: datetime) -> None:
    """Let an intent be taken up at once."""
    await tx.execute(update(intents).where(intents.c.id == intent_id).values(next_attempt_at=now))


async def next_numbers(tx: Transaction, person_id: UUID, year: int) -> tuple[int, int]:
    """Return the next version of a person's year and the next position in the status list.

    A rendered version stays used up, gaps among the positions are harmless. No lock is needed:
    only one intent of a person's year can be open at a time.
    """
    row = (await tx.execute(_NEXT_NUMBERS, {"person": person_id, "of_year": year})).one()
    return row[0] + 1, row[1]


async def next_correction(tx: Transaction, original: Intent) -> int:
    """Return the number of the next corrected copy of the same completion."""
    same = (
        (intents.c.person_id == original.person_id)
        & (intents.c.year == original.year)
        & (intents.c.completion == original.completion)
    )
    return int(await tx.scalar(select(func.max(intents.c.correction)).where(same)) or 0) + 1


async def keep_prepared(
    tx: Transaction, intent_id: UUID, *, prepared: bytes, digest_to_sign: bytes, now: datetime
) -> None:
    """Step 3: store what is about to be sealed."""
    row = {
        "intent_id": intent_id,
        "prepared": prepared,
        "digest_to_sign": digest_to_sign,
        "created_at": now,
    }
    await tx.execute(insert(prepared_documents), row)


async def prepared(tx: Transaction, intent_ids: Sequence[UUID]) -> dict[UUID, tuple[bytes, bytes]]:
    """Return prepared bytes and digest to sign by intent."""
    table = prepared_documents
    query = select(table.c.intent_id, table.c.prepared, table.c.digest_to_sign)
    rows = await tx.execute(query.where(table.c.intent_id.in_(intent_ids)))
    return {row.intent_id: (row.prepared, row.digest_to_sign) for row in rows}


async def drop_prepared(tx: Transaction, intent_id: UUID) -> None:
    """Forget prepared bytes: sealed meanwhile, or never to be sealed."""
    await tx.execute(delete(prepared_documents).where(prepared_documents.c.intent_id == intent_id))


async def lock_waiting(
    tx: Transaction, which: Sequence[ColumnElement[bool]], limit: int
) -> list[Intent]:
    """Return intents matching all of ``which``, locked; those locked elsewhere are left out."""
    query = select(*_COLUMNS).where(*which).order_by(intents.c.id).limit(limit)
    rows = (await tx.execute(query.with_for_update(skip_locked=True))).mappings()
    return [entity_of(Intent, row) for row in rows]


def parked_for(*codes: str) -> ColumnElement[bool]:
    """Match intents parked for one of ``codes``."""
    parked: ColumnElement[bool] = intents.c.state == IntentState.PARKED
    return and_(parked, intents.c.reason_code.in_(codes)) if codes else parked


def of_office(office_id: UUID) -> ColumnElement[bool]:
    return intents.c.office_id == office_id


def of_person(person_id: UUID) -> ColumnElement[bool]:
    return intents.c.person_id == person_id


def of_seal(seal_id: UUID) -> ColumnElement[bool]:
    return and_(intents.c.seal_id == seal_id, intents.c.state.in_(AWAITING_SEAL))


def office_has_active_seal() -> ColumnElement[bool]:
    """Match intents whose office may be sealed for."""
    mine = (seals.c.office_id == intents.c.office_id) & (seals.c.state == SealState.ACTIVE)
    return select(seals.c.id).where(mine).exists()


def seal_out_of_use() -> ColumnElement[bool]:
    """Match intents prepared for a seal that another has replaced."""
    mine = (seals.c.id == intents.c.seal_id) & (seals.c.state == SealState.REPLACED)
    return and_(intents.c.state.in_(AWAITING_SEAL), select(seals.c.id).where(mine).exists())


def below(path: str) -> ColumnElement[bool]:
    """Match intents whose office lies in the subtree of ``path``."""
    offices = select(organisations.c.organisation_id).where(organisations.c.path.startswith(path))
    return intents.c.office_id.in_(offices)


def due(now: datetime) -> ColumnElement[bool]:
    """Match intents whose time of the next attempt has come."""
    return intents.c.next_attempt_at <= now


async def all_parked(tx: Transaction) -> list[Intent]:
    """Return every parked intent; parking is the exception, so they fit into memory."""
    query = select(*_COLUMNS).where(parked_for()).order_by(intents.c.id)
    return [entity_of(Intent, row) for row in (await tx.execute(query)).mappings()]


async def overdue(tx: Transaction, now: datetime) -> dict[str, int]:
    """Return how many intents are past their deadline, by state."""
    query = (
        select(intents.c.state, func.count())
        .where(intents.c.state.in_(MAY_BE_LATE), intents.c.deadline_at < now)
        .group_by(intents.c.state)
    )
    return {row[0]: row[1] for row in await tx.execute(query)}


async def listing(
    tx: Transaction,
    *,
    person_id: UUID | None,
    scopes: Collection[str],
    states: Collection[str],
    after: UUID | None,
    limit: int,
    late_at: datetime | None = None,
) -> list[Intent]:
    """Return one page, oldest first: the person's own and those within the scopes.

    With ``late_at`` only those whose deadline was before it.

    An intent is within a scope by its office; one without an office by its employer.
    """
    query = select(*_COLUMNS).order_by(intents.c.id).limit(limit)
    query = query.where(_visible(person_id, scopes))
    if states:
        query = query.where(intents.c.state.in_(states))
    if late_at:
        query = query.where(intents.c.deadline_at < late_at)
    if after:
        query = query.where(intents.c.id > after)
    return [entity_of(Intent, row) for row in (await tx.execute(query)).mappings()]


async def visible(
    tx: Transaction, intent_id: UUID, *, person_id: UUID | None, scopes: Collection[str]
) -> Intent | None:
    """Return the intent when the person owns it or the scopes cover it."""
    query = select(*_COLUMNS).where(intents.c.id == intent_id, _visible(person_id, scopes))
    row = (await tx.execute(query)).mappings().first()
    return entity_of(Intent, row) if row else None


def _visible(person_id: UUID | None, scopes: Collection[str]) -> ColumnElement[bool]:
    responsible = func.coalesce(intents.c.office_id, intents.c.employer_id)
    subtree = select(organisations.c.organisation_id).where(
        organisations.c.organisation_id == responsible,
        text(within("organisations.path")).bindparams(scopes=list(scopes)),
    )
    mine = intents.c.person_id == person_id if person_id else text("false")
    return or_(mine, subtree.exists())
