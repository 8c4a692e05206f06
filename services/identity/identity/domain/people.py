"""People and their ties to employers."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from identity.domain.id_numbers import IdNumber, Sex
from identity.domain.ids import AffiliationId, OrganisationId, PersonId
from identity.domain.names import match_key
from identity.errors import AffiliationAlreadyDecided, AffiliationNotConfirmed, PasswordTooWeak

_MIN_PASSWORD = 10
_MIN_DIFFERENT = 4


class Status(StrEnum):
    """``unproven``: the number is reserved, but nothing counts until an employer confirms."""

    UNPROVEN = "unproven"
    PROVEN = "proven"
    CLOSED = "closed"


class TitleLevel(StrEnum):
    SENIOR_FULL = "senior_full"
    SENIOR_ASSOCIATE = "senior_associate"
    INTERMEDIATE = "intermediate"
    JUNIOR = "junior"
    UNRATED = "unrated"


class AffiliationState(StrEnum):
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    ENDED = "ended"


@dataclass(frozen=True)
class Person:
    """A technician as this service publishes him; the ID number is not part of it."""

    id: PersonId
    version: int
    management_number: str
    status: Status
    name: str
    identity_masked: str
    sex: Sex
    title_level: TitleLevel
    title_series: str | None


@dataclass(frozen=True)
class Affiliation:
    """That a person works for an employer, from when to when, and who said so."""

    id: AffiliationId
    version: int
    person_id: PersonId
    organisation_id: OrganisationId
    state: AffiliationState
    title_level: TitleLevel
    starts_on: date
    ends_on: date | None
    requested_at: datetime

    def require_requested(self) -> None:
        """Raise ``AffiliationAlreadyDecided`` once it has been confirmed, rejected or ended."""
        if self.state is not AffiliationState.REQUESTED:
            raise AffiliationAlreadyDecided

    def require_confirmed(self) -> None:
        """Raise ``AffiliationNotConfirmed`` unless it holds now."""
        if self.state is not AffiliationState.CONFIRMED:
            raise AffiliationNotConfirmed


def require_strong_password(
    password: str, *, name: str, id_number: IdNumber | None = None, field: str = "/password"
) -> None:
    """Raise ``PasswordTooWeak`` for a password that is short, or that others know by heart."""
    known = {match_key(name)}
    if id_number:
        old = id_number.value[:6] + id_number.value[8:17]
        known |= {id_number.value.casefold(), old}
    weak = len(password) < _MIN_PASSWORD or len(set(password)) < _MIN_DIFFERENT
    if weak or match_key(password) in known:
        raise PasswordTooWeak(field=field)
