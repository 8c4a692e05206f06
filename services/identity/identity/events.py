"""From domain facts to outgoing events; the only place that spells outgoing event types."""

from datetime import date

from chassis.envelope import NewEvent
from identity.domain.api_clients import ApiClient
from identity.domain.ids import OrganisationId
from identity.domain.organisations import Organisation
from identity.domain.people import Affiliation, AffiliationState, Person


def person_registered(person: Person) -> NewEvent:
    """Tell that a person holds a number from now on."""
    return _person("identity.person.registered.v1", person)


def person_changed(person: Person) -> NewEvent:
    """Tell the person's new full state."""
    return _person("identity.person.changed.v1", person)


def _person(event_type: str, person: Person) -> NewEvent:
    return NewEvent(
        event_type,
        person.id,
        person.version,
        {
            "person_id": person.id,
            "management_number": person.management_number,
            "name": person.name,
            "identity_masked": person.identity_masked,
            "sex": person.sex,
            "status": person.status,
            "title_level": person.title_level,
            "title_series": person.title_series,
        },
    )


def affiliation_changed(affiliation: Affiliation) -> NewEvent:
    """Tell that a tie holds or has ended; a requested or rejected one is never published."""
    ended = affiliation.state is AffiliationState.ENDED
    return NewEvent(
        f"identity.affiliation.{'ended' if ended else 'confirmed'}.v1",
        affiliation.id,
        affiliation.version,
        {
            "affiliation_id": affiliation.id,
            "person_id": affiliation.person_id,
            "organisation_id": affiliation.organisation_id,
            "state": affiliation.state,
            "title_level": affiliation.title_level,
            "starts_on": affiliation.starts_on,
            "ends_on": affiliation.ends_on,
        },
    )


def organisation_changed(organisation: Organisation) -> NewEvent:
    """Tell an organisation's new full state."""
    return NewEvent(
        "identity.organisation.changed.v1",
        organisation.id,
        organisation.version,
        {
            "organisation_id": organisation.id,
            "parent_id": organisation.parent_id,
            "path": organisation.path,
            "kind": organisation.kind,
            "name": organisation.name,
            "code": organisation.code,
            "active": organisation.active,
        },
    )


def rollout_changed(
    organisation: OrganisationId, version: int, starts_on: date, paper_until: date | None
) -> NewEvent:
    """Tell from when a region uses electronic certificates."""
    return NewEvent(
        "identity.rollout.changed.v1",
        organisation,
        version,
        {"organisation_id": organisation, "starts_on": starts_on, "paper_until": paper_until},
    )


def client_changed(client: ApiClient) -> NewEvent:
    """Tell an API client's new full state; nothing of its secrets."""
    return NewEvent(
        "identity.client.changed.v1",
        client.id,
        client.version,
        {
            "client_id": client.id,
            "name": client.name,
            "organisation_id": client.organisation_id,
            "scopes": list(client.scopes),
            "checks_per_day": client.checks_per_day,
            "active": client.active,
        },
    )
