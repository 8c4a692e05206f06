"""Revoking by file: bad rows say why, good ones wait for a second person and are done in chunks."""

import asyncio
import csv
import io

import pytest
import python_calamine
from services.certificates.tests.service.handing_in import (
    HEADER,
    approve,
    hand_in,
    problem,
    row_for,
    work,
    xlsx,
)

from certificates.usecases import mass_revocation

pytestmark = pytest.mark.infra


def rows_of(content):
    book = python_calamine.load_workbook(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()


@pytest.fixture
async def issued(office):
    """Issue three certificates; return their holders."""
    await office.activate_seal()
    technicians = [await office.technician() for _ in range(3)]
    for technician in technicians:
        await office.complete_year(technician)
    await office.work()
    return technicians


class TestGoodFile:
    async def test_revokes_after_a_second_person_approved(self, office, issued):
        answer = await hand_in(office, xlsx([row_for(one) for one in issued]))
        before = await work(office)
        alone = await approve(office, answer, "first")
        done = await approve(office, answer)
        job = f"jobs/{answer.json()['job_id']}"
        under_way = (await office.get(job, office.bureau())).json()

        settled = await work(office)

        assert (answer.status_code, answer.json()["outcomes"]) == (202, {"ready": 3})
        assert before == 0
        assert problem(alone) == (403, "chassis.approval_by_same_person")
        assert done.status_code == 200
        assert (under_way["state"], under_way["settled"]) == ("approved", 0)
        assert settled == 3
        rows = await office.rows("certificates")
        assert {(row["state"], row["state_reason"]) for row in rows} == {
            ("revoked", "evidence_false")
        }
        after = (await office.get(job, office.bureau())).json()
        assert (after["state"], after["outcomes"]) == ("done", {"revoked": 3})
        changes = await office.rows("ledger_entries", state="revoked")
        assert [row["fraud"] for row in changes] == [True] * 3
        told = [row for row in await office.rows("outbox") if "revoked" in row["type"]]
        assert len(told) == 3
        assert all(b"fraud" not in row["body"] for row in told)

    async def test_goes_on_after_a_kill_and_repeats_nothing(self, office, issued, monkeypatch):
        monkeypatch.setattr(mass_revocation, "_CHUNK", 1)
        answer = await hand_in(office, xlsx([row_for(one) for one in issued]))
        await approve(office, answer)
        move, moved = mass_revocation.move_certificate, []

        class Killed(BaseException):
            pass

        async def killed_at_the_second(*arguments, **named):
            moved.append(1)
            if len(moved) == 2:
                raise Killed
            return await move(*arguments, **named)

        with monkeypatch.context() as patch, pytest.raises(Killed):
            patch.setattr(mass_revocation, "move_certificate", killed_at_the_second)
            await work(office)
        assert len(await office.rows("certificates", state="revoked")) == 1

        await asyncio.gather(work(office), work(office))
        await work(office)

        assert len(await office.rows("certificates", state="revoked")) == 3
        assert len(await office.rows("ledger_entries", state="revoked")) == 3
        (job,) = await office.rows("revocation_jobs")
        assert job["state"] == "done"

    async def test_refused_revokes_nothing(self, office, issued):
        answer = await hand_in(office, xlsx([row_for(issued[0])]))
        approval = answer.json()["approval_id"]
        await office.post(f"approvals/{approval}/refusal", office.bureau(name="second"))

        assert await work(office) == 0
        job = await office.get(f"jobs/{answer.json()['job_id']}", office.bureau())
        assert job.json()["state"] == "refused"

    async def test_twice_under_one_key_is_one_job(self, office, issued):
        content, headers = xlsx([row_for(issued[0])]), office.bureau()

        first = await hand_in(office, content, headers=headers, key="one")
        again = await hand_in(office, content, headers=headers, key="one")

        assert first.json() == again.json()
        assert len(await office.rows("revocation_jobs")) == 1

    async def test_what_was_revoked_meanwhile_is_left_alone(self, office, issued):
        answer = await hand_in(office, xlsx([row_for(one) for one in issued[:2]]))
        other = await hand_in(office, xlsx([row_for(issued[0], reason="audit_finding")]))
        await approve(office, other)
        await work(office)
        await approve(office, answer)

        await work(office)

        job = await office.get(f"jobs/{answer.json()['job_id']}", office.bureau())
        assert job.json()["outcomes"] == {"revoked": 1, "not_in_force": 1}
        rows = await office.rows("certificates", person_id=issued[0].person_id)
        assert [row["state_reason"] for row in rows] == ["audit_finding"]

    async def test_approver_does_not_decide_about_himself(self, office, issued):
        answer = await hand_in(office, xlsx([row_for(one) for one in issued[:2]]))
        office.administrators[f"bureau_administrator/{office.city('zhengzhou')}/himself"] = issued[
            0
        ].person_id
        await approve(office, answer, "himself")

        await work(office)

        job = await office.get(f"jobs/{answer.json()['job_id']}", office.bureau())
        assert job.json()["outcomes"] == {"revoked": 1, "own_certificate": 1}


class TestBadRows:
    async def test_each_says_why_in_the_same_layout(self, office, issued):
        await office.activate_seal("luoyang")
        elsewhere = await office.technician(city="luoyang")
        await office.issue(elsewhere, employer_id=office.hospital("luoyang"))
        revoked = await hand_in(office, xlsx([row_for(issued[1])]))
        await approve(office, revoked)
        await work(office)
        wrong = [
            row_for(issued[0], "甲"),
            row_for(issued[0], "乙"),
            ["丙", "41999999999999", "2026", "evidence_false", "否"],
            row_for(issued[1], "丁"),
            row_for(elsewhere, "戊"),
            ["己", "123", "2026", "evidence_false", ""],
            row_for(issued[2], "庚", reason="for_fun"),
            ["辛", issued[2].management_number, "今年", "evidence_false", ""],
            row_for(issued[2], "壬", fraud="也许"),
            ["=1+1", issued[2].management_number, "2026", "evidence_false", ""],
        ]

        answer = await hand_in(office, xlsx(wrong), dry_run=True)
        result = await office.get(f"jobs/{answer.json()['job_id']}/result", office.bureau())

        assert answer.json()["approval_id"] is None
        header, *rows = rows_of(result.content)
        assert header == [*HEADER, "办理结果", "结果代码"]
        assert [row[0] for row in rows[:9]] == [row[0] for row in wrong[:9]]
        assert [row[-1] for row in rows] == [
            "ready",
            "duplicate",
            "not_found",
            "not_in_force",
            "not_found",
            "number_malformed",
            "reason_unknown",
            "year_malformed",
            "fraud_malformed",
            "formula",
        ]
        assert rows[4][-2] == "没有找到这份证书，或不属于本单位管辖"
        assert await office.rows("approvals", outcome=None) == []

    async def test_formula_in_a_csv_comes_back_as_text(self, office, issued):
        output = io.StringIO()
        lines = [HEADER, ['=HYPERLINK("http://x")', issued[0].management_number, "2026", "", ""]]
        csv.writer(output).writerows(lines)

        answer = await hand_in(office, output.getvalue().encode("gb18030"), dry_run=True)
        result = await office.get(f"jobs/{answer.json()['job_id']}/result", office.bureau())

        rows = list(csv.reader(io.StringIO(result.content.decode("utf-8-sig"))))
        assert rows[1][0] == '\'=HYPERLINK("http://x")'
        assert rows[1][-1] == "reason_unknown"

    async def test_only_bad_ones_are_not_proposed(self, office, issued):
        answer = await hand_in(office, xlsx([row_for(issued[0], reason="for_fun")]))

        assert problem(answer) == (400, "certificates.nothing_to_revoke")
        assert await office.rows("revocation_jobs") == []


class TestBadFile:
    async def test_of_11000_rows_is_refused(self, office):
        rows = [["", f"41{n:012d}", "2026", "evidence_false", ""] for n in range(11_000)]

        answer = await hand_in(office, xlsx(rows), dry_run=True)

        assert problem(answer) == (400, "certificates.table_too_long")

    async def test_of_10000_rows_is_read(self, office):
        rows = [["", f"41{n:012d}", "2026", "evidence_false", ""] for n in range(10_000)]

        answer = await hand_in(office, xlsx(rows), dry_run=True)

        assert answer.json()["outcomes"] == {"not_found": 10_000}

    async def test_of_30_megabytes_is_refused(self, office):
        answer = await hand_in(office, b"x" * 30 * 1024 * 1024)

        assert problem(answer) == (413, "chassis.body_too_large")

    async def test_of_6_megabytes_is_refused(self, office):
        answer = await hand_in(office, b"x" * 6 * 1024 * 1024)

        assert problem(answer) == (413, "certificates.table_too_large")

    @pytest.mark.parametrize(
        "content",
        [b"%PDF-1.7\n\x00\x01", b"PK\x03\x04 broken", b"", b"\xff\xd8\xff\xe0\x00"],
        ids=["pdf", "zip", "empty", "picture"],
    )
    async def test_that_is_no_table_is_refused(self, office, content):
        answer = await hand_in(office, content, dry_run=True)

        assert answer.status_code == 400
        assert answer.json()["code"] in {
            "certificates.table_unreadable",
            "certificates.table_column_missing",
        }

    async def test_without_a_reason_column_is_refused(self, office):
        answer = await hand_in(office, xlsx([["41"]], header=["证书管理号"]))

        assert problem(answer) == (400, "certificates.table_column_missing")
