"""``python -m certificates api|worker|migrate|audit|openapi|republish|replay``."""

import argparse
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

from certificates import events, subscribers
from certificates.app import build_app, openapi_document
from certificates.building import build_dependencies
from certificates.domain.presence import present
from certificates.domain.states import SealState
from certificates.errors import InvariantBroken
from certificates.settings import Settings
from certificates.store import certificates, copies, intents, seals
from certificates.usecases.check import check_everything
from certificates.worker import run_worker
from certificates.workshop import Workshop
from chassis import bus, outbox, serving, telemetry
from chassis.clock import SystemClock
from chassis.commands import Command, main, print_openapi
from chassis.db import Database
from chassis.envelope import NewEvent
from chassis.objects import ObjectStore

_MIGRATIONS = Path(__file__).parents[1] / "migrations"


def _settings(process: str) -> Settings:
    settings = Settings()
    telemetry.configure(
        service="certificates",
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
    settings = _settings("worker")
    serving.run(lambda stop: run_worker(settings, stop))


def _migrate(_: argparse.Namespace) -> None:
    # Alembic is 10 MB that the processes which run for months have no use for.
    from chassis import migrations  # noqa: PLC0415 - see above

    migrations.upgrade(_settings("migrate").database, _MIGRATIONS)


async def _audit(_: argparse.Namespace) -> int:
    settings = _settings("audit")
    database = Database(settings.database, pool_size=1)
    workshop = Workshop(
        settings.fonts_dir,
        processes=1,
        documents_per_process=settings.documents_per_process,
        timeout_seconds=settings.document_timeout_seconds,
    )
    audit = build_dependencies(settings, SystemClock()).audit
    try:
        checked = await check_everything(
            database, ObjectStore(settings.objects_url), workshop, audit
        )
    except InvariantBroken as error:
        sys.stdout.write(f"certificates: VIOLATION: {error}\n")
        return 1
    finally:
        workshop.close()
        await database.close()
    sys.stdout.write(
        f"certificates: {checked.certificates} certificates with their files,"
        f" {checked.ledger_entries} ledger entries and {checked.audit_rows} audit rows checked\n"
    )
    return 0


async def _republish(arguments: argparse.Namespace) -> None:
    settings = _settings("republish")
    # One connection streams the tables, the other writes the outbox.
    database = Database(settings.database, pool_size=2)
    deps = build_dependencies(settings, SystemClock())
    try:
        count = await outbox.republish(
            database, deps.outbox, _present_states(database, arguments.since)
        )
    finally:
        await database.close()
    sys.stdout.write(f"certificates: {count} events queued again\n")


async def _present_states(database: Database, since: datetime | None) -> AsyncIterator[NewEvent]:
    async with database.reading() as tx:
        for seal in await seals.in_state(
            tx, SealState.ACTIVE, SealState.SUSPENDED, SealState.REPLACED
        ):
            office = await copies.organisation(tx, seal.office_id)
            yield events.seal_changed(
                seal,
                version=seal.aggregate_version,
                state=seal.state,
                office_name=office.name if office else seal.name,
            )
        for intent in await intents.all_parked(tx):
            yield events.certificate_parked(
                intent_id=intent.id,
                version=intent.aggregate_version,
                person_id=intent.person_id,
                year=intent.year,
                reason_code=present(intent.reason_code),
                task=present(intent.task),
            )
        async for certificate in certificates.changed_since(tx, since):
            yield events.certificate_changed(certificate)


async def _replay(arguments: argparse.Namespace) -> None:
    connection = await bus.connect(_settings("replay").broker, name="certificates-replay")
    try:
        moved = await bus.replay(connection, arguments.queue)
    finally:
        await connection.close()
    sys.stdout.write(f"certificates: {moved} parked events moved back to {arguments.queue}\n")


def _republish_arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--all", action="store_true", help="every seal, parked intent and certificate"
    )
    which.add_argument("--since", type=_instant, help="only what changed since (ISO, with zone)")


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError("an instant needs its zone, e.g. 2026-11-23T09:00+08:00")
    return instant


def _replay_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--queue", required=True, choices=sorted(subscribers.QUEUES))


if __name__ == "__main__":
    main(
        "certificates",
        {
            "api": Command("serve the HTTP API", _api),
            "worker": Command("render, seal and publish; relay, consumers, schedules", _worker),
            "migrate": Command("bring the database to the newest revision", _migrate),
            "audit": Command("recompute the invariants; exit 1 on the first violation", _audit),
            "openapi": Command(
                "print the OpenAPI document", lambda _: print_openapi(openapi_document())
            ),
            "republish": Command("queue present states again", _republish, _republish_arguments),
            "replay": Command("move parked events back", _replay, _replay_arguments),
        },
    )
