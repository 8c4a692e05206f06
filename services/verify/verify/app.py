"""Composition root of the API process: builds everything and passes it in."""

import asyncio
import gc
import hmac
from contextlib import AsyncExitStack
from typing import Any

import httpx
from starlette.types import ASGIApp

from chassis.audit import Audit
from chassis.auth import ServiceTokens, TokenVerifier, jwks_from
from chassis.clock import Clock, SystemClock
from chassis.db import Database
from chassis.http import OpenResources, create_app
from chassis.openapi import document_of
from chassis.parked_routes import ParkedDesk, parked_router
from chassis.settings import Keyring, read_secret
from chassis.statements import SigningKeys
from verify.cache import FactCache
from verify.counting import CheckCounter
from verify.examiner import Examiner
from verify.http import (
    routes_batches,
    routes_clients,
    routes_documents,
    routes_lookups,
    routes_offices,
    routes_public,
    routes_published,
    routes_web,
    routes_webhooks,
)
from verify.http.checking import Checking
from verify.http.matching import Matching
from verify.http.proving import Proving
from verify.identity_client import People
from verify.key_file import KeyFile
from verify.limits import Limiter
from verify.lookup import Lookup
from verify.names import NameKeys
from verify.settings import VerifySettings
from verify.status_reading import StatusReader
from verify.tables_of_records import audit, idempotency, parked
from verify.tokens import TokenKeys
from verify.usecases import Dependencies
from verify.vault import Vault
from verify.web_files import WebFiles

ROUTERS = (
    # Before the checks, whose path would take these for tokens.
    routes_published.router,
    routes_web.router,
    routes_public.router,
    routes_lookups.router,
    routes_documents.router,
    routes_offices.router,
    routes_batches.router,
    routes_clients.router,
    routes_webhooks.router,
    parked_router("verify"),
)
_CALL_SECONDS = 5.0


def build_cache(settings: VerifySettings) -> FactCache:
    """Return the cache as the settings describe it."""
    return FactCache(
        settings.redis,
        timeout_seconds=settings.redis_timeout_seconds,
        ttl_seconds=settings.fact_ttl_seconds,
    )


def build_dependencies(settings: VerifySettings, database: Database, clock: Clock) -> Dependencies:
    """Return what the use cases are built on."""
    names = Keyring.load(settings.name_keys_file)
    return Dependencies(
        database=database,
        clock=clock,
        names=NameKeys(names),
        limiter=Limiter(
            settings.redis,
            timeout_seconds=settings.redis_timeout_seconds,
            key=hmac.digest(names.current_key, b"yuzheng-limits-1", "sha256"),
            fraction_alone=settings.fraction_alone,
        ),
        counter=CheckCounter(database, clock),
        signing=SigningKeys.load(settings.signing_keys_file),
        audit=Audit(audit, clock),
        stale_after=settings.stale_after,
        official_host=settings.official_host,
        timeout_seconds=settings.projection_timeout_seconds,
    )


def build_people(settings: VerifySettings, client: httpx.AsyncClient, clock: Clock) -> People:
    """Return who resolves ID numbers; without a secret identity refuses, and so do we."""
    secret = settings.service_client_secret_file
    tokens = ServiceTokens(
        client,
        url=f"{settings.identity_url}/internal/tokens",
        client_id=settings.service_client_id,
        client_secret=read_secret(secret) if secret else "",
        clock=clock,
    )
    return People(client, url=settings.identity_url, tokens=tokens)


def build_verifier(
    settings: VerifySettings, client: httpx.AsyncClient, clock: Clock, *, audience: str
) -> TokenVerifier | None:
    """Return the checker of access tokens; without keys nobody can log in, and checks go on."""
    if not settings.jwks_url:
        return None
    return TokenVerifier(
        jwks_from(client, settings.jwks_url),
        issuer=settings.token_issuer,
        audience=audience,
        clock=clock,
    )


def build_lookup(settings: VerifySettings, database: Database, cache: FactCache) -> Lookup:
    """Return what finds the facts of tokens."""
    return Lookup(
        database,
        cache,
        projection_timeout_seconds=settings.projection_timeout_seconds,
        projection_waiting_limit=settings.projection_waiting_limit,
    )


def build_app(settings: VerifySettings, clock: Clock | None = None) -> ASGIApp:
    """Return the API with the hot route in front."""
    clock = clock or SystemClock()
    database = Database(settings.database, pool_size=settings.database_pool_size)
    cache = build_cache(settings)
    deps = build_dependencies(settings, database, clock)
    tokens = TokenKeys(Keyring.load(settings.token_mac_keys_file).keys)
    client = httpx.AsyncClient(timeout=_CALL_SECONDS)
    web = WebFiles.load(settings.web_dir, settings.root_public_key_file, settings.official_host)

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
        verifier=build_verifier(settings, client, clock, audience=settings.token_audience),
        ready={"sources": either_source},
        open_resources=_resources(deps, cache, client),
        state={
            "deps": deps,
            "parked": ParkedDesk(database, parked, idempotency, deps.audit, clock),
            "tokens": tokens,
            "database": database,
            "people": build_people(settings, client, clock),
            "settings": settings,
            "web_files": web,
            "client_verifier": build_verifier(
                settings, client, clock, audience=settings.api_client_audience
            ),
            "vault": Vault(Keyring.load(settings.records_keys_file)),
            "key_file": KeyFile(settings.key_list_file, settings.root_public_key_file),
            "status_reader": StatusReader(
                database, timeout_seconds=settings.projection_timeout_seconds
            ),
            "examiner": Examiner.load(settings.trust_roots_file),
        },
    )
    return Checking(
        inner,
        tokens=tokens,
        scanned=deps.counter.scanned,
        lookup=build_lookup(settings, database, cache),
        matching=Matching(deps),
        proving=Proving(database, timeout_seconds=settings.projection_timeout_seconds),
        clock=clock,
        stale_after=settings.stale_after,
        official_host=settings.official_host,
        script=web.script,
    )


def _resources(deps: Dependencies, cache: FactCache, client: httpx.AsyncClient) -> OpenResources:
    async def open_resources(stack: AsyncExitStack) -> None:
        stack.push_async_callback(deps.database.close)
        stack.push_async_callback(cache.close)
        stack.push_async_callback(deps.limiter.close)
        stack.push_async_callback(client.aclose)
        # Last in, first out: what was counted is written while the database is still open.
        stack.push_async_callback(deps.counter.flush)
        counting = asyncio.create_task(deps.counter.run())
        stack.callback(counting.cancel)

    return open_resources


def build_api(settings: VerifySettings) -> ASGIApp:
    """Return the application of the api process."""
    app = build_app(settings)
    # Nearly all that a check allocates dies by its reference count. Looking for cycles among
    # everything that lives as long as the process took a third of the processor's time.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    return app


def openapi_document() -> dict[str, Any]:
    """Return the API's OpenAPI document; needs neither environment nor database."""
    return document_of("verify", ROUTERS)
