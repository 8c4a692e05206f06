"""Handing in a file of revocations, and what follows."""

import io
from uuid import uuid4

import xlsxwriter

from certificates.usecases.mass_revocation import revoke_approved

HEADER = ["备注", "证书管理号", "年度", "理由代码", "弄虚作假"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def problem(answer):
    return answer.status_code, answer.json().get("code")


def xlsx(rows, header=HEADER):
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([header, *rows]):
            sheet.write_row(number, 0, row)
    return output.getvalue()


async def hand_in(office, content, *, headers=None, dry_run=False, key=None, name="list.xlsx"):
    return await office.http.post(
        "/api/certificates/v1/mass-revocations",
        files={"file": (name, content, XLSX)},
        data={"dry_run": str(dry_run).lower()},
        headers={**(headers or office.bureau()), "idempotency-key": key or str(uuid4())},
    )


async def approve(office, answer, name="second"):
    approval = answer.json()["approval_id"]
    return await office.post(f"approvals/{approval}/approval", office.bureau(name=name))


async def work(office):
    return await revoke_approved(office.bench.database, office.bench.deps)


def row_for(technician, note="", reason="evidence_false", fraud="是"):
    return [note, technician.management_number, "2026", reason, fraud]
