"""What the worker does for the schema ``records``: batches, the audit's chain, forgetting."""

from datetime import timedelta

import httpx
from sqlalchemy import delete

from chassis.audit import Audit
from chassis.cipher import ValueCipher
from chassis.clock import Clock, legal_date
from chassis.contracts import EventContracts
from chassis.db import Database
from chassis.outbox import Outbox
from chassis.serving import Schedule
from chassis.settings import Keyring
from verify.app import build_people
from verify.names import NameKeys
from verify.settings import VerifySettings
from verify.tables_of_records import (
    audit,
    check_counts,
    deliveries,
    idempotency,
    outbox,
    quota_uses,
    receipts,
    told_clients,
)
from verify.usecases.deliver import Deliveries
from verify.usecases.run_batches import Batches
from verify.usecases.tell_checks import tell_checks
from verify.vault import Vault
from verify.webhook_addresses import AddressRules

# How soon a table that was handed in is begun.
_BATCH_SECONDS = 1.0
_AUDIT_SECONDS = 5.0
_DELIVERY_SECONDS = 1.0
_TELLING_SECONDS = 5.0
_FORGET_SECONDS = 600.0
_QUOTA_DAYS = 30
_IDEMPOTENCY_DAYS = 30
# Long enough for whoever was told of a certificate to hear of its end.
_TOLD_DAYS = 5 * 366
_DELIVERY_DAYS = 90
# Holders see the checks of the last year.
_COUNT_DAYS = 400


def build_outbox(settings: VerifySettings, clock: Clock) -> Outbox:
    """Return what events leave through."""
    return Outbox(
        outbox,
        service="verify",
        contracts=EventContracts(settings.contracts_dir),
        cipher=ValueCipher(settings.bus_keys),
        clock=clock,
    )


def build_deliveries(settings: VerifySettings, database: Database, clock: Clock) -> Deliveries:
    """Return who tells clients of changes; close it at the end."""
    return Deliveries(
        database,
        clock,
        vault=Vault(Keyring.load(settings.records_keys_file)),
        rules=AddressRules(private=settings.webhooks_to_private_addresses),
        timeout_seconds=settings.webhook_timeout_seconds,
        waits=settings.webhook_waits_seconds,
    )


def schedules(
    settings: VerifySettings,
    database: Database,
    clock: Clock,
    client: httpx.AsyncClient,
    deliveries_: Deliveries,
) -> list[Schedule]:
    """Return the schedules; each holds a connection for its lease."""
    sealer = Audit(audit, clock)
    batches = Batches(
        database,
        clock,
        names=NameKeys(Keyring.load(settings.name_keys_file)),
        people=build_people(settings, client, clock),
        vault=Vault(Keyring.load(settings.records_keys_file)),
        stale_after=settings.stale_after,
    )

    async def seal() -> None:
        await sealer.seal(database)

    outbox_, after = build_outbox(settings, clock), settings.checks_told_after_seconds

    async def tell() -> None:
        await tell_checks(database, outbox_, clock, after=timedelta(seconds=after))

    async def forget() -> None:
        await forget_records(database, clock, receipt_days=settings.receipt_days)

    return [
        Schedule("batches", _BATCH_SECONDS, batches.turn, database),
        Schedule("deliveries", _DELIVERY_SECONDS, deliveries_.turn, database),
        Schedule("tell-checks", _TELLING_SECONDS, tell, database),
        Schedule("audit-sealer", _AUDIT_SECONDS, seal, database),
        Schedule("forget-records", _FORGET_SECONDS, forget, database),
    ]


async def forget_records(database: Database, clock: Clock, *, receipt_days: int) -> None:
    """Remove what its time is over of; the audit alone keeps everything."""
    now = clock.now()
    dated = (
        (receipts.c.issued_at, receipt_days),
        (idempotency.c.created_at, _IDEMPOTENCY_DAYS),
        (told_clients.c.told_at, _TOLD_DAYS),
        (deliveries.c.ended_at, _DELIVERY_DAYS),
        (check_counts.c.hour, _COUNT_DAYS),
    )
    async with database.transaction() as tx:
        for column, days in dated:
            await tx.execute(delete(column.table).where(column < now - timedelta(days=days)))
        oldest = legal_date(now) - timedelta(days=_QUOTA_DAYS)
        await tx.execute(delete(quota_uses).where(quota_uses.c.day < oldest))
