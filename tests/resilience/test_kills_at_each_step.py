"""Kill -9 of the certificates worker at each numbered step of docs/issuance-lifecycle.md.

The worker is held at the very statement, killed, and let go; another one takes up what is left.
Each time exactly one valid certificate results, everything sealed is kept, and the audit is green.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial

import pytest
from deploy.local.demo.people import Technician
from tests.kit.faults import Gate, closed_table, gate, rows, tamper
from tests.kit.issuing import (
    approve,
    audited,
    exactly_one_valid,
    ready_for_the_last_approval,
    seal_operations_accounted_for,
)
from tests.kit.pinning import active_seal, pin
from tests.kit.world import LUOYANG, YEAR, ZHENGZHOU, World

# The wait for a killed worker's lease (10 s in this stack) and its restart.
pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(120)]
WITHIN_SECONDS = 40
Shut = Callable[[], AbstractAsyncContextManager[Gate]]
at = partial(gate, "certificates")

POINTS: dict[str, Shut] = {
    "1 plan": lambda: at("intents", "INSERT"),
    "2 preflight, taking it up": lambda: at(
        "intents", "UPDATE", when="NEW.state = 'planned' AND NEW.lease_token IS NOT NULL"
    ),
    "2 preflight, looking": lambda: closed_table("certificates", "template_versions"),
    "3 render, before anything is stored": lambda: at("prepared_documents", "INSERT"),
    "3 prepare, before the commit": lambda: at("intents", "UPDATE", when="NEW.state = 'rendered'"),
    "4 lane, before the call": lambda: at("intents", "UPDATE", when="NEW.state = 'sealing'"),
    "4 lane, during the call": lambda: gate(
        "seal_zhengzhou", "signatures", "INSERT", when="NEW.request_key NOT LIKE 'canary-%'"
    ),
    "4 lane, after the call": lambda: at(
        "lanes", "UPDATE", when="NEW.last_success_at IS DISTINCT FROM OLD.last_success_at"
    ),
    "6 store, before anything is published": lambda: at("certificates", "INSERT"),
    "6 publish, half written": lambda: at("ledger_entries", "INSERT"),
    "6 publish, before the commit": lambda: at(
        "audit_rows", "INSERT", when="NEW.action = 'certificate.issued'"
    ),
    "6 publish, told and not noted": lambda: at(
        "outbox", "DELETE", when="OLD.type = 'certificates.certificate.issued.v1'"
    ),
}


def kill(world: World) -> None:
    world.supervisor.kill("certificates-worker")


async def all_is_well(world: World, technician: Technician) -> None:
    await world.people.certificate(technician, YEAR, seconds=WITHIN_SECONDS)
    await exactly_one_valid(technician)
    await seal_operations_accounted_for(technician)
    assert "checked" in await audited()


@pytest.fixture
async def seals_mended(world: World) -> AsyncIterator[None]:
    """Put every seal back as it was, whatever a test did to it."""
    query = "SELECT id, state, signer_certificate FROM seals WHERE state = 'active'"
    before = await rows("certificates", query)
    yield
    for seal in before:
        await pin(seal["id"], seal["signer_certificate"])
        await change_state(seal["id"], seal["state"])


async def change_state(seal_id: object, state: object) -> None:
    statement = "UPDATE seals SET state = :state WHERE id = :id"
    await tamper("certificates", statement, id=seal_id, state=state)


@pytest.mark.parametrize("point", POINTS)
async def test_killed_at(world: World, point: str) -> None:
    technician, decision = await ready_for_the_last_approval(world)
    async with POINTS[point]() as shut:
        await approve(world, technician, decision)
        await shut.reached()
        kill(world)
        await shut.open()
    await all_is_well(world, technician)


async def test_killed_at_5_gate_between_the_signature_and_the_checks(world: World) -> None:
    technician, decision = await ready_for_the_last_approval(world)
    async with POINTS["4 lane, during the call"]() as signing:
        await approve(world, technician, decision)
        await signing.reached()
        # The worker has asked; what the gate has to know of the signer it will look up in vain.
        async with closed_table("certificates", "ocsp_answers") as shut:
            await signing.open()
            await shut.reached()
            kill(world)
            await shut.open()
    await all_is_well(world, technician)


async def test_killed_at_5_gate_putting_a_file_into_quarantine(
    world: World, seals_mended: None
) -> None:
    technician, decision = await ready_for_the_last_approval(world)
    seal, stranger = [await active_seal(world, code) for code in (ZHENGZHOU, LUOYANG)]
    async with POINTS["3 prepare, before the commit"]() as before:
        await approve(world, technician, decision)
        # Prepared with the right pin; the gate is going to be told a wrong one.
        await before.reached()
        await pin(seal["id"], stranger["signer_certificate"])
        async with at("quarantines", "INSERT", number=2) as shut:
            await before.open()
            await shut.reached()
            kill(world)
            await pin(seal["id"], seal["signer_certificate"])
            await shut.open()
    await all_is_well(world, technician)


async def test_killed_at_7_reconcile(world: World, seals_mended: None) -> None:
    technician, decision = await ready_for_the_last_approval(world)
    seal = await active_seal(world, ZHENGZHOU)
    await change_state(seal["id"], "suspended")
    await approve(world, technician, decision)
    await world.people.parked(technician, YEAR)
    # Nobody tells the intent that its office's seal is back: that is the reconciler's.
    async with at("intents", "UPDATE", when="OLD.state = 'parked'") as shut:
        await change_state(seal["id"], "active")
        await shut.reached()
        kill(world)
        await shut.open()
    await all_is_well(world, technician)


async def test_killed_at_a_later_revision(world: World) -> None:
    technician, decision = await ready_for_the_last_approval(world)
    await approve(world, technician, decision)
    issued = await world.people.certificate(technician, YEAR, seconds=WITHIN_SECONDS)
    mine = {"id": issued["certificate_id"]}
    async with at("file_revisions", "INSERT", when="NEW.revision = 2") as shut:
        due = "UPDATE revision_work SET due_at = now() WHERE certificate_id = :id"
        await tamper("certificates", due, **mine)
        await shut.reached()
        kill(world)
        await shut.open()

    async with asyncio.timeout(WITHIN_SECONDS):
        query = "SELECT revision FROM file_revisions WHERE certificate_id = :id ORDER BY revision"
        while len(found := await rows("certificates", query, **mine)) == 1:
            await asyncio.sleep(0.2)

    assert [row["revision"] for row in found] == [1, 2]
    await all_is_well(world, technician)
