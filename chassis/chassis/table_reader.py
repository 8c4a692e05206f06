"""The process that reads one spreadsheet: ``python -m chassis.table_reader LIMITS``.

The file comes in, JSON goes out. Nothing of a service is loaded here, and whatever a file does to
the reader ends with the process. A spreadsheet is a hostile format: an archive that unpacks to
gigabytes, a sheet of a million columns.
"""

import csv
import io
import json
import resource
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from xml.parsers import expat

import python_calamine

MANY_SHEETS = 2
_MOST_ENTRIES = 1000
_WORKBOOK = (
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"  # not .xlsm
)


@dataclass(frozen=True)
class Limits:
    """What a table may be, and what its reader may use; sizes in bytes."""

    rows: int = 10_000
    columns: int = 30
    cell: int = 500
    unpacked: int = 200 * 1024 * 1024
    # Of all cells together: a text that is shared by many cells is small in the file alone.
    text: int = 16 * 1024 * 1024
    seconds: int = 10
    memory: int = 512 * 1024 * 1024


class ManySheets(Exception):
    """More than one sheet says something, and it is not clear which is meant."""


def read(content: bytes, limits: Limits) -> dict[str, Any]:
    """Return the format, the rows as texts, and the rows with a formula; raise for what it is not.

    Of a workbook the only sheet that says anything, wherever it stands.
    """
    if content.startswith(b"PK\x03\x04"):
        rows, formulas = _workbook(content, limits)
        found = {"format": "xlsx", "rows": rows, "formulas": formulas}
    else:
        rows = [_texts(row, limits) for row in csv.reader(io.StringIO(_decoded(content)))]
        found = {"format": "csv", "rows": rows, "formulas": []}
    if any(len(row) > limits.columns for row in rows):
        raise ValueError("too many columns")
    if sum(len(cell) for row in rows for cell in row) > limits.text:
        raise ValueError("too much text")
    return found


def _decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise ValueError("not text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _workbook(content: bytes, limits: Limits) -> tuple[list[list[str]], list[int]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        unpacked = sum(one.file_size for one in entries)
        if len(entries) > _MOST_ENTRIES or unpacked > limits.unpacked:
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
    if last_column >= limits.columns:
        raise ValueError("too many columns")
    # One more than allowed is enough to refuse it.
    rows = sheet.to_python(skip_empty_area=False, nrows=limits.rows + 2)
    return [_texts(row, limits) for row in rows], sorted(formulas)


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


def _texts(row: Sequence[Any], limits: Limits) -> list[str]:
    return [_text(cell, limits) for cell in row]


def _text(cell: Any, limits: Limits) -> str:
    """Return a cell as people read it: numbers without the fraction that the format adds."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime | date):
        cell = cell.isoformat()
    text = str(cell).replace("\x00", "").strip()
    if len(text) > limits.cell:
        raise ValueError("a cell is too long")
    return text


def main(read_: Callable[[bytes], dict[str, Any]], limits: Limits) -> int:
    """Read the file on the standard input under limits; the exit code says what it was not."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    csv.field_size_limit(limits.cell * 4)
    try:
        answer = read_(sys.stdin.buffer.read())
    except ManySheets:
        return MANY_SHEETS
    except BaseException:  # noqa: BLE001 - whatever a hostile file does to the reader
        return 1
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    given = Limits(**json.loads(sys.argv[1]))
    raise SystemExit(main(partial(read, limits=given), given))
