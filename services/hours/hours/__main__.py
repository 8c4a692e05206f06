"""``python -m hours api|worker|migrate|audit|openapi|republish|replay|restored``."""

import argparse
import sys
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

from chassis import outbox
from chassis.clock import SystemClock
from chassis.commands import Command, Service
from chassis.db import Database
from chassis.envelope import NewEvent
from chassis.objects import ObjectStore
from chassis.restored import raise_versions
from hours import events, tables
from hours.app import build_tools, openapi_document
from hours.settings import HoursSettings
from hours.store import accounts, claims
from hours.usecases.check_accounts import check_accounts


async def _audit(settings: HoursSettings) -> str:
    database = Database(settings.database, pool_size=1)
    audit = build_tools(settings, SystemClock()).audit
    try:
        checked = await check_accounts(
            database, ObjectStore(settings.objects_url, settings.objects_access), audit
        )
    finally:
        await database.close()
    return (
        f"{checked.accounts} year accounts, {checked.claims} claims,"
        f" {checked.files} evidence files and {checked.audit_rows} audit rows checked"
    )


async def _republish(settings: HoursSettings, since: datetime | None) -> int:
    # One connection streams the tables, the other writes the outbox.
    database = Database(settings.database, pool_size=2)
    tools = build_tools(settings, SystemClock())
    try:
        return await outbox.republish(database, tools.outbox, _present_states(database, since))
    finally:
        await database.close()


async def _present_states(database: Database, since: datetime | None) -> AsyncIterator[NewEvent]:
    async with database.reading() as tx:
        async for claim in claims.changed_since(tx, since):
            yield events.claim_changed(claim)
        async for account in accounts.changed_since(tx, since):
            event = events.year_now(account)
            if event:
                yield event


async def _restored(_: argparse.Namespace) -> None:
    settings = SERVICE.configured("restored")
    database = Database(settings.database, pool_size=1)
    audit = build_tools(settings, SystemClock()).audit
    try:
        async with database.transaction() as tx:
            rows = await raise_versions(tx, (tables.claims, tables.year_accounts))
            await audit.record(
                tx,
                actor="service:hours",
                action="database.restored",
                subject="database",
                detail={"rows": rows},
            )
    finally:
        await database.close()
    sys.stdout.write(f"hours: {rows} rows go on under higher versions\n")


SERVICE = Service(
    name="hours",
    settings=HoursSettings,
    migrations=Path(__file__).parents[1] / "migrations",
    api="hours.app:build_app",
    worker="hours.worker:run_worker",
    openapi=openapi_document,
    audit=_audit,
    republish=_republish,
    queues="hours.subscribers:QUEUES",
    parked="hours.tables:parked",
    more={
        "restored": Command(
            "go on after a restore to an earlier instant; before the API starts", _restored
        )
    },
)

if __name__ == "__main__":
    SERVICE.main()
