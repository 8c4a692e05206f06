"""Which path a record takes."""

from collections.abc import Set as AbstractSet

from certificates.record import CertificateRecord

# The shell has one line for each of these, at its usual size (code points).
_LONGEST_NAME, _LONGEST_EMPLOYER, _LONGEST_OFFICE = 9, 22, 13


def goes_fast(record: CertificateRecord, printable: AbstractSet[str]) -> bool:
    """Say whether the compiled template can print this record just as the full rendering would.

    ``printable`` are the characters of the fields' face. Long texts change their size or break
    their line, rare characters need another face, white space collapses: all that is left to the
    full rendering.
    """
    fits = (
        0 < len(record.name) <= _LONGEST_NAME
        and 0 < len(record.employer) <= _LONGEST_EMPLOYER
        and 0 < len(record.office_name) <= _LONGEST_OFFICE
    )
    printed = record.number + record.name + record.identity_masked
    printed += record.employer + record.office_name
    return fits and " " not in printed and printable >= set(printed)
