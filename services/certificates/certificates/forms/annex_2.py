"""Annex 2: a bureau applies to start up its electronic seal."""

from collections.abc import Mapping
from typing import Any

from certificates.forms.filling import Filling, day_of, day_text, picture

_IMPRESSION = '<img src="yuzheng:impression" alt="专用章印模">'
# Beyond this many characters the applicant takes a second line.
_LONG_OFFICE = 17


def fill(data: Mapping[str, Any]) -> Filling:
    """Return the words of the application; what is left out stays blank for the pen."""
    day = day_of(data, "applied_on")
    impression = picture(data, "impression")
    return Filling(
        words={
            "office_name": data["office_name"],
            "office": data["office_name"],
            "day": day_text(day),
        },
        markup={
            "impression": _IMPRESSION if impression else "",
            "shape": "long" if len(data["office_name"]) > _LONG_OFFICE else "office",
        },
        images={"yuzheng:impression": impression} if impression else {},
        day=day,
    )
