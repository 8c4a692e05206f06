"""Who the stories are about: one account for each role, as the demo's set-up makes them."""

from dataclasses import dataclass
from typing import Any

import httpx
from tests.kit.world import YEAR, ZHENGZHOU, World

ROLES = (
    "public",
    "technician",
    "employer_administrator",
    "bureau_administrator",
    "provincial_administrator",
    "operator",
)


@dataclass(frozen=True)
class LogIn:
    """What somebody types to log in."""

    login: str
    password: str


async def everybody(world: World) -> dict[str, LogIn]:
    """Return a log-in for each role but the public's; all of them have passwords of their own."""
    province = world.province
    first_password = province._first_password
    technician = await world.completed("王小明")
    await world.people.certificate(technician, YEAR)
    await _operator(world)
    people = {
        "technician": LogIn(technician.management_number, province.password),
        "employer_administrator": LogIn(
            world.employers[ZHENGZHOU].administrator, province.password
        ),
        "bureau_administrator": LogIn(
            world.bureaus[ZHENGZHOU].administrators[0], province.password
        ),
        "provincial_administrator": LogIn("province-admin-1", first_password),
        "operator": LogIn("operator-1", province.password),
    }
    for one in people.values():
        await settle(world.gateway.client, one)
    return people


async def _operator(world: World) -> None:
    account = await world.province.provincial()
    page = await world.gateway.public.get("/api/identity/v1/organisations", kind="province")
    await world.province._appoint(
        account,
        organisation=page["items"][0]["organisation_id"],
        role="operator",
        username="operator-1",
        name="平台运维",
    )


async def settle(client: httpx.AsyncClient, who: LogIn) -> None:
    """Have an account whose password somebody else chose choose the same one itself."""
    opened = await _begin(client, who)
    if not opened["must_change_password"]:
        return
    between = f"{who.password}-between"
    await _change(client, opened, who.password, between)
    opened = await _begin(client, LogIn(who.login, between))
    await _change(client, opened, between, who.password)


async def _begin(client: httpx.AsyncClient, who: LogIn) -> dict[str, Any]:
    body = {"login": who.login, "password": who.password}
    answer = await client.post("/api/identity/v1/sessions", json=body)
    answer.raise_for_status()
    client.cookies.clear()
    opened: dict[str, Any] = answer.json()
    return opened


async def _change(client: httpx.AsyncClient, opened: dict[str, Any], old: str, new: str) -> None:
    answer = await client.post(
        "/api/identity/v1/password",
        json={"old_password": old, "new_password": new},
        headers={
            "authorization": f"Bearer {opened['access_token']}",
            "idempotency-key": f"settle-{opened['session_id']}",
        },
    )
    answer.raise_for_status()
