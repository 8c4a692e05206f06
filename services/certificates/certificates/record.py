"""The canonical record: what a certificate says, in one form that everybody can hash.

The record is attached to the PDF as JSON and described by
``contracts/record/certificate.json``. QR code, token and digest are left out of it, because they
are made from it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Literal, TypeVar, get_args
from uuid import UUID

from chassis.errors import Category, ServiceError

PROFILE = "yuzheng-certificate-record-1"
ATTACHMENT_NAME = "certificate.json"

Sex = Literal["male", "female"]
Level = Literal["senior_full", "senior_associate", "intermediate", "junior", "unrated"]
_SEXES: tuple[Sex, ...] = get_args(Sex)
_LEVELS: tuple[Level, ...] = get_args(Level)
Value = TypeVar("Value")


class RecordMalformed(ServiceError):
    """Bytes that claim to be a canonical record are not one."""

    code: ClassVar[str] = "certificates.record_malformed"
    category: ClassVar[Category] = Category.INVALID
    detail = "证书电子记录的格式不正确。"


@dataclass(frozen=True, slots=True)
class CreditTenths:
    """Credit hours in tenths (900 = 90 学时)."""

    total: int
    public: int
    professional: int


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """Everything a certificate states. Text is kept as received, never normalised.

    ``issued_on`` is a day in Asia/Shanghai; ``identity_masked`` is what is printed, for example
    ``410105********0020``; the full number never comes here.
    """

    certificate_id: UUID
    number: str
    year: int
    version: int
    name: str
    sex: Sex
    identity_masked: str
    employer: str
    level: Level
    credit_tenths: CreditTenths
    rule_id: UUID
    rule_version: int
    office_id: UUID
    office_name: str
    issued_on: date
    template_version: str


def canonical_bytes(record: CertificateRecord) -> bytes:
    """Return the record as canonical JSON (RFC 8785: sorted keys, no spaces, UTF-8).

    All numbers are integers and all keys ASCII, which is the part of RFC 8785 where ``json``
    already agrees with it.
    """
    return json.dumps(
        _to_json(record), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def digest(record: CertificateRecord) -> bytes:
    """Return the SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical_bytes(record)).digest()


def parse_record(data: bytes) -> CertificateRecord:
    """Read canonical bytes back; anything that is not exactly canonical is refused."""
    try:
        record = _from_json(json.loads(data))
        canonical = canonical_bytes(record)
    except (ValueError, KeyError, TypeError) as error:
        raise RecordMalformed from error
    if canonical != data:
        raise RecordMalformed
    return record


def _to_json(record: CertificateRecord) -> dict[str, Any]:
    return {
        "profile": PROFILE,
        "certificate_id": str(record.certificate_id),
        "number": record.number,
        "year": record.year,
        "version": record.version,
        "name": record.name,
        "sex": record.sex,
        "identity_masked": record.identity_masked,
        "employer": record.employer,
        "level": record.level,
        "credit_tenths": {
            "total": record.credit_tenths.total,
            "public": record.credit_tenths.public,
            "professional": record.credit_tenths.professional,
        },
        "rule_id": str(record.rule_id),
        "rule_version": record.rule_version,
        "office_id": str(record.office_id),
        "office_name": record.office_name,
        "issued_on": record.issued_on.isoformat(),
        "template_version": record.template_version,
    }


def _from_json(fields: Mapping[str, Any]) -> CertificateRecord:
    credit = fields["credit_tenths"]
    return CertificateRecord(
        certificate_id=UUID(_text(fields, "certificate_id")),
        number=_text(fields, "number"),
        year=_whole(fields, "year"),
        version=_whole(fields, "version"),
        name=_text(fields, "name"),
        sex=_one_of(fields, "sex", _SEXES),
        identity_masked=_text(fields, "identity_masked"),
        employer=_text(fields, "employer"),
        level=_one_of(fields, "level", _LEVELS),
        credit_tenths=CreditTenths(
            _whole(credit, "total"), _whole(credit, "public"), _whole(credit, "professional")
        ),
        rule_id=UUID(_text(fields, "rule_id")),
        rule_version=_whole(fields, "rule_version"),
        office_id=UUID(_text(fields, "office_id")),
        office_name=_text(fields, "office_name"),
        issued_on=date.fromisoformat(_text(fields, "issued_on")),
        template_version=_text(fields, "template_version"),
    )


def _text(fields: Mapping[str, Any], key: str) -> str:
    value = fields[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is not text")
    return value


def _whole(fields: Mapping[str, Any], key: str) -> int:
    value = fields[key]
    # True and 1.0 are equal to 1 and would be written back differently from what they mean.
    if type(value) is not int:
        raise TypeError(f"{key} is not a whole number")
    return value


def _one_of(fields: Mapping[str, Any], key: str, allowed: tuple[Value, ...]) -> Value:
    for value in allowed:
        if value == fields[key]:
            return value
    raise ValueError(f"{key} has an unknown value")
