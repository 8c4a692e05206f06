"""Sessions: begun by a log-in, carried on by refresh tokens that are good once, ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import RowMapping

from chassis.auth import Grant, Principal
from chassis.clock import legal_date
from chassis.db import Database, Transaction
from chassis.ids import uuid7
from identity.domain.messages import Template
from identity.domain.people import Person
from identity.domain.sessions import (
    EndReason,
    Limits,
    Session,
    Verdict,
    device_of,
    new_refresh_token,
    token_hash,
)
from identity.errors import SessionOver, SessionUnknown
from identity.store import accounts, messages, people, sessions
from identity.store.messages import NewMessage
from identity.tokens import IssuedToken, TokenIssuer
from identity.usecases.dependencies import Dependencies
from identity.usecases.log_in import LogIn

_log = structlog.get_logger()


@dataclass(frozen=True)
class OpenSession:
    """A session that goes on: who is logged in, and what the browser is given for it."""

    session: Session
    ends_at: datetime
    access: IssuedToken
    # Said once; we keep its hash.
    refresh_token: str
    account: accounts.Account
    person: Person | None
    grants: Sequence[RowMapping]


@dataclass(frozen=True)
class Sessions:
    """Begins, renews and ends sessions.

    Transactions of its own, because what a refused renewal has found out has to stay.
    """

    database: Database
    deps: Dependencies
    log_in: LogIn
    issuer: TokenIssuer
    limits: Limits

    async def begin(
        self, login: str, password: str, *, user_agent: str, former: str | None
    ) -> OpenSession:
        """Log in; the session that the browser had before ends."""
        account = await self.log_in.check(login, password)
        now = self.deps.clock.now()
        browser, system = device_of(user_agent)
        session = Session(
            id=uuid7(),
            account_id=account.id,
            browser=browser,
            system=system,
            begun_at=now,
            last_used_at=now,
            generation=1,
            ended_at=None,
        )
        async with self.database.transaction() as tx:
            if former:
                await self._end_shown(tx, former, EndReason.LOGGED_IN_AGAIN)
            await self.log_in.note_success(tx, account)
            await sessions.add(tx, session)
            return await self._opened(tx, session, account)

    async def renew(self, token: str | None) -> OpenSession:
        """Give a new access token and the next refresh token; raise ``SessionOver``.

        A token that was used up, shown again later than two racing tabs would, ends the session,
        and the person is told.
        """
        async with self.database.transaction() as tx:
            found = await self._renewed(tx, token) if token else None
        if found is None:
            raise SessionOver
        return found

    async def _renewed(self, tx: Transaction, token: str) -> OpenSession | None:
        found = await sessions.lock_by_token(tx, token_hash(token))
        if found is None:
            return None
        session, generation = found
        now = self.deps.clock.now()
        verdict = session.judge(generation, now, self.limits)
        if verdict is Verdict.REUSED:
            await self._end_copied(tx, session)
        if verdict is not Verdict.GOOD:
            return None
        account = await accounts.find(tx, session.account_id)
        if account is None or not account.active:
            await sessions.end(tx, session.id, why=EndReason.ACCOUNT_CLOSED, now=now)
            return None
        if generation == session.generation:
            # Not for a racing tab: it must not lengthen its own grace.
            session = replace(session, generation=generation + 1, last_used_at=now)
            await sessions.store_use(tx, session)
        return await self._opened(tx, session, account)

    async def _opened(
        self, tx: Transaction, session: Session, account: accounts.Account
    ) -> OpenSession:
        refresh = new_refresh_token()
        await sessions.add_token(tx, session, token_hash(refresh))
        held = await accounts.held_by(tx, account.id)
        grants = [Grant(row["role"], row["organisation_id"]) for row in held]
        return OpenSession(
            session=session,
            ends_at=session.begun_at + self.limits.absolute,
            access=self.issuer.for_account(
                account.id, account.person_id, grants, session=session.id
            ),
            refresh_token=refresh,
            account=account,
            person=await people.find(tx, account.person_id) if account.person_id else None,
            grants=held,
        )

    async def _end_copied(self, tx: Transaction, session: Session) -> None:
        now = self.deps.clock.now()
        _log.warning("refresh_token_reused", session=str(session.id))
        await sessions.end(tx, session.id, why=EndReason.TOKEN_REUSED, now=now)
        await self._record(tx, f"account:{session.account_id}", "session.token_reused", session.id)
        account = await accounts.find(tx, session.account_id)
        if account and account.person_id:
            year = legal_date(now).year
            told = NewMessage(account.person_id, Template.SESSION_ENDED, year, session.id, 1)
            await messages.add(tx, told, now=now)

    async def end_current(self, token: str | None) -> None:
        """Log out; a token that is no longer good, or none, is as good as logged out."""
        if token:
            async with self.database.transaction() as tx:
                await self._end_shown(tx, token, EndReason.LOGGED_OUT)

    async def _end_shown(self, tx: Transaction, token: str, why: EndReason) -> None:
        found = await sessions.lock_by_token(tx, token_hash(token))
        if found and await sessions.end(tx, found[0].id, why=why, now=self.deps.clock.now()):
            await self._record(
                tx, f"account:{found[0].account_id}", "session.ended", found[0].id, why
            )

    async def own(
        self, tx: Transaction, caller: Principal, *, before: UUID | None, limit: int
    ) -> list[Session]:
        """Return the caller's sessions that go on, newest first."""
        account, now = caller.require_account(), self.deps.clock.now()
        return await sessions.going_on(
            tx, account, limits=self.limits, now=now, before=before, limit=limit
        )

    async def end(self, caller: Principal, session_id: UUID) -> None:
        """End one of the caller's sessions; another's is as unknown as none."""
        account, why = caller.require_account(), EndReason.ENDED_BY_OWNER
        async with self.database.transaction() as tx:
            ended = await sessions.end_own(
                tx, session_id, account, why=why, now=self.deps.clock.now()
            )
            if not ended:
                raise SessionUnknown
            await self._record(tx, caller.actor, "session.ended", session_id, why)

    async def _record(
        self,
        tx: Transaction,
        actor: str,
        action: str,
        session: UUID,
        why: EndReason | None = None,
    ) -> None:
        await self.deps.audit.record(
            tx,
            actor=actor,
            action=action,
            subject=f"session:{session}",
            detail={"reason": why} if why else {},
        )
