"""Log in with management number, ID number or username."""

from dataclasses import dataclass
from datetime import timedelta

import structlog

from chassis.clock import legal_date
from chassis.db import Database, Transaction
from chassis.errors import ServiceError
from identity.domain.id_numbers import normalise, parse_id_number
from identity.domain.numbering import is_management_number
from identity.errors import LogInLocked, LogInRefused
from identity.passwords import Passwords
from identity.store import accounts, people
from identity.tokens import IssuedToken, TokenIssuer
from identity.usecases.dependencies import Dependencies

_log = structlog.get_logger()
MAX_FAILURES = 10
LOCKED_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class LogIn:
    """Checks a log-in and issues the access token.

    It runs transactions of its own: the attempt has to stay counted although it is refused.
    An unknown login and a wrong password get the same answer, after the same work, and are
    locked alike after ten failures.
    """

    database: Database
    deps: Dependencies
    passwords: Passwords
    issuer: TokenIssuer

    async def __call__(self, login: str, password: str) -> IssuedToken:
        account = await self.check(login, password)
        async with self.database.transaction() as tx:
            await self.note_success(tx, account)
            grants = await accounts.grants_of(tx, account.id)
        return self.issuer.for_account(account.id, account.person_id, grants)

    async def check(self, login: str, password: str) -> accounts.Account:
        """Return whose log-in it is; raise ``LogInRefused``, ``LogInLocked`` or ``TooBusy``."""
        async with self.database.transaction() as tx:
            account = await self._find(tx, login)
            subject = f"account:{account.id}" if account else f"login:{self._unknown(login)}"
            attempts = await self._count(tx, subject)
        if attempts > MAX_FAILURES:
            raise LogInLocked(retry_after_seconds=int(LOCKED_FOR.total_seconds()))
        good = await self.passwords.matches(password, account.password_hash if account else None)
        if account is None or not good or not account.active:
            _log.warning("log_in_refused", known=account is not None)
            raise LogInRefused
        return account

    async def _find(self, tx: Transaction, login: str) -> accounts.Account | None:
        compact = normalise(login)
        if is_management_number(compact):
            return await accounts.find_by_number(tx, compact)
        try:
            number = parse_id_number(login, today=legal_date(self.deps.clock.now()))
        except ServiceError:
            return await accounts.find_by_username(tx, login.strip().lower())
        holders = await people.holders(tx, self.deps.vault.indexes(number))
        holder = next(iter(holders.values()), None)
        return await accounts.find_by_person(tx, holder) if holder else None

    async def _count(self, tx: Transaction, subject: str) -> int:
        attempts = await accounts.count_attempt(
            tx,
            subject,
            now=self.deps.clock.now(),
            window=LOCKED_FOR,
            limit=MAX_FAILURES,
        )
        if attempts == MAX_FAILURES + 1 and subject.startswith("account:"):
            await self.deps.audit.record(
                tx, actor="anonymous", action="account.locked", subject=subject
            )
        return attempts

    def _unknown(self, login: str) -> str:
        return self.deps.vault.fingerprint(normalise(login).casefold())

    async def note_success(self, tx: Transaction, account: accounts.Account) -> None:
        """Forget the failures before, and record the log-in."""
        subject = f"account:{account.id}"
        await accounts.forget_attempts(tx, subject)
        await self.deps.audit.record(tx, actor=subject, action="account.logged_in", subject=subject)
