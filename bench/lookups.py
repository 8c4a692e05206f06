"""How long a table of 100,000 rows takes to be checked, from its turn to the finished file.

Target: 15 s. Baseline in the same run: one query for each row on one connection, as a first draft
would do it, measured on a part and reckoned up. Needs `make up-data`; `make bench b=lookups`.
"""

import csv
import io
import os
import platform
import random
import resource
from datetime import date, timedelta
from time import perf_counter
from typing import NamedTuple
from uuid import UUID, uuid4

import httpx
import uvloop
import xlsxwriter
from sqlalchemy import insert, select, text
from tests.kit.databases import migrated_database

from chassis.auth import ServiceTokens
from chassis.clock import SystemClock
from chassis.db import Database
from chassis.ids import uuid7
from chassis.settings import Keyring
from verify.identity_client import People
from verify.names import NameKeys
from verify.tables import certificates, freshness, organisations
from verify.tables_of_records import batches
from verify.usecases.run_batches import Batches
from verify.vault import Vault

ROWS = 100_000
BASELINE_ROWS = 2_000
OFFICE = UUID(int=1)
KEYS = Keyring(current=1, keys={1: bytes(32)})
NAMES = NameKeys(KEYS)
VAULT = Vault(KEYS)
HEADER = ["序号", "证书管理号", "姓名", "年度", "学时", "工作单位"]


class Took(NamedTuple):
    """Seconds by the clock and of the processor, and how many rows hold."""

    seconds: float
    processor: float
    matched: int


def processor() -> float:
    """Return the processor's seconds so far, of this process and those it has run."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def number_of(serial: int) -> str:
    return f"41{serial * 7919 % 10**10:010d}{serial % 97:02d}"


def name_of(serial: int) -> str:
    return f"{'王李张刘陈'[serial % 5]}{chr(0x4E00 + serial % 5000)}"


async def fill(database: Database) -> None:
    """Write the projection's rows; what they look like is the projection's own affair."""
    now = SystemClock().now()
    async with database.transaction() as tx:
        await tx.execute(
            insert(organisations).values(
                organisation_id=OFFICE, aggregate_version=1, path=f"/{OFFICE}/"
            )
        )
        await tx.execute(insert(freshness).values(id=1, sequence=1, size=ROWS, as_of=now))
        for start in range(0, ROWS, 5000):
            await tx.execute(
                insert(certificates), [row(one, now) for one in range(start, start + 5000)]
            )
    async with database.transaction() as tx:
        await tx.execute(text("ANALYZE projection.certificates"))


def row(serial: int, now: object) -> dict[str, object]:
    number = number_of(serial)
    return {
        "certificate_id": uuid7(),
        "token_hash": os.urandom(32),
        "aggregate_version": 1,
        "told_at": now,
        "state": "valid",
        "name_masked": name_of(serial)[0] + "*",
        "management_number": number,
        "year": 2026,
        "certificate_version": 1,
        "total_tenths": 900,
        "public_tenths": 300,
        "professional_tenths": 600,
        "employer_name": f"郑州市第{serial % 300}单位",
        "office_id": OFFICE,
        "office_name": "郑州市人力资源和社会保障局",
        "issued_on": date(2026, 11, 20),
        "name_check": NAMES.digest(name_of(serial), number),
        "person_id": uuid4(),
        "employer_id": uuid4(),
    }


def table() -> list[list[str]]:
    """Return the rows handed in, in random order; every tenth differs in some field."""
    serials = random.sample(range(ROWS), ROWS)
    return [
        [
            str(place),
            number_of(one),
            name_of(one) if one % 10 else "无此人",
            "2026",
            "90",
            f"郑州市第{one % 300}单位",
        ]
        for place, one in enumerate(serials)
    ]


def as_xlsx(rows: list[list[str]]) -> bytes:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True, "constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, cells in enumerate(rows):
            sheet.write_row(place, 0, cells)
    return output.getvalue()


def as_csv(rows: list[list[str]]) -> bytes:
    output = io.StringIO()
    csv.writer(output).writerows(rows)
    return output.getvalue().encode()


async def checked(database: Database, runner: Batches, content: bytes) -> Took:
    """Return how long it is from the first turn to the finished file, and the rows that hold."""
    batch_id, now = uuid7(), SystemClock().now()
    async with database.transaction() as tx:
        await tx.execute(
            insert(batches).values(
                id=batch_id,
                owner="bench",
                scopes=[f"/{OFFICE}/"],
                purpose="title_review",
                state="waiting",
                format="csv",
                input=VAULT.seal(content, f"{batch_id}/input"),
                created_at=now,
                expires_at=now + timedelta(days=1),
            )
        )
    began, used = perf_counter(), processor()
    while True:
        await runner.turn()
        async with database.reading() as tx:
            query = select(batches).where(batches.c.id == batch_id)
            now_is = (await tx.execute(query)).mappings().one()
        if now_is["state"] != "running":
            if now_is["problem"]:
                raise RuntimeError(now_is["problem"])
            return Took(perf_counter() - began, processor() - used, now_is["matched"])


async def row_by_row(database: Database, rows: list[list[str]]) -> float:
    """Return the seconds that all rows would take with a query for each."""
    began = perf_counter()
    async with database.reading() as tx:
        for one in rows[:BASELINE_ROWS]:
            query = select(certificates).where(certificates.c.management_number == one[1])
            found = (await tx.execute(query)).mappings().all()
            NAMES.matches(one[2], one[1], found[0]["name_check"])
    return (perf_counter() - began) * ROWS / BASELINE_ROWS


async def main() -> None:
    """Measure both formats beside the baseline."""
    async with migrated_database("verify") as url, httpx.AsyncClient() as client:
        database = Database(url, pool_size=5)
        await fill(database)
        clock = SystemClock()
        tokens = ServiceTokens(client, url="", client_id="", client_secret="", clock=clock)
        runner = Batches(
            database,
            clock,
            names=NAMES,
            people=People(client, url="", tokens=tokens),
            vault=VAULT,
            stale_after=timedelta(hours=1),
        )
        rows = table()
        for name, write in (("csv", as_csv), ("xlsx", as_xlsx)):
            content = write([HEADER, *rows])
            took = await checked(database, runner, content)
            print(
                f"{name}: {ROWS:,} rows of {len(content) / 1e6:.1f} MB in {took.seconds:.1f} s, "
                f"{took.processor:.1f} s of processor without PostgreSQL's, "
                f"{took.matched:,} hold (target 15 s)"
            )
        print(
            f"row by row, reckoned from {BASELINE_ROWS:,}: {await row_by_row(database, rows):.0f} s"
        )
        await database.close()
    load = os.getloadavg()[0]
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}")


if __name__ == "__main__":
    uvloop.run(main())
