"""The service as a process: many callers at once, and killed while it signs."""

import asyncio
from collections import Counter

import httpx
import pytest

from chassis.audit import Audit
from chassis.clock import SystemClock
from chassis.db import Database
from seal import tables
from seal.usecases.check_log import check_log

pytestmark = pytest.mark.infra


async def signed(caller, limit=1000):
    return Counter(entry["hash"] for entry in (await caller.log(limit=limit))["entries"])


async def test_fifty_callers_at_once_get_their_own_signatures(live, hashes):
    batches = [hashes(10, first=100 * number) for number in range(50)]

    answers = await asyncio.gather(*(live.certificates.seal(batch) for batch in batches))

    assert len({signature for answer in answers for signature in answer}) == 500
    expected = Counter(one.hex() for batch in batches for one in batch)
    assert await signed(live.certificates) == expected


async def test_each_hash_is_signed_once_when_the_process_is_killed_and_callers_repeat(
    launch, hashes, database_url
):
    batches = {f"batch-{number}": hashes(5, first=100 * number) for number in range(60)}
    async with launch() as first:
        answered: list[str] = []

        async def seal(key):
            await first.certificates.seal(batches[key], key=key)
            answered.append(key)
            if len(answered) == 20:
                first.process.kill()

        outcomes = await asyncio.gather(*(seal(key) for key in batches), return_exceptions=True)
    lost = [outcome for outcome in outcomes if outcome is not None]
    assert lost
    assert all(isinstance(outcome, httpx.TransportError) for outcome in lost)

    async with launch() as again:
        await asyncio.gather(
            *(again.certificates.seal(batch, key=key) for key, batch in batches.items())
        )
        expected = Counter(one.hex() for batch in batches.values() for one in batch)
        assert await signed(again.certificates) == expected

    database = Database(database_url)
    checked = await check_log(database, Audit(tables.audit, SystemClock()))
    await database.close()
    assert checked.signatures == 300
