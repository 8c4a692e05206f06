"""Composition root of the worker process: chains the audit rows and forgets what has expired."""

import asyncio
from datetime import timedelta

from chassis.audit import Audit
from chassis.clock import SystemClock
from chassis.db import Database
from chassis.figures import Figures, of_database
from chassis.http import create_app
from chassis.serving import Schedule, run_tasks, serve
from seal import store, tables
from seal.settings import SealSettings

_AUDIT_SECONDS = 5.0
_PURGE_SECONDS = 300.0
# Expired tokens and activations stay a day, for whoever looks into an incident.
_KEPT_AFTER_EXPIRY = timedelta(days=1)


async def run_worker(settings: SealSettings, stop: asyncio.Event) -> None:
    """Work until ``stop``; leases let several copies run."""
    clock = SystemClock()
    database = Database(settings.database, pool_size=settings.database_pool_size)
    audit = Audit(tables.audit, clock)

    async def purge() -> None:
        async with database.transaction() as tx:
            await store.purge_expired(tx, clock.now() - _KEPT_AFTER_EXPIRY)

    health = create_app(
        service="seal", settings=settings, routers=(), ready={"database": database.ping}
    )
    schedules = (
        Schedule("audit", _AUDIT_SECONDS, lambda: audit.seal(database), database),
        Schedule("purge", _PURGE_SECONDS, purge, database),
    )
    try:
        await run_tasks(
            [
                Figures(database, of_database()).run,
                *(schedule.run for schedule in schedules),
                lambda end: serve(
                    health, host=settings.api_host, port=settings.worker_port, stop=end
                ),
            ],
            stop,
        )
    finally:
        await database.close()
