"""Idempotent writes against a real PostgreSQL."""

import asyncio

import pytest
from sqlalchemy import text
from tests.kit.bench import Bench, idempotency_keys

from chassis.errors import IdempotencyKeyReused
from chassis.idempotency import once


async def send(parts: Bench, *, key: str = "k1", amount: int = 1, fail: bool = False) -> dict:
    async with parts.database.transaction() as tx:

        async def action() -> dict:
            await tx.execute(
                text(
                    "INSERT INTO counters VALUES ('done', 1) ON CONFLICT (name)"
                    " DO UPDATE SET value = counters.value + 1"
                )
            )
            if fail:
                raise ConnectionError
            return {"amount": amount}

        answer = await once(
            tx,
            idempotency_keys,
            caller="account:1",
            key=key,
            request={"amount": amount},
            now=parts.clock.now(),
            action=action,
        )
    return dict(answer)


async def done(parts: Bench) -> int:
    async with parts.database.reading() as tx:
        return await tx.scalar(text("SELECT coalesce(sum(value), 0) FROM counters"))


class TestOnce:
    async def test_repeat_gets_the_first_answer_and_does_nothing(self, parts: Bench) -> None:
        assert await send(parts) == await send(parts) == {"amount": 1}
        assert await done(parts) == 1

    async def test_concurrent_repeats_do_the_work_once(self, parts: Bench) -> None:
        answers = await asyncio.gather(*(send(parts) for _ in range(10)))
        assert answers == [{"amount": 1}] * 10
        assert await done(parts) == 1

    async def test_other_request_under_the_same_key_is_refused(self, parts: Bench) -> None:
        await send(parts)
        with pytest.raises(IdempotencyKeyReused):
            await send(parts, amount=2)

    async def test_failed_work_leaves_the_key_free(self, parts: Bench) -> None:
        with pytest.raises(ConnectionError):
            await send(parts, fail=True)
        assert await send(parts) == {"amount": 1}
        assert await done(parts) == 1
