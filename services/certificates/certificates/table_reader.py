"""The process that reads one spreadsheet: ``python -m certificates.table_reader``.

What is read and refused is the chassis' (``chassis.table_reader``); the limits are this service's.
"""

from typing import Any

from chassis import table_reader
from chassis.table_reader import MANY_SHEETS, Limits

LIMITS = Limits()
MOST_ROWS = LIMITS.rows
MOST_COLUMNS = LIMITS.columns

__all__ = ["LIMITS", "MANY_SHEETS", "MOST_COLUMNS", "MOST_ROWS", "main", "read"]


def read(content: bytes) -> dict[str, Any]:
    """Return the format, the rows as texts, and the rows with a formula."""
    return table_reader.read(content, LIMITS)


def main() -> int:
    """Read the file on the standard input; the exit code says what it was not."""
    return table_reader.main(read, LIMITS)


if __name__ == "__main__":
    raise SystemExit(main())
