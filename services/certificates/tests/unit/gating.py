"""Asking the gate, for every test of it."""

from certificates.sealing.gate import CHECKS, GateExpectation, GateRefused, check_sealed


def failed(sealed: bytes, expectation: GateExpectation) -> set[str]:
    """Return the names of the checks that refused the file, or nothing."""
    try:
        check_sealed(sealed, expectation)
    except GateRefused as refusal:
        report = refusal
    else:
        return set()
    assert [check.name for check in report.checks] == list(CHECKS)
    assert all(check.detail for check in report.failed)
    return {check.name for check in report.failed}
