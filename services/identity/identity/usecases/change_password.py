"""Change one's own password, knowing the old one."""

from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Principal
from chassis.clock import legal_date
from chassis.db import Database, Transaction
from chassis.errors import NotFound, ServiceError
from chassis.ids import uuid7
from identity.domain.id_numbers import parse_id_number
from identity.domain.messages import Template
from identity.domain.people import require_strong_password
from identity.domain.sessions import EndReason
from identity.errors import LogInLocked, OldPasswordWrong, PasswordTooWeak, PasswordUnchanged
from identity.passwords import Passwords
from identity.store import accounts, messages, people, sessions
from identity.store.messages import NewMessage
from identity.usecases.dependencies import Dependencies
from identity.usecases.log_in import LOCKED_FOR, MAX_FAILURES

_FIELD = "/new_password"


@dataclass(frozen=True)
class Change:
    """A change that has been looked at and costs no more hashing; ``right``: old one fits."""

    account: accounts.Account
    right: bool
    password_hash: str


@dataclass(frozen=True)
class ChangePassword:
    """Looks at a change, then makes it; both count, and ten wrong guesses lock the matter."""

    database: Database
    deps: Dependencies
    passwords: Passwords

    async def prepare(self, caller: Principal, old: str, new: str) -> Change:
        """Check both passwords; raise what is wrong with the new one.

        That the old one is wrong is said by ``make``, so that a repeated request whose first
        answer was lost still gets it.
        """
        account_id = caller.require_account()
        async with self.database.transaction() as tx:
            account = await accounts.find(tx, account_id)
            if account is None:
                raise NotFound
            name = await _name(tx, account)
            self._accept(new, name)
            attempts = await accounts.count_attempt(
                tx,
                _subject(account_id),
                now=self.deps.clock.now(),
                window=LOCKED_FOR,
                limit=MAX_FAILURES,
            )
        if attempts > MAX_FAILURES:
            raise LogInLocked(retry_after_seconds=int(LOCKED_FOR.total_seconds()))
        right = await self.passwords.matches(old, account.password_hash)
        if right and old == new:
            raise PasswordUnchanged(field=_FIELD)
        return Change(account, right, await self.passwords.hash(new) if right else "")

    def _accept(self, new: str, name: str) -> None:
        require_strong_password(new, name=name, field=_FIELD)
        try:
            parse_id_number(new, today=legal_date(self.deps.clock.now()))
        except ServiceError:
            return
        # Whoever's it is: an ID number is on many papers.
        raise PasswordTooWeak(field=_FIELD)

    async def make(self, tx: Transaction, caller: Principal, change: Change) -> int:
        """Store the new password; end the account's other sessions and return how many.

        Raises ``OldPasswordWrong``. The person is told, the change audited.
        """
        if not change.right or not await accounts.set_password(
            tx, change.account, change.password_hash
        ):
            raise OldPasswordWrong(field="/old_password")
        now, account = self.deps.clock.now(), change.account
        await accounts.forget_attempts(tx, _subject(account.id))
        ended = await sessions.end_others(
            tx, account.id, but=caller.session, why=EndReason.PASSWORD_CHANGED, now=now
        )
        await self.deps.audit.record(
            tx,
            actor=caller.actor,
            action="account.password_changed",
            subject=f"account:{account.id}",
            detail={"sessions_ended": ended},
        )
        if account.person_id:
            year = legal_date(now).year
            told = NewMessage(account.person_id, Template.PASSWORD_CHANGED, year, uuid7(), 1)
            await messages.add(tx, told, now=now)
        return ended


def _subject(account: UUID) -> str:
    # Apart from log-in: guessing here must not lock the account's owner out there.
    return f"password:{account}"


async def _name(tx: Transaction, account: accounts.Account) -> str:
    person = await people.find(tx, account.person_id) if account.person_id else None
    return person.name if person else account.display_name or ""
