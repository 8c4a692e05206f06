"""``python -m identity api|worker|migrate|seed|audit|openapi|republish|replay|rekey|restored``."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from chassis.commands import Command, Service
from chassis.outbox import republish
from chassis.settings import read_secret
from identity.app import openapi
from identity.building import build_core, build_passwords
from identity.settings import Settings
from identity.usecases.after_restore import go_on
from identity.usecases.audit_invariants import audit_invariants
from identity.usecases.current_state import current_state
from identity.usecases.rekey import rekey
from identity.usecases.seed_divisions import seed_divisions


async def _seed(_: argparse.Namespace) -> None:
    settings = SERVICE.configured("seed")
    if settings.first_administrator_password_file is None:
        raise SystemExit("IDENTITY_FIRST_ADMINISTRATOR_PASSWORD_FILE is not set")
    core, passwords = build_core(settings), build_passwords(settings)
    hashed = await passwords.hash(read_secret(settings.first_administrator_password_file))
    async with core.database.transaction() as tx:
        seeded = await seed_divisions(tx, core.deps, password_hash=hashed)
    passwords.close()
    await core.database.close()
    sys.stdout.write(
        f"identity: added {seeded.organisations} organisations, {seeded.rollouts} rollout dates, "
        f"{seeded.administrators} administrators\n"
    )


async def _audit(settings: Settings) -> str:
    core = build_core(settings)
    try:
        checked = await audit_invariants(core.database, core.deps.vault, core.deps.audit)
    finally:
        await core.database.close()
    return (
        f"{checked.people} people, {checked.organisations} organisations"
        f" and {checked.audit_rows} audit rows checked"
    )


async def _republish(settings: Settings, since: datetime | None) -> int:
    core = build_core(settings)
    try:
        states = current_state(core.database, since=since)
        return await republish(core.database, core.deps.outbox, states)
    finally:
        await core.database.close()


async def _rekey(_: argparse.Namespace) -> None:
    core = build_core(SERVICE.configured("rekey"))
    try:
        count = await rekey(core.database, core.deps.vault, core.deps.audit)
    finally:
        await core.database.close()
    sys.stdout.write(f"identity: {count} ID numbers under the current keys now\n")


def _restored_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--numbers", type=Path, help="what `python -m certificates numbers` wrote")


async def _restored(arguments: argparse.Namespace) -> None:
    core = build_core(SERVICE.configured("restored"))
    try:
        async with core.database.transaction() as tx:
            done = await go_on(
                tx, core.deps.audit, _numbers(arguments.numbers), now=core.deps.clock.now()
            )
    finally:
        await core.database.close()
    sys.stdout.write(
        f"identity: {done.rows} rows go on under higher versions,"
        f" {done.numbers} numbers of forgotten people are kept\n"
    )


def _numbers(file: Path | None) -> Iterator[tuple[str, UUID]]:
    if file is None:
        return
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            yield one["management_number"], UUID(one["person_id"])


SERVICE = Service(
    name="identity",
    settings=Settings,
    migrations=Path(__file__).resolve().parents[1] / "migrations",
    api="identity.app:build_api",
    worker="identity.worker:run_worker",
    openapi=openapi,
    audit=_audit,
    republish=_republish,
    queues="identity.subscribers:QUEUES",
    parked="identity.tables:parked",
    more={
        "seed": Command("load the division tree and the first administrators", _seed),
        "rekey": Command("put every ID number under the current keys", _rekey),
        "restored": Command(
            "go on after a restore to an earlier instant; before the API starts",
            _restored,
            _restored_arguments,
        ),
    },
)

if __name__ == "__main__":
    SERVICE.main()
