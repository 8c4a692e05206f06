"""Tables handed back: xlsx or csv, in which no cell is ever a formula.

A big one is written by ``python -m chassis.table_writer FORMAT`` (JSON rows in, file out), so that
the process that serves is not held up.
"""

import csv
import io
import json
import sys
from collections.abc import Sequence

import xlsxwriter

_WIDTH = 20  # of a column, in characters
# A cell that begins so is run by a spreadsheet program when it opens a csv file.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_table(format_: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a file in the given format; no cell of it is ever a formula."""
    return (_write_xlsx if format_ == "xlsx" else _write_csv)([header, *rows])


def _write_csv(rows: Sequence[Sequence[str]]) -> bytes:
    output = io.StringIO()
    csv.writer(output).writerows([[_inert(cell) for cell in row] for row in rows])
    # With the mark, spreadsheet programs take it for UTF-8.
    return output.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_ACTIVE) else cell


def _write_xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True, "constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, max(map(len, rows)) if rows else 0, _WIDTH)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return output.getvalue()


def main() -> int:
    """Write the rows on the standard input, the header first, to the standard output."""
    header, *rows = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(write_table(sys.argv[1], header, rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
