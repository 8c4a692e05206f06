"""Tables that offices hand in: read and written in processes of their own, under limits."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from chassis import table_reader, table_writer
from chassis.own_process import run_module
from chassis.table_reader import MANY_SHEETS, Limits
from verify.domain import State
from verify.errors import TableUnreadable
from verify.rows import Claim, RowResult, Verdict, folded

MOST_ROWS = 100_000
MOST_BYTES = 10 * 1024 * 1024
_READING = Limits(
    rows=MOST_ROWS,
    unpacked=400 * 1024 * 1024,
    text=64 * 1024 * 1024,
    seconds=40,
    memory=1536 * 1024 * 1024,
)
_SECONDS = 60.0
_COLUMNS = {
    "证书管理号": "number",
    "管理号": "number",
    "身份证号": "id_number",
    "身份证号码": "id_number",
    "身份证件号码": "id_number",
    "证件号码": "id_number",
    "姓名": "name",
    "年度": "year",
    "学时": "hours",
    "总学时": "hours",
    "学时合计": "hours",
    "工作单位": "employer",
    "单位": "employer",
}
RESULT_HEADER = ("查验结果", "姓名核对", "年度核对", "学时核对", "单位核对", "登记截至")
_STATES = {
    State.VALID: "有效",
    State.SUSPENDED: "已暂停",
    State.SUPERSEDED: "已被替换",
    State.REVOKED: "已撤销",
    State.NOT_FOUND: "未查到",
    State.COULD_NOT_CHECK: "暂不能查",
}
_VERDICTS = {
    Verdict.MATCH: "一致",
    Verdict.DIFFERS: "不一致",
    Verdict.NOT_FOUND: "未查到",
    Verdict.NOT_GIVEN: "",
}


@dataclass(frozen=True)
class Sheet:
    """What was handed in, as texts; ``columns`` says which column means what."""

    format: str
    header: list[str]
    rows: list[list[str]]
    columns: Mapping[str, int]

    def cell(self, row: Sequence[str], name: str) -> str:
        place = self.columns.get(name)
        return row[place] if place is not None and place < len(row) else ""

    def claim(self, row: Sequence[str]) -> Claim:
        """Return what a row claims."""
        return Claim(
            number=folded(self.cell(row, "number")),
            name=self.cell(row, "name"),
            year=self.cell(row, "year"),
            hours=self.cell(row, "hours"),
            employer=self.cell(row, "employer"),
        )


async def read_sheet(content: bytes) -> Sheet:
    """Return the only sheet; raise ``TableUnreadable`` naming what it is not."""
    limits = json.dumps(asdict(_READING))
    code, output = await _run(table_reader.__name__, limits, content)
    if code == MANY_SHEETS:
        raise TableUnreadable("表格含有多个工作表，请只保留一个。")
    if code:
        raise TableUnreadable
    answer = json.loads(output)
    header, *rows = answer["rows"] or [[]]
    if len(rows) > MOST_ROWS:
        raise TableUnreadable(f"表格超过 {MOST_ROWS} 行。")
    columns: dict[str, int] = {}
    for place, name in enumerate(header):
        if meaning := _COLUMNS.get(folded(name)):
            columns.setdefault(meaning, place)
    if not columns.keys() & {"number", "id_number"}:
        raise TableUnreadable("表头中没有“证书管理号”或“身份证件号码”一列。")
    return Sheet(answer["format"], header, rows, columns)


async def write_sheet(sheet: Sheet, results: Sequence[Sequence[str]]) -> bytes:
    """Return the table as it came, with the results behind each row."""
    width = max([len(sheet.header), *map(len, sheet.rows)])
    padded = (row + [""] * (width - len(row)) for row in [sheet.header, *sheet.rows])
    rows = [[*row, *more] for row, more in zip(padded, [RESULT_HEADER, *results], strict=True)]
    code, output = await _run(table_writer.__name__, sheet.format, json.dumps(rows).encode())
    if code:
        raise TableUnreadable
    return output


def result_cells(result: RowResult) -> list[str]:
    """Return a row's result as it is written."""
    verdicts = (result.name, result.year, result.hours, result.employer)
    as_of = result.as_of.isoformat(timespec="seconds") if result.as_of else ""
    return [_STATES.get(result.state, ""), *(_VERDICTS[one] for one in verdicts), as_of]


async def _run(module: str, argument: str, content: bytes) -> tuple[int, bytes]:
    try:
        return await run_module(module, content, seconds=_SECONDS, arguments=[argument])
    except TimeoutError as error:
        raise TableUnreadable from error
