"""An employer confirms, rejects or ends a person's employment."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from chassis.auth import Principal
from chassis.clock import legal_date
from chassis.db import Transaction
from identity.domain.messages import Template
from identity.domain.people import Affiliation, AffiliationState, Person, Status
from identity.errors import (
    AffiliationUnknown,
    AnotherEmployerConfirmed,
    EndsBeforeItStarts,
    OrganisationUnknown,
    OwnAffiliation,
)
from identity.events import affiliation_changed, person_changed
from identity.store import affiliations, messages, organisations, people
from identity.store.messages import NewMessage
from identity.usecases.authority import EMPLOYER_ROLES, require_area
from identity.usecases.dependencies import Dependencies

_TOLD = {
    AffiliationState.CONFIRMED: Template.AFFILIATION_CONFIRMED,
    AffiliationState.REJECTED: Template.AFFILIATION_REJECTED,
    AffiliationState.ENDED: Template.AFFILIATION_ENDED,
}


async def confirm_affiliation(
    tx: Transaction, deps: Dependencies, caller: Principal, affiliation_id: UUID
) -> Affiliation:
    """Confirm the request; the person is proven from now on.

    Publishes ``identity.affiliation.confirmed`` and, when it proves the person,
    ``identity.person.changed``. Nobody confirms himself, and the former employer has to let the
    person go first (``AnotherEmployerConfirmed``).
    """
    affiliation = await _decidable(tx, caller, affiliation_id)
    affiliation.require_requested()
    # The lock lets two employers' confirmations of one person happen one after the other.
    person = await people.find(tx, affiliation.person_id, for_update=True)
    if person is None:
        raise AffiliationUnknown
    if await affiliations.confirmed_of(tx, person.id):
        raise AnotherEmployerConfirmed
    confirmed = replace(
        affiliation, version=affiliation.version + 1, state=AffiliationState.CONFIRMED
    )
    await _store(tx, deps, caller, confirmed, action="affiliation.confirmed")
    await deps.outbox.add(tx, affiliation_changed(confirmed))
    if person.status is Status.UNPROVEN:
        await _prove(tx, deps, person)
    return confirmed


async def reject_affiliation(
    tx: Transaction, deps: Dependencies, caller: Principal, affiliation_id: UUID, *, reason: str
) -> Affiliation:
    """Refuse the request with a reason the person sees; he may ask again, here or elsewhere."""
    affiliation = await _decidable(tx, caller, affiliation_id)
    affiliation.require_requested()
    rejected = replace(
        affiliation, version=affiliation.version + 1, state=AffiliationState.REJECTED
    )
    await _store(tx, deps, caller, rejected, action="affiliation.rejected", reason=reason)
    return rejected


async def end_affiliation(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    affiliation_id: UUID,
    *,
    ends_on: date | None,
    reason: str | None = None,
) -> Affiliation:
    """Let the person go on ``ends_on`` (today by default); publishes the end."""
    affiliation = await _decidable(tx, caller, affiliation_id)
    affiliation.require_confirmed()
    today = legal_date(deps.clock.now())
    last_day = ends_on or today
    if not affiliation.starts_on <= last_day <= today:
        raise EndsBeforeItStarts(field="/ends_on")
    ended = replace(
        affiliation,
        version=affiliation.version + 1,
        state=AffiliationState.ENDED,
        ends_on=last_day,
    )
    await _store(tx, deps, caller, ended, action="affiliation.ended", reason=reason)
    await deps.outbox.add(tx, affiliation_changed(ended))
    return ended


async def _decidable(tx: Transaction, caller: Principal, affiliation_id: UUID) -> Affiliation:
    caller.require(*EMPLOYER_ROLES)
    affiliation = await affiliations.find_for_update(tx, affiliation_id)
    if affiliation is None:
        raise AffiliationUnknown
    organisation = await organisations.find(tx, affiliation.organisation_id)
    if organisation is None:
        raise OrganisationUnknown
    await require_area(tx, caller, organisation, *EMPLOYER_ROLES)
    if caller.person_id == affiliation.person_id:
        raise OwnAffiliation
    return affiliation


async def _store(
    tx: Transaction,
    deps: Dependencies,
    caller: Principal,
    affiliation: Affiliation,
    *,
    action: str,
    reason: str | None = None,
) -> None:
    now = deps.clock.now()
    await affiliations.store_decision(tx, affiliation, reason=reason, now=now)
    told = NewMessage(
        affiliation.person_id,
        _TOLD[affiliation.state],
        legal_date(now).year,
        affiliation.id,
        affiliation.version,
    )
    await messages.add(tx, told, now=now)
    await deps.audit.record(
        tx,
        actor=caller.actor,
        action=action,
        subject=f"affiliation:{affiliation.id}",
        detail={
            "person": str(affiliation.person_id),
            "organisation": str(affiliation.organisation_id),
            "version": affiliation.version,
        },
    )


async def _prove(tx: Transaction, deps: Dependencies, person: Person) -> None:
    proven = replace(person, version=person.version + 1, status=Status.PROVEN)
    await people.set_status(tx, proven, now=deps.clock.now())
    await deps.outbox.add(tx, person_changed(proven))
