"""Tables checked row by row: results, hostile tables, restarts, and whose they are."""

import csv
import io
import zipfile
from datetime import timedelta

import httpx
import pytest
import python_calamine
import xlsxwriter
from offices import EVERYBODY, STRANGERS, headers, identity, organisations, place
from sqlalchemy import text
from verify_kit import (
    NAME_KEYS,
    NOW,
    Certificate,
    heartbeat,
    make_settings,
    seal_event,
    served,
)

from chassis.clock import FrozenClock
from chassis.ids import uuid7
from chassis.settings import Keyring
from verify.app import build_people
from verify.errors import TableUnreadable
from verify.tables_handed_in import MOST_ROWS, read_sheet
from verify.usecases import run_batches
from verify.usecases.run_batches import Batches
from verify.vault import Vault

pytestmark = pytest.mark.infra
BATCHES = "/api/verify/v1/batches"
NUMBER = "41038517264970"
ID_NUMBER = "410105199001011234"
PERSON = uuid7()
HEADER = ["序号", "证书管理号", "姓名", "年度", "学时", "工作单位"]
GOOD = ["1", NUMBER, "张䶮", "2026", "90", "郑州市第一人民医院"]
RESULTS = ["查验结果", "姓名核对", "年度核对", "学时核对", "单位核对", "登记截至"]
ASKING = {
    "own employer",
    "other employer",
    "department above",
    "county bureau",
    "own bureau",
    "other bureau",
    "province",
}


def as_csv(*rows: list[str]) -> bytes:
    output = io.StringIO()
    csv.writer(output).writerows(rows)
    return output.getvalue().encode()


def as_xlsx(*rows: list[str]) -> bytes:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, int(cell) if len(cell) < 5 and cell.isdigit() else cell)
    return output.getvalue()


@pytest.fixture
async def known():
    async with identity() as fake:
        fake.people[ID_NUMBER] = PERSON
        yield fake


@pytest.fixture
def settings(tmp_path, database_url, redis_server, known):
    secret = tmp_path / "client-secret"
    secret.write_text("secret\n")
    return make_settings(
        tmp_path,
        database_url.render_as_string(hide_password=False),
        redis_server.url,
        jwks_url=f"{known.url}/api/identity/v1/jwks.json",
        identity_url=known.url,
        service_client_secret_file=secret,
        batches_per_day=6,
    )


@pytest.fixture
async def api(settings):
    async with served(settings) as running:
        yield running


@pytest.fixture(autouse=True)
async def certificate(tell):
    employer = str(place("hospital zhengzhou"))
    one = Certificate(more={"person_id": str(PERSON), "employer_id": employer})
    await tell(
        *organisations(),
        heartbeat(1, 0),
        one.event("valid", 1),
        seal_event("active", 1),
        heartbeat(2, 1, (one, 1)),
    )
    return one


@pytest.fixture
async def clock():
    return FrozenClock(NOW + timedelta(seconds=1))


@pytest.fixture
async def batches(database, settings, clock):
    async with httpx.AsyncClient() as client:
        yield Batches(
            database,
            clock,
            names=NAME_KEYS,
            people=build_people(settings, client, clock),
            vault=Vault(Keyring.load(settings.records_keys_file)),
            stale_after=settings.stale_after,
        )


async def hand_in(api, content: bytes, who: str = "own bureau", **more: str):
    return await api.client.post(
        BATCHES,
        files={"file": ("rows", content)},
        data={"purpose": "title_review"},
        headers=headers(who) | {"idempotency-key": more.get("key", str(uuid7()))},
    )


@pytest.fixture
def checked(api, batches):
    async def run(content: bytes, who: str = "own bureau") -> tuple[dict, list[list[str]]]:
        asked = await hand_in(api, content, who)
        assert asked.status_code == 202, asked.text
        await batches.turn()
        shown = await api.client.get(f"{BATCHES}/{asked.json()['id']}", headers=headers(who))
        if shown.json()["state"] != "finished":
            return shown.json(), []
        file = await api.client.get(f"{BATCHES}/{asked.json()['id']}/file", headers=headers(who))
        if shown.json()["format"] == "xlsx":
            book = python_calamine.load_workbook(io.BytesIO(file.content))
            return shown.json(), book.get_sheet_by_index(0).to_python()
        return shown.json(), list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))

    return run


class TestResults:
    @pytest.mark.parametrize("write", [as_csv, as_xlsx])
    async def test_table_comes_back_with_results_behind_each_row(self, checked, write) -> None:
        batch, rows = await checked(write(HEADER, GOOD))
        assert rows[0] == HEADER + RESULTS
        assert rows[1][: len(GOOD)] == GOOD
        assert rows[1][len(GOOD) : -1] == ["有效", "一致", "一致", "一致", "一致"]
        assert (batch["rows"], batch["done"], batch["matched"]) == (1, 1, 1)

    @pytest.mark.parametrize(
        ("column", "said", "outcome"),
        [
            (2, "张龑", ["有效", "不一致", "一致", "一致", "一致"]),
            (3, "2025", ["未查到", "一致", "未查到", "未查到", "未查到"]),
            (4, "60", ["有效", "一致", "一致", "不一致", "一致"]),
            (5, "洛阳市中心医院", ["有效", "一致", "一致", "一致", "不一致"]),
            (1, "41000000000034", ["未查到", "未查到", "未查到", "未查到", "未查到"]),
            (4, "", ["有效", "一致", "一致", "", "一致"]),
            (4, "90.0学时", ["有效", "一致", "一致", "一致", "一致"]),
            (3, "2026年度", ["有效", "一致", "一致", "一致", "一致"]),
        ],
    )
    async def test_field_that_differs_is_named(self, checked, column, said, outcome) -> None:
        row = [*GOOD]
        row[column] = said
        _, rows = await checked(as_csv(HEADER, row))
        assert rows[1][len(GOOD) : -1] == outcome

    async def test_row_elsewhere_is_found_by_number_and_name_alone(self, checked) -> None:
        _, rows = await checked(
            as_csv(HEADER, GOOD, [*GOOD[:2], "张龑", *GOOD[3:]]), "other bureau"
        )
        assert rows[1][len(GOOD)] == "有效"
        assert rows[2][len(GOOD)] == "未查到"

    async def test_rows_by_id_number_go_through_identity(self, checked, known) -> None:
        header = ["身份证件号码", "年度"]
        _, rows = await checked(as_csv(header, [ID_NUMBER, "2026"], ["410105199001010000", "2026"]))
        assert [row[2] for row in rows[1:]] == ["有效", "未查到"]
        assert known.asked[0]["purpose"] == "verify.batch.title_review"

    async def test_revoked_certificate_never_holds(self, checked, certificate, tell) -> None:
        await tell(certificate.event("revoked", 2))
        batch, rows = await checked(as_csv(HEADER, GOOD))
        assert rows[1][len(GOOD)] == "已撤销"
        assert batch["matched"] == 0

    async def test_old_reading_checks_nothing(self, checked, clock) -> None:
        clock.advance(timedelta(hours=1))
        _, rows = await checked(as_csv(HEADER, GOOD))
        assert rows[1][len(GOOD)] == "暂不能查"


class TestHostileTables:
    @pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\t=1"])
    async def test_cell_of_a_csv_never_becomes_a_formula(self, checked, start) -> None:
        _, rows = await checked(as_csv(HEADER, [start, *GOOD[1:]]))
        assert not rows[1][0].startswith(("=", "+", "-", "@", "\t"))

    async def test_formula_of_a_workbook_comes_back_as_text(self, api, batches) -> None:
        asked = await hand_in(api, as_xlsx(HEADER, ["=1+1", *GOOD[1:]]))
        await batches.turn()
        address = f"{BATCHES}/{asked.json()['id']}/file"
        file = await api.client.get(address, headers=headers("own bureau"))
        sheet = zipfile.ZipFile(io.BytesIO(file.content)).read("xl/worksheets/sheet1.xml")
        assert b"<f" not in sheet

    @pytest.mark.parametrize(
        "content",
        [b"", b"\x00\x01", b"PK\x03\x04broken", as_csv(["x"], ["1"]), as_csv(HEADER, ["x" * 600])],
    )
    async def test_what_is_no_table_fails_and_says_so(self, checked, content) -> None:
        batch, _ = await checked(content)
        assert batch["state"] == "failed"
        assert batch["problem"]

    @pytest.mark.parametrize("more", [0, 1])
    async def test_row_over_the_limit_fails_the_table_and_the_limit_itself_does_not(
        self, more
    ) -> None:
        content = as_csv(["证书管理号"], *([GOOD[0]] for _ in range(MOST_ROWS + more)))
        if more:
            with pytest.raises(TableUnreadable, match="100000"):
                await read_sheet(content)
        else:
            assert len((await read_sheet(content)).rows) == MOST_ROWS

    async def test_table_over_ten_megabytes_is_refused(self, api) -> None:
        answer = await hand_in(api, bytes(10 * 1024 * 1024 + 1))
        assert answer.json()["code"] == "verify.table_too_large"


class TestWhose:
    @pytest.mark.parametrize("who", EVERYBODY)
    async def test_who_may_ask(self, api, who) -> None:
        expected = 202 if who in ASKING else 401 if who in STRANGERS else 403
        assert (await hand_in(api, as_csv(HEADER, GOOD), who)).status_code == expected

    async def test_batch_is_its_askers_alone(self, api, batches) -> None:
        asked = (await hand_in(api, as_csv(HEADER, GOOD))).json()["id"]
        await batches.turn()
        for who in EVERYBODY:
            for method, path in (("GET", ""), ("GET", "/file"), ("DELETE", "")):
                if who == "own bureau":
                    continue
                expected = 404 if who in ASKING else 401 if who in STRANGERS else 403
                answer = await api.client.request(
                    method, f"{BATCHES}/{asked}{path}", headers=headers(who)
                )
                assert answer.status_code == expected, (who, method, path)
            listed = await api.client.get(BATCHES, headers=headers(who))
            if who in ASKING:
                assert len(listed.json()["batches"]) == (who == "own bureau")

    async def test_asker_removes_it(self, api, batches) -> None:
        asked = (await hand_in(api, as_csv(HEADER, GOOD))).json()["id"]
        await batches.turn()
        gone = await api.client.delete(f"{BATCHES}/{asked}", headers=headers("own bureau"))
        assert gone.status_code == 204
        again = await api.client.get(f"{BATCHES}/{asked}", headers=headers("own bureau"))
        assert again.json()["code"] == "verify.batch_not_found"

    async def test_same_key_is_one_batch(self, api) -> None:
        answers = [await hand_in(api, as_csv(HEADER, GOOD), key="one") for _ in range(2)]
        assert answers[0].json() == answers[1].json()

    async def test_daily_allowance_ends(self, api) -> None:
        codes = [(await hand_in(api, as_csv(HEADER, GOOD))).status_code for _ in range(7)]
        assert codes == [202] * 6 + [429]

    async def test_result_is_not_there_before_its_time(self, api) -> None:
        asked = (await hand_in(api, as_csv(HEADER, GOOD))).json()["id"]
        answer = await api.client.get(f"{BATCHES}/{asked}/file", headers=headers("own bureau"))
        assert answer.json()["code"] == "verify.batch_not_finished"


class TestKeeping:
    async def test_nothing_readable_is_kept(self, api, batches, database) -> None:
        await hand_in(api, as_csv(HEADER, GOOD))
        async with database.reading() as tx:
            stored = await tx.scalar(text("SELECT input FROM records.batches"))
        assert "张䶮".encode() not in stored
        await batches.turn()
        async with database.reading() as tx:
            row = (await tx.execute(text("SELECT * FROM records.batches"))).mappings().one()
            assert await tx.scalar(text("SELECT count(*) FROM records.batch_parts")) == 0
        assert row["input"] is None
        assert "张䶮".encode() not in row["output"]

    async def test_batch_is_forgotten_in_time(self, api, batches, clock, database) -> None:
        await hand_in(api, as_csv(HEADER, GOOD))
        await batches.turn()
        clock.advance(timedelta(days=8))
        await batches.turn()
        async with database.reading() as tx:
            assert await tx.scalar(text("SELECT count(*) FROM records.batches")) == 0

    async def test_batch_waits_while_identity_is_away(self, api, batches, known) -> None:
        asked = (await hand_in(api, as_csv(["身份证号"], [ID_NUMBER]))).json()["id"]
        url, batches._people._url = batches._people._url, "http://127.0.0.1:1"
        await batches.turn()
        address = f"{BATCHES}/{asked}"
        shown = await api.client.get(address, headers=headers("own bureau"))
        assert shown.json()["state"] == "running"
        batches._people._url = url
        await batches.turn()
        shown = await api.client.get(address, headers=headers("own bureau"))
        assert shown.json()["state"] == "finished"


class TestRestarts:
    async def test_successor_goes_on_where_a_turn_ended(
        self, api, batches, monkeypatch, database
    ) -> None:
        monkeypatch.setattr(run_batches, "_PART", 2)
        judged = []
        judge = Batches._judge

        async def counted(self, sheet, rows, scopes, purpose):
            judged.append(len(rows))
            if len(judged) == 2:
                raise ConnectionError
            return await judge(self, sheet, rows, scopes, purpose)

        monkeypatch.setattr(Batches, "_judge", counted)
        asked = (await hand_in(api, as_csv(HEADER, *[GOOD] * 5))).json()["id"]
        with pytest.raises(ConnectionError):
            await batches.turn()
        shown = await api.client.get(f"{BATCHES}/{asked}", headers=headers("own bureau"))
        assert shown.json()["done"] == 2
        await batches.turn()
        shown = await api.client.get(f"{BATCHES}/{asked}", headers=headers("own bureau"))
        assert (shown.json()["state"], shown.json()["done"]) == ("finished", 5)
        assert judged == [2, 2, 2, 1]

    async def test_batch_that_stops_every_worker_is_given_up(
        self, api, batches, monkeypatch
    ) -> None:
        async def broken(*_):
            raise ConnectionError

        monkeypatch.setattr(Batches, "_judge", broken)
        asked = (await hand_in(api, as_csv(HEADER, GOOD))).json()["id"]
        for _ in range(5):
            with pytest.raises(ConnectionError):
                await batches.turn()
        await batches.turn()
        shown = await api.client.get(f"{BATCHES}/{asked}", headers=headers("own bureau"))
        assert shown.json()["state"] == "failed"
