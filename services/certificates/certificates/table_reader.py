"""The process that reads one spreadsheet: `python -m certificates.table_reader`, file in, JSON out.

Nothing of the service is loaded here. Whatever a file does to the reader ends with the process.
"""

import csv
import io
import json
import resource
import sys
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from xml.parsers import expat

import python_calamine

MOST_ROWS = 10_000
MOST_COLUMNS = 30
MOST_CELL = 500
MANY_SHEETS = 2
_SECONDS = 10
_MEMORY = 512 * 1024 * 1024
_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_ENTRIES = 1000
# Of all cells together: a text that is shared by many cells is small in the file alone.
_MOST_TEXT = 16 * 1024 * 1024
_WORKBOOK = (
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"  # not .xlsm
)


class ManySheets(Exception):
    """More than one sheet says something, and it is not clear which is meant."""


def read(content: bytes) -> dict[str, Any]:
    """Return the format, the rows as texts, and the rows with a formula; raise for what it is not.

    Of a workbook the only sheet that says anything, wherever it stands.
    """
    if content.startswith(b"PK\x03\x04"):
        rows, formulas = _workbook(content)
        found = {"format": "xlsx", "rows": rows, "formulas": formulas}
    else:
        rows = [_texts(row) for row in csv.reader(io.StringIO(_decoded(content)))]
        found = {"format": "csv", "rows": rows, "formulas": []}
    if any(len(row) > MOST_COLUMNS for row in rows):
        raise ValueError("too many columns")
    if sum(len(cell) for row in rows for cell in row) > _MOST_TEXT:
        raise ValueError("too much text")
    return found


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise ValueError("not text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _workbook(content: bytes) -> tuple[list[list[str]], list[int]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_ENTRIES or sum(one.file_size for one in entries) > _MOST_UNPACKED:
            raise ValueError("unpacks to too much")
        if _WORKBOOK not in archive.read("[Content_Types].xml"):
            raise ValueError("not a workbook without macros")
        formulas = set[int]()
        for entry in entries:
            if entry.filename.lower().endswith((".xml", ".rels")):
                with archive.open(entry) as part:
                    formulas |= _formulas(part)
    book = python_calamine.load_workbook(io.BytesIO(content))
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    written = [(sheet, sheet.end) for sheet in sheets if sheet.end]
    if len(written) > 1:
        raise ManySheets
    if not written:
        return [], []
    [(sheet, (_, last_column))] = written
    # Counted from nought.
    if last_column >= MOST_COLUMNS:
        raise ValueError("too many columns")
    # One more than allowed is enough to refuse it.
    rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 2)
    return [_texts(row) for row in rows], sorted(formulas)


def _formulas(part: Any) -> set[int]:
    """Return the rows with a formula, of whatever part this is; a document type is refused.

    Read as XML is: a writer may leave out where a cell stands, or name its elements otherwise.
    """
    found, row, path = set[int](), 0, list[str]()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row
        path.append(name.rpartition(":")[2])
        if path[-1] == "row":
            row = int(attributes.get("r", row + 1))
        if path[-2:] == ["c", "f"]:
            found.add(row)

    def end(_: str) -> None:
        path.pop()

    def refuse(*_: object) -> None:
        raise ValueError("a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    parser.ParseFile(part)
    return found


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


def main() -> int:
    """Read the file on the standard input under limits; the exit code says what it was not."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    csv.field_size_limit(MOST_CELL * 4)
    try:
        answer = read(sys.stdin.buffer.read())
    except ManySheets:
        return MANY_SHEETS
    except BaseException:  # noqa: BLE001 - whatever a hostile file does to the reader
        return 1
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
