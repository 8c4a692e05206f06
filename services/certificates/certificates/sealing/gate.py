"""The seal-return gate: nothing is issued until the sealed file passes every check here.

Step 5 of docs/issuance-lifecycle.md. The signature was already checked when it was embedded; the
gate judges the finished file as a stranger would, so that neither our own assembly nor a seal
service that returns whole files has to be believed.
"""

from collections.abc import Callable, Mapping

from certificates.sealing import content_checks, signature_checks, structure_checks
from certificates.sealing.report import GateCheck, GateRefused
from certificates.sealing.sealed_file import CheckFailed, GateExpectation, SealedFile

__all__ = ["CHECKS", "GateCheck", "GateExpectation", "GateRefused", "check_sealed"]


Check = Callable[[SealedFile, GateExpectation], None]

CHECKS: dict[str, Check] = {
    "prefix": content_checks.our_bytes_come_first,
    "one_signature": signature_checks.one_signature_covers_everything,
    "digest": signature_checks.digest_is_right,
    "signature": signature_checks.signature_is_right,
    "signer": signature_checks.signer_is_filed_and_valid,
    "revocation": signature_checks.signer_is_not_revoked,
    "development": signature_checks.signer_is_not_for_tests,
    "structure": structure_checks.only_permitted_objects_were_added,
    "seal_box": structure_checks.seal_is_in_its_box,
    "record": content_checks.attached_record_is_unchanged,
    "text": content_checks.text_reads_back,
}


def check_sealed(sealed: bytes, expectation: GateExpectation) -> list[GateCheck]:
    """Run every check and return the report; GateRefused (carrying it) if any failed.

    CPU-bound: some 3 ms for a file we wrote whole, 20 ms for one that a PDF reader has to lay out.
    Hostile bytes may take longer: the caller sets a time limit.
    """
    report = report_on(sealed, expectation, CHECKS)
    if not all(check.passed for check in report):
        raise GateRefused(report)
    return report


def report_on(
    sealed: bytes, expectation: GateExpectation, checks: Mapping[str, Check]
) -> list[GateCheck]:
    """Run the given checks and say how each went."""
    file = SealedFile(sealed)
    return [_run(name, check, file, expectation) for name, check in checks.items()]


def _run(name: str, check: Check, file: SealedFile, expectation: GateExpectation) -> GateCheck:
    try:
        check(file, expectation)
    except CheckFailed as failure:
        return GateCheck(name, passed=False, detail=str(failure))
    except Exception as error:  # noqa: BLE001 - parsers of hostile bytes raise anything
        return GateCheck(name, passed=False, detail=f"unreadable: {type(error).__name__}")
    return GateCheck(name, passed=True)
