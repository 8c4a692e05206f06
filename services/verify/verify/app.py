"""Composition root of the API process: builds everything and passes it in."""

import gc
from contextlib import AsyncExitStack
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp

from chassis.clock import Clock, SystemClock
from chassis.db import Database
from chassis.http import create_app
from chassis.settings import Keyring
from verify.cache import FactCache
from verify.http import routes_public
from verify.http.checking import Checking
from verify.lookup import Lookup
from verify.settings import VerifySettings
from verify.tokens import TokenKeys

ROUTERS = (routes_public.router,)


def build_cache(settings: VerifySettings) -> FactCache:
    """Return the cache as the settings describe it."""
    return FactCache(
        settings.redis_url,
        timeout_seconds=settings.redis_timeout_seconds,
        ttl_seconds=settings.fact_ttl_seconds,
    )


def build_app(settings: VerifySettings, clock: Clock | None = None) -> ASGIApp:
    """Return the API with the hot route in front."""
    database = Database(settings.database, pool_size=settings.database_pool_size)
    cache = build_cache(settings)

    async def open_resources(stack: AsyncExitStack) -> None:
        stack.push_async_callback(database.close)
        stack.push_async_callback(cache.close)

    async def either_source() -> None:
        # One of the two is enough to answer, so one of the two is enough to be ready.
        try:
            await cache.ping()
        except Exception:  # noqa: BLE001 - then the other one decides
            await database.ping()

    inner = create_app(
        service="verify",
        settings=settings,
        routers=ROUTERS,
        ready={"sources": either_source},
        open_resources=open_resources,
    )
    return Checking(
        inner,
        tokens=TokenKeys(Keyring.load(settings.token_mac_keys_file).keys),
        lookup=Lookup(
            database,
            cache,
            projection_timeout_seconds=settings.projection_timeout_seconds,
            projection_waiting_limit=settings.projection_waiting_limit,
        ),
        clock=clock or SystemClock(),
        stale_after=settings.stale_after,
        official_host=settings.official_host,
    )


def build_api(settings: VerifySettings) -> ASGIApp:
    """Return the application of the api process."""
    app = build_app(settings)
    # Nearly all that a check allocates dies by its reference count. Looking for cycles among
    # everything that lives as long as the process took a third of the processor's time.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    return app


def openapi_document() -> dict[str, Any]:
    """Return the API document, made without settings, database or keys."""
    app = FastAPI(title="Yuzheng verify", version="1")
    for router in ROUTERS:
        app.include_router(router)
    return app.openapi()
