"""``python -m certificates recover --witness FILE``: after a restore to an earlier instant."""

import argparse
import sys

from certificates import witness
from certificates.building import build_dependencies
from certificates.settings import Settings
from certificates.usecases.recover import Recovered, Recovery
from certificates.workshop import Workshop
from chassis.clock import SystemClock
from chassis.db import Database
from chassis.objects import ObjectStore


async def recover(settings: Settings, arguments: argparse.Namespace) -> int:
    """Complete the database and say what was done; 1 when something could not be."""
    database = Database(settings.database, pool_size=1)
    workshop = Workshop(
        settings.fonts_dir,
        processes=1,
        documents_per_process=settings.documents_per_process,
        timeout_seconds=settings.document_timeout_seconds,
        start_seconds=settings.document_start_seconds,
    )
    recovery = Recovery(
        database,
        build_dependencies(settings, SystemClock()),
        ObjectStore(settings.objects_url, settings.objects_access),
        workshop,
    )
    try:
        done = await recovery.run(lambda: witness.read(arguments.witness))
    except ValueError as unreadable:
        sys.stderr.write(f"certificates: {unreadable}\n")
        return 1
    finally:
        workshop.close()
        await database.close()
    _report(done)
    return 1 if done.left else 0


def _report(done: Recovered) -> None:
    for line in done.left:
        sys.stdout.write(f"certificates: LEFT: {line}\n")
    sys.stdout.write(
        f"certificates: of {done.told} told, {done.moved} brought up to what was told,"
        f" {done.adopted} taken back from their files, {done.seals} seals, {len(done.left)} left\n"
    )
