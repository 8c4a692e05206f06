"""Tables that people hand in and get back: xlsx and csv, read in a process of its own.

A spreadsheet is a hostile format: an archive that unpacks to gigabytes, a sheet of a million
columns. So it is read by ``table_reader`` in a process under limits of memory and time, few of them
at once, which returns plain texts. What is written back can never be a formula.
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from certificates import table_reader
from certificates.errors import (
    TableReadersBusy,
    TableSheetsMany,
    TableTooLong,
    TableUnreadable,
)
from certificates.table_reader import MOST_ROWS
from chassis.own_process import run_module
from chassis.table_writer import write_table

__all__ = ["MOST_BYTES", "Table", "TableReaders", "write_table"]

MOST_BYTES = 5 * 1024 * 1024
# Reading the largest file takes a second or two; longer is hostile.
_SECONDS = 10.0
# Processes at once, 512 MB each at the most; and callers who wait for one.
_AT_ONCE, _WAITING = 2, 6


@dataclass(frozen=True, slots=True)
class Table:
    """What a file says: texts only, the header first; rows numbered as people see them."""

    format: str
    header: list[str]
    rows: dict[int, list[str]]
    # Rows with a formula: what such a cell says depends on who opens it.
    formulas: frozenset[int]


class TableReaders:
    """Reads what is handed in, a few files at a time: their processes share the API's machine."""

    def __init__(self, *, at_once: int = _AT_ONCE, waiting: int = _WAITING) -> None:
        self._most = at_once + waiting
        self._inside = 0
        self._places = asyncio.Semaphore(at_once)

    async def read(self, content: bytes) -> Table:
        """Return the only sheet; raise ``TableReadersBusy`` when too many others wait already.

        Raises ``TableUnreadable``, ``TableTooLong`` or ``TableSheetsMany`` for what it is not.
        """
        if self._inside >= self._most:
            raise TableReadersBusy
        self._inside += 1
        try:
            async with self._places:
                return _table(json.loads(await _answer(content)))
        finally:
            self._inside -= 1


async def _answer(content: bytes) -> bytes:
    try:
        code, output = await run_module(table_reader.__name__, content, seconds=_SECONDS)
    except TimeoutError as error:
        raise TableUnreadable from error
    if code == table_reader.MANY_SHEETS:
        raise TableSheetsMany
    if code:
        raise TableUnreadable
    return output


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
