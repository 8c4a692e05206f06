"""Tables that strangers hand in: read in a process under limits, or refused."""

import asyncio
import hashlib
import io
import sys
import zipfile

import pytest
import xlsxwriter

from certificates import spreadsheet
from certificates.errors import (
    TableReadersBusy,
    TableSheetsMany,
    TableTooLong,
    TableUnreadable,
)
from certificates.spreadsheet import MOST_ROWS, TableReaders

pytestmark = pytest.mark.infra
HEADER = ["证书管理号", "年度"]
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


async def read(content):
    return await TableReaders().read(content)


def xlsx(*sheets):
    """Write a workbook; a cell that begins with an equals sign is a formula."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return output.getvalue()


def altered(content, change):
    """Return the archive with every part put through ``change(name, bytes)``."""
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, change(name, before.read(name)))
    return output.getvalue()


def is_sheet(name):
    return name.startswith("xl/worksheets/")


class TestGood:
    async def test_workbook_and_text_say_the_same(self):
        rows = [HEADER, ["41000000000001", 2026], ["", ""], ["𬱖", "2026"]]
        book = await read(xlsx(rows))
        text = await read("证书管理号,年度\n41000000000001,2026\n,\n𬱖,2026\n".encode())

        assert book.header == text.header == HEADER
        assert book.rows == text.rows == {2: ["41000000000001", "2026"], 4: ["𬱖", "2026"]}

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    async def test_text_of_every_usual_encoding(self, encoding):
        table = await read("证书管理号,年度\n41,张䶮㐂\n".encode(encoding))
        assert table.rows == {2: ["41", "张䶮㐂"]}

    async def test_sheets_without_content_do_not_matter(self):
        table = await read(xlsx([], [HEADER, ["41", "2026"]], []))
        assert table.rows == {2: ["41", "2026"]}

    async def test_longest(self):
        rows = [[f"41{number:012d}", "2026"] for number in range(MOST_ROWS)]
        assert len((await read(xlsx([HEADER, *rows]))).rows) == MOST_ROWS


class TestFormulas:
    async def test_row_is_named(self):
        table = await read(xlsx([HEADER, ["41", "2026"], ["=1+1", "2026"]]))
        assert table.formulas == {3}

    async def test_is_found_on_the_sheet_that_is_read_wherever_it_stands(self):
        table = await read(xlsx([], [], [HEADER, ["41", "=2026"]]))
        assert table.formulas == {2}

    async def test_is_found_where_the_cell_does_not_say_where_it_stands(self):
        def anonymous(name, content):
            if not is_sheet(name):
                return content
            return content.replace(b'<c r="A2">', b"<c>").replace(b'<row r="2"', b"<row")

        content = xlsx([HEADER, ["=1+1", "2026"]])
        assert b'<c r="A2"><f>' in zipfile.ZipFile(io.BytesIO(content)).read(
            "xl/worksheets/sheet1.xml"
        )
        assert (await read(altered(content, anonymous))).formulas == {2}


class TestRefused:
    async def test_two_sheets_with_content(self):
        with pytest.raises(TableSheetsMany):
            await read(xlsx([HEADER, ["41", "2026"]], [["=1+1"]]))

    async def test_one_row_too_many(self):
        rows = [["41", "2026"]] * (MOST_ROWS + 1)
        with pytest.raises(TableTooLong):
            await read(xlsx([HEADER, *rows]))
        with pytest.raises(TableTooLong):
            await read(b"a,b\n" * (MOST_ROWS + 2))

    @pytest.mark.parametrize("columns", [31, 16_384])
    async def test_too_many_columns(self, columns):
        output = io.BytesIO()
        with xlsxwriter.Workbook(output) as book:
            book.add_worksheet().write_string(0, columns - 1, "x")
        for content in (output.getvalue(), b"," * columns):
            with pytest.raises(TableUnreadable):
                await read(content)

    async def test_cell_that_is_a_book(self):
        with pytest.raises(TableUnreadable):
            await read(("证书管理号\n" + "字" * 501).encode())

    async def test_text_that_many_cells_share(self):
        # Half a megabyte of cells that each stand for five hundred characters.
        rows = [["字" * 500] * 20 for _ in range(5000)]
        content = xlsx(rows)
        assert len(content) < spreadsheet.MOST_BYTES
        with pytest.raises(TableUnreadable):
            await read(content)

    async def test_archive_that_unpacks_to_gigabytes(self):
        content = altered(
            xlsx([HEADER]),
            lambda name, part: b" " * 250_000_000 if is_sheet(name) else part,
        )
        assert len(content) < spreadsheet.MOST_BYTES
        with pytest.raises(TableUnreadable):
            await read(content)

    async def test_archive_that_lies_about_its_size(self):
        content = altered(
            xlsx([HEADER]), lambda name, part: b" " * 150_000_000 if is_sheet(name) else part
        )
        # The size in the directory is what is summed before anything is unpacked.
        small = content.replace((150_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
        with pytest.raises(TableUnreadable):
            await read(small)

    @pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "_rels/.rels"])
    async def test_document_type_with_entities(self, part):
        def hostile(name, content):
            head, end, rest = content.partition(b"?>")
            return head + end + ENTITY + rest if name == part else content

        with pytest.raises(TableUnreadable):
            await read(altered(xlsx([HEADER]), hostile))

    async def test_workbook_with_macros(self):
        with pytest.raises(TableUnreadable):
            await read(
                altered(
                    xlsx([HEADER]),
                    lambda _, part: part.replace(
                        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
                        b"application/vnd.ms-excel.sheet.macroEnabled.main",
                    ),
                )
            )

    async def test_whatever_is_made_of_a_good_file(self):
        """Cut, flipped and shuffled files are read or refused, and nothing else happens."""
        good = xlsx([HEADER, ["41000000000001", "2026"]])
        readers = TableReaders(at_once=2, waiting=100)

        def spoilt(number):
            content = bytearray(good)
            noise = hashlib.shake_256(f"table {number}".encode()).digest(4 * (number % 20 + 1))
            for place in range(0, len(noise), 4):
                at = int.from_bytes(noise[place : place + 3], "big") % (len(content) - 4)
                content[4 + at] = noise[place + 3]
            return bytes(content[: len(content) - (number % 3) * 100])

        files = [spoilt(number) for number in range(20)] + [b"PK\x03\x04" + b"\xa5" * 500]
        found = await asyncio.gather(*map(readers.read, files), return_exceptions=True)
        for one in found:
            assert isinstance(one, spreadsheet.Table | TableUnreadable | TableSheetsMany), one


class TestLimits:
    async def test_few_are_read_at_once_and_few_wait(self, monkeypatch):
        inside, most, gone_on = [], [], asyncio.Event()

        async def slow(content):
            inside.append(content)
            most.append(len(inside))
            await gone_on.wait()
            inside.pop()
            return b'{"format": "csv", "rows": [], "formulas": []}'

        monkeypatch.setattr(spreadsheet, "_answer", slow)
        readers = TableReaders(at_once=2, waiting=3)
        turns = [asyncio.create_task(readers.read(b"")) for _ in range(5)]
        await asyncio.sleep(0)
        with pytest.raises(TableReadersBusy):
            await readers.read(b"")
        gone_on.set()
        await asyncio.gather(*turns)
        assert max(most) == 2
        await readers.read(b"")

    async def test_process_that_takes_too_long_is_ended(self, monkeypatch):
        monkeypatch.setattr(spreadsheet, "_SECONDS", 0.01)
        with pytest.raises(TableUnreadable):
            await read(xlsx([HEADER]))

    async def test_process_may_have_half_a_gigabyte(self, monkeypatch, tmp_path):
        # In its place, one that asks for more under the same limits.
        hungry = tmp_path / "hungry.py"
        hungry.write_text(
            "import sys\nfrom certificates import table_reader\n"
            "table_reader.read = lambda _: {'rows': [['x' * 600_000_000]]}\n"
            "sys.exit(table_reader.main())\n"
        )
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(hungry),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
        )
        assert await process.wait() == 1
