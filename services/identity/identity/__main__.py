"""``python -m identity COMMAND``."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

from chassis import bus, migrations
from chassis.commands import Command, main, print_openapi
from chassis.outbox import republish
from chassis.serving import run
from chassis.settings import read_secret
from identity.app import openapi, run_api
from identity.building import build_core, build_passwords
from identity.settings import Settings
from identity.subscribers import QUEUE
from identity.usecases.audit_invariants import InvariantBroken, audit_invariants
from identity.usecases.current_state import current_state
from identity.usecases.seed_divisions import seed_divisions
from identity.worker import run_worker

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"


def _settings() -> Settings:
    return Settings()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _migrate(_: argparse.Namespace) -> None:
    migrations.upgrade(_settings().database, MIGRATIONS)


async def _seed(_: argparse.Namespace) -> None:
    settings = _settings()
    if settings.first_administrator_password_file is None:
        raise SystemExit("IDENTITY_FIRST_ADMINISTRATOR_PASSWORD_FILE is not set")
    core, passwords = build_core(settings), build_passwords(settings)
    hashed = await passwords.hash(read_secret(settings.first_administrator_password_file))
    async with core.database.transaction() as tx:
        seeded = await seed_divisions(tx, core.deps, password_hash=hashed)
    passwords.close()
    await core.database.close()
    _say(
        f"added {seeded.organisations} organisations, {seeded.rollouts} rollout dates, "
        f"{seeded.administrators} administrators"
    )


async def _audit(_: argparse.Namespace) -> int:
    core = build_core(_settings())
    try:
        checked = await audit_invariants(core.database, core.deps.vault, core.deps.audit)
    except InvariantBroken as broken:
        _say(f"identity: BROKEN: {broken}")
        return 1
    finally:
        await core.database.close()
    _say(
        f"identity: sound: checked {checked.people} people, "
        f"{checked.organisations} organisations, {checked.audit_rows} audit rows"
    )
    return 0


def _republish_arguments(parser: argparse.ArgumentParser) -> None:
    extent = parser.add_mutually_exclusive_group(required=True)
    extent.add_argument("--all", action="store_true", help="everything")
    extent.add_argument("--since", type=datetime.fromisoformat, help="what changed since (ISO)")


async def _republish(arguments: argparse.Namespace) -> None:
    since: datetime | None = arguments.since
    if since and since.tzinfo is None:
        raise SystemExit("--since needs a time zone, for example 2026-11-23T00:00:00+08:00")
    core = build_core(_settings())
    events = current_state(core.database, since=since)
    count = await republish(core.database, core.deps.outbox, events)
    await core.database.close()
    _say(f"{count} events written to the outbox")


def _replay_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--queue", choices=[QUEUE], default=QUEUE)


async def _replay(arguments: argparse.Namespace) -> None:
    connection = await bus.connect(_settings().broker, name="identity-replay")
    moved = await bus.replay(connection, arguments.queue)
    await connection.close()
    _say(f"{moved} parked messages moved back to {arguments.queue}")


COMMANDS = {
    "api": Command("serve the HTTP API", lambda _: run(run_api)),
    "worker": Command("relay, subscribers and schedules", lambda _: run(run_worker)),
    "migrate": Command("bring the database to the newest revision", _migrate),
    "seed": Command("load the division tree and the first administrators", _seed),
    "audit": Command("recompute the invariants from the tables", _audit),
    "openapi": Command("print the OpenAPI document", lambda _: print_openapi(openapi())),
    "republish": Command("publish current states again", _republish, _republish_arguments),
    "replay": Command("move parked messages back", _replay, _replay_arguments),
}

if __name__ == "__main__":
    main("identity", COMMANDS)
