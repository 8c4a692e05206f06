"""``python -m hours api|worker|migrate|audit|openapi|republish|replay``.

Each command imports what it runs, so that the API carries no broker client: 4 MB a process.
"""
# ruff: noqa: PLC0415 - see above

import argparse
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

from chassis import migrations, outbox, serving, telemetry
from chassis.clock import SystemClock
from chassis.commands import Command, main, print_openapi
from chassis.db import Database
from chassis.envelope import NewEvent
from chassis.objects import ObjectStore
from hours import events
from hours.app import build_app, build_tools, openapi_document
from hours.settings import HoursSettings
from hours.store import accounts, claims
from hours.usecases.check_accounts import InvariantBroken, check_accounts

_MIGRATIONS = Path(__file__).parents[1] / "migrations"


def _settings(process: str) -> HoursSettings:
    settings = HoursSettings()
    telemetry.configure(
        service="hours",
        process=process,
        otlp_endpoint=settings.otlp_endpoint,
        log_level=settings.log_level,
    )
    return settings


def _api(_: argparse.Namespace) -> None:
    settings = _settings("api")
    app = build_app(settings)
    serving.run(
        lambda stop: serving.serve(app, host=settings.api_host, port=settings.api_port, stop=stop)
    )


def _worker(_: argparse.Namespace) -> None:
    from hours.worker import run_worker

    settings = _settings("worker")
    serving.run(lambda stop: run_worker(settings, stop))


def _migrate(_: argparse.Namespace) -> None:
    migrations.upgrade(_settings("migrate").database, _MIGRATIONS)


def _openapi(_: argparse.Namespace) -> None:
    print_openapi(openapi_document())


async def _audit(_: argparse.Namespace) -> int:
    settings = _settings("audit")
    database = Database(settings.database, pool_size=1)
    objects = ObjectStore(settings.objects_url)
    audit = build_tools(settings, SystemClock()).audit
    try:
        checked = await check_accounts(database, objects, audit)
    except InvariantBroken as error:
        sys.stdout.write(f"hours: VIOLATION: {error}\n")
        return 1
    finally:
        await database.close()
    sys.stdout.write(
        f"hours: {checked.accounts} year accounts, {checked.claims} claims,"
        f" {checked.files} evidence files and {checked.audit_rows} audit rows checked\n"
    )
    return 0


async def _republish(arguments: argparse.Namespace) -> None:
    settings = _settings("republish")
    # One connection streams the tables, the other writes the outbox.
    database = Database(settings.database, pool_size=2)
    tools = build_tools(settings, SystemClock())
    try:
        count = await outbox.republish(
            database, tools.outbox, _present_states(database, arguments.since)
        )
    finally:
        await database.close()
    sys.stdout.write(f"hours: {count} events queued again\n")


async def _present_states(database: Database, since: datetime | None) -> AsyncIterator[NewEvent]:
    async with database.reading() as tx:
        async for claim in claims.changed_since(tx, since):
            yield events.claim_changed(claim)
        async for account in accounts.changed_since(tx, since):
            event = events.year_now(account)
            if event:
                yield event


async def _replay(arguments: argparse.Namespace) -> None:
    from chassis import bus

    connection = await bus.connect(_settings("replay").broker, name="hours-replay")
    try:
        moved = await bus.replay(connection, arguments.queue)
    finally:
        await connection.close()
    sys.stdout.write(f"hours: {moved} parked events moved back to {arguments.queue}\n")


def _republish_arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", help="every claim and every year account")
    which.add_argument("--since", type=_instant, help="only what changed since (ISO, with zone)")


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError("an instant needs its zone, e.g. 2026-11-23T09:00+08:00")
    return instant


def _replay_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--queue", required=True, choices=("hours.certificates", "hours.identity"))


if __name__ == "__main__":
    main(
        "hours",
        {
            "api": Command("serve the HTTP API", _api),
            "worker": Command("relay, consumers, schedules", _worker),
            "migrate": Command("bring the database to the newest revision", _migrate),
            "audit": Command("recompute the invariants; exit 1 on the first violation", _audit),
            "openapi": Command("print the OpenAPI document", _openapi),
            "republish": Command("queue present states again", _republish, _republish_arguments),
            "replay": Command("move parked events back", _replay, _replay_arguments),
        },
    )
