"""A certificate about to be issued in the running stack, and what must hold of it afterwards."""

import asyncio

from deploy.local import services
from deploy.local.demo import evidence
from deploy.local.demo.people import Technician
from tests.kit.faults import rows
from tests.kit.stack import stack
from tests.kit.world import YEAR, World


async def ready_for_the_last_approval(world: World, **at: str) -> tuple[Technician, str]:
    """Return a person with everything approved but the bureau's word on the last claim."""
    technician = await world.technician("张䶮", **at)
    claims = await world.people.file_year(technician, year=YEAR, evidence=evidence.photograph())
    await world.people.review_year(technician, claims[:1])
    employer = await world.province.sign_in(technician.employer.administrator)
    decision = f"/api/hours/v1/claims/{claims[1]}/decisions"
    await employer.post(decision, {"step": "employer", "outcome": "approve"})
    return technician, decision


async def approve(world: World, technician: Technician, decision: str) -> None:
    """Give the last word: the year is complete."""
    bureau = await world.province.sign_in(technician.bureau.administrators[0])
    await bureau.post(decision, {"step": "bureau", "outcome": "approve"})


async def exactly_one_valid(technician: Technician) -> None:
    """Check that the person's year has one certificate, valid."""
    found = await rows(
        "certificates",
        "SELECT state FROM certificates WHERE management_number = :number AND year = :year",
        number=technician.management_number,
        year=YEAR,
    )
    assert [row["state"] for row in found] == ["valid"]


async def seal_operations_accounted_for(technician: Technician) -> None:
    """Check that whatever the bureau's key signed for the person is kept as a file of ours.

    What the comparison would call matched, without waiting for its next turn.
    """
    asked = await rows(
        "certificates",
        "SELECT encode(d.digest, 'hex') AS digest, d.stored_at FROM signing_digests d"
        " JOIN intents i ON i.id = d.intent_id JOIN persons p USING (person_id)"
        " WHERE p.management_number = :number",
        number=technician.management_number,
    )
    stored = {row["digest"] for row in asked if row["stored_at"]}
    signed = await rows(
        "seal_zhengzhou",
        "SELECT encode(hash, 'hex') AS digest FROM signatures WHERE encode(hash, 'hex') = ANY(:of)",
        of=[row["digest"] for row in asked],
    )
    assert signed, "something was sealed"
    assert {row["digest"] for row in signed} <= stored


async def audited() -> str:
    """Run ``python -m certificates audit`` on the running stack; return what it says."""
    checkout = stack().checkout
    certificates = services.find("certificates")
    assert certificates is not None
    process = await asyncio.create_subprocess_exec(
        *services.command(checkout, certificates, ["audit"]),
        cwd=checkout.root,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    assert process.returncode == 0, (output + errors).decode()
    return output.decode()
