"""Ask an employer to confirm that one works there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.clock import legal_date
from chassis.db import Transaction
from chassis.ids import uuid7
from identity.domain.ids import AffiliationId, PersonId
from identity.domain.organisations import Kind
from identity.domain.people import Affiliation, AffiliationState, TitleLevel
from identity.errors import AffiliationOpen, EmployerUnknown, StartsInTheFuture
from identity.store import affiliations, organisations
from identity.usecases.dependencies import Dependencies


@dataclass(frozen=True)
class EmploymentClaim:
    """Where, as what and since when a person says he works."""

    employer_id: UUID
    title_level: TitleLevel
    starts_on: date


async def request_affiliation(
    tx: Transaction, deps: Dependencies, person_id: PersonId, claim: EmploymentClaim
) -> Affiliation:
    """Open a request by an existing person; one may be open at a time, else ``AffiliationOpen``.

    Nothing is published before an employer confirms.
    """
    affiliation = await open_request(tx, deps, person_id, claim)
    await deps.audit.record(
        tx,
        actor=f"person:{person_id}",
        action="affiliation.requested",
        subject=f"affiliation:{affiliation.id}",
        detail={"employer": str(claim.employer_id)},
    )
    return affiliation


async def open_request(
    tx: Transaction, deps: Dependencies, person_id: PersonId, claim: EmploymentClaim
) -> Affiliation:
    """Insert the request after checking employer and day; the caller audits it."""
    now = deps.clock.now()
    employer = await organisations.find(tx, claim.employer_id)
    if employer is None or employer.kind is not Kind.EMPLOYER or not employer.active:
        raise EmployerUnknown(field="/employer_id")
    if claim.starts_on > legal_date(now):
        raise StartsInTheFuture(field="/starts_on")
    affiliation = Affiliation(
        id=AffiliationId(uuid7()),
        version=1,
        person_id=person_id,
        organisation_id=employer.id,
        state=AffiliationState.REQUESTED,
        title_level=claim.title_level,
        starts_on=claim.starts_on,
        ends_on=None,
        requested_at=now,
    )
    if not await affiliations.add(tx, affiliation, now=now):
        raise AffiliationOpen
    return affiliation
