"""How long a reviewer waits for a page of the queue, and for the figures above it.

600,000 claims of 20,000 employers, 360,000 of them waiting. Baseline in the same run: the page as a
first draft would ask for it, one join sorted by age. Needs `make up-data`; `make bench b=reviews`.
"""

import os
import platform
from collections.abc import Awaitable, Callable
from datetime import timedelta
from statistics import median
from time import perf_counter
from uuid import UUID

import uvloop
from sqlalchemy import text
from tests.kit.databases import migrated_database

from chassis.clock import SystemClock
from chassis.db import Database, Transaction, within
from hours.domain.claims import Step
from hours.domain.reviews import Holding, Sort, Wanted
from hours.store import review_queue

ROUNDS = 15
ME = "account:bench"
FILL = (
    """INSERT INTO organisations (id, version, parent_id, path, kind, name, active)
       SELECT md5('o' || n)::uuid, 1, NULL,
              CASE WHEN n = 0 THEN '/p/' WHEN n <= 18 THEN '/p/' || n || '/'
                   ELSE '/p/' || 1 + n % 18 || '/' || n || '/' END,
              'employer', 'o' || n, true
         FROM generate_series(0, 20018) n""",
    """INSERT INTO persons (id, version, management_number, name, status, title_level)
       SELECT md5('p' || n)::uuid, 1, '41' || lpad(n::text, 12, '0'), '张三', 'proven', 'junior'
         FROM generate_series(1, 100000) n""",
    """INSERT INTO claims (id, person_id, organisation_id, year, subject_kind, activity_kind, title,
                           credit_tenths, approved_tenths, started_on, ended_on, state, version,
                           submitted_at, updated_at)
       SELECT md5('c' || n)::uuid, md5('p' || 1 + n % 100000)::uuid,
              md5('o' || 19 + (n::bigint * 7919) % 20000)::uuid, 2026 - (n % 500 = 3)::int,
              CASE n % 2 WHEN 1 THEN 'public' ELSE 'professional' END,
              CASE WHEN n % 400 = 2 THEN 'degree_course' ELSE 'training' END, '研修班',
              600, CASE WHEN n % 5 < 2 THEN 600 END, '2026-03-02', '2026-03-13',
              CASE WHEN n % 5 < 2 THEN 'approved' ELSE 'submitted' END, 1,
              now() - n * interval '5 seconds', now()
         FROM generate_series(1, 600000) n""",
    """INSERT INTO review_assignments (claim_id, held_by, until)
       SELECT id, CASE WHEN random() < 0.02 THEN 'account:bench' ELSE 'account:other' END,
              now() + interval '1 hour'
         FROM claims WHERE state = 'submitted' ORDER BY random() LIMIT 2000""",
)
NAIVE = f"""SELECT claims.*, persons.name, organisations.name FROM claims
    JOIN organisations ON organisations.id = claims.organisation_id
    JOIN persons ON persons.id = claims.person_id
    WHERE claims.state = 'submitted' AND {within("organisations.path")}
    ORDER BY claims.submitted_at, claims.id LIMIT 21"""  # noqa: S608 - a column name from code
SCOPES = {"province": "/p/", "prefecture": "/p/7/", "employer": "/p/8/25/"}
FILTERS: dict[str, dict[str, object]] = {
    "no filter": {},
    "one kind of activity (0.25 %)": {"activity_kind": "degree_course"},
    "last year and public (0.2 %)": {"year": 2025, "subject_kind": "public"},
    "free": {"holding": Holding.FREE},
    "taken by me": {"holding": Holding.MINE},
}


async def timed(database: Database, ask: Callable[[Transaction], Awaitable[object]]) -> float:
    """Return the median in milliseconds, the first round not counted."""
    took = []
    for _ in range(ROUNDS + 1):
        async with database.reading() as tx:
            began = perf_counter()
            await ask(tx)
            took.append((perf_counter() - began) * 1000)
    return median(took[1:])


async def measure(database: Database) -> None:
    now = SystemClock().now()
    print("| subtree | filter | page | figures | one join, sorted |\n|---|---|---|---|---|")
    for place, scope in SCOPES.items():

        async def naive(tx: Transaction, scope: str = scope) -> object:
            return (await tx.execute(text(NAIVE), {"scopes": [scope]})).all()

        baseline = await timed(database, naive)
        for name, filters in FILTERS.items():
            wanted = Wanted(
                step=Step.EMPLOYER,
                scopes=(scope,),
                actor=ME,
                now=now,
                not_of=UUID(int=1),
                **filters,  # type: ignore[arg-type]  # named as the fields are
            )

            async def page(tx: Transaction, wanted: Wanted = wanted) -> object:
                return await review_queue.waiting_page(
                    tx, wanted, sort=Sort.OLDEST, after=None, limit=21
                )

            async def figures(tx: Transaction, wanted: Wanted = wanted) -> object:
                return await review_queue.figures(
                    tx, wanted, overdue_before=now - timedelta(days=15)
                )

            ours, counted = await timed(database, page), await timed(database, figures)
            first = f"{baseline:.0f} ms" if not filters else ""
            print(f"| {place} | {name} | {ours:.1f} ms | {counted:.0f} ms | {first} |")


async def main() -> None:
    """Fill a database and measure each subtree under each filter."""
    async with migrated_database("hours") as url:
        database = Database(url, pool_size=2)
        for statement in FILL:
            async with database.transaction() as tx:
                await tx.execute(text("SET LOCAL statement_timeout = 0"))
                await tx.execute(text(statement))
        async with database.single() as tx:
            await tx.execute(text("SET statement_timeout = 0"))
            await tx.execute(text("VACUUM ANALYZE"))
        await measure(database)
        await database.close()
    load = os.getloadavg()[0]
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}")


if __name__ == "__main__":
    uvloop.run(main())
