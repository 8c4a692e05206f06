"""``python -m hours api|worker|migrate|audit|openapi|republish|replay``."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

from chassis import outbox
from chassis.clock import SystemClock
from chassis.commands import Service
from chassis.db import Database
from chassis.envelope import NewEvent
from chassis.objects import ObjectStore
from hours import events
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
)

if __name__ == "__main__":
    SERVICE.main()
