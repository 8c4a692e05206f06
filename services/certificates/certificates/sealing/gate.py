"""The seal-return gate: nothing is issued until the sealed file passes every check here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from certificates.record import CertificateRecord
from chassis.errors import Category, ServiceError


@dataclass(frozen=True, slots=True)
class GateCheck:
    """The outcome of one check; ``detail`` is for operators, in English, without personal data."""

    name: str
    passed: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class GateExpectation:
    """What the sealed file must be."""

    rendered: bytes
    record: CertificateRecord
    certificates: Sequence[bytes]  # DER of the signer certificates filed for the office
    at: datetime
    crls: Sequence[bytes] = ()  # DER; checked when given
    ocsp_responses: Sequence[bytes] = ()


class GateRefused(ServiceError):
    """The sealed file is not what was asked for: quarantine it and raise the alarm."""

    code: ClassVar[str] = "certificates.gate_refused"
    category: ClassVar[Category] = Category.CONFLICT
    detail = "签章文件未通过回收检查，已隔离。"

    def __init__(self, checks: Sequence[GateCheck]) -> None:
        self.checks = tuple(checks)
        super().__init__()


def check_sealed(sealed: bytes, expectation: GateExpectation) -> list[GateCheck]:
    """Run every check and return the report; GateRefused (carrying it) if any failed.

    CPU-bound, typically under 50 ms. Hostile bytes may take longer: the caller sets a time limit.
    """
    raise NotImplementedError
