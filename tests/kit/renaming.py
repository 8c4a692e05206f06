"""An organisation under a new name, told to everybody as identity tells it."""

import asyncio
from datetime import timedelta

from deploy.local import services
from deploy.local.demo.province import Employer
from tests.kit.faults import rows, tamper
from tests.kit.stack import stack
from tests.kit.world import World

from chassis.clock import SystemClock


async def renamed(world: World, employer: Employer, name: str) -> None:
    """Enter the employer's new name, for which there is no office hour yet, and publish it.

    Returns when the certificates service has heard of it.
    """
    since = SystemClock().now() - timedelta(seconds=1)
    await tamper(
        "identity",
        "UPDATE organisations SET name = :name, version = version + 1, changed_at = now()"
        " WHERE id = :id",
        id=employer.organisation_id,
        name=name,
    )
    checkout, identity = stack().checkout, services.find("identity")
    assert identity is not None
    arguments = ["republish", "--since", since.isoformat()]
    process = await asyncio.create_subprocess_exec(
        *services.command(checkout, identity, arguments), cwd=checkout.root
    )
    assert await process.wait() == 0

    async def look() -> bool | None:
        query = "SELECT name FROM organisations WHERE organisation_id = :id"
        (row,) = await rows("certificates", query, id=employer.organisation_id)
        return row["name"] == name or None

    await world.observer.until("certificates knows the new name", look)
