"""``python -m verify api|worker|migrate|audit|openapi|rebuild|republish|replay|witness|seed``."""

import argparse
import json
import sys
from collections.abc import Awaitable
from datetime import datetime
from pathlib import Path

import httpx

from chassis.clock import SystemClock
from chassis.commands import Command, Service
from chassis.db import Database
from chassis.key_list import KeyList
from chassis.outbox import republish
from chassis.settings import Keyring
from chassis.statements import SigningKeys
from verify import store
from verify.app import build_cache, openapi_document
from verify.auditing import audit_projection
from verify.auditing_log import check_log
from verify.auditing_status import check_status_lists
from verify.key_file import checked_key_list
from verify.log_reading import PublicLog
from verify.names import NameKeys
from verify.seeding import Seeder
from verify.settings import VerifySettings
from verify.upkeep import build_outbox
from verify.usecases.tell_checks import told_so_far
from verify.witness import testimony

# One page of the log's entries at a time.
_LOG_SECONDS = 30.0


async def _audit(settings: VerifySettings) -> str:
    database = Database(settings.database, pool_size=1)
    cache = build_cache(settings)
    key_list = checked_key_list(settings, SystemClock().now())
    keys = SigningKeys.load(settings.status_keys_file).public if settings.status_keys_file else {}
    try:
        audited = await audit_projection(database, cache)
        lists = await check_status_lists(database, keys, key_list)
        leaves = await _audit_log(settings, database, key_list)
    finally:
        await cache.close()
        await database.close()
    return (
        f"{audited.certificates} certificates checked, {audited.cached} of them cached,"
        f" {lists} status lists, {leaves}"
        f"{', the key list' if key_list else ', no key list is configured'}"
    )


async def _audit_log(settings: VerifySettings, database: Database, keys: KeyList | None) -> str:
    if not settings.log_url:
        return "the public log not compared (log_url is not set)"
    async with httpx.AsyncClient(timeout=_LOG_SECONDS) as client:
        leaves = await check_log(database, PublicLog(client, settings.log_url), keys)
    return f"{leaves} entries of the public log"


async def _republish(settings: VerifySettings, since: datetime | None) -> int:
    database = Database(settings.database, pool_size=2)
    try:
        outbox = build_outbox(settings, SystemClock())
        return await republish(database, outbox, told_so_far(database, since=since))
    finally:
        await database.close()


async def _rebuild(_: argparse.Namespace) -> None:
    database = Database(SERVICE.configured("rebuild").database, pool_size=1)
    async with database.transaction() as tx:
        await store.truncate(tx)
    await database.close()
    sys.stdout.write(
        "verify: the projection is empty; now let certificates and identity republish --all\n"
    )


def _witness_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, required=True, help="file of JSON lines")


async def _witness(arguments: argparse.Namespace) -> None:
    database = Database(SERVICE.configured("witness").database, pool_size=1)
    count = 0
    try:
        with arguments.output.open("w", encoding="utf-8") as file:
            async for line in testimony(database):
                file.write(json.dumps(line) + "\n")
                count += 1
    finally:
        await database.close()
    sys.stdout.write(f"verify: {count} lines in {arguments.output}\n")


def _seed_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--certificates", type=int, required=True, metavar="N")


def _seed(arguments: argparse.Namespace) -> int | Awaitable[None]:
    settings = SERVICE.configured("seed")
    if settings.environment == "production":
        sys.stderr.write("verify: no invented certificates in production\n")
        return 1
    return _write_seeds(settings, arguments.certificates)


async def _write_seeds(settings: VerifySettings, certificates: int) -> None:
    database, cache = Database(settings.database, pool_size=2), build_cache(settings)
    seeder = Seeder(
        database,
        cache,
        tokens=Keyring.load(settings.token_mac_keys_file),
        names=NameKeys(Keyring.load(settings.name_keys_file)),
        clock=SystemClock(),
    )
    try:
        async for done in seeder.run(certificates):
            sys.stdout.write(f"\r{done} certificates")
        sys.stdout.write("\n")
    finally:
        await cache.close()
        await database.close()


SERVICE = Service(
    name="verify",
    settings=VerifySettings,
    migrations=Path(__file__).parents[1] / "migrations",
    api="verify.app:build_api",
    worker="verify.worker:run_worker",
    openapi=openapi_document,
    audit=_audit,
    republish=_republish,
    queues="verify.subscribers:QUEUES",
    parked="verify.tables_of_records:parked",
    more={
        "rebuild": Command("empty the projection, for the producers to refill", _rebuild),
        "witness": Command(
            "write down what was told, to complete a restored certificates database from",
            _witness,
            _witness_arguments,
        ),
        "seed": Command("write invented certificates, for load", _seed, _seed_arguments),
    },
)

if __name__ == "__main__":
    SERVICE.main()
