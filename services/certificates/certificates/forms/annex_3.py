"""Annex 3: the record of a unit's administrator, printed in two copies."""

from collections.abc import Mapping
from typing import Any

from certificates.forms.filling import Filling, day_of, day_text

_SEXES = {"male": "男", "female": "女"}
_BLANKS = (
    "industry",
    "organisation_code",
    "department",
    "post",
    "telephone",
    "fax",
    "email",
    "postcode",
    "address",
    "opinion",
)
# Characters that a cell takes on two lines; one longer entry makes the whole table smaller.
_ROOM = {
    "organisation_name": 26,
    "administrator_name": 26,
    "industry": 18,
    "department": 26,
    "post": 18,
    "email": 44,
    "address": 56,
    "opinion": 80,
}
COPIES = ("一式二份之一（单位留存）", "一式二份之二（报送备案）")


def fill(data: Mapping[str, Any]) -> Filling:
    """Return the same words twice, one page for the unit and one for the filing office."""
    day = day_of(data, "signed_on")
    words = {
        "organisation_name": data["organisation_name"],
        "administrator_name": data["administrator_name"],
        "sex": _SEXES.get(data.get("sex", ""), ""),
        "day": day_text(day),
        **{name: data.get(name, "") for name in _BLANKS},
    }
    words["shape"] = "dense" if any(_is_long(words, name) for name in _ROOM) else "usual"
    return Filling(
        words={"organisation_name": data["organisation_name"]},
        rows=[{**words, "copy": copy} for copy in COPIES],
        day=day,
    )


def _is_long(words: Mapping[str, str], name: str) -> bool:
    return len(words[name]) > _ROOM[name]
