"""The audit chain against a real PostgreSQL."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.kit.bench import Bench, audit

from chassis.audit import Audit, ChainBroken


async def record(parts: Bench, count: int = 3) -> Audit:
    log = Audit(audit, parts.clock)
    async with parts.database.transaction() as tx:
        for number in range(count):
            await log.record(
                tx, actor="person:1", action="claim.approved", subject=f"claim:{number}"
            )
    return log


async def verified(parts: Bench, log: Audit) -> int:
    async with parts.database.reading() as tx:
        return await log.verify(tx)


async def force(parts: Bench, statement: str) -> None:
    """Do what only somebody with the database's own rights can do."""
    async with parts.database.transaction() as tx:
        await tx.execute(text("ALTER TABLE audit_rows DISABLE TRIGGER USER"))
        await tx.execute(text(statement))
        await tx.execute(text("ALTER TABLE audit_rows ENABLE TRIGGER USER"))


class TestAudit:
    async def test_rows_are_chained_and_verify(self, parts: Bench) -> None:
        log = await record(parts)
        assert await log.seal(parts.database) == 3
        await record(parts, 2)
        assert await log.seal(parts.database) == 2
        assert await verified(parts, log) == 5

    async def test_row_is_not_written_when_the_change_rolls_back(self, parts: Bench) -> None:
        log = Audit(audit, parts.clock)

        async def change() -> None:
            async with parts.database.transaction() as tx:
                await log.record(tx, actor="a", action="b", subject="c")
                raise LookupError

        with pytest.raises(LookupError):
            await change()
        assert await parts.count("audit_rows") == 0

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_rows SET actor = 'x'",
            "DELETE FROM audit_rows",
            "TRUNCATE audit_rows",
            "UPDATE audit_rows SET seal = NULL",
        ],
    )
    async def test_table_refuses_changes(self, parts: Bench, statement: str) -> None:
        log = await record(parts)
        await log.seal(parts.database)
        with pytest.raises(DBAPIError, match="append-only"):
            async with parts.database.transaction() as tx:
                await tx.execute(text(statement))

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_rows SET actor = 'x' WHERE subject = 'claim:1'",
            "DELETE FROM audit_rows WHERE subject = 'claim:2'",
            "DELETE FROM audit_seals",
            (
                "INSERT INTO audit_rows SELECT gen_random_uuid(), at, actor, action, subject,"
                " detail, correlation_id, seal FROM audit_rows LIMIT 1"
            ),
        ],
    )
    async def test_tampering_behind_the_trigger_breaks_the_chain(self, parts, statement) -> None:
        log = await record(parts)
        await log.seal(parts.database)
        await force(parts, statement)
        with pytest.raises(ChainBroken):
            await verified(parts, log)
