import asyncio

import pytest

from verify.coalescing import Coalescer, TooManyWaiting


class Source:
    def __init__(self):
        self.batches = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.failure = None

    async def fetch(self, keys):
        self.batches.append(list(keys))
        await self.gate.wait()
        if self.failure:
            raise self.failure
        return {key: key.upper() for key in keys}


def coalescer(source, **limits):
    return Coalescer(source.fetch, **({"batch_limit": 100, "waiting_limit": 100} | limits))


async def test_questions_of_one_turn_become_one_batch():
    source = Source()
    asked = coalescer(source)
    assert await asyncio.gather(*(asked.get(key) for key in (b"a", b"b", b"a"))) == [
        b"A",
        b"B",
        b"A",
    ]
    assert source.batches == [[b"a", b"b"]]


async def test_questions_asked_meanwhile_go_into_the_next_batch():
    source = Source()
    asked = coalescer(source)
    source.gate.clear()
    first = asyncio.create_task(asked.get(b"a"))
    while not source.batches:
        await asyncio.sleep(0)
    rest = [asyncio.create_task(asked.get(key)) for key in (b"b", b"c")]
    await asyncio.sleep(0)
    source.gate.set()
    assert await asyncio.gather(first, *rest) == [b"A", b"B", b"C"]
    assert source.batches == [[b"a"], [b"b", b"c"]]


async def test_batches_are_bounded():
    source = Source()
    asked = coalescer(source, batch_limit=2)
    await asyncio.gather(*(asked.get(bytes([n])) for n in range(65, 70)))
    assert [len(batch) for batch in source.batches] == [2, 2, 1]


async def test_every_caller_gets_the_failure_and_the_next_question_is_asked():
    source = Source()
    asked = coalescer(source)
    source.failure = OSError("gone")
    results = await asyncio.gather(asked.get(b"a"), asked.get(b"b"), return_exceptions=True)
    assert all(isinstance(one, OSError) for one in results)
    source.failure = None
    assert await asked.get(b"a") == b"A"


async def test_others_get_their_answer_when_one_caller_goes_away():
    source = Source()
    asked = coalescer(source)
    source.gate.clear()
    leaving, staying = asyncio.create_task(asked.get(b"a")), asyncio.create_task(asked.get(b"a"))
    while not source.batches:
        await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.sleep(0)
    source.gate.set()
    assert await staying == b"A"


async def test_too_many_waiting_are_told_at_once():
    source = Source()
    asked = coalescer(source, waiting_limit=1)
    first = asyncio.create_task(asked.get(b"a"))
    await asyncio.sleep(0)
    with pytest.raises(TooManyWaiting):
        await asked.get(b"b")
    assert await first == b"A"
