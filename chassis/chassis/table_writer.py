"""Tables handed back: xlsx or csv, in which no cell is ever a formula.

A big one is written by ``python -m chassis.table_writer FORMAT`` (JSON rows in, file out), so that
the process that serves is not held up.
"""

import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Sequence
from functools import cache

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

_WIDTH = 20  # of a column, in characters
# A cell that begins so is run by a spreadsheet program when it opens a csv file.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
_SHEET = "xl/worksheets/sheet1.xml"
_NO_ROWS = b"<sheetData/>"
_SPELLED = re.compile(r"(_x[0-9A-Fa-f]{4}_)")
_KEPT = "\t\n"
_ESCAPES = {code: f"_x{code:04X}_" for code in (*range(0x20), 0xFFFE, 0xFFFF)}
_ESCAPES = {code: text for code, text in _ESCAPES.items() if chr(code) not in _KEPT}
_ESCAPES |= {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


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
    """Return a workbook of texts: XlsxWriter's in all but the rows.

    Cell by cell the library takes five times as long, four seconds for a hundred thousand rows.
    """
    output = io.BytesIO()
    with (
        zipfile.ZipFile(_empty_workbook(rows)) as shell,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book,
    ):
        for entry in shell.infolist():
            content = shell.read(entry)
            if entry.filename != _SHEET:
                book.writestr(entry.filename, content)
                continue
            before, _, after = content.partition(_NO_ROWS)
            with book.open(entry.filename, "w") as sheet:
                sheet.write(before + b"<sheetData>")
                for number, row in enumerate(rows, 1):
                    sheet.write(_row(number, row))
                sheet.write(b"</sheetData>" + after)
    return output.getvalue()


def _empty_workbook(rows: Sequence[Sequence[str]]) -> io.BytesIO:
    shell = io.BytesIO()
    with xlsxwriter.Workbook(shell, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, max(map(len, rows)) if rows else 0, _WIDTH)
    return shell


def _row(number: int, row: Sequence[str]) -> bytes:
    cells = "".join(
        f'<c r="{_column(place)}{number}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{_escaped(cell)}</t></is></c>'
        for place, cell in enumerate(row)
        if cell
    )
    return f'<row r="{number}">{cells}</row>'.encode()


@cache
def _column(place: int) -> str:
    name: str = xl_col_to_name(place)
    return name


def _escaped(text: str) -> str:
    """Return text as a workbook spells it; what would be read as a spelling is spelled out."""
    if "_x" in text:
        text = _SPELLED.sub(r"_x005F\1", text)
    return text.translate(_ESCAPES)


def main() -> int:
    """Write the rows on the standard input, the header first, to the standard output."""
    header, *rows = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(write_table(sys.argv[1], header, rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
