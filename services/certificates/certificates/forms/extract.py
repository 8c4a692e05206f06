"""The certified extract: a person's credit hours over several years."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from certificates.forms.errors import FormDataInvalid
from certificates.forms.filling import Filling, day_of, day_text
from certificates.qr import qr_png
from certificates.rendering.renderer import hours_text

_SEXES = {"male": "男", "female": "女"}
_STATES = {
    "valid": "有效",
    "suspended": "暂停使用",
    "superseded": "已更换",
    "revoked": "已撤销",
    "none": "未发证",
}
_QR = '<img src="yuzheng:qr" alt="查验二维码">'


def fill(data: Mapping[str, Any]) -> Filling:
    """Return the words, one row for each year in order; a year may stand there once."""
    years = sorted(data["years"], key=lambda one: one["year"])
    if len({one["year"] for one in years}) != len(years):
        raise FormDataInvalid("同一年度只能出现一次。", field="/years")
    day = day_of(data, "issued_on")
    url = data.get("check_url", "")
    plain = ("name", "number", "identity_masked", "employer", "office_name")
    return Filling(
        words={
            **{name: data[name] for name in plain},
            "sex": _SEXES[data["sex"]],
            "first_year": str(years[0]["year"]),
            "last_year": str(years[-1]["year"]),
            "host": urlsplit(url).netloc,
            "day": day_text(day),
        },
        rows=[_row(one, index) for index, one in enumerate(years)],
        markup={"qr": _QR if url else ""},
        images={"yuzheng:qr": (qr_png(url, scale=4), "image/png")} if url else {},
        day=day,
    )


def _row(year: Mapping[str, Any], index: int) -> dict[str, str]:
    hours = {name: year[f"{name}_tenths"] for name in ("total", "public", "professional")}
    if hours["public"] + hours["professional"] != hours["total"]:
        raise FormDataInvalid("合计学时不等于各科目学时之和。", field=f"/years/{index}")
    day = day_of(year, "issued_on")
    return {
        **{name: hours_text(tenths) for name, tenths in hours.items()},
        "year": str(year["year"]),
        "state": year["state"],
        "state_word": _STATES[year["state"]],
        "office_name": year.get("office_name") or "—",
        "issued_on": day.isoformat() if day else "—",
    }
