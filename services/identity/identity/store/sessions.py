"""Sessions and the hashes of their refresh tokens."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, and_, delete, insert, select, update

from chassis.db import Transaction
from identity.domain.sessions import Browser, EndReason, Limits, Session, System
from identity.tables import refresh_tokens, sessions

_FIELDS = [sessions.c[name] for name in Session.__dataclass_fields__]


async def add(tx: Transaction, session: Session) -> None:
    await tx.execute(insert(sessions).values(asdict(session)))


async def add_token(tx: Transaction, session: Session, hashed: bytes) -> None:
    """Store the hash of a token of the session's newest generation."""
    await tx.execute(
        insert(refresh_tokens).values(
            hash=hashed, session_id=session.id, generation=session.generation
        )
    )


async def lock_by_token(tx: Transaction, hashed: bytes) -> tuple[Session, int] | None:
    """Return the token's session, locked until the transaction ends, and its generation."""
    query = (
        select(*_FIELDS, refresh_tokens.c.generation.label("shown"))
        .join(refresh_tokens, refresh_tokens.c.session_id == sessions.c.id)
        .where(refresh_tokens.c.hash == hashed)
        .with_for_update(of=sessions)
    )
    row = (await tx.execute(query)).mappings().first()
    return (_session(row), row["shown"]) if row else None


async def store_use(tx: Transaction, session: Session) -> None:
    """Store the session's newest generation and when it was last used."""
    await tx.execute(
        update(sessions)
        .where(sessions.c.id == session.id)
        .values(generation=session.generation, last_used_at=session.last_used_at)
    )


async def end(tx: Transaction, session_id: UUID, *, why: EndReason, now: datetime) -> bool:
    """End the session; False when it has ended already."""
    return bool(await _end(tx, sessions.c.id == session_id, why, now))


async def end_own(
    tx: Transaction, session_id: UUID, account: UUID, *, why: EndReason, now: datetime
) -> bool:
    """End a session of the account; False when it has none such that goes on."""
    own = and_(sessions.c.id == session_id, sessions.c.account_id == account)
    return bool(await _end(tx, own, why, now))


async def end_others(
    tx: Transaction, account: UUID, *, but: UUID | None, why: EndReason, now: datetime
) -> int:
    """End all sessions of the account but one; return how many."""
    others = sessions.c.account_id == account
    return await _end(tx, and_(others, sessions.c.id != but) if but else others, why, now)


async def _end(tx: Transaction, which: Any, why: EndReason, now: datetime) -> int:
    ended = (
        update(sessions)
        .where(which, sessions.c.ended_at.is_(None))
        .values(ended_at=now, end_reason=why)
        .returning(sessions.c.id)
    )
    return len((await tx.execute(ended)).all())


async def going_on(
    tx: Transaction,
    account: UUID,
    *,
    limits: Limits,
    now: datetime,
    before: UUID | None,
    limit: int,
) -> list[Session]:
    """Return the account's sessions that have neither ended nor run out, newest first."""
    query = (
        select(*_FIELDS)
        .where(
            sessions.c.account_id == account,
            sessions.c.ended_at.is_(None),
            sessions.c.last_used_at > now - limits.idle,
            sessions.c.begun_at > now - limits.absolute,
        )
        .order_by(sessions.c.id.desc())
        .limit(limit)
    )
    if before:
        query = query.where(sessions.c.id < before)
    return [_session(row) for row in (await tx.execute(query)).mappings()]


async def drop_unused(tx: Transaction, *, before: datetime) -> None:
    """Delete sessions not used since then, with their tokens; they are over long ago."""
    await tx.execute(delete(sessions).where(sessions.c.last_used_at < before))


async def first_token_ahead(tx: Transaction) -> UUID | None:
    """Return a session with a token of a generation that it has not reached, or None."""
    query = (
        select(sessions.c.id)
        .join(refresh_tokens, refresh_tokens.c.session_id == sessions.c.id)
        .where(refresh_tokens.c.generation > sessions.c.generation)
        .limit(1)
    )
    found: UUID | None = await tx.scalar(query)
    return found


def _session(row: RowMapping) -> Session:
    fields: dict[str, Any] = {name: row[name] for name in Session.__dataclass_fields__}
    kinds = {"browser": Browser(row["browser"]), "system": System(row["system"])}
    return Session(**fields | kinds)
