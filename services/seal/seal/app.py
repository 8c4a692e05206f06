"""Composition root of the API process: builds everything and passes it in."""

from contextlib import AsyncExitStack

from fastapi import FastAPI

from chassis.audit import Audit
from chassis.clock import Clock, SystemClock
from chassis.db import Database
from chassis.http import create_app
from seal import tables
from seal.certificate import SealCertificate
from seal.clients import Clients
from seal.errors import Misconfigured
from seal.http import routes_csc, routes_log, routes_oauth
from seal.http.deps import add_error_documents
from seal.keys import SealKey
from seal.keys.file import FileKey
from seal.keys.pkcs11 import Pkcs11Key
from seal.settings import SealSettings
from seal.usecases import Desk

ROUTERS = (routes_csc.router, routes_oauth.router, routes_log.router)


def build_key(settings: SealSettings) -> SealKey:
    if settings.key_file:
        return FileKey(settings.key_file)
    return Pkcs11Key(settings.token, timeout_seconds=settings.signing_timeout_seconds)


def build_desk(settings: SealSettings, database: Database, key: SealKey, clock: Clock) -> Desk:
    return Desk(
        database=database,
        clock=clock,
        audit=Audit(tables.audit, clock),
        clients=Clients.load(settings.clients_file),
        key=key,
        certificate=SealCertificate.load(settings.certificate_chain_file),
        office_name=settings.office_name,
        credential_id=settings.credential_id,
        access_token_seconds=settings.access_token_seconds,
        activation_seconds=settings.activation_seconds,
        hashes_per_call=settings.hashes_per_call,
    )


def build_app(settings: SealSettings, clock: Clock | None = None) -> FastAPI:
    """Return the API; it starts only if key, certificate, office and environment fit together."""
    database = Database(settings.database, pool_size=settings.database_pool_size)
    key = build_key(settings)
    desk = build_desk(settings, database, key, clock or SystemClock())

    async def open_resources(stack: AsyncExitStack) -> None:
        stack.push_async_callback(database.close)
        stack.callback(key.close)
        await check_fits(desk, settings)

    async def token_answers() -> None:
        await key.public_key()

    async def certificate_is_in_force() -> None:
        desk.certificate.check_in_force(desk.clock.now())

    app = create_app(
        service="seal",
        settings=settings,
        routers=ROUTERS,
        ready={
            "database": database.ping,
            "token": token_answers,
            "certificate": certificate_is_in_force,
        },
        open_resources=open_resources,
        state={"desk": desk},
        problem_documents=False,
    )
    add_error_documents(app)
    return app


async def check_fits(desk: Desk, settings: SealSettings) -> None:
    """Raise ``Misconfigured`` unless the process may sign with what it was given."""
    production = settings.environment == "production"
    if production and isinstance(desk.key, FileKey):
        raise Misconfigured("production keeps the key in a PKCS#11 token, not in a file")
    desk.certificate.check_fits(
        await desk.key.public_key(), office_name=desk.office_name, production=production
    )
