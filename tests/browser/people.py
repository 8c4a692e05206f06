"""Who the stories are about: one account for each role, as the demo's set-up makes them."""

from dataclasses import dataclass

from tests.kit.world import ZHENGZHOU, World

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
        await world.gateway.settle(one.login, one.password)
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
