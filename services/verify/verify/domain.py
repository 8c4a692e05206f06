"""What a check can end in, and the rule that decides it. No I/O."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """The one word of the answer."""

    VALID = "valid"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    NOT_FOUND = "not_found"
    COULD_NOT_CHECK = "could_not_check"
    TOKEN_INVALID = "token_invalid"  # noqa: S105 - a state, not a secret


class SealState(StrEnum):
    """How the issuing office's seal stands today."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    UNKNOWN = "unknown"


class NameMatch(StrEnum):
    """What comparing a full name with the register ended in."""

    MATCH = "match"
    DIFFERS = "differs"
    EMPTY = "empty"
    LIMITED = "limited"
    COULD_NOT_CHECK = "could_not_check"


class Fact(NamedTuple):
    """What the public may know of one certificate; the name is masked before it is stored."""

    # Two versions decide which of two readings is newer: its own, and that of the certificate
    # that has taken its place (0: none is known), whose event may come later.
    aggregate_version: int
    successor_version: int
    successor_issued_on: str
    state: str
    name_masked: str
    sex: str
    identity_masked: str
    management_number: str
    year: int
    certificate_version: int
    title_level: str
    total_tenths: int
    public_tenths: int
    professional_tenths: int
    employer_name: str
    office_id: str
    office_name: str
    issued_on: str
    # Place in the status list; None in a projection from before it was kept.
    status_index: int | None
    # First 8 bytes of the record's digest in hexadecimal, as the QR code's payload has them.
    record_digest: str


class Office(NamedTuple):
    """An issuing office as it is today."""

    seal: str
    name: str | None


Offices = Mapping[str, Office]


class Snapshot(NamedTuple):
    """What one source said in one reading: ``fact`` is complete up to ``as_of``.

    The two are kept together, because an instant from one reading says nothing of another's fact.
    """

    fact: Fact | None
    as_of: datetime | None
    offices: Offices


# Nothing could be read anywhere.
NOTHING_READ = Snapshot(None, None, {})


class Answer(NamedTuple):
    """The outcome of a check; ``fact`` is shown beside its state, never instead of it."""

    state: State
    seal: SealState
    fact: Fact | None
    office_name_now: str | None
    as_of: datetime | None


# As the enumerations themselves would find them, in a tenth of the time.
_STATES = {state.value: state for state in State}
_SEAL_STATES = {state.value: state for state in SealState}

REFUSED_TOKEN = Answer(State.TOKEN_INVALID, SealState.UNKNOWN, None, None, None)


def judge(snapshot: Snapshot, *, now: datetime, stale_after: timedelta) -> Answer:
    """Return what may be said of ``snapshot`` at ``now``.

    An answer older than ``stale_after`` is no answer. A revocation alone stands for ever: nothing
    that we might have missed since can undo it.
    """
    fact, as_of = snapshot.fact, snapshot.as_of
    stale = as_of is None or now - as_of > stale_after
    if fact is None:
        state = State.COULD_NOT_CHECK if stale else State.NOT_FOUND
        return Answer(state, SealState.UNKNOWN, None, None, as_of)
    if stale and fact.state != State.REVOKED:
        return Answer(State.COULD_NOT_CHECK, SealState.UNKNOWN, None, None, as_of)
    office = snapshot.offices.get(fact.office_id)
    if office is None or stale:
        return Answer(_STATES[fact.state], SealState.UNKNOWN, fact, None, as_of)
    renamed = office.name if office.name != fact.office_name else None
    return Answer(_STATES[fact.state], _SEAL_STATES[office.seal], fact, renamed, as_of)


def mask_name(name: str) -> str:
    """Return the name with every character after the first hidden, by code point: 张䶮 → 张*.

    The middle dot of a transliterated name stays, so that its holder recognises the shape.
    """
    return name[:1] + "".join("·" if character == "·" else "*" for character in name[1:])


def seal_of_office(states: list[str]) -> SealState:
    """Return how an office's seal stands, given the states of all seals it ever filed."""
    if SealState.ACTIVE in states:
        return SealState.ACTIVE
    return SealState.SUSPENDED if states else SealState.UNKNOWN
