"""Whether a canary page came back sealed as a certificate would have to be."""

from datetime import datetime

from certificates.sealing.gate import CHECKS, report_on
from certificates.sealing.sealed_file import GateExpectation

# There is no record, and no certificate's facts to read.
_NOT_ITS = {"record", "text"}


def check_canary(page: bytes, sealed: bytes, pinned: bytes, at: datetime) -> list[str]:
    """Return the names of the gate's checks that the sealed page fails."""
    expectation = GateExpectation(page, None, [pinned], at)
    checks = {name: check for name, check in CHECKS.items() if name not in _NOT_ITS}
    return [one.name for one in report_on(sealed, expectation, checks) if not one.passed]
