"""``python -m verify api|worker|migrate|audit|openapi|rebuild|replay``."""

import argparse
import sys
from pathlib import Path

from chassis.commands import Command, Service
from chassis.db import Database
from verify import store
from verify.app import build_cache, openapi_document
from verify.auditing import audit
from verify.settings import VerifySettings


async def _audit(settings: VerifySettings) -> str:
    database = Database(settings.database, pool_size=1)
    cache = build_cache(settings)
    try:
        audited = await audit(database, cache)
    finally:
        await cache.close()
        await database.close()
    return f"{audited.certificates} certificates checked, {audited.cached} of them cached"


async def _rebuild(_: argparse.Namespace) -> None:
    database = Database(SERVICE.configured("rebuild").database, pool_size=1)
    async with database.transaction() as tx:
        await store.truncate(tx)
    await database.close()
    sys.stdout.write(
        "verify: the projection is empty; now let certificates and identity republish --all\n"
    )


SERVICE = Service(
    name="verify",
    settings=VerifySettings,
    migrations=Path(__file__).parents[1] / "migrations",
    api="verify.app:build_api",
    worker="verify.worker:run_worker",
    openapi=openapi_document,
    audit=_audit,
    queues="verify.subscribers:QUEUES",
    more={"rebuild": Command("empty the projection, for the producers to refill", _rebuild)},
)

if __name__ == "__main__":
    SERVICE.main()
