"""Composition root of the API process: builds everything and passes it in."""

from contextlib import AsyncExitStack
from typing import Any

import httpx
from fastapi import FastAPI

from certificates import tables
from certificates.building import build_dependencies
from certificates.http import (
    routes_approvals,
    routes_certificates,
    routes_checks,
    routes_downloads,
    routes_intents,
    routes_internal,
    routes_lifecycle,
    routes_log,
    routes_mass_revocation,
    routes_quarantines,
    routes_revisions,
    routes_seal_faces,
    routes_seal_returns,
    routes_seals,
    routes_shares,
    routes_signatures,
    routes_templates,
)
from certificates.printshop import Printshop
from certificates.settings import Settings
from certificates.spreadsheet import TableReaders
from certificates.workshop import Workshop
from chassis.auth import TokenVerifier, jwks_from
from chassis.clock import Clock, SystemClock
from chassis.db import Database
from chassis.http import create_app
from chassis.objects import ObjectStore
from chassis.openapi import document_of
from chassis.parked_routes import ParkedDesk, parked_router

ROUTERS = (
    routes_certificates.router,
    routes_revisions.router,
    routes_checks.router,
    routes_intents.router,
    routes_lifecycle.router,
    routes_quarantines.router,
    routes_signatures.router,
    routes_seals.router,
    routes_seal_faces.router,
    routes_seal_returns.router,
    routes_approvals.router,
    routes_log.router,
    routes_mass_revocation.router,
    routes_templates.router,
    routes_internal.router,
    routes_shares.router,
    routes_downloads.router,
    parked_router("certificates"),
)
# The issuer's keys come over the local network; a slow answer must not hold up a request.
_JWKS_SECONDS = 3.0


def build_app(
    settings: Settings, *, clock: Clock | None = None, verifier: TokenVerifier | None = None
) -> FastAPI:
    """Return the API; ``clock`` and ``verifier`` may be given by tests."""
    clock = clock or SystemClock()
    database = Database(settings.database, pool_size=settings.database_pool_size)
    client = httpx.AsyncClient(timeout=_JWKS_SECONDS)

    workshop = Workshop(
        settings.fonts_dir,
        processes=settings.form_processes,
        documents_per_process=settings.documents_per_process,
        timeout_seconds=settings.form_timeout_seconds,
    )

    deps = build_dependencies(settings, clock)

    async def open_resources(stack: AsyncExitStack) -> None:
        stack.push_async_callback(database.close)
        stack.push_async_callback(client.aclose)
        stack.callback(workshop.close)

    return create_app(
        service="certificates",
        settings=settings,
        routers=ROUTERS,
        verifier=verifier or _verifier(settings, client, clock),
        ready={"database": database.ping},
        open_resources=open_resources,
        state={
            "database": database,
            "deps": deps,
            "parked": ParkedDesk(database, tables.parked, tables.idempotency, deps.audit, clock),
            # Read when the first share is asked for: the rest of the API works without the key.
            "share_keys": lambda: settings.share_keys,
            "table_readers": TableReaders(),
            "printshop": Printshop(workshop, settings.fonts_dir, settings.contracts_dir),
            "objects": ObjectStore(settings.objects_url, settings.objects_access),
            "downloads": ObjectStore(settings.downloads_url, settings.objects_access),
        },
    )


def _verifier(settings: Settings, client: httpx.AsyncClient, clock: Clock) -> TokenVerifier:
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
    return document_of("certificates", ROUTERS)
