"""From what the use cases return to what goes over the wire."""

from identity.domain.organisations import Organisation
from identity.domain.people import Affiliation, Person
from identity.http import schemas
from identity.usecases.read_profile import Profile

_OWN_AFFILIATION = tuple(
    name for name in schemas.OwnAffiliationView.model_fields if name != "affiliation_id"
)


def affiliation_view(affiliation: Affiliation) -> schemas.AffiliationView:
    return schemas.AffiliationView(
        affiliation_id=affiliation.id,
        organisation_id=affiliation.organisation_id,
        state=affiliation.state,
        title_level=affiliation.title_level,
        starts_on=affiliation.starts_on,
        ends_on=affiliation.ends_on,
    )


def organisation_view(
    organisation: Organisation, parent_name: str | None
) -> schemas.OrganisationView:
    return schemas.OrganisationView(
        organisation_id=organisation.id,
        parent_id=organisation.parent_id,
        parent_name=parent_name,
        kind=organisation.kind,
        name=organisation.name,
        code=organisation.code,
    )


def person_view(person: Person) -> schemas.PersonView:
    return schemas.PersonView(
        person_id=person.id,
        management_number=person.management_number,
        status=person.status,
        name=person.name,
        identity_masked=person.identity_masked,
        sex=person.sex,
        title_level=person.title_level,
        title_series=person.title_series,
    )


def profile_view(profile: Profile) -> schemas.ProfileView:
    account, person = profile.account, profile.person
    return schemas.ProfileView(
        account_id=account.id,
        username=account.username,
        name=person.name if person else account.display_name,
        person=person_view(person) if person else None,
        affiliations=[
            schemas.OwnAffiliationView(
                affiliation_id=row["id"], **{name: row[name] for name in _OWN_AFFILIATION}
            )
            for row in profile.affiliations
        ],
        grants=[schemas.GrantView(**row) for row in profile.grants],
    )
