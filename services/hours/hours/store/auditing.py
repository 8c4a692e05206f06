"""Queries of the after-the-fact auditor."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import RowMapping, and_, exists, func, select, text

from chassis.db import Transaction
from hours.domain.claims import BY_OWNER, Outcome, OwnAct, State, Step
from hours.tables import claims, decisions, evidence, year_accounts


async def one_snapshot(tx: Transaction) -> None:
    """Let every following statement of the transaction see the same instant."""
    await tx.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


async def approved_without_both_steps(tx: Transaction) -> UUID | None:
    """Return a claim that counts although a step did not approve it since it was last filed."""
    later = decisions.alias("later")
    filed_later = exists().where(
        later.c.claim_id == decisions.c.claim_id,
        later.c.step == BY_OWNER,
        later.c.outcome == OwnAct.FILE_AGAIN,
        later.c.claim_version > decisions.c.claim_version,
    )
    passed = [
        exists().where(
            decisions.c.claim_id == claims.c.id,
            decisions.c.step == step,
            decisions.c.outcome == Outcome.APPROVE,
            ~filed_later,
        )
        for step in Step
    ]
    query = select(claims.c.id).where(claims.c.state == State.APPROVED, ~and_(*passed)).limit(1)
    found: UUID | None = await tx.scalar(query)
    return found


async def approved_without_account(tx: Transaction) -> UUID | None:
    """Return a claim that counts in a year nobody keeps an account of."""
    account = exists().where(
        year_accounts.c.person_id == claims.c.person_id, year_accounts.c.year == claims.c.year
    )
    query = select(claims.c.id).where(claims.c.state == State.APPROVED, ~account).limit(1)
    found: UUID | None = await tx.scalar(query)
    return found


async def claim_count(tx: Transaction) -> int:
    return int(await tx.scalar(select(func.count()).select_from(claims)) or 0)


async def evidence_files(tx: Transaction) -> Sequence[RowMapping]:
    """Return every stored file once (per noted size), however many people attached it."""
    query = select(evidence.c.sha256, evidence.c.size_bytes).distinct()
    return (await tx.execute(query)).mappings().all()
