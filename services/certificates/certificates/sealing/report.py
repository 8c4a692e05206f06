"""The gate's report, apart from the gate so that reading one loads no PDF library."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from chassis.errors import Category, ServiceError


@dataclass(frozen=True, slots=True)
class GateCheck:
    """The outcome of one check; ``detail`` is for operators, in English, without personal data."""

    name: str
    passed: bool
    detail: str = ""


class GateRefused(ServiceError):
    """The sealed file is not what was asked for: quarantine it and raise the alarm."""

    code: ClassVar[str] = "certificates.gate_refused"
    category: ClassVar[Category] = Category.CONFLICT
    detail = "签章文件未通过回收检查，已隔离。"

    def __init__(self, checks: Sequence[GateCheck]) -> None:
        self.checks = tuple(checks)
        super().__init__()

    @property
    def failed(self) -> tuple[GateCheck, ...]:
        """Return the checks that failed."""
        return tuple(check for check in self.checks if not check.passed)
