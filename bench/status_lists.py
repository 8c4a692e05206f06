"""Status lists of 1 and 5 million certificates: their size, and what following and signing costs.

Beside it in the same run: everything in a single list, as the standard's plainest use would have
it. Needs `make up-data`; `make bench b=status_lists`.
"""

import base64
import gzip
import platform
import random
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from os import getloadavg
from time import perf_counter

import uvloop
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text
from tests.kit.databases import migrated_database

from chassis.clock import SystemClock
from chassis.db import Database
from chassis.statements import SigningKeys
from verify import status_store, store
from verify.status_keeping import StatusKeeper, rebuild
from verify.status_list import CODES, SLOTS, Signing, Slots

# Of a year's certificates: a share replaced after a correction, few revoked, fewer suspended.
SHARES = {"superseded": 0.03, "revoked": 0.01, "suspended": 0.001}
MILLION = 1_000_000
CHANGES = 100
_AT_ONCE = 50_000
SIGNING = Signing(
    SigningKeys("bench", {"bench": Ed25519PrivateKey.generate()}), "bench", timedelta(days=1)
)
_FILL = """
    INSERT INTO projection.certificates (certificate_id, token_hash, aggregate_version, told_at,
        state, name_masked, management_number, year, certificate_version, total_tenths,
        public_tenths, professional_tenths, employer_name, office_id, office_name, issued_on,
        status_index)
    SELECT gen_random_uuid(), sha256(CAST(CAST(n AS text) AS bytea)), 1, :now,
        CASE WHEN lot < 0.03 THEN 'superseded' WHEN lot < 0.04 THEN 'revoked'
             WHEN lot < 0.041 THEN 'suspended' ELSE 'valid' END,
        '王*', '41', 2026, 1, 900, 300, 600, '单位', gen_random_uuid(), '局', '2026-11-20', n
    FROM (SELECT n, random() AS lot
          FROM generate_series(CAST(:first AS bigint), :last) AS n) AS drawn
"""


def members(count: int, seed: int) -> Mapping[int, list[int]]:
    """Return slots by code, the states at random places as life has them."""
    chance = random.Random(seed)
    places = chance.sample(range(count), int(count * sum(SHARES.values())))
    found: dict[int, list[int]] = {}
    for state, share in SHARES.items():
        cut = int(count * share)
        found[CODES[state]], places = places[:cut], places[cut:]
    rest = set(range(count)).difference(*found.values())
    return {CODES["valid"]: list(rest)} | found


def single(count: int) -> tuple[int, float]:
    """Return size and seconds of one list that has all certificates."""
    packed = b"".join(Slots.of(members(SLOTS, n)).packed for n in range(-(-count // SLOTS)))
    began = perf_counter()
    lst = base64.urlsafe_b64encode(zlib.compress(packed[: count // 4], 6)).decode()
    token = SIGNING.token(0, lst, as_of=SystemClock().now())
    return len(token), perf_counter() - began


async def beat(database: Database, sequence: int, as_of: datetime, changed: int) -> None:
    """Let a heartbeat be applied that lists the revocation of so many certificates."""
    async with database.transaction() as tx:
        if changed:
            revoke = """
                UPDATE projection.certificates SET state = 'revoked', aggregate_version = 2
                WHERE status_index IN (SELECT CAST(random() * 900000 AS bigint)
                                       FROM generate_series(1, :count))
                RETURNING certificate_id
            """
            ids = (await tx.execute(text(revoke), {"count": changed})).scalars()
        entries = (
            [{"certificate_id": str(i), "aggregate_version": 2} for i in ids] if changed else []
        )
        await store.add_heartbeat(tx, sequence=sequence, size=0, as_of=as_of, entries=entries)
        beats = await store.heartbeats_after(tx, sequence - 1, 1)
        await store.set_freshness(tx, beats[0])


async def timed_turn(keeper: StatusKeeper, what: str) -> None:
    began = perf_counter()
    signed = await keeper.turn()
    print(f"  {what}: {signed} lists signed in {(perf_counter() - began) * 1e3:.0f} ms")


async def sizes(database: Database) -> None:
    async with database.reading() as tx:
        numbers = sorted(await status_store.signed(tx))
        tokens = [(await status_store.token(tx, number) or "").encode() for number in numbers]
    packed = [len(gzip.compress(one)) for one in tokens]
    print(
        f"  {len(tokens)} lists, {max(map(len, tokens)) / 1e3:.1f} kB each"
        f" ({max(packed) / 1e3:.1f} kB gzip), {sum(map(len, tokens)) / 1e3:.0f} kB together"
        f" ({sum(packed) / 1e3:.0f} kB gzip)"
    )


async def of_certificates(database: Database, keeper: StatusKeeper, now: datetime) -> None:
    """One million certificates in the projection: begin anew, follow, sign."""
    began = perf_counter()
    for first in range(0, MILLION, _AT_ONCE):
        async with database.transaction() as tx:
            drawn = {"now": now, "first": first, "last": first + _AT_ONCE - 1}
            await tx.execute(text(_FILL), drawn)
    async with database.transaction() as tx:
        await tx.execute(text("ANALYZE projection.certificates"))
    print(f"1,000,000 certificates (written in {perf_counter() - began:.0f} s)")
    await beat(database, 1, now, 0)
    began = perf_counter()
    async with database.transaction() as tx:
        fresh = await store.current_freshness(tx)
        if fresh:
            await rebuild(tx, fresh)
    print(f"  all lists from the certificates: {perf_counter() - began:.1f} s")
    await timed_turn(keeper, "first turn, begins anew")
    await sizes(database)
    for number, seconds, changed in ((2, 5, CHANGES), (3, 10, CHANGES), (4, 100, 0)):
        await beat(database, number, now + timedelta(seconds=seconds), changed)
        what = f"{changed} revocations" if changed else "nothing changed, a minute later"
        await timed_turn(keeper, what)


async def of_lists(database: Database, keeper: StatusKeeper, now: datetime) -> None:
    """Five million: the twenty lists alone, what is written in them as random as the million's."""
    count = 5 * MILLION
    print("5,000,000 certificates (their lists alone)")
    async with database.transaction() as tx:
        for number in range(-(-count // SLOTS)):
            await status_store.put_slots(tx, number, Slots.of(members(SLOTS, number)))
    await beat(database, 5, now + timedelta(seconds=101), 0)
    await timed_turn(keeper, "all lists changed")
    await sizes(database)
    await beat(database, 6, now + timedelta(seconds=200), 0)
    await timed_turn(keeper, "nothing changed, a minute later")
    await beat(database, 7, now + timedelta(seconds=205), CHANGES)
    await timed_turn(keeper, f"{CHANGES} revocations")


async def main() -> None:
    """Measure, and say where."""
    print(f"{platform.machine()}, Python {platform.python_version()}, load {getloadavg()[0]:.1f}")
    for count in (MILLION, 5 * MILLION):
        size, seconds = single(count)
        print(f"single list of {count:,}: {size / 1e3:.0f} kB, {seconds * 1e3:.0f} ms to sign anew")
    now = SystemClock().now()
    async with migrated_database("verify") as url:
        database = Database(url, pool_size=3)
        keeper = StatusKeeper(database, SIGNING)
        await of_certificates(database, keeper, now)
        await of_lists(database, keeper, now)
        await database.close()


if __name__ == "__main__":
    uvloop.run(main())
