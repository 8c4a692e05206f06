"""Revocations by file: what a row asks for, and what it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from certificates.domain.reasons import is_reason

READY, REVOKED = "ready", "revoked"
NOT_FOUND, NOT_IN_FORCE = "not_found", "not_in_force"
DUPLICATE, OWN_CERTIFICATE = "duplicate", "own_certificate"

OUTCOMES = {
    READY: "可以撤销",
    REVOKED: "已撤销",
    NOT_FOUND: "没有找到这份证书，或不属于本单位管辖",
    NOT_IN_FORCE: "证书已撤销或已被替换",
    DUPLICATE: "与前面的行是同一份证书",
    OWN_CERTIFICATE: "不能办理本人的证书",
    "formula": "该行含有公式，请改为文字",
    "number_malformed": "证书编号或管理号格式不正确",
    "year_malformed": "年度格式不正确",
    "reason_unknown": "理由代码不在规定的范围内",
    "fraud_malformed": "“弄虚作假”应填“是”或“否”",
}
RESULT_HEADER = ("办理结果", "结果代码")

_COLUMNS = {
    "number": ("证书管理号", "管理号", "证书编号", "management_number", "certificate_id"),
    "year": ("年度", "year"),
    "reason_code": ("理由代码", "reason_code"),
    "fraud": ("弄虚作假", "fraud"),
}
_REQUIRED = ("number", "reason_code")
_YES = frozenset({"是", "true", "yes", "1"})
_NO = frozenset({"", "否", "false", "no", "0"})
_NUMBER_LENGTH = 14


class ColumnMissing(Exception):
    """The header lacks a column without which no row can be understood."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What one row asks for: a certificate by its id, or by management number and year."""

    certificate_id: UUID | None
    management_number: str
    year: int
    reason_code: str
    fraud: bool


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Return where each known column is; raise ``ColumnMissing`` without the required ones."""
    found = {
        column: header.index(name)
        for column, names in _COLUMNS.items()
        for name in names
        if name in header
    }
    if any(column not in found for column in _REQUIRED):
        raise ColumnMissing
    return found


def wish_of(cells: Sequence[str], columns: Mapping[str, int]) -> Wish | str:
    """Return what the row asks for, or the outcome that says what is wrong with it."""
    values = {
        column: cells[place].strip() if place < len(cells) else ""
        for column, place in columns.items()
    }
    certificate_id = _uuid(values["number"])
    digits = _is_number(values["number"], _NUMBER_LENGTH)
    year = values.get("year", "")
    fraud = values.get("fraud", "").lower()
    if certificate_id is None and not digits:
        return "number_malformed"
    if certificate_id is None and not _is_number(year, 4):
        return "year_malformed"
    if not is_reason(values["reason_code"]):
        return "reason_unknown"
    if fraud not in _YES | _NO:
        return "fraud_malformed"
    return Wish(
        certificate_id=certificate_id,
        management_number=values["number"] if digits else "",
        year=int(year) if _is_number(year, 4) else 0,
        reason_code=values["reason_code"],
        fraud=fraud in _YES,
    )


def _is_number(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if "-" in text else None
    except ValueError:
        return None
