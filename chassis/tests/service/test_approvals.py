"""Two-person approvals against a real PostgreSQL."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from tests.kit.bench import Bench, approvals

from chassis import approvals as two_person
from chassis.approvals import (
    LAPSES_AFTER,
    ApprovalBySamePerson,
    ApprovalDecided,
    ApprovalLapsed,
    ApprovalNotFound,
)

OFFICE = UUID(int=1)


async def proposed(parts: Bench, proposer: str = "person:1") -> UUID:
    async with parts.database.transaction() as tx:
        return await two_person.propose(
            tx,
            approvals,
            kind="revocation",
            subject="certificate:1",
            organisation_id=OFFICE,
            payload={"reason": "evidence_false"},
            proposer=proposer,
            now=parts.clock.now(),
        )


async def decide(
    parts: Bench, proposal_id: UUID, *, by: str, later: timedelta = timedelta()
) -> None:
    async with parts.database.transaction() as tx:
        proposal = await two_person.find(tx, approvals, proposal_id)
        await two_person.decide(
            tx, approvals, proposal, approver=by, approve=True, now=parts.clock.now() + later
        )


class TestApprovals:
    async def test_second_person_approves(self, parts: Bench) -> None:
        proposal_id = await proposed(parts)
        await decide(parts, proposal_id, by="person:2")
        with pytest.raises(ApprovalDecided):
            await decide(parts, proposal_id, by="person:3")

    async def test_proposer_cannot_approve(self, parts: Bench) -> None:
        proposal_id = await proposed(parts)
        with pytest.raises(ApprovalBySamePerson):
            await decide(parts, proposal_id, by="person:1")

    async def test_lapsed_proposal_cannot_be_approved_and_makes_room(self, parts: Bench) -> None:
        proposal_id = await proposed(parts)
        with pytest.raises(ApprovalLapsed):
            await decide(parts, proposal_id, by="person:2", later=LAPSES_AFTER)
        async with parts.database.transaction() as tx:
            await tx.execute(text("UPDATE approvals SET lapses_at = now() - interval '1 s'"))
        assert await proposed(parts) != proposal_id

    async def test_second_open_proposal_on_the_same_subject_is_refused(self, parts: Bench) -> None:
        await proposed(parts)
        with pytest.raises(IntegrityError):
            await proposed(parts, "person:2")

    async def test_altered_payload_cannot_be_approved(self, parts: Bench) -> None:
        proposal_id = await proposed(parts)
        async with parts.database.transaction() as tx:
            await tx.execute(text("""UPDATE approvals SET payload = '{"reason": "other"}'"""))
        with pytest.raises(ApprovalDecided):
            await decide(parts, proposal_id, by="person:2")

    async def test_unknown_proposal_is_named_as_such(self, parts: Bench) -> None:
        with pytest.raises(ApprovalNotFound):
            await decide(parts, uuid4(), by="person:2")
