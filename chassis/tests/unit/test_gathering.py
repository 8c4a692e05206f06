"""What arrives while a batch is under way makes up the next."""

import asyncio

import pytest

from chassis.gathering import Gatherer


class Batches:
    """Work that remembers its batches and lasts until it is let go on."""

    def __init__(self) -> None:
        self.seen: list[list[str]] = []
        self.going_on = asyncio.Event()
        self.failing: Exception | None = None

    async def work(self, items):
        self.seen.append(list(items))
        await self.going_on.wait()
        if self.failing:
            raise self.failing


async def begun(gatherer, *items):
    tasks = [asyncio.create_task(gatherer.add(item)) for item in items]
    for _ in range(3):
        await asyncio.sleep(0)
    return tasks


async def test_alone_an_item_goes_at_once():
    batches = Batches()
    batches.going_on.set()
    await Gatherer(batches.work, limit=10).add("one")
    assert batches.seen == [["one"]]


async def test_what_comes_meanwhile_goes_together_within_the_limit():
    batches = Batches()
    gatherer = Gatherer(batches.work, limit=2)
    tasks = await begun(gatherer, "one")
    tasks += await begun(gatherer, "two", "three", "four")
    batches.going_on.set()
    await asyncio.gather(*tasks)
    assert batches.seen == [["one"], ["two", "three"], ["four"]]


async def test_failure_reaches_every_owner_and_the_next_batch_is_taken():
    batches = Batches()
    gatherer = Gatherer(batches.work, limit=10)
    first = await begun(gatherer, "one")
    batches.failing = ValueError("no")
    batches.going_on.set()
    with pytest.raises(ValueError, match="no"):
        await first[0]
    batches.failing = None
    await gatherer.add("two")
    assert batches.seen == [["one"], ["two"]]


async def test_owner_that_goes_away_takes_nobody_along():
    batches = Batches()
    gatherer = Gatherer(batches.work, limit=10)
    (gone, stays) = await begun(gatherer, "gone", "stays")
    gone.cancel()
    batches.going_on.set()
    await stays
    assert gone.cancelled()
