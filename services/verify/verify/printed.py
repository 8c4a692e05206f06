"""What the form prints: each fact, how to find it on a page and in a record. No I/O."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verify.domain import Fact

SEXES = {"male": "男", "female": "女"}
LEVELS = {
    "senior_full": "正高级",
    "senior_associate": "副高级",
    "intermediate": "中级",
    "junior": "初级",
    "unrated": "未评级",
}


@dataclass(frozen=True)
class Printed:
    """A fact as the form prints it: how to find it on the page and in the record."""

    field: str
    label: str
    on_page: re.Pattern[str] | None
    in_record: Callable[[Mapping[str, Any]], Any]
    registered: Callable[[Fact], str]
    said: Callable[[Any], str] = str


def hours(tenths: Any) -> str:
    """Return hours as printed: 900 → 90 学时."""
    whole, rest = divmod(int(tenths), 10)
    return f"{whole}.{rest} 学时" if rest else f"{whole} 学时"


def day(iso: Any) -> str:
    year, month, number = (int(part) for part in str(iso).split("-"))
    return f"{year}年{month}月{number}日"


_ANY_HOURS = r"[\d.]+学时"


def _hours_at(place: int) -> re.Pattern[str]:
    parts = [f"({_ANY_HOURS})" if one == place else f"(?:{_ANY_HOURS})" for one in range(3)]
    return re.compile("学时合计公需科目专业科目" + "".join(parts))


PRINTED: Sequence[Printed] = (
    Printed(
        "management_number",
        "证书管理号",
        re.compile(r"证书管理号[:：](\d{6,20})"),
        lambda record: record["number"],
        lambda fact: fact.management_number,
    ),
    Printed(
        "sex",
        "性别",
        re.compile(r"性别([男女])"),
        lambda record: record["sex"],
        lambda fact: SEXES.get(fact.sex, ""),
        lambda sex: SEXES.get(sex, str(sex)),
    ),
    Printed(
        "identity_masked",
        "身份证件号码",
        re.compile(r"身份证件号码([0-9A-Z*]+)"),
        lambda record: record["identity_masked"],
        lambda fact: fact.identity_masked,
    ),
    Printed(
        "employer_name",
        "工作单位",
        re.compile(r"工作单位(.+?)参加专业技术人员"),
        lambda record: record["employer"],
        lambda fact: fact.employer_name,
    ),
    Printed(
        "title_level",
        "职称层级",
        None,
        lambda record: record["level"],
        lambda fact: LEVELS.get(fact.title_level, ""),
        lambda level: LEVELS.get(level, str(level)),
    ),
    Printed(
        "year",
        "年度",
        re.compile(r"已完成(\d{4})年度"),
        lambda record: record["year"],
        lambda fact: str(fact.year),
    ),
    Printed(
        "version",
        "版次",
        re.compile(r"年度第(\d+)版"),
        lambda record: record["version"],
        lambda fact: str(fact.certificate_version),
    ),
    Printed(
        "total_tenths",
        "学时合计",
        _hours_at(0),
        lambda record: record["credit_tenths"]["total"],
        lambda fact: hours(fact.total_tenths),
        hours,
    ),
    Printed(
        "public_tenths",
        "公需科目",
        _hours_at(1),
        lambda record: record["credit_tenths"]["public"],
        lambda fact: hours(fact.public_tenths),
        hours,
    ),
    Printed(
        "professional_tenths",
        "专业科目",
        _hours_at(2),
        lambda record: record["credit_tenths"]["professional"],
        lambda fact: hours(fact.professional_tenths),
        hours,
    ),
    Printed(
        "office_name",
        "发证单位",
        re.compile(r"发证单位[:：]（盖章）(.+?)发证时间"),
        lambda record: record["office_name"],
        lambda fact: fact.office_name,
    ),
    Printed(
        "issued_on",
        "发证时间",
        re.compile(r"发证时间[:：](\d{4}年\d{1,2}月\d{1,2}日)"),
        lambda record: record["issued_on"],
        lambda fact: day(fact.issued_on),
        day,
    ),
)
NAME_ON_PAGE = re.compile(r"姓名(.+?)性别")


def packed(words: str) -> str:
    """Return text without white space, as extraction puts it anywhere."""
    return "".join(words.split())
