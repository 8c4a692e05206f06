"""The tree of organisations, everybody who might ask, and an identity service to ask."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Annotated
from uuid import UUID, uuid5

import httpx
from fastapi import FastAPI, Form, Request
from tests.kit.ports import free_port
from tests.kit.tokens import bearer, client_bearer, published_keys
from verify_kit import NOW, OFFICE_ID, organisation_event, until

from chassis.clock import FrozenClock
from chassis.envelope import Event
from chassis.serving import serve

_SPACE = UUID("6d0f8a52-3a51-5d0e-9a5e-41000041a000")


# Whoever is nobody, or somebody only where clients are served.
STRANGERS = ("nobody", "client")
CLIENT_ID = uuid5(_SPACE, "platform")


def place(name: str) -> UUID:
    return OFFICE_ID if name == "zhengzhou" else uuid5(_SPACE, name)


PARENTS = {
    "province": None,
    "zhengzhou": "province",
    "luoyang": "province",
    "county": "zhengzhou",
    "health department": "zhengzhou",
    "hospital zhengzhou": "health department",
    "hospital luoyang": "luoyang",
}
# Everybody who might try, by role and where the role is held.
EVERYBODY: dict[str, tuple[str, str] | None] = {
    "nobody": None,
    "technician": None,
    "own employer": ("employer_administrator", "hospital zhengzhou"),
    "other employer": ("employer_administrator", "hospital luoyang"),
    "department above": ("department_administrator", "health department"),
    "training institution": ("training_institution", "zhengzhou"),
    "county bureau": ("bureau_administrator", "county"),
    "own bureau": ("bureau_administrator", "zhengzhou"),
    "other bureau": ("bureau_administrator", "luoyang"),
    "province": ("provincial_administrator", "province"),
    "operator": ("operator", "province"),
    "service": None,
    "client": None,
}


def path_of(name: str) -> str:
    parent = PARENTS[name]
    return f"{path_of(parent) if parent else '/'}{place(name)}/"


def organisations() -> list[Event]:
    return [organisation_event(place(name), path_of(name)) for name in PARENTS]


def headers(who: str) -> dict[str, str]:
    """Return the Authorization header of one of everybody."""
    clock = FrozenClock(NOW)
    account = str(uuid5(_SPACE, who))
    if who == "nobody":
        return {}
    if who == "service":
        return bearer(service="hours", scopes=["identity.resolve"], clock=clock, account=account)
    if who == "client":
        return client_bearer(CLIENT_ID, "verify.check", clock=clock)
    grant = EVERYBODY[who]
    grants = [(grant[0], place(grant[1]))] if grant else []
    return bearer(
        person=uuid5(_SPACE, f"{who} person"), grants=grants, clock=clock, account=account
    )


@dataclass
class FakeIdentity:
    """What identity answers, and what it was asked: its contract, not its insides."""

    url: str = ""
    people: dict[str, UUID] = field(default_factory=dict)
    asked: list[dict[str, object]] = field(default_factory=list)


@asynccontextmanager
async def identity() -> AsyncIterator[FakeIdentity]:
    fake, app, stop = FakeIdentity(), FastAPI(), asyncio.Event()

    @app.get("/api/identity/v1/jwks.json")
    async def keys() -> dict:
        return (await published_keys()).as_dict(private=False)

    @app.post("/internal/tokens")
    async def tokens(
        client_id: Annotated[str, Form()], client_secret: Annotated[str, Form()]
    ) -> dict:
        return {"access_token": f"{client_id}:{client_secret}", "expires_in": 600}

    @app.post("/internal/resolve")
    async def resolve(request: Request) -> dict:
        assert request.headers["authorization"] == "Bearer verify:secret"
        body = await request.json()
        fake.asked.append(body)
        found = [fake.people.get(one) for one in body["id_numbers"]]
        return {
            "people": [{"person_id": str(one) if one else None, "problem": None} for one in found]
        }

    port = free_port()
    fake.url = f"http://127.0.0.1:{port}"
    task = asyncio.create_task(serve(app, host="127.0.0.1", port=port, stop=stop))

    async def answers() -> bool:
        try:
            async with httpx.AsyncClient() as client:
                return (await client.get(f"{fake.url}/api/identity/v1/jwks.json")).is_success
        except httpx.TransportError:
            return False

    await until(answers)
    try:
        yield fake
    finally:
        stop.set()
        await task
