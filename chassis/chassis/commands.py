"""``python -m SERVICE COMMAND``: the same words for every service."""

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, Generic, TypeVar

from chassis import serving, telemetry
from chassis.audit import InvariantBroken
from chassis.cipher import ValueCipher
from chassis.db import Database
from chassis.settings import ServiceSettings, SettingsWrong

Settings = TypeVar("Settings", bound=ServiceSettings)


@dataclass(frozen=True)
class Command:
    """One command: its help line, its arguments, and what it does with them.

    ``run`` may return an exit code, or an awaitable of one; None means 0.
    """

    help: str
    run: Callable[[argparse.Namespace], Any]
    arguments: Callable[[argparse.ArgumentParser], None] | None = None


def main(service: str, commands: Mapping[str, Command], argv: Sequence[str] | None = None) -> None:
    """Parse the command line, run the command, exit with its code; 2 for wrong settings."""
    parser = argparse.ArgumentParser(prog=f"python -m {service}")
    choices = parser.add_subparsers(dest="command", required=True)
    for name, command in commands.items():
        sub = choices.add_parser(name, help=command.help)
        if command.arguments:
            command.arguments(sub)
    chosen = parser.parse_args(argv)
    try:
        result = commands[chosen.command].run(chosen)
        if asyncio.iscoroutine(result):
            result = asyncio.run(result)
    except SettingsWrong as wrong:
        sys.exit(_refuse(service, wrong))
    sys.exit(result or 0)


def _refuse(service: str, wrong: SettingsWrong) -> int:
    # A traceback would bury the one line that says what to mend.
    sys.stderr.write(f"{service}: {wrong}\n")
    return 2


def print_openapi(document: Mapping[str, Any]) -> None:
    """Write an OpenAPI document as the goldens in contracts/http are kept."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n")


@dataclass(frozen=True, kw_only=True)
class Service(Generic[Settings]):
    """What a service brings to the words every service knows; ``more`` are words of its own.

    ``api`` (settings → ASGI app) and ``worker`` (settings, stop → running) are named as
    ``module:function`` and imported when they run: an API process carries no broker client.
    ``audit`` returns the sentence that says what was checked, or raises ``InvariantBroken``.
    ``republish`` queues the present states changed since an instant (None: all), returns how
    many. ``queues`` names (as above) the queues whose parked messages may be replayed, ``parked``
    the table they are written down in.
    """

    name: str
    settings: Callable[[], Settings]
    migrations: Path
    api: str
    worker: str
    openapi: Callable[[], Mapping[str, Any]]
    audit: Callable[[Settings], Awaitable[str]]
    republish: Callable[[Settings, datetime | None], Awaitable[int]] | None = None
    queues: str = ""
    parked: str = ""
    more: Mapping[str, Command] = field(default_factory=dict)

    def main(self, argv: Sequence[str] | None = None) -> None:
        """Run the command the command line names."""
        main(self.name, self.commands(), argv)

    def commands(self) -> dict[str, Command]:
        """Return the common words that apply, then the service's own."""
        found = {
            "api": Command("serve the HTTP API", self._api),
            "worker": Command("relay, consumers and schedules", self._worker),
            "migrate": Command("bring the database to the newest revision", self._migrate),
            "audit": Command("recompute the invariants; 1 names the first broken", self._audit),
            "openapi": Command(
                "print the OpenAPI document", lambda _: print_openapi(self.openapi())
            ),
        }
        if self.republish:
            found["republish"] = Command(
                "queue the present states again", self._republish, _republish_arguments
            )
        if self.queues:
            found["replay"] = Command("move parked messages back", self._replay, _replay_arguments)
        return {**found, **self.more}

    def configured(self, process: str) -> Settings:
        """Read the settings and set telemetry up for the named process."""
        settings = self.settings()
        telemetry.configure(
            service=self.name,
            process=process,
            otlp_endpoint=settings.otlp_endpoint,
            log_level=settings.log_level,
        )
        return settings

    def _api(self, _: argparse.Namespace) -> None:
        settings = self.configured("api")
        app = resolve_name(self.api)(settings)
        serving.run(
            lambda stop: serving.serve(
                app, host=settings.api_host, port=settings.api_port, stop=stop
            )
        )

    def _worker(self, _: argparse.Namespace) -> None:
        settings = self.configured("worker")
        run = resolve_name(self.worker)
        serving.run(lambda stop: run(settings, stop))

    def _migrate(self, _: argparse.Namespace) -> None:
        # Alembic is 10 MB that the processes which run for months have no use for.
        from chassis import migrations  # noqa: PLC0415 - see above

        migrations.upgrade(self.configured("migrate").database, self.migrations)

    async def _audit(self, _: argparse.Namespace) -> int:
        try:
            said = await self.audit(self.configured("audit"))
        except InvariantBroken as broken:
            sys.stdout.write(f"{self.name}: VIOLATION: {broken}\n")
            return 1
        sys.stdout.write(f"{self.name}: {said}\n")
        return 0

    async def _republish(self, arguments: argparse.Namespace) -> None:
        assert self.republish is not None  # noqa: S101 - offered only when there is one
        count = await self.republish(self.configured("republish"), arguments.since)
        sys.stdout.write(f"{self.name}: {count} events queued again\n")

    async def _replay(self, arguments: argparse.Namespace) -> int:
        # As above: an API process has no use for the AMQP client.
        from chassis import bus, parking  # noqa: PLC0415 - see above

        queues: Collection[str] = resolve_name(self.queues)
        if arguments.queue not in queues:
            sys.stderr.write(f"{self.name}: no such queue; there are {', '.join(sorted(queues))}\n")
            return 2
        settings = self.configured("replay")
        connection = await bus.connect(settings.broker, name=f"{self.name}-replay")
        database = Database(settings.database, pool_size=1)
        try:
            async with connection:
                moved = await parking.replay(
                    connection,
                    database,
                    resolve_name(self.parked),
                    ValueCipher(settings.bus_keys),
                    arguments.queue,
                )
        finally:
            await database.close()
        sys.stdout.write(f"{self.name}: {moved} parked messages moved back to {arguments.queue}\n")
        return 0


def _replay_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--queue", required=True, help="for example hours.identity")


def _republish_arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", help="everything")
    which.add_argument("--since", type=_instant, help="only what changed since (ISO, with zone)")


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError("an instant needs its zone, e.g. 2026-11-23T09:00+08:00")
    return instant
