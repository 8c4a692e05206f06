"""Tables handed back: what was written is what is read, and nothing in it runs."""

import csv
import io
import re
import zipfile
from xml.parsers import expat

import pytest
import python_calamine
import xlsxwriter

from chassis.table_reader import Limits, read
from chassis.table_writer import write_table

HEADER = ["姓名", "说明"]
TEXTS = [
    "张䶮",
    "𠮷·买买提",
    "a & b < c > d",
    "\"quoted\" 'text'",
    "=1+1",
    "@x",
    "  spaces  ",
    "line\nbreak",
    "tab\there",
    "0010",
    "_x0041_",
    "_xyz_",
    "]]>",
]


def sheet_of(content: bytes) -> list[list[str]]:
    return python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("text", TEXTS)
def test_workbook_says_what_was_written(text: str) -> None:
    content = write_table("xlsx", HEADER, [[text, "1"], ["", text]])
    assert sheet_of(content) == [HEADER, [text, "1"], ["", text]]


def test_workbook_is_read_as_the_librarys_own() -> None:
    rows = [[text, str(place)] for place, text in enumerate(TEXTS)]
    own = io.BytesIO()
    with xlsxwriter.Workbook(own, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADER, *rows]):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    assert sheet_of(write_table("xlsx", HEADER, rows)) == sheet_of(own.getvalue())


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    content = write_table("xlsx", HEADER, [["=1+1", "+1"]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    assert set(re.findall(rb'<c [^>]*t="(\w+)"', xml)) == {b"inlineStr"}
    assert read(content, Limits())["formulas"] == []


def test_control_characters_are_spelled_out() -> None:
    content = write_table("xlsx", HEADER, [["a\x01b\x1fc", "x"]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        expat.ParserCreate().Parse(archive.read("xl/worksheets/sheet1.xml"), True)
    assert len(sheet_of(content)) == 2


def test_table_without_rows_is_a_table() -> None:
    assert sheet_of(write_table("xlsx", HEADER, [])) == [HEADER]


def test_cells_of_a_csv_are_inert() -> None:
    content = write_table("csv", HEADER, [["=1+1", "a,b"]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content))) == [HEADER, ["'=1+1", "a,b"]]
