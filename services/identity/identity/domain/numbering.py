"""The certificate management number: one for a person, for life, telling nothing about him."""

import secrets
from typing import NewType

from stdnum.iso7064 import mod_97_10

ManagementNumber = NewType("ManagementNumber", str)

_PREFIX = "41"
_LENGTH = 14


def draw_management_number() -> ManagementNumber:
    """Return a number drawn at random: ``41``, ten digits, two check digits (ISO 7064).

    Random rather than serial, so that knowing one number leads to no other. Whether it is free is
    for the database to say.
    """
    body = f"{_PREFIX}{secrets.randbelow(10**10):010d}"
    return ManagementNumber(body + mod_97_10.calc_check_digits(body))


def is_management_number(text: str) -> bool:
    """Tell whether the text has the form and check digits of a management number."""
    digits = text.isascii() and text.isdigit()
    return digits and len(text) == _LENGTH and text.startswith(_PREFIX) and int(text) % 97 == 1
