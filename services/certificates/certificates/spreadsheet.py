"""Tables that people hand in and get back: xlsx and csv, read in a process of its own.

A spreadsheet is a hostile format: an archive that unpacks to gigabytes, a sheet of a million
columns. So it is read by ``python -m certificates.spreadsheet`` under limits of memory and time,
which returns plain texts. What is written back can never be a formula.
"""

import asyncio
import csv
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from certificates.errors import TableTooLong, TableUnreadable

MOST_ROWS = 10_000
MOST_BYTES = 5 * 1024 * 1024
MOST_COLUMNS = 30
MOST_CELL = 500
_SECONDS = 10.0
_MEMORY = 1024 * 1024 * 1024
_MOST_UNPACKED = 200 * 1024 * 1024
# A cell that begins so is run by a spreadsheet program when it opens a csv file.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*\br="[A-Z]+(\d+)"[^>]*>\s*<(?:\w+:)?f[\s/>]')


@dataclass(frozen=True, slots=True)
class Table:
    """What a file says: texts only, the header first; rows numbered as people see them."""

    format: str
    header: list[str]
    rows: dict[int, list[str]]
    # Rows with a formula: what such a cell says depends on who opens it.
    formulas: frozenset[int]


async def read_table(content: bytes) -> Table:
    """Return the first sheet; raise ``TableUnreadable`` or ``TableTooLong``."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "certificates.spreadsheet",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(_SECONDS):
            output, _ = await process.communicate(content)
    except TimeoutError as error:
        raise TableUnreadable from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise TableUnreadable
    return _table(json.loads(output))


def _table(answer: dict[str, Any]) -> Table:
    header, *rows = answer["rows"] or [[]]
    if len(rows) > MOST_ROWS:
        raise TableTooLong
    return Table(
        format=answer["format"],
        header=header,
        rows={number: row for number, row in enumerate(rows, start=2) if any(row)},
        formulas=frozenset(answer["formulas"]),
    )


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
    import xlsxwriter

    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True, "constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, MOST_COLUMNS, 20)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return output.getvalue()


# What follows runs in the reading process.


def _read(content: bytes) -> dict[str, Any]:
    if content.startswith(b"PK\x03\x04"):
        return {"format": "xlsx", "rows": _xlsx_rows(content), "formulas": _formulas(content)}
    rows = list(csv.reader(io.StringIO(_decoded(content))))
    _check_width(rows)
    return {"format": "csv", "rows": [_texts(row) for row in rows], "formulas": []}


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise ValueError("not text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _xlsx_rows(content: bytes) -> list[list[str]]:
    import python_calamine

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
            raise ValueError("unpacks to too much")
    sheet = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
    if sheet.total_width > MOST_COLUMNS:
        raise ValueError("too many columns")
    # One more than allowed is enough to refuse it.
    rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 2)
    return [_texts(row) for row in rows]


def _formulas(content: bytes) -> list[int]:
    """Return the rows with a formula on the first sheet, which is sheet1 by every writer."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(n for n in archive.namelist() if n.startswith("xl/worksheets/sheet"))
        sheet = archive.read(names[0]) if names else b""
    return sorted({int(found) for found in _FORMULA.findall(sheet)})


def _check_width(rows: Sequence[Sequence[str]]) -> None:
    if any(len(row) > MOST_COLUMNS for row in rows):
        raise ValueError("too many columns")


def _texts(row: Sequence[Any]) -> list[str]:
    return [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    """Return a cell as people read it: numbers without the fraction that the format adds."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime | date):
        cell = cell.isoformat()
    text = str(cell).replace("\x00", "").strip()
    if len(text) > MOST_CELL:
        raise ValueError("a cell is too long")
    return text


def _main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(_SECONDS), int(_SECONDS)))
    csv.field_size_limit(MOST_CELL * 4)
    try:
        answer = _read(sys.stdin.buffer.read())
    except BaseException:  # noqa: BLE001 - whatever a hostile file does to the reader
        return 1
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    raise SystemExit(_main())
