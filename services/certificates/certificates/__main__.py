"""``python -m certificates …``; ``--help`` lists the commands."""

import argparse
import json
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from pkgutil import resolve_name

from certificates import events
from certificates.app import openapi_document
from certificates.building import build_dependencies
from certificates.domain.presence import present
from certificates.domain.states import SealState
from certificates.key_ceremony import keys_command
from certificates.settings import Settings
from certificates.store import certificates, copies, intents, seals
from certificates.usecases.check import check_everything
from certificates.workshop import Workshop
from chassis import outbox
from chassis.clock import SystemClock
from chassis.commands import Command, Service
from chassis.db import Database
from chassis.envelope import NewEvent
from chassis.objects import ObjectStore


async def _audit(settings: Settings) -> str:
    database = Database(settings.database, pool_size=1)
    workshop = Workshop(
        settings.fonts_dir,
        processes=1,
        documents_per_process=settings.documents_per_process,
        timeout_seconds=settings.document_timeout_seconds,
        start_seconds=settings.document_start_seconds,
    )
    audit = build_dependencies(settings, SystemClock()).audit
    try:
        checked = await check_everything(
            database,
            ObjectStore(settings.objects_url, settings.objects_access),
            workshop,
            audit,
            settings.trust_roots,
            downloads=ObjectStore(settings.downloads_url, settings.objects_access),
        )
    finally:
        workshop.close()
        await database.close()
    return (
        f"{checked.certificates} certificates with their files in {checked.revisions} revisions,"
        f" {checked.ledger_entries} ledger entries under {checked.signed_roots} signed roots,"
        f" {checked.lifecycle.summary}"
        f", {checked.readers.summary}"
        f", {checked.quarantines} files that failed the gate"
        f", {checked.template_versions} template versions"
        f", {checked.seal_files} impressions and applications of seals"
        f" and {checked.audit_rows} audit rows checked"
    )


async def _republish(settings: Settings, since: datetime | None) -> int:
    # One connection streams the tables, the other writes the outbox.
    database = Database(settings.database, pool_size=2)
    deps = build_dependencies(settings, SystemClock())
    try:
        return await outbox.republish(database, deps.outbox, _present_states(database, since))
    finally:
        await database.close()


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


def _numbers_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, required=True, help="file of JSON lines")


async def _numbers(arguments: argparse.Namespace) -> None:
    database = Database(SERVICE.configured("numbers").database, pool_size=1)
    count = 0
    try:
        async with database.reading() as tx:
            with arguments.output.open("w", encoding="utf-8") as file:
                async for person_id, number in copies.numbers(tx):
                    line = {"person_id": str(person_id), "management_number": number}
                    file.write(json.dumps(line) + "\n")
                    count += 1
    finally:
        await database.close()
    sys.stdout.write(f"certificates: {count} numbers in {arguments.output}\n")


def _recover_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--witness", type=Path, required=True, help="what `python -m verify witness` wrote"
    )


async def _recover(arguments: argparse.Namespace) -> int:
    # Reads PDF files in this process: nothing that the API or the worker should carry.
    recover = resolve_name("certificates.recovering:recover")
    return int(await recover(SERVICE.configured("recover"), arguments))


SERVICE = Service(
    name="certificates",
    settings=Settings,
    migrations=Path(__file__).parents[1] / "migrations",
    api="certificates.app:build_app",
    worker="certificates.worker:run_worker",
    openapi=openapi_document,
    audit=_audit,
    republish=_republish,
    queues="certificates.subscribers:QUEUES",
    parked="certificates.tables:parked",
    more={
        "keys": keys_command(),
        "numbers": Command(
            "write down whose every management number is, for a restored identity",
            _numbers,
            _numbers_arguments,
        ),
        "recover": Command(
            "complete a restored database from what verify was told; before the worker starts",
            _recover,
            _recover_arguments,
        ),
    },
)

if __name__ == "__main__":
    SERVICE.main()
