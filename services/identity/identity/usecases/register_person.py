"""Register a technician: person, ID number, management number, account, first employer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.clock import legal_date
from chassis.db import Transaction
from chassis.ids import uuid7
from identity.domain.id_numbers import IdNumber
from identity.domain.ids import AccountId, PersonId
from identity.domain.names import match_key
from identity.domain.people import Affiliation, Person, Status, TitleLevel
from identity.errors import RegistrationRefused
from identity.events import person_registered
from identity.store import accounts, people
from identity.usecases.dependencies import Dependencies
from identity.usecases.request_affiliation import EmploymentClaim, open_request


@dataclass(frozen=True)
class Registration:
    """What a technician states about himself, already checked for form."""

    id_number: IdNumber
    name: str
    title_level: TitleLevel
    title_series: str | None
    employer_id: UUID
    starts_on: date | None
    # Computed before the transaction opens: hashing would hold its connection for no reason.
    password_hash: str


@dataclass(frozen=True)
class Registered:
    """A person with the number that is his for life, and his request to the employer."""

    person: Person
    affiliation: Affiliation


async def register_person(
    tx: Transaction, deps: Dependencies, registration: Registration
) -> Registered:
    """Give the person his number; nothing counts until the employer confirms him.

    Persists person, sealed ID number with blind index, number, account, requested affiliation and
    audit row, and publishes ``identity.person.registered``: all or nothing. Raises
    ``RegistrationRefused`` when the ID number is somebody's, also when another transaction is
    just registering it (this one then waits for the outcome), and ``EmployerUnknown``.
    """
    now = deps.clock.now()
    person_id = PersonId(uuid7())
    number = registration.id_number
    if await people.holders(tx, deps.vault.indexes(number)):
        raise RegistrationRefused
    person = Person(
        id=person_id,
        version=1,
        management_number=await people.issue_number(tx, person_id, now=now),
        status=Status.UNPROVEN,
        name=registration.name,
        identity_masked=number.masked,
        sex=number.sex,
        title_level=registration.title_level,
        title_series=registration.title_series,
    )
    await people.add_person(tx, person, name_key=match_key(person.name), now=now)
    await _tie_id_number(tx, deps, person_id, number)
    await accounts.add(tx, _account(person_id, registration.password_hash), now=now)
    claim = EmploymentClaim(
        registration.employer_id,
        registration.title_level,
        registration.starts_on or legal_date(now),
    )
    affiliation = await open_request(tx, deps, person_id, claim)
    await deps.outbox.add(tx, person_registered(person))
    await deps.audit.record(
        tx,
        actor=f"person:{person_id}",
        action="person.registered",
        subject=f"person:{person_id}",
        detail={"id_type": number.id_type, "employer": str(registration.employer_id)},
    )
    return Registered(person, affiliation)


async def _tie_id_number(
    tx: Transaction, deps: Dependencies, person_id: PersonId, number: IdNumber
) -> None:
    # The look-up before only spares work; the unique index decides between racing transactions.
    free = await people.add_id_document(
        tx,
        person_id,
        id_type=number.id_type,
        sealed=deps.vault.seal(number, person_id),
        index=deps.vault.index(number),
    )
    if not free:
        raise RegistrationRefused


def _account(person_id: PersonId, password_hash: str) -> accounts.Account:
    return accounts.Account(
        id=AccountId(uuid7()),
        person_id=person_id,
        username=None,
        display_name=None,
        password_hash=password_hash,
        active=True,
    )
