"""Composition of the dashboards' API: builds everything and passes it in."""

from contextlib import AsyncExitStack
from typing import Any

import httpx
from fastapi import FastAPI

from chassis.auth import KeyFetcher, TokenVerifier, jwks_from
from chassis.clock import Clock, SystemClock
from chassis.http import create_app
from chassis.openapi import document_of
from portal_server import dashboards, routes
from portal_server.figures import Prometheus
from portal_server.settings import Settings

ROUTERS = (routes.router,)
_KEYS_SECONDS = 5.0


def build_api(
    settings: Settings, clock: Clock | None = None, *, keys: KeyFetcher | None = None
) -> FastAPI:
    """Return what answers below `/api/portal/`; ``keys`` in place of those at the address."""
    clock = clock or SystemClock()
    client = httpx.AsyncClient(timeout=settings.prometheus_timeout_seconds)
    keys_client = httpx.AsyncClient(timeout=_KEYS_SECONDS)
    prometheus = settings.prometheus_url and Prometheus(
        client,
        url=settings.prometheus_url,
        timeout_seconds=settings.prometheus_timeout_seconds,
        at_once=settings.prometheus_at_once,
    )

    async def open_resources(stack: AsyncExitStack) -> None:
        stack.push_async_callback(client.aclose)
        stack.push_async_callback(keys_client.aclose)

    return create_app(
        service="portal",
        settings=settings,
        routers=ROUTERS,
        verifier=TokenVerifier(
            keys or jwks_from(keys_client, settings.jwks_url),
            issuer=settings.token_issuer,
            audience=settings.token_audience,
            clock=clock,
        ),
        open_resources=open_resources,
        state={
            "watch": routes.Watch(
                dashboards=dashboards.load(settings.dashboards_dir),
                prometheus=prometheus or None,
                scrape_seconds=settings.scrape_seconds,
                clock=clock,
            )
        },
    )


def openapi_document() -> dict[str, Any]:
    """Return the API's OpenAPI document; needs neither environment nor files."""
    return document_of("portal", ROUTERS)
