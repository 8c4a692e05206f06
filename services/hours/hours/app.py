"""Composition root of the API process: builds everything and passes it in."""

from contextlib import AsyncExitStack
from typing import Any

import httpx
from fastapi import FastAPI

from chassis.audit import Audit
from chassis.auth import TokenVerifier, jwks_from
from chassis.cipher import ValueCipher
from chassis.clock import Clock, SystemClock
from chassis.contracts import EventContracts
from chassis.db import Database
from chassis.http import create_app
from chassis.objects import ObjectStore
from chassis.openapi import document_of
from chassis.outbox import Outbox
from chassis.parked_routes import ParkedDesk, parked_router
from hours import tables
from hours.http import (
    routes_own_claims,
    routes_queue,
    routes_reference,
    routes_reviewers,
    routes_technicians,
)
from hours.http.deps import Desk
from hours.settings import HoursSettings
from hours.usecases.tools import Tools

ROUTERS = (
    routes_technicians.router,
    routes_own_claims.router,
    routes_queue.router,
    routes_reviewers.router,
    routes_reference.router,
    parked_router("hours"),
)
# The issuer's keys come over the local network; a slow answer must not hold up a log-in check.
_JWKS_SECONDS = 3.0


def build_tools(settings: HoursSettings, clock: Clock) -> Tools:
    outbox = Outbox(
        tables.outbox,
        service="hours",
        contracts=EventContracts(settings.contracts_dir),
        cipher=ValueCipher(settings.bus_keys),
        clock=clock,
    )
    return Tools(clock=clock, outbox=outbox, audit=Audit(tables.audit, clock))


def build_app(
    settings: HoursSettings, *, clock: Clock | None = None, verifier: TokenVerifier | None = None
) -> FastAPI:
    """Return the API; ``clock`` and ``verifier`` may be given by tests."""
    clock = clock or SystemClock()
    database = Database(settings.database, pool_size=settings.database_pool_size)
    client = httpx.AsyncClient(timeout=_JWKS_SECONDS)
    desk = Desk(
        database=database,
        tools=build_tools(settings, clock),
        objects=ObjectStore(settings.objects_url, settings.objects_access),
        settings=settings,
    )

    async def open_resources(stack: AsyncExitStack) -> None:
        stack.push_async_callback(database.close)
        stack.push_async_callback(client.aclose)

    return create_app(
        service="hours",
        settings=settings,
        routers=ROUTERS,
        verifier=verifier or build_verifier(settings, client, clock),
        ready={"database": database.ping},
        open_resources=open_resources,
        state={
            "desk": desk,
            "parked": ParkedDesk(
                database, tables.parked, tables.idempotency, desk.tools.audit, clock
            ),
        },
    )


def build_verifier(
    settings: HoursSettings, client: httpx.AsyncClient, clock: Clock
) -> TokenVerifier:
    if not settings.jwks_url:
        raise ValueError("jwks_url is needed to check access tokens")
    return TokenVerifier(
        jwks_from(client, settings.jwks_url),
        issuer=settings.token_issuer,
        audience=settings.token_audience,
        clock=clock,
    )


def openapi_document() -> dict[str, Any]:
    """Return the API's OpenAPI document; needs neither environment nor database."""
    return document_of("hours", ROUTERS)
