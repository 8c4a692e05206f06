"""The api process: composition root of the HTTP face."""

from contextlib import AsyncExitStack
from typing import Any

from fastapi import FastAPI

from chassis.auth import TokenVerifier
from chassis.http import create_app
from chassis.openapi import document_of
from chassis.parked_routes import ParkedDesk, parked_router
from identity import tables
from identity.building import build_core, build_services
from identity.http import (
    routes_administrator,
    routes_affiliations,
    routes_clients,
    routes_internal,
    routes_offices,
    routes_person,
    routes_public,
    routes_sessions,
)
from identity.http.deps import Services
from identity.passwords import give_hashing_memory_back
from identity.settings import Settings

ROUTERS = (
    routes_public.router,
    routes_sessions.router,
    routes_person.router,
    routes_administrator.router,
    routes_affiliations.router,
    routes_offices.router,
    routes_clients.router,
    routes_internal.router,
    parked_router("identity"),
)


def build_app(settings: Settings, services: Services) -> FastAPI:
    """Return the application; it closes what it was given when it ends."""

    async def open_resources(stack: AsyncExitStack) -> None:
        stack.push_async_callback(services.database.close)
        stack.callback(services.passwords.close)

    verifier = TokenVerifier(
        services.keys.key_set,
        issuer=settings.token_issuer,
        audience=settings.token_audience,
        clock=services.deps.clock,
    )
    return create_app(
        service="identity",
        settings=settings,
        routers=ROUTERS,
        verifier=verifier,
        ready={"database": services.database.ping},
        open_resources=open_resources,
        state={
            "services": services,
            "parked": ParkedDesk(
                services.database,
                tables.parked,
                tables.idempotency_keys,
                services.deps.audit,
                services.deps.clock,
            ),
        },
    )


def openapi() -> dict[str, Any]:
    """Return the OpenAPI document without a database, keys or an environment."""
    return document_of("identity", ROUTERS)


def build_api(settings: Settings) -> FastAPI:
    """Return the application of the api process, with everything it needs built."""
    give_hashing_memory_back()
    return build_app(settings, build_services(build_core(settings)))
