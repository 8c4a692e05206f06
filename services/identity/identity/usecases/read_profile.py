"""Tell the caller who he is to the system."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import RowMapping

from chassis.auth import Principal
from chassis.db import Transaction
from chassis.errors import NotFound
from identity.domain.people import Person
from identity.store import accounts, affiliations, people


@dataclass(frozen=True)
class Profile:
    """An account with its person, if it has one, his employers, and what it administers."""

    account: accounts.Account
    person: Person | None
    affiliations: Sequence[RowMapping]
    grants: Sequence[RowMapping]


async def read_profile(tx: Transaction, caller: Principal) -> Profile:
    """Return the caller's own profile; raise ``NotFound`` for a service's token."""
    account = None if caller.service else await accounts.find(tx, UUID(caller.account_id))
    if account is None:
        raise NotFound
    person = await people.find(tx, account.person_id) if account.person_id else None
    ties = await affiliations.list_of_person(tx, person.id) if person else []
    return Profile(account, person, ties, await accounts.held_by(tx, account.id))
