"""The tree of organisations: what may stand below what, and who may administer whom.

Permission follows this tree and never a division code: direct counties carry the code of the
city they left.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from identity.domain.ids import OrganisationId
from identity.errors import (
    OrganisationCodeMalformed,
    OrganisationCodeSuspect,
    OrganisationMisplaced,
    RoleDoesNotFit,
)


class Kind(StrEnum):
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    DIRECT_COUNTY = "direct_county"
    PROVINCIAL_DEPARTMENT = "provincial_department"
    DEPARTMENT = "department"
    COUNTY = "county"
    EMPLOYER = "employer"
    TRAINING_INSTITUTION = "training_institution"
    COUNTER = "counter"


class Role(StrEnum):
    TECHNICIAN = "technician"
    EMPLOYER_ADMINISTRATOR = "employer_administrator"
    DEPARTMENT_ADMINISTRATOR = "department_administrator"
    TRAINING_INSTITUTION = "training_institution"
    BUREAU_ADMINISTRATOR = "bureau_administrator"
    PROVINCIAL_ADMINISTRATOR = "provincial_administrator"
    OPERATOR = "operator"


_UNITS = frozenset({Kind.DEPARTMENT, Kind.EMPLOYER, Kind.TRAINING_INSTITUTION, Kind.COUNTER})
_BELOW: dict[Kind, frozenset[Kind]] = {
    Kind.PROVINCE: _UNITS | {Kind.PREFECTURE, Kind.DIRECT_COUNTY, Kind.PROVINCIAL_DEPARTMENT},
    Kind.PREFECTURE: _UNITS | {Kind.COUNTY},
    Kind.DIRECT_COUNTY: _UNITS,
    Kind.COUNTY: _UNITS,
    Kind.PROVINCIAL_DEPARTMENT: frozenset({Kind.EMPLOYER, Kind.TRAINING_INSTITUTION}),
}
# The places at which each role can be held.
_HELD_AT: dict[Role, frozenset[Kind]] = {
    Role.EMPLOYER_ADMINISTRATOR: frozenset({Kind.EMPLOYER}),
    Role.TRAINING_INSTITUTION: frozenset({Kind.TRAINING_INSTITUTION}),
    Role.DEPARTMENT_ADMINISTRATOR: frozenset({Kind.DEPARTMENT, Kind.PROVINCIAL_DEPARTMENT}),
    Role.BUREAU_ADMINISTRATOR: frozenset(
        {Kind.PREFECTURE, Kind.DIRECT_COUNTY, Kind.PROVINCIAL_DEPARTMENT, Kind.COUNTY}
    ),
    Role.PROVINCIAL_ADMINISTRATOR: frozenset({Kind.PROVINCE}),
    Role.OPERATOR: frozenset({Kind.PROVINCE}),
}
# Nobody stands above the province: it gives these at its own place.
OF_THE_PROVINCE = frozenset({Role.PROVINCIAL_ADMINISTRATOR, Role.OPERATOR})
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_INNER_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Organisation:
    """A node of the tree; ``path`` lists the ids from the province down to itself."""

    id: OrganisationId
    version: int
    parent_id: OrganisationId | None
    # Since when the present parent holds.
    valid_from: date
    path: str
    kind: Kind
    name: str
    code: str | None
    active: bool

    def lies_within(self, *paths: str) -> bool:
        """Tell whether this organisation is one of, or below one of, those at ``paths``."""
        return any(self.path.startswith(path) for path in paths)

    def lies_below(self, *paths: str) -> bool:
        """Tell whether this organisation is strictly below one of those at ``paths``."""
        return any(self.path != path and self.path.startswith(path) for path in paths)


def path_below(parent: Organisation | None, own: OrganisationId) -> str:
    """Return the path of ``own`` below ``parent``."""
    return f"{parent.path if parent else '/'}{own}/"


def require_place(kind: Kind, parent: Organisation) -> None:
    """Raise ``OrganisationMisplaced`` unless ``kind`` may stand directly below ``parent``."""
    if not parent.active or kind not in _BELOW.get(parent.kind, frozenset()):
        raise OrganisationMisplaced(field="/parent_id")


def require_fit(role: Role, organisation: Organisation) -> None:
    """Raise ``RoleDoesNotFit`` unless ``role`` can be held at ``organisation``."""
    if not organisation.active or organisation.kind not in _HELD_AT.get(role, frozenset()):
        raise RoleDoesNotFit(field="/role")


def accept_unit_code(text: str, *, confirmed: bool) -> str:
    """Return the 统一社会信用代码 in canonical form.

    Some genuine early codes fail GB 32100's or GB 11714's check digit, so a failing one is a
    warning that an administrator may confirm; a code of the wrong form never passes.
    """
    compact = uscc.compact(text)
    try:
        uscc.validate(compact)
        good = _inner_check_digit(compact[8:16]) == compact[16]
    except InvalidChecksum:
        good = False
    except ValidationError as error:
        raise OrganisationCodeMalformed(field="/code") from error
    if not good and not confirmed:
        raise OrganisationCodeSuspect(field="/code")
    return str(compact)


def _inner_check_digit(body: str) -> str:
    """GB 11714: the organisation code that characters 9 to 17 carry."""
    weighted = zip(body, _INNER_WEIGHTS, strict=True)
    value = 11 - sum(_INNER_VALUES.index(one) * weight for one, weight in weighted) % 11
    return {10: "X", 11: "0"}.get(value, str(value))
