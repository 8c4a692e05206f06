"""ID numbers of GB 11643: resident card, 港澳台居民居住证 and permanent-residence card.

All three are 18 characters with the same check digit. The address code is never judged: codes
are retired and reused, so an old number may begin with one that no list knows.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from identity.errors import (
    IdNumberCheckDigitWrong,
    IdNumberMalformed,
    IdNumberTruncatedBySpreadsheet,
)

_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF38: "X", 0xFF58: "X"}
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff-]+")
_LONG = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_SHORT = re.compile(r"[0-9]{15}", re.ASCII)


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class IdType(StrEnum):
    """Which document a number of GB 11643 belongs to."""

    RESIDENT_IDENTITY_CARD = "resident_identity_card"
    HMT_RESIDENCE_PERMIT = "hmt_residence_permit"
    PERMANENT_RESIDENCE_CARD = "permanent_residence_card"


@dataclass(frozen=True)
class IdNumber:
    """A checked number in its one canonical form; its repr does not show it."""

    value: str

    def __repr__(self) -> str:
        return f"IdNumber({self.masked})"

    @property
    def masked(self) -> str:
        """What may be printed: the first and last four characters."""
        return f"{self.value[:4]}{'*' * 10}{self.value[-4:]}"

    @property
    def sex(self) -> Sex:
        """GB 11643: the order code is odd for men."""
        return Sex.MALE if int(self.value[16]) % 2 else Sex.FEMALE

    @property
    def id_type(self) -> IdType:
        if self.value[:2] in {"81", "82", "83"}:
            return IdType.HMT_RESIDENCE_PERMIT
        if self.value[0] == "9":
            return IdType.PERMANENT_RESIDENCE_CARD
        return IdType.RESIDENT_IDENTITY_CARD


def parse_id_number(text: str, *, today: date) -> IdNumber:
    """Return the number in canonical form, or raise which of three things is wrong with it.

    Full-width digits, spaces, hyphens and a lower-case x are forgiven; the 15 digits of the first
    generation become 18. A number that a spreadsheet has rounded (it loses its last three digits)
    gets its own explanation, because its owner typed it correctly.
    """
    compact = normalise(text)
    if _SHORT.fullmatch(compact):
        compact = _lengthen(compact)
    if not _LONG.fullmatch(compact):
        raise IdNumberMalformed(field="/id_number")
    if compact[-1] != ric.calc_check_digit(compact):
        if compact.endswith("000"):
            raise IdNumberTruncatedBySpreadsheet(field="/id_number")
        raise IdNumberCheckDigitWrong(field="/id_number")
    _require_birth_date(compact, today)
    return IdNumber(compact)


def normalise(text: str) -> str:
    """Return what was typed without the variations that a keyboard or a copy brings in."""
    return _INVISIBLE.sub("", text.translate(_FULL_WIDTH)).upper()


def _lengthen(short: str) -> str:
    long = f"{short[:6]}19{short[6:]}"
    return long + ric.calc_check_digit(f"{long}0")


def _require_birth_date(compact: str, today: date) -> None:
    # Not ric.validate: it also rejects address codes that are missing from its table.
    try:
        born = ric.get_birth_date(compact)
    except ValidationError as error:
        raise IdNumberMalformed(field="/id_number") from error
    if not date(1900, 1, 1) <= born <= today:
        raise IdNumberMalformed(field="/id_number")
