"""``python -m verify api|worker|migrate|audit|openapi|rebuild|replay``."""

import argparse
import gc
import sys
from pathlib import Path

from chassis import bus, migrations, serving, telemetry
from chassis.commands import Command, main, print_openapi
from chassis.db import Database
from verify import store
from verify.app import build_app, build_cache, openapi_document
from verify.auditing import audit
from verify.errors import Disagreement
from verify.settings import VerifySettings
from verify.worker import run_worker

_MIGRATIONS = Path(__file__).parents[1] / "migrations"


def _settings(process: str) -> VerifySettings:
    settings = VerifySettings()
    telemetry.configure(
        service="verify",
        process=process,
        otlp_endpoint=settings.otlp_endpoint,
        log_level=settings.log_level,
    )
    return settings


def _api(_: argparse.Namespace) -> None:
    settings = _settings("api")
    app = build_app(settings)
    # Nearly all that a check allocates dies by its reference count. Looking for cycles among
    # everything that lives as long as the process took a third of the processor's time.
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    serving.run(
        lambda stop: serving.serve(app, host=settings.api_host, port=settings.api_port, stop=stop)
    )


def _worker(_: argparse.Namespace) -> None:
    settings = _settings("worker")
    serving.run(lambda stop: run_worker(settings, stop))


def _migrate(_: argparse.Namespace) -> None:
    migrations.upgrade(_settings("migrate").database, _MIGRATIONS)


async def _audit(_: argparse.Namespace) -> int:
    settings = _settings("audit")
    database = Database(settings.database, pool_size=1)
    cache = build_cache(settings)
    try:
        audited = await audit(database, cache)
    except Disagreement as violation:
        sys.stdout.write(f"verify: VIOLATION: {violation}\n")
        return 1
    finally:
        await cache.close()
        await database.close()
    sys.stdout.write(
        f"verify: {audited.certificates} certificates checked, {audited.cached} of them cached\n"
    )
    return 0


async def _rebuild(_: argparse.Namespace) -> None:
    database = Database(_settings("rebuild").database, pool_size=1)
    async with database.transaction() as tx:
        await store.truncate(tx)
    await database.close()
    sys.stdout.write(
        "verify: the projection is empty; now let certificates and identity republish --all\n"
    )


async def _replay(arguments: argparse.Namespace) -> None:
    connection = await bus.connect(_settings("replay").broker, name="verify-replay")
    async with connection:
        moved = await bus.replay(connection, arguments.queue)
    sys.stdout.write(f"verify: {moved} parked messages are back in {arguments.queue}\n")


def _replay_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--queue", required=True, help="the queue, for example verify.certificates")


if __name__ == "__main__":
    main(
        "verify",
        {
            "api": Command("serve the public check", _api),
            "worker": Command("keep projection and cache up to date", _worker),
            "migrate": Command("bring the database to the newest revision", _migrate),
            "audit": Command("compare projection, freshness and cache; 1 if they differ", _audit),
            "openapi": Command(
                "print the OpenAPI document", lambda _: print_openapi(openapi_document())
            ),
            "rebuild": Command("empty the projection, for the producers to refill", _rebuild),
            "replay": Command("put parked messages back", _replay, _replay_arguments),
        },
    )
